// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/net/netserver.h"

#include <QJsonArray>
#include <QJsonObject>

#include <chrono>

namespace Synchat {

// The shapes of every answer that the web gives. None is read as another type than it is, or by pages of
// other sites: what runs in a browser on a private network must not tell the web what is said there.

enum class Caching : quint8 {
    Never,      ///< true now only
    Revalidate, ///< kept, but asked for again each time, by its tag
    Forever,    ///< another content would have another address
};

/// So long a search takes at most: then there is room for another one.
constexpr std::chrono::seconds WaitForSearch{2};

HttpResponse textAnswer(const QByteArray &text);
HttpResponse jsonAnswer(const QJsonObject &json, Caching caching = Caching::Never);
HttpResponse jsonListAnswer(const QJsonArray &json);
/// A page that may load styles and pictures from here, nothing else and from nowhere else, and run no script.
HttpResponse htmlAnswer(int status, const QByteArray &html);
/// A file whose address changes with its content.
HttpResponse assetAnswer(const QByteArray &contentType, const QByteArray &content);
/// RFC 9457; `detail` is a whole sentence for people.
HttpResponse problemAnswer(int status, const QString &detail);
/// 405: `allow` is the list of methods that the path has.
HttpResponse methodNotAllowed(const QByteArray &allow);
/// The same, with word of when to come again.
HttpResponse withRetryAfter(HttpResponse response, std::chrono::seconds wait);
/// A page of history, cut like a frame when it would be longer than one; `keepNewest` as in
/// encodeHistoryPage.
HttpResponse pageAnswer(const HistoryPage &page, bool keepNewest,
                        qsizetype maxBytes = Limits::ServerFrameBytes);
/// The fields of `found`. Whoever searched has seen to it that they fit into a frame.
HttpResponse foundAnswer(const FoundFrame &found);

} // namespace Synchat
