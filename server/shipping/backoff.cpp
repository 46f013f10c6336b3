// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/shipping/backoff.h"

#include <QtGlobal>

#include <algorithm>

namespace Synchat {

using std::chrono::milliseconds;

milliseconds backOff(int failures, double chance, std::optional<milliseconds> retryAfter)
{
    milliseconds ceiling = FirstBackOff;
    for (int failure = 1; failure < failures && ceiling < LongestBackOff; ++failure)
        ceiling *= 2;
    ceiling = std::min(ceiling, LongestBackOff);
    const milliseconds random(qint64(double(ceiling.count()) * std::clamp(chance, 0.0, 1.0)));
    return std::max(random, std::min(retryAfter.value_or(milliseconds(0)), LongestRetryAfter));
}

} // namespace Synchat
