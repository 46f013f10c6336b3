// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/timestamp.h"

#include <optional>

namespace Synchat {

/// A moment as a person writes it: ISO 8601 (`2026-11-25`, `2026-11-25T14:03`, `2026-11-25T14:03:25.118042Z`,
/// `2026-11-25 14:03:25+01:00`; UTC where no zone is given, a space for the T), or a whole number of
/// microseconds since 1970. Nothing: it is neither, or no such day or hour exists.
std::optional<WireMicros> timeFromText(const QString &text);

} // namespace Synchat
