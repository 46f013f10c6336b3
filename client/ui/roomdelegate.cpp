// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/roomdelegate.h"

#include "client/ui/roomlistmodel.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace Synchat {

QSize RoomDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    const QFontMetrics metrics(m_look.font(10));
    return {option.rect.width(), (metrics.height() + 19) / 4 * 4};
}

int RoomDelegate::paintBadge(QPainter &painter, const QRect &row, const QString &badge) const
{
    if (badge.isEmpty())
        return 0;
    const QFont font = m_look.font(8.5, QFont::DemiBold);
    const QFontMetrics metrics(font);
    const int height = metrics.height() + 4;
    const int width = std::max(height + 8, metrics.horizontalAdvance(badge) + 16);
    const QRect pill(row.right() - width - 8, row.center().y() - height / 2 + 1, width, height);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_look.theme.accent);
    painter.drawRoundedRect(pill, height / 2.0, height / 2.0);
    painter.setFont(font);
    painter.setPen(m_look.theme.onAccent);
    painter.drawText(pill, Qt::AlignCenter, badge);
    return width + 12;
}

void RoomDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect row = option.rect.adjusted(0, 1, 0, -1);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    if (selected || hovered) {
        QColor wash = m_look.theme.selection;
        wash.setAlphaF(selected ? 1.0F : 0.5F);
        painter->setPen(Qt::NoPen);
        painter->setBrush(wash);
        painter->drawRoundedRect(row, 4, 4);
    }
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(m_look.theme.accent);
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(row).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    }
    const int badgeWidth =
        paintBadge(*painter, row, unreadBadge(index.data(RoomListModel::UnreadRole).toLongLong()));
    const bool joined = index.data(RoomListModel::JoinedRole).toBool();
    const bool loud = selected || badgeWidth > 0;
    const QFont font = m_look.font(10, loud ? QFont::DemiBold : QFont::Normal);
    const QFontMetrics metrics(font);
    const int signWidth = metrics.horizontalAdvance(u"#"_s) + 8;
    const QRect inner = row.adjusted(12, 0, -8 - badgeWidth, 0);
    painter->setFont(m_look.font(10));
    painter->setPen(m_look.theme.muted);
    const bool isPrivate = index.data(RoomListModel::PrivateRole).toBool();
    painter->drawText(inner, Qt::AlignVCenter | Qt::AlignLeft, isPrivate ? u"⚿"_s : u"#"_s);
    painter->setFont(font);
    painter->setPen(joined ? m_look.theme.text : m_look.theme.muted);
    const QRect name = inner.adjusted(signWidth + (isPrivate ? 4 : 0), 0, 0, 0);
    painter->drawText(name, Qt::AlignVCenter | Qt::AlignLeft,
                      metrics.elidedText(index.data().toString(), Qt::ElideRight, name.width()));
    painter->restore();
}

} // namespace Synchat
