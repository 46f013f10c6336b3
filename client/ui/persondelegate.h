// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/look.h"

#include <QStyledItemDelegate>

namespace Synchat {

/// Paints a person: a disc in their colour, the name, and under it what their clock is worth.
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
    Look m_look;
};

} // namespace Synchat
