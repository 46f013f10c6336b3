// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/logging.h"

namespace Synchat {

Q_LOGGING_CATEGORY(logDaemon, "synchat.daemon")
Q_LOGGING_CATEGORY(logNet, "synchat.net")
Q_LOGGING_CATEGORY(logChat, "synchat.chat")
Q_LOGGING_CATEGORY(logStore, "synchat.store")
Q_LOGGING_CATEGORY(logTime, "synchat.time")
Q_LOGGING_CATEGORY(logClient, "synchat.client")

} // namespace Synchat
