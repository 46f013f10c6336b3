// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/detailsdialog.h"

#include "client/ui/messagedetails.h"
#include "client/ui/numberline.h"
#include "common/protocol.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QJsonDocument>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

DetailsDialog::DetailsDialog(const Message &message, const Look &look, QWidget *parent)
    : QDialog(parent)
    , m_message(message)
    , m_look(look)
{
    setObjectName(u"detailsDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(message.seq > 0 ? tr("Clocks of message %1 in # %2").arg(message.seq).arg(message.room)
                                   : tr("Clocks of a message on its way in # %1").arg(message.room));
    const MessageDetails details(message);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->setSpacing(12);
    auto *text = new QLabel(tr("%1: %2").arg(message.from.name, message.text.simplified()), this);
    text->setObjectName(u"detailsText"_s);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setMaximumHeight(text->fontMetrics().lineSpacing() * 4);
    text->setFont(look.font(11, QFont::DemiBold));
    column->addWidget(text);
    QTableWidget *table = makeTable(details);
    column->addWidget(table);
    auto *line = new NumberLine(this);
    line->setObjectName(u"detailsLine"_s);
    line->setLook(look);
    line->setDetails(details);
    column->addWidget(line);
    addFooter(column, details);
    const int wanted = table->horizontalHeader()->length() + 2 * 20 + 4;
    resize(std::clamp(wanted, look.grid(880), look.grid(1100)), sizeHint().height());
}

QTableWidget *DetailsDialog::makeTable(const MessageDetails &details)
{
    const QStringList titles{tr("Source"), tr("Raw reading (UTC)"), tr("Skew"), tr("Bound"), tr("Age"),
                             tr("State")};
    auto *table =
        new QTableWidget(static_cast<int>(details.readings().size()), static_cast<int>(titles.size()), this);
    table->setObjectName(u"detailsTable"_s);
    table->setAccessibleName(tr("Readings of this message"));
    table->setHorizontalHeaderLabels(titles);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setHighlightSections(false);
    table->verticalHeader()->hide();
    table->setShowGrid(false);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setFont(m_look.font(9.5));
    int row = 0;
    for (const ReadingDetail &reading : details.readings()) {
        const QStringList cells{reading.source, reading.time,
                                reading.skew,   reading.bound,
                                reading.age,    QString(markGlyph(reading.mark)) + u' ' + reading.state};
        for (int i = 0; i < cells.size(); ++i) {
            auto *item = new QTableWidgetItem(cells.at(i));
            item->setToolTip(cells.at(i));
            if (i == cells.size() - 1)
                item->setForeground(m_look.theme.markColor(reading.mark));
            table->setItem(row, i, item);
        }
        ++row;
    }
    table->resizeColumnsToContents();
    for (int i = 0; i < table->columnCount(); ++i)
        table->setColumnWidth(i, table->columnWidth(i) + 12);
    table->horizontalHeader()->setStretchLastSection(true);
    table->verticalHeader()->setDefaultSectionSize((table->fontMetrics().height() + 13) / 4 * 4);
    table->setFixedHeight(table->horizontalHeader()->sizeHint().height() + 16 +
                          table->rowCount() * table->verticalHeader()->defaultSectionSize());
    return table;
}

void DetailsDialog::addFooter(QVBoxLayout *column, const MessageDetails &details)
{
    QStringList sentences{details.worth()};
    if (!details.way().isEmpty())
        sentences.append(details.way());
    if (m_message.seen)
        sentences.append(tr("The author had seen the room up to message %1.").arg(*m_message.seen));
    if (m_message.replyTo)
        sentences.append(tr("It answers message %1.").arg(*m_message.replyTo));
    auto *footer = new QLabel(sentences.join(u' '), this);
    footer->setObjectName(u"detailsFooter"_s);
    footer->setTextFormat(Qt::PlainText);
    footer->setWordWrap(true);
    footer->setProperty("quiet", true);
    footer->setFont(m_look.font(9.5));
    column->addWidget(footer);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *copy = buttons->addButton(tr("Copy as JSON"), QDialogButtonBox::ActionRole);
    copy->setObjectName(u"detailsCopy"_s);
    buttons->button(QDialogButtonBox::Close)->setObjectName(u"detailsClose"_s);
    buttons->button(QDialogButtonBox::Close)->setDefault(true);
    buttons->button(QDialogButtonBox::Close)->setFocus();
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(json()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    column->addWidget(buttons);
}

QString DetailsDialog::json() const
{
    return QString::fromUtf8(QJsonDocument(messageToJson(m_message)).toJson(QJsonDocument::Indented))
        .trimmed();
}

} // namespace Synchat
