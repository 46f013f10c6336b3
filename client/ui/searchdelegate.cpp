// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/searchdelegate.h"

#include "client/ui/searchresults.h"

#include <QPainter>
#include <QTextLayout>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr int Lines = 3; ///< head, place and time, text

} // namespace

QSize SearchDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    const int head = QFontMetrics(m_look.font(10)).height();
    const int small = QFontMetrics(m_look.font(9)).height();
    static_assert(Lines == 3);
    return {option.rect.width(), head + small + head + m_look.grid(20)};
}

void SearchDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect row = option.rect.adjusted(0, 1, 0, -1);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    if (selected || option.state.testFlag(QStyle::State_MouseOver)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_look.theme.ownWash);
        painter->drawRoundedRect(row, 4, 4);
    }
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(m_look.theme.accent);
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(row).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    } else if (!selected) {
        painter->setPen(m_look.theme.hairline);
        painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    }
    if (selected)
        painter->fillRect(QRect(row.left(), row.top() + 2, 3, row.height() - 4), m_look.theme.accent);
    const int head = QFontMetrics(m_look.font(10)).height();
    const int small = QFontMetrics(m_look.font(9)).height();
    QRect line = row.adjusted(12, m_look.grid(8), -10, 0);
    line.setHeight(head + small);
    paintHead(*painter, line, index);
    line.translate(0, head + small + 2);
    line.setHeight(head + 2);
    paintText(*painter, line, index);
    painter->restore();
}

void SearchDelegate::paintHead(QPainter &painter, const QRect &line, const QModelIndex &index) const
{
    const QFont strong = m_look.font(10, QFont::DemiBold);
    const QFontMetrics names(strong);
    painter.setFont(strong);
    painter.setPen(m_look.theme.authorColor(index.data(SearchResults::AuthorIdRole).toString()));
    painter.drawText(
        line, Qt::AlignLeft | Qt::AlignTop | Qt::TextSingleLine,
        names.elidedText(index.data(SearchResults::AuthorRole).toString(), Qt::ElideRight, line.width()));
    QString place = index.data(SearchResults::TimeRole).toString();
    if (m_showsRoom)
        place += u"  ·  # "_s + index.data(SearchResults::RoomRole).toString();
    const QFont small = m_look.font(9);
    painter.setFont(small);
    painter.setPen(m_look.theme.muted);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignBottom | Qt::TextSingleLine,
                     QFontMetrics(small).elidedText(place, Qt::ElideRight, line.width()));
}

void SearchDelegate::paintText(QPainter &painter, const QRect &line, const QModelIndex &index) const
{
    const QFont font = m_look.font(10);
    const QString whole = index.data().toString();
    const QString shown = QFontMetrics(font).elidedText(whole, Qt::ElideRight, line.width());
    const qsizetype kept = shown == whole ? shown.size() : std::max<qsizetype>(0, shown.size() - 1);
    QList<QTextLayout::FormatRange> formats;
    const auto marks = index.data(SearchResults::MarksRole).value<QList<TextRange>>();
    for (const TextRange &mark : marks) {
        if (mark.start >= kept)
            continue;
        QTextLayout::FormatRange range;
        range.start = static_cast<int>(mark.start);
        range.length = static_cast<int>(std::min(mark.length, kept - mark.start));
        range.format.setBackground(m_look.theme.selection);
        range.format.setFontUnderline(true); // not by colour alone
        formats.append(range);
    }
    QTextLayout layout(shown, font);
    QTextOption option;
    option.setWrapMode(QTextOption::NoWrap);
    layout.setTextOption(option);
    layout.beginLayout();
    QTextLine only = layout.createLine();
    only.setLineWidth(line.width());
    layout.endLayout();
    painter.setPen(m_look.theme.text);
    painter.setClipRect(line.adjusted(0, -2, 0, 2));
    layout.draw(&painter, line.topLeft(), formats);
    painter.setClipping(false);
}

} // namespace Synchat
