// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/net/netserver.h"
#include "server/web/websearch.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace Synchat {

/// Where the web finds what it shows; functions, so that it knows neither chat nor store.
struct WebSources
{
    std::function<QList<RoomInfo>()> publicRooms;
    /// Answers later, once, on the main thread: the page, or nothing when the history could not be read.
    using PageAnswer = std::function<void(std::optional<HistoryPage>)>;
    /// False: no such room. `keepNewest` of encodeHistoryPage goes by `anchor`.
    std::function<bool(const QString &room, HistoryAnchor anchor, qint64 value, int limit, PageAnswer)>
        readPage;
    /// Answers later, once, on the main thread: what was found, newest first, or nothing when the history
    /// could not be read.
    using SearchAnswer = std::function<void(std::optional<FoundFrame>)>;
    enum class SearchStart : quint8 {
        Begun, ///< the answer follows; after the others none does
        NoSuchRoom,
        TooMany, ///< as many as the web may have wait already
    };
    /// Only public rooms are searched, and no more is found than fits into a frame. Empty while this daemon
    /// cannot search.
    std::function<SearchStart(const Search &search, SearchAnswer)> search = {};
    /// The JSON object of `GET /api/v1/time`.
    std::function<QJsonObject()> time;
    /// The reference's time now, for `GET /api/timezone/{zone}`; without `t` when it is not known.
    std::function<BestStamp()> best;
    /// Empty: ready to store. Else the reason, a sentence.
    std::function<QString()> problem;
    /// What goes on beside serving, words to go on from "ready; ". Empty: nothing.
    std::function<QString()> activity;
};

/// Gives each HTTP request its answer: `/history`, `/healthz`, `/readyz`, `/api/v1/rooms`,
/// `/api/v1/rooms/{room}/messages`, `/api/v1/search`, `/api/v1/time`, `/api/timezone/{zone}`; a short text on
/// `/` that says what this is. Errors are application/problem+json (RFC 9457). A table of routes: others are
/// added as rows.
class Router : public QObject
{
    Q_OBJECT
public:
    explicit Router(WebSources sources, QObject *parent = nullptr);
    ~Router() override;

    using Respond = std::function<void(const HttpResponse &)>;
    /// `send` is called exactly once, now or later.
    void handle(const HttpRequest &request, const Respond &send);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Synchat
