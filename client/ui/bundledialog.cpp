// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/bundledialog.h"

#include "client/core/bundlereading.h"
#include "client/ui/bundlewords.h"
#include "common/bundletext.h"

#include <QDialogButtonBox>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

/// The one local file that is dragged; empty: something else is.
QString draggedFile(const QMimeData *data)
{
    const QList<QUrl> urls = data->urls();
    return urls.size() == 1 ? urls.first().toLocalFile() : QString();
}

/// A label without words takes no room.
void tell(QLabel *label, const QString &words)
{
    label->setText(words);
    label->setVisible(!words.isEmpty());
}

QString bulleted(const QStringList &sentences)
{
    QString text;
    for (const QString &sentence : sentences)
        text += u"\n• "_s + sentence;
    return text;
}

} // namespace

BundleDialog::BundleDialog(std::optional<QString> serverKey, const Look &look, QWidget *parent)
    : QDialog(parent)
    , m_serverKey(std::move(serverKey))
    , m_look(look)
{
    setObjectName(u"bundleDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Check a bundle"));
    setAcceptDrops(true);
    setMinimumWidth(look.grid(560));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 16);
    column->setSpacing(12);
    m_headline = addText(column, u"bundleHeadline"_s, 14);
    m_headline->setTextFormat(Qt::RichText);
    m_file = addText(column, u"bundleFile"_s, 9.5, true);
    m_progress = new QProgressBar(this);
    m_progress->setObjectName(u"bundleProgress"_s);
    m_progress->setAccessibleName(tr("How much of the file is checked"));
    column->addWidget(m_progress);
    m_fault = addText(column, u"bundleFault"_s, 10);
    m_fault->setProperty("bad", true);
    m_signature = addText(column, u"bundleSignature"_s, 10);
    m_facts = addText(column, u"bundleFacts"_s, 10);
    m_limits = addText(column, u"bundleLimits"_s, 9.5, true);
    column->addStretch();
    addButtons(column);
    say(Mark::Unknown, tr("No file yet"));
    m_file->setText(
        tr("Open a bundle (made by synchatd export --format bundle), or drop it here. It is checked on this "
           "computer; nobody is asked."));
    m_progress->hide();
    for (QLabel *label : {m_fault, m_signature, m_facts, m_limits})
        label->hide();
}

BundleDialog::~BundleDialog() = default;

QLabel *BundleDialog::addText(QVBoxLayout *column, const QString &name, double points, bool quiet)
{
    auto *label = new QLabel(this);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setFont(m_look.font(points));
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setProperty("quiet", quiet);
    column->addWidget(label);
    return label;
}

void BundleDialog::addButtons(QVBoxLayout *column)
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *open = buttons->addButton(tr("&Open a bundle…"), QDialogButtonBox::ActionRole);
    open->setObjectName(u"bundleOpen"_s);
    open->setDefault(true);
    connect(open, &QPushButton::clicked, this, &BundleDialog::choose);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    column->addWidget(buttons);
}

void BundleDialog::choose()
{
    auto *files = new QFileDialog(this, tr("Open a bundle"));
    files->setAttribute(Qt::WA_DeleteOnClose);
    files->setFileMode(QFileDialog::ExistingFile);
    connect(files, &QFileDialog::fileSelected, this, &BundleDialog::check);
    files->open();
}

void BundleDialog::check(const QString &path)
{
    m_reading = std::make_unique<BundleReading>(path);
    for (QLabel *label : {m_fault, m_signature, m_facts, m_limits})
        tell(label, {});
    m_file->setText(QFileInfo(path).fileName());
    say(Mark::HeldOver, tr("Checking…"));
    m_progress->setValue(0);
    m_progress->show();
    connect(m_reading.get(), &BundleReading::progressed, m_progress, &QProgressBar::setValue);
    connect(m_reading.get(), &BundleReading::finished, this, &BundleDialog::showVerdict);
    connect(m_reading.get(), &BundleReading::failed, this, &BundleDialog::showProblem);
    m_reading->start();
}

void BundleDialog::showVerdict(const BundleVerdict &verdict)
{
    const BundleWords words(verdict, m_serverKey);
    m_progress->hide();
    say(words.mark, words.headline);
    tell(m_fault, words.fault.isEmpty() ? QString() : words.fault + u' ' + words.conclusion);
    tell(m_signature, words.signature);
    tell(m_facts, words.facts.join(u'\n'));
    if (verdict.isGood())
        tell(m_limits, tr("What this proves:") + bulleted(BundleText::proves()) + u"\n\n"_s +
                           tr("What it does not prove:") + bulleted(BundleText::doesNotProve()));
    adjustSize();
}

void BundleDialog::showProblem(const QString &problem)
{
    m_progress->hide();
    say(Mark::Unknown, tr("Not checked"));
    tell(m_fault, problem);
    adjustSize();
}

void BundleDialog::say(Mark mark, const QString &headline)
{
    m_headline->setText(
        coloured(QString(markGlyph(mark)) + u' ' + headline, m_look.theme.markColor(mark), true));
    m_headline->setAccessibleName(headline);
}

void BundleDialog::dragEnterEvent(QDragEnterEvent *event)
{
    if (!draggedFile(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void BundleDialog::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    check(draggedFile(event->mimeData()));
}

} // namespace Synchat
