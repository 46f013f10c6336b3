// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>

namespace Synchat {

constexpr std::chrono::milliseconds FirstBackOff{500};
constexpr std::chrono::milliseconds LongestBackOff{60000};
/// However long a bridge wants to be left alone, it is asked again by then.
constexpr std::chrono::milliseconds LongestRetryAfter{3600000};

/// How long to wait after so many failures in a row (from 1): a random part (`chance`, 0 to 1) of 0.5 s that
/// double with each failure up to 60 s, but not less than what the bridge asks for (Retry-After), up to an
/// hour. All of the time is random, so that many who failed together do not come back together.
std::chrono::milliseconds backOff(int failures, double chance,
                                  std::optional<std::chrono::milliseconds> retryAfter);

} // namespace Synchat
