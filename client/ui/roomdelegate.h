// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/look.h"

#include <QStyledItemDelegate>

namespace Synchat {

/// Paints a room: `# ops`, bold while something is unread, with the number in a badge; faint when not joined.
class RoomDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setLook(const Look &look) { m_look = look; }
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    int paintBadge(QPainter &painter, const QRect &row, const QString &badge) const;

    Look m_look;
};

} // namespace Synchat
