// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/persondelegate.h"

#include "client/ui/peoplemodel.h"
#include "client/ui/view/markpainter.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr int Disc = 28;

QString initialOf(const QString &name)
{
    if (name.isEmpty())
        return {};
    const bool pair = name.front().isHighSurrogate() && name.size() > 1;
    return name.left(pair ? 2 : 1).toUpper();
}

} // namespace

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
    const QRect row = option.rect.adjusted(12, 0, -8, 0);
    if (option.state.testFlag(QStyle::State_HasFocus) && option.state.testFlag(QStyle::State_Selected)) {
        painter->setPen(m_look.theme.accent);
        painter->drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    }
    const int size = m_look.grid(Disc);
    const QRect disc(row.left(), row.center().y() - size / 2, size, size);
    const QString name = index.data(PeopleModel::NameRole).toString();
    painter->setPen(Qt::NoPen);
    // White letters stand on it in both themes, so it is the colour that reads on white, as in the message
    // view.
    const bool own = index.data(PeopleModel::OwnRole).toBool();
    const Theme light = Theme::light();
    painter->setBrush(own ? light.accent : light.authorColor(index.data(PeopleModel::UserIdRole).toString()));
    painter->drawEllipse(disc);
    painter->setPen(Qt::white);
    painter->setFont(m_look.font(9, QFont::DemiBold));
    painter->drawText(disc, Qt::AlignCenter, initialOf(name));

    const QFont nameFont = m_look.font(10);
    const QFont clockFont = m_look.font(9);
    const QFontMetrics nameMetrics(nameFont);
    const QFontMetrics clockMetrics(clockFont);
    const int height = nameMetrics.height() + clockMetrics.height();
    const QRect text = row.adjusted(size + 12, 0, 0, 0);
    const QRect upper(text.left(), row.center().y() - height / 2, text.width(), nameMetrics.height());
    QRect lower(text.left(), upper.bottom() + 1, text.width(), clockMetrics.height());
    const QString you = own ? u' ' + PeopleModel::tr("(you)") : QString();
    const int youWidth = nameMetrics.horizontalAdvance(you);
    const QString shown = nameMetrics.elidedText(name, Qt::ElideRight, std::max(24, text.width() - youWidth));
    painter->setFont(nameFont);
    painter->setPen(m_look.theme.text);
    painter->drawText(upper, Qt::AlignLeft | Qt::AlignVCenter, shown);
    painter->setPen(m_look.theme.muted);
    painter->drawText(upper.adjusted(nameMetrics.horizontalAdvance(shown), 0, 0, 0),
                      Qt::AlignLeft | Qt::AlignVCenter, you);

    const auto mark = static_cast<Mark>(index.data(PeopleModel::MarkRole).toInt());
    const bool loud = mark == Mark::Off || mark == Mark::Contradiction;
    painter->setFont(m_look.font(9, loud ? QFont::DemiBold : QFont::Normal));
    painter->setPen(mark == Mark::Unknown ? m_look.theme.muted : m_look.theme.markColor(mark));
    const int box = clockMetrics.ascent();
    paintMark(*painter, QRectF(lower.left(), lower.center().y() - box / 2.0 + 0.5, box, box), mark,
              painter->pen().color());
    lower.setLeft(lower.left() + box + 4);
    const QString clock = index.data(PeopleModel::ClockRole).toString();
    painter->drawText(lower, Qt::AlignLeft | Qt::AlignVCenter,
                      QFontMetrics(painter->font()).elidedText(clock, Qt::ElideRight, lower.width()));
    painter->restore();
}

} // namespace Synchat
