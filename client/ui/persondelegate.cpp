// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/persondelegate.h"

#include "client/ui/peoplemodel.h"
#include "client/ui/sparkline.h"
#include "client/ui/view/markpainter.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr int Disc = 28;
constexpr int LineWidth = 64;
constexpr int LineGap = 8;
constexpr int MarkGap = 4;
/// In a narrower row, or beside long words, the line stands beside the name: the words have the whole width.
constexpr int RoomyFrom = 272;

QString initialOf(const QString &name)
{
    if (name.isEmpty())
        return {};
    const bool pair = name.front().isHighSurrogate() && name.size() > 1;
    return name.left(pair ? 2 : 1).toUpper();
}

} // namespace

PersonDelegate::Boxes PersonDelegate::boxesOf(const QRect &option, int words) const
{
    const int nameHeight = QFontMetrics(m_look.font(10)).height();
    const int clockHeight = QFontMetrics(m_look.font(9)).height();
    const QRect row = option.adjusted(12, 0, -8, 0);
    const int size = m_look.grid(Disc);
    Boxes boxes;
    boxes.disc = {row.left(), row.center().y() - size / 2, size, size};
    const QRect text = row.adjusted(size + 12, 0, 0, 0);
    const int top = row.center().y() - (nameHeight + clockHeight) / 2;
    boxes.name = {text.left(), top, text.width(), nameHeight};
    boxes.clock = {text.left(), boxes.name.bottom() + 1, text.width(), clockHeight};
    const int lineWidth = std::min(m_look.grid(LineWidth), text.width() / 3);
    boxes.name.setRight(text.right() - lineWidth - LineGap);
    const bool roomy = option.width() >= RoomyFrom * m_look.scale && words <= boxes.name.width();
    if (roomy)
        boxes.clock.setRight(boxes.name.right());
    const int lineHeight = roomy ? nameHeight + 4 : nameHeight - 2;
    const int lineTop = roomy ? row.center().y() - lineHeight / 2 : top;
    boxes.line = {text.right() - lineWidth, lineTop, lineWidth, lineHeight};
    return boxes;
}

QSize PersonDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    const int text = QFontMetrics(m_look.font(10)).height() + QFontMetrics(m_look.font(9)).height();
    return {option.rect.width(), (std::max(text, m_look.grid(Disc)) + 19) / 4 * 4};
}

void PersonDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (option.state.testFlag(QStyle::State_HasFocus) && option.state.testFlag(QStyle::State_Selected)) {
        painter->setPen(m_look.theme.accent);
        painter->drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    }
    const QFont font = clockFont(static_cast<Mark>(index.data(PeopleModel::MarkRole).toInt()));
    const int words = QFontMetrics(font).horizontalAdvance(index.data(PeopleModel::ClockRole).toString());
    const Boxes boxes = boxesOf(option.rect, words + QFontMetrics(font).ascent() + MarkGap);
    paintDisc(*painter, boxes.disc, index);
    paintName(*painter, boxes.name, index);
    paintClock(*painter, boxes.clock, index);
    paintLine(*painter, boxes.line, index);
    painter->restore();
}

void PersonDelegate::paintDisc(QPainter &painter, const QRect &box, const QModelIndex &index) const
{
    painter.setPen(Qt::NoPen);
    // White letters stand on it in both themes, so it is the colour that reads on white, as in the message
    // view.
    const bool own = index.data(PeopleModel::OwnRole).toBool();
    const Theme light = Theme::light();
    painter.setBrush(own ? light.accent : light.authorColor(index.data(PeopleModel::UserIdRole).toString()));
    painter.drawEllipse(box);
    painter.setPen(Qt::white);
    painter.setFont(m_look.font(9, QFont::DemiBold));
    painter.drawText(box, Qt::AlignCenter, initialOf(index.data(PeopleModel::NameRole).toString()));
}

void PersonDelegate::paintName(QPainter &painter, const QRect &box, const QModelIndex &index) const
{
    const QFont font = m_look.font(10);
    const QFont small = m_look.font(9, QFont::DemiBold);
    const QFontMetrics metrics(font);
    const QString you =
        index.data(PeopleModel::OwnRole).toBool() ? u' ' + PeopleModel::tr("(you)") : QString();
    const QString fault = index.data(PeopleModel::FaultRole).toBool() ? PeopleModel::tr("fault") : QString();
    const int faultWidth = fault.isEmpty() ? 0 : QFontMetrics(small).horizontalAdvance(fault) + 6;
    const int room = box.width() - metrics.horizontalAdvance(you) - faultWidth;
    const QString name =
        metrics.elidedText(index.data(PeopleModel::NameRole).toString(), Qt::ElideRight, std::max(24, room));
    QRect rest = box;
    const auto write = [&](const QString &text, const QColor &color) {
        painter.setPen(color);
        painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter, text);
        rest.setLeft(rest.left() + QFontMetrics(painter.font()).horizontalAdvance(text));
    };
    painter.setFont(font);
    write(name, m_look.theme.text);
    write(you, m_look.theme.muted);
    painter.setFont(small);
    rest.setLeft(rest.left() + 6);
    write(fault, m_look.theme.contradiction);
}

QFont PersonDelegate::clockFont(Mark mark) const
{
    const bool loud = mark == Mark::Off || mark == Mark::Contradiction;
    return m_look.font(9, loud ? QFont::DemiBold : QFont::Normal);
}

void PersonDelegate::paintClock(QPainter &painter, const QRect &box, const QModelIndex &index) const
{
    const auto mark = static_cast<Mark>(index.data(PeopleModel::MarkRole).toInt());
    const QFont font = clockFont(mark);
    const QFontMetrics metrics(font);
    painter.setFont(font);
    painter.setPen(m_look.theme.markColor(mark));
    const int size = QFontMetrics(m_look.font(9)).ascent();
    paintMark(painter, QRectF(box.left(), box.center().y() - size / 2.0 + 0.5, size, size), mark,
              painter.pen().color());
    const QRect words = box.adjusted(size + MarkGap, 0, 0, 0);
    painter.drawText(
        words, Qt::AlignLeft | Qt::AlignVCenter,
        metrics.elidedText(index.data(PeopleModel::ClockRole).toString(), Qt::ElideRight, words.width()));
}

void PersonDelegate::paintLine(QPainter &painter, const QRect &box, const QModelIndex &index) const
{
    const auto recent = index.data(PeopleModel::RecentRole).value<RecentSkews>();
    const auto mark = static_cast<Mark>(index.data(PeopleModel::MarkRole).toInt());
    const QRectF inner = QRectF(box).adjusted(0, 2, -2, -2);
    SparklineColors colors{m_look.theme.markColor(mark), m_look.theme.markColor(mark), m_look.theme.faint};
    colors.band.setAlphaF(0.18F);
    colors.zero.setAlphaF(0.6F);
    paintSparkline(painter, sparklineOf(recent.points, recent.now - RecentSkews::Span, recent.now, inner),
                   inner, colors);
}

} // namespace Synchat
