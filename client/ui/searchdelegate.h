// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/look.h"

#include <QStyledItemDelegate>

namespace Synchat {

/// Paints one found message: who and when, where, and the line in which it was found.
class SearchDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setLook(const Look &look) { m_look = look; }
    /// Of a search over several rooms.
    void setShowsRoom(bool shows) { m_showsRoom = shows; }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

private:
    void paintHead(QPainter &painter, const QRect &line, const QModelIndex &index) const;
    void paintText(QPainter &painter, const QRect &line, const QModelIndex &index) const;

    Look m_look;
    bool m_showsRoom = false;
};

} // namespace Synchat
