// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/look.h"

#include <QStyledItemDelegate>

namespace Synchat {

/// Paints a person: a disc in their colour, the name, under it what their clock is worth, and beside that a
/// line of its last ten minutes.
class PersonDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setLook(const Look &look) { m_look = look; }
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    struct Boxes
    {
        QRect disc;
        QRect name;
        QRect clock;
        QRect line;
    };
    /// `words`: the width of what is said of the clock, with its mark.
    Boxes boxesOf(const QRect &option, int words) const;
    QFont clockFont(Mark mark) const;
    void paintDisc(QPainter &painter, const QRect &box, const QModelIndex &index) const;
    void paintName(QPainter &painter, const QRect &box, const QModelIndex &index) const;
    void paintClock(QPainter &painter, const QRect &box, const QModelIndex &index) const;
    void paintLine(QPainter &painter, const QRect &box, const QModelIndex &index) const;

    Look m_look;
};

} // namespace Synchat
