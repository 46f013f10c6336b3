// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/timestamp.h"

#include <QString>

namespace Synchat {

/// A bound is a promise and rounds up; what is at least so long rounds down.
enum class Rounding : quint8 { Nearest, Up, Down };

/// A measured length of time, without sign: `0 µs`, `0.2 ms`, `4 ms`, `1.80 s`, `2 h 3 min`, `12 d`; about
/// three digits. Saturates.
QString lengthText(WireMicros length, Rounding rounding);

/// Without sign. Saturates a day below the largest number: the farthest time that a stranger can send is far
/// enough, and it can still be rounded.
WireMicros magnitudeOf(WireMicros value);

} // namespace Synchat
