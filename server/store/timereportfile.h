// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include <optional>

namespace Synchat {

// `time.json` in the data folder: what the daemon last told of its sources (the answer to `GET
// /api/v1/time`), written once a minute and at a clean end, so that an export knows it without asking the
// daemon, and after it has ended. Its `t` says of when it is.

QString timeReportPath(const QString &dataDir);
/// Whole or not at all; not synced, since the next one is a minute away. False: it could not be written.
bool writeTimeReport(const QString &dataDir, const QByteArray &json);
/// Nothing: there is none that can be read.
std::optional<QJsonObject> readTimeReport(const QString &dataDir);

} // namespace Synchat
