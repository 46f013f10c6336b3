// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/web/router.h"

#include <QJsonObject>

namespace Synchat {

using namespace Qt::StringLiterals;

/// What the sources were asked, and what they say.
struct FakeSources
{
    QString problem;
    QString activity;
    BestStamp best{1'795'442'605'118'042, 900, StampState::Ok};
    QString askedRoom;
    HistoryAnchor askedAnchor = HistoryAnchor::Newest;
    qint64 askedValue = -1;
    int askedLimit = -1;
    bool readFails = false;
    WebSources::PageAnswer later; ///< filled when `answersLater`
    bool answersLater = false;
    bool canSearch = true;
    bool tooManySearch = false;
    std::optional<Search> askedSearch;
    std::optional<FoundFrame> found = FoundFrame{{messageNumber(3)}, u"17"_s};

    WebSources functions()
    {
        WebSources sources;
        sources.publicRooms = [] { return QList<RoomInfo>{{u"general"_s, u"All"_s, false, 2, 5, u"e1"_s}}; };
        sources.readPage = [this](const QString &room, HistoryAnchor anchor, qint64 value, int limit,
                                  WebSources::PageAnswer answer) {
            if (room != u"general"_s)
                return false;
            askedRoom = room;
            askedAnchor = anchor;
            askedValue = value;
            askedLimit = limit;
            if (answersLater)
                later = answer;
            else
                answer(readFails ? std::nullopt : std::optional(page()));
            return true;
        };
        if (canSearch) {
            sources.search = [this](const Search &search, WebSources::SearchAnswer answer) {
                askedSearch = search;
                if (search.room && search.room->text() != u"general"_s)
                    return WebSources::SearchStart::NoSuchRoom;
                if (tooManySearch)
                    return WebSources::SearchStart::TooMany;
                answer(found);
                return WebSources::SearchStart::Begun;
            };
        }
        sources.time = [] { return QJsonObject{{u"t"_s, 5}}; };
        sources.best = [this] { return best; };
        sources.problem = [this] { return problem; };
        sources.activity = [this] { return activity; };
        return sources;
    }
    static Message messageNumber(qint64 seq)
    {
        Message message;
        message.room = u"general"_s;
        message.seq = seq;
        message.from = {u"u7"_s, u"ana"_s};
        message.text = u"disk alarm"_s;
        return message;
    }
    static HistoryPage page()
    {
        HistoryPage page;
        page.room = u"general"_s;
        page.epoch = u"e1"_s;
        page.lastSeq = 5;
        return page;
    }
};

/// The last answer to a request; `answers` says how many there were at once.
inline HttpResponse answerOf(Router &router, const QString &path, const QByteArray &method,
                             const QString &query, int &answers)
{
    HttpRequest request;
    request.method = method;
    request.path = path;
    request.query = QUrlQuery(query);
    HttpResponse got;
    answers = 0;
    router.handle(request, [&](const HttpResponse &response) {
        ++answers;
        got = response;
    });
    return got;
}

} // namespace Synchat
