// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/limits.h"
#include "common/protocol.h"

#include <QList>

namespace Synchat {

/// Every error counts but `rate_limited` and `busy` (common/PROTOCOL.md), `not_stored` and `internal` too.
bool countsAgainstClient(ErrorCode code);

/// The errors of one connection in the last minute. Holds at most ErrorsPerMinute moments.
class ErrorWindow
{
public:
    /// True: this one was one too many, the connection is to be closed with 1008.
    bool add(ErrorCode code, MonoTime now);

private:
    QList<MonoTime> m_moments;
};

} // namespace Synchat
