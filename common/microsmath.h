// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/message.h"

#include <limits>

namespace Synchat {

// Times come from strangers: nothing rather than a wrapped number.

inline OptionalMicros sumOf(OptionalMicros a, OptionalMicros b)
{
    WireMicros result = 0;
    if (!a || !b || __builtin_add_overflow(*a, *b, &result))
        return std::nullopt;
    return result;
}

/// `a - b`; its magnitude can be taken.
inline OptionalMicros differenceOf(OptionalMicros a, OptionalMicros b)
{
    WireMicros result = 0;
    if (!a || !b || __builtin_sub_overflow(*a, *b, &result) ||
        result == std::numeric_limits<WireMicros>::min())
        return std::nullopt;
    return result;
}

} // namespace Synchat
