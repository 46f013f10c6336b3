// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "server/config.h"

namespace Synchat {

/// From now on the log goes to standard error, one line each: time (UTC), level, category, words.
/// `clock` must live as long as the program.
void installLogSink(const Clock &clock, LogLevel level);

/// One line of the log.
QByteArray logLine(WallTime time, QtMsgType type, const char *category, const QString &words);

} // namespace Synchat
