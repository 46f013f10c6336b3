// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/view/rowlayout.h"
#include "client/ui/view/theme.h"

class QPainter;

namespace Synchat {

/// What happened to a clock has a shape of its own, never a colour alone: an arrow round for a restart, a
/// stair for a clock that was set, a bolt for an injected fault, an hourglass for a wait, a ring for the
/// reference.
void paintEventShape(QPainter &painter, const QRectF &box, TimeEvent::Kind kind, const QColor &color);
QColor eventColor(const Theme &theme, TimeEvent::Kind kind);

/// The lines above a row and the notes under its message.
void paintEvents(QPainter &painter, const RowLayout &row, const RowMetrics &metrics, const Theme &theme);

} // namespace Synchat
