// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/exportdialog.h"

#include "client/core/chatclient.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

#include <array>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

// The bundle that proves something is signed, and the key never leaves the daemon's machine.
constexpr std::array Formats{ExportFormat::Html, ExportFormat::Csv, ExportFormat::JsonLines};

QString formatWords(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Html:
        return ExportDialog::tr("HTML: a page to read and print");
    case ExportFormat::Csv:
        return ExportDialog::tr("CSV: a table");
    case ExportFormat::JsonLines:
        break;
    }
    return ExportDialog::tr("JSON lines: every field, for programs");
}

QString countText(qint64 count)
{
    return count == 1 ? ExportDialog::tr("1 message")
                      : ExportDialog::tr("%1 messages").arg(QLocale().toString(count));
}

} // namespace

ExportDialog::ExportDialog(ChatClient &client, ExportOrder order, const QString &folder, QWidget *parent)
    : QDialog(parent)
    , m_client(&client)
    , m_order(std::move(order))
{
    setObjectName(u"exportDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Export # %1").arg(m_order.room.text()));
    makeParts(folder);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::changeFormat);
    connect(m_path, &QLineEdit::textChanged, this, &ExportDialog::lookAtPath);
    connect(m_browse, &QPushButton::clicked, this, &ExportDialog::chooseFile);
    connect(m_start, &QPushButton::clicked, this, &ExportDialog::start);
    connect(m_close, &QPushButton::clicked, this, &ExportDialog::reject);
    lookAtPath();
    resize(520, sizeHint().height());
}

void ExportDialog::makeParts(const QString &folder)
{
    m_format = new QComboBox(this);
    m_format->setObjectName(u"exportFormat"_s);
    for (const ExportFormat format : Formats)
        m_format->addItem(formatWords(format), exportFormatName(format));
    m_forSpreadsheets = new QCheckBox(tr("For &spreadsheets: no text is a formula"), this);
    m_forSpreadsheets->setObjectName(u"exportForSpreadsheets"_s);
    m_forSpreadsheets->setToolTip(
        tr("An apostrophe stands before =, +, - and @ where a spreadsheet could take "
           "them for a formula. Without this, texts are exactly as they were posted."));
    m_forSpreadsheets->setChecked(true);
    m_forSpreadsheets->hide();
    m_path = new QLineEdit(
        QDir(folder).filePath(m_order.room.text() + u'.' + exportFormatName(Formats.front())), this);
    m_path->setObjectName(u"exportPath"_s);
    m_browse = new QPushButton(tr("&Browse…"), this);
    m_browse->setObjectName(u"exportBrowse"_s);
    auto *file = new QHBoxLayout;
    file->addWidget(m_path, 1);
    file->addWidget(m_browse);
    auto *form = new QFormLayout;
    form->addRow(tr("&Format"), m_format);
    form->addRow(QString(), m_forSpreadsheets);
    auto *fileLabel = new QLabel(tr("F&ile"), this);
    fileLabel->setBuddy(m_path);
    form->addRow(fileLabel, file);
    m_note = new QLabel(this);
    m_note->setObjectName(u"exportNote"_s);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setMinimumHeight(3 * m_note->fontMetrics().lineSpacing());
    m_progress = new QProgressBar(this);
    m_progress->setObjectName(u"exportProgress"_s);
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setTextVisible(false);
    m_progress->hide();
    auto *buttons = new QDialogButtonBox(this);
    m_start = buttons->addButton(tr("Export"), QDialogButtonBox::ActionRole);
    m_start->setObjectName(u"exportStart"_s);
    m_start->setDefault(true);
    m_close = buttons->addButton(QDialogButtonBox::Cancel);
    m_close->setObjectName(u"exportCancel"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->setSpacing(10);
    column->addLayout(form);
    column->addWidget(m_progress);
    column->addWidget(m_note);
    column->addWidget(buttons);
}

ExportFormat ExportDialog::format() const
{
    return Formats.at(static_cast<std::size_t>(m_format->currentIndex()));
}

/// The name follows the format, unless it was given another ending.
void ExportDialog::changeFormat()
{
    m_forSpreadsheets->setVisible(format() == ExportFormat::Csv);
    const QString path = m_path->text();
    const QStringList endings = exportFormatNames();
    for (const QString &ending : endings) {
        if (path.endsWith(u'.' + ending))
            m_path->setText(path.chopped(ending.size()) + exportFormatName(format()));
    }
}

void ExportDialog::lookAtPath()
{
    const QString path = m_path->text().trimmed();
    const QFileInfo file(path);
    QString note = tr("All that the server keeps of # %1, also what is not loaded here. Signed evidence is "
                      "made where the server "
                      "runs: synchatd export --format bundle.")
                       .arg(m_order.room.text());
    if (file.isDir())
        note = tr("%1 is a folder: add the name of a file.").arg(path);
    else if (file.exists())
        note = tr("%1 exists and will be replaced.").arg(path);
    m_note->setText(note);
    m_start->setEnabled(!path.isEmpty() && !file.isDir());
}

void ExportDialog::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Export to"), m_path->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(exportFormatName(format()));
    connect(dialog, &QFileDialog::fileSelected, m_path, &QLineEdit::setText);
    dialog->open();
}

void ExportDialog::start()
{
    if (!m_client)
        return;
    m_order.format = format();
    m_order.path = m_path->text().trimmed();
    m_order.heading.cells = m_forSpreadsheets->isChecked() ? CsvCells::ForSpreadsheets : CsvCells::Exact;
    m_export = std::make_unique<HistoryExport>(*m_client, m_order);
    connect(m_export.get(), &HistoryExport::progressed, this, &ExportDialog::showProgress);
    connect(m_export.get(), &HistoryExport::failed, this,
            [this](const QString &sentence) { end(sentence, true); });
    connect(m_export.get(), &HistoryExport::finished, this, [this](qint64 written) {
        end(tr("%1 written to %2.").arg(countText(written), m_order.path), false);
    });
    setChoosable(false);
    m_note->setText(tr("Reading…"));
    m_progress->setRange(0, 0);
    m_progress->show();
    m_export->start();
}

void ExportDialog::setChoosable(bool choosable)
{
    for (QWidget *part :
         std::initializer_list<QWidget *>{m_format, m_forSpreadsheets, m_path, m_browse, m_start})
        part->setEnabled(choosable);
}

void ExportDialog::showProgress(qint64 written, qint64 total, const QString &note)
{
    constexpr int Steps = 1000;
    m_progress->setRange(0, Steps);
    m_progress->setValue(total > 0 ? static_cast<int>(written * Steps / total) : 0);
    const QString words = tr("%1 of %2.").arg(countText(written), QLocale().toString(total));
    m_note->setText(note.isEmpty() ? words : words + u' ' + note);
}

void ExportDialog::end(const QString &sentence, bool bad)
{
    m_progress->hide();
    m_note->setProperty("bad", bad);
    m_note->style()->polish(m_note);
    setChoosable(bad);
    m_note->setText(sentence);
    m_start->setText(tr("Try again"));
    m_start->setVisible(bad);
    if (!bad) {
        m_close->setText(tr("Close"));
        m_close->setFocus();
    }
}

void ExportDialog::reject()
{
    if (m_export)
        m_export->cancel();
    QDialog::reject();
}

} // namespace Synchat
