// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/timestamp.h"

#include <QString>

#include <optional>

namespace Synchat {

/// A time as an address tells it: `2026-11-23` is a whole day, `2026-11-23T14:03` a minute, a number of
/// microseconds only itself.
struct Moment
{
    WireMicros begin = 0;
    WireMicros last = 0; ///< the last time that belongs to it

    /// Whole microseconds since 1970, as everywhere on the wire, or ISO 8601 in UTC: a date, with
    /// `THH:MM[:SS[.ffffff]]` or without, with `Z` or without (which is how forms of web pages send it).
    /// Years 0001 to 9999; numbers that JSON holds exactly.
    static std::optional<Moment> parse(const QString &text);

    friend bool operator==(const Moment &, const Moment &) = default;
};

} // namespace Synchat
