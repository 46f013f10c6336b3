// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/roommodel.h"
#include "client/ui/view/messageview.h"
#include "client/ui/view/rowlayout.h"

#include <memory>

namespace Synchat::Sample {

/// A shown view over a model, and where in it a person would have to click.
class ViewFixture
{
public:
    explicit ViewFixture(QSize size = {800, 500});

    RoomModel model{QStringLiteral("ops")};
    MessageView view;

    /// In the viewport: before the unit `offset` of a row's text.
    QPoint textPoint(int row, int offset) const;
    /// The middle of what does this in a row; a null point when there is none.
    QPoint hotPoint(int row, RowAction action) const;
    /// The row as the view lays it out.
    std::unique_ptr<RowLayout> layout(int row) const;
};

} // namespace Synchat::Sample
