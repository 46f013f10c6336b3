// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/skewpicture.h"

namespace Synchat {

/// The shown curves of a picture as comma-separated values (RFC 4180), one line a point, times in
/// microseconds. `wallNow` is what the own clock showed at the picture's `now`: the times in UTC are by that
/// clock, as raw as it is. Pure.
QByteArray skewValues(const SkewPicture &picture, WallTime wallNow);

} // namespace Synchat
