// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/protocol.h"

#include <QString>

#include <chrono>
#include <optional>

namespace Synchat {

// What to do after a link was lost. Pure: the chance is handed in.

struct BackoffLimits
{
    std::chrono::milliseconds first{500};
    std::chrono::milliseconds longest{30'000};
};

/// How long to wait before the next try. `failures` in a row, from 1; the wait doubles with each. `chance` in
/// [0, 1) spreads it by a fifth to both sides, so that clients of one daemon do not come back at once.
std::chrono::milliseconds backoffDelay(int failures, double chance, const BackoffLimits &limits = {});

/// The N of `retry in N s`, as a daemon that stops says it; at most 10 minutes. Nothing: not said.
std::optional<std::chrono::seconds> retryFromReason(const QString &reason);

/// How a link ended, as the socket saw it.
struct LinkEnd
{
    int closeCode = 0; ///< 0: no close frame came
    QString closeReason;
    QString problem;      ///< a few words for people: "connection refused"; may be empty
    bool greeted = false; ///< `welcome` had come
    bool helloHadToken = false;
    std::optional<ErrorFrame> lastError; ///< the last `error` that came on it and belongs to no request
};

enum class AfterLink : quint8 {
    Retry,             ///< after backoffDelay
    RetryAfterWait,    ///< not before `wait`
    RetryWithoutToken, ///< at once, as a new person
    GiveUp,            ///< the daemon will not have us
};
struct LinkVerdict
{
    AfterLink action = AfterLink::Retry;
    std::chrono::milliseconds wait{};
};
LinkVerdict afterLink(const LinkEnd &end);

} // namespace Synchat
