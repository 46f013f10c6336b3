// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

#include <optional>

namespace Synchat {

/// What happens to one request on its way to the bridge.
struct BridgeFault
{
    enum class Kind {
        Pass,    ///< goes there and back
        Close,   ///< never gets there; the connection is closed
        Answer,  ///< never gets there; is answered with `status`
        Hang,    ///< never gets there, and is never answered
        Garbage, ///< never gets there; what comes back is no HTTP
        Half,    ///< gets there; half of the reply comes back, then the connection is closed
        Lose,    ///< gets there; nothing of the reply comes back, the connection is closed
    };
    Kind kind = Kind::Pass;
    int status = 500;
    int retryAfter = 0; ///< seconds, told in the answer; 0: nothing is told
    QByteArray marker;  ///< only where the body of the request contains this, others pass; empty: all

    /// `pass`, `close`, `answer 429 retry-after=2`, `hang`, `garbage`, `half`, `lose`; after each `
    /// if=MARKER`. Nothing: it is none of these.
    static std::optional<BridgeFault> parse(const QByteArray &text);
};

/// So many requests have this fault.
struct FaultStep
{
    int requests = 1;
    BridgeFault fault;
};

/// Steps with commas between them, each a number and a fault: `3 pass, 2 answer 500`. Nothing: it makes no
/// sense.
std::optional<QList<FaultStep>> parseFaultSchedule(const QByteArray &text);

} // namespace Synchat
