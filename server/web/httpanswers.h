// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/net/netserver.h"

#include <QJsonArray>
#include <QJsonObject>

namespace Synchat {

// The shapes of every answer that the web gives. None is kept by caches or read as another type than it is.

HttpResponse textAnswer(const QByteArray &text);
HttpResponse jsonAnswer(const QJsonObject &json);
HttpResponse jsonListAnswer(const QJsonArray &json);
/// RFC 9457; `detail` is a whole sentence for people.
HttpResponse problemAnswer(int status, const QString &detail);
/// 405: `allow` is the list of methods that the path has.
HttpResponse methodNotAllowed(const QByteArray &allow);
/// A page of history, cut like a frame when it would be longer than one; `keepNewest` as in
/// encodeHistoryPage.
HttpResponse pageAnswer(const HistoryPage &page, bool keepNewest,
                        qsizetype maxBytes = Limits::ServerFrameBytes);
/// The fields of `found`. Whoever searched has seen to it that they fit into a frame.
HttpResponse foundAnswer(const FoundFrame &found);

} // namespace Synchat
