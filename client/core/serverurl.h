// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/result.h"

#include <QHostAddress>
#include <QUrl>

namespace Synchat {

/// The port of a daemon that was started without settings.
constexpr int DefaultHttpPort = 8737;

/// What a person typed for a server: `chat.lab`, `chat.lab:8737`, `[::1]:8737` or a whole URL. Without a
/// scheme it is `ws://`, then also with DefaultHttpPort when no port is given. The error is a sentence.
Result<QUrl, QString> serverFromText(const QString &text);

/// The address of the WebSocket: http becomes ws and https wss, a missing path becomes `/ws`; user, query and
/// fragment are dropped. The error is a sentence.
Result<QUrl, QString> webSocketUrl(const QUrl &server);

/// A path of the same daemon's API, over http or https.
QUrl apiUrl(const QUrl &server, const QString &path);
/// Where it says what it knows of the time: `GET /api/v1/time`.
QUrl timeReportUrl(const QUrl &server);

/// `chat.lab`, `chat.lab:9000` or `[::1]:9000`, for people; the port only when it is written in the URL.
QString serverLabel(const QUrl &server);

/// A server on this machine is reached without asking for proxies.
bool isLoopback(const QUrl &server);

} // namespace Synchat
