// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>

/// One category for each part of the house. Words for logs: lower case, no secrets, nothing that a stranger
/// on the network can make us write more than once a connection.
namespace Synchat {

Q_DECLARE_LOGGING_CATEGORY(logDaemon)
Q_DECLARE_LOGGING_CATEGORY(logNet)
Q_DECLARE_LOGGING_CATEGORY(logChat)
Q_DECLARE_LOGGING_CATEGORY(logStore)
Q_DECLARE_LOGGING_CATEGORY(logTime)
Q_DECLARE_LOGGING_CATEGORY(logClient)

} // namespace Synchat
