// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/stamptext.h"

#include <QColor>
#include <QRectF>

class QPainter;

namespace Synchat {

/// Draws the shape of a mark into the middle of a square box, crisp at every scale and the same with every
/// font.
void paintMark(QPainter &painter, const QRectF &box, Mark mark, const QColor &color);

} // namespace Synchat
