// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/consistenthue.h"

#include <QColor>

namespace Synchat {

/// A colour of HSLuv: hue in degrees, saturation and lightness in percent.
QColor colorFromHsluv(double hue, double saturation, double lightness);
/// WCAG 2: 1 to 21.
double contrastRatio(const QColor &one, const QColor &other);
/// The colour of this hue that is nearest to middle lightness and has at least `ratio` against `background`.
QColor readableColor(double hue, double saturation, const QColor &background, double ratio = 4.5);

} // namespace Synchat
