// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/router.h"

#include "server/web/delivery.h"
#include "server/web/historyroute.h"
#include "server/web/httpanswers.h"
#include "server/web/pagequery.h"
#include "server/web/webassets.h"
#include "server/web/worldtime.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace Synchat {

using namespace Qt::StringLiterals;

struct Router::Private
{
    explicit Private(WebSources given)
        : sources(std::move(given))
    {}

    /// What `{}` or `{...}` of the route's path stands for; empty when it has none.
    using Handler = void (Private::*)(const HttpRequest &, const QString &part, const Respond &) const;
    struct Route
    {
        QString path; ///< one segment may be `{}`, or the last one `{...}`: one or more of them
        Handler handler;
    };
    static const QList<Route> &routes();

    void sayWhatThisIs(const HttpRequest &, const QString &, const Respond &respond) const;
    void sayAlive(const HttpRequest &, const QString &, const Respond &respond) const;
    void sayReady(const HttpRequest &, const QString &, const Respond &respond) const;
    void showHistory(const HttpRequest &request, const QString &, const Respond &respond) const;
    void sendAsset(const HttpRequest &, const QString &name, const Respond &respond) const;
    void listRooms(const HttpRequest &, const QString &, const Respond &respond) const;
    void readMessages(const HttpRequest &request, const QString &room, const Respond &respond) const;
    void searchMessages(const HttpRequest &request, const QString &, const Respond &respond) const;
    void tellTime(const HttpRequest &, const QString &, const Respond &respond) const;
    void listZones(const HttpRequest &, const QString &, const Respond &respond) const;
    void tellTimeInZone(const HttpRequest &request, const QString &zone, const Respond &respond) const;

    WebSources sources;
};

namespace {

/// The part that `{}` or `{...}` stands for (empty without one). Nothing: another path. A part is never
/// empty.
std::optional<QString> matchPath(const QString &pattern, const QString &path)
{
    QStringList expected = pattern.split(u'/');
    const QStringList given = path.split(u'/');
    if (expected.constLast() == u"{...}"_s) {
        expected.removeLast();
        const QString part = given.sliced(std::min(expected.size(), given.size())).join(u'/');
        const bool matches = !part.isEmpty() && given.first(expected.size()) == expected;
        return matches ? std::optional(part) : std::nullopt;
    }
    if (expected.size() != given.size())
        return std::nullopt;
    QString part = u""_s;
    for (qsizetype i = 0; i < expected.size(); ++i) {
        const bool isPart = expected[i] == u"{}"_s;
        if (isPart ? given[i].isEmpty() : expected[i] != given[i])
            return std::nullopt;
        if (isPart)
            part = given[i];
    }
    return part;
}

} // namespace

const QList<Router::Private::Route> &Router::Private::routes()
{
    static const QList<Route> table{
        {u"/"_s, &Private::sayWhatThisIs},
        {u"/healthz"_s, &Private::sayAlive},
        {u"/readyz"_s, &Private::sayReady},
        {u"/history"_s, &Private::showHistory},
        {u"/assets/{}"_s, &Private::sendAsset},
        {u"/api/v1/rooms"_s, &Private::listRooms},
        {u"/api/v1/rooms/{}/messages"_s, &Private::readMessages},
        {u"/api/v1/search"_s, &Private::searchMessages},
        {u"/api/v1/time"_s, &Private::tellTime},
        {u"/api/timezone"_s, &Private::listZones},
        {u"/api/timezone/{...}"_s, &Private::tellTimeInZone},
    };
    return table;
}

Router::Router(WebSources sources, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(sources)))
{}

Router::~Router() = default;

void Router::handle(const HttpRequest &request, const Respond &send)
{
    const Respond respond = [send, terms = DeliveryTerms::of(request)](const HttpResponse &response) {
        send(delivered(response, terms));
    };
    for (const Private::Route &route : Private::routes()) {
        const std::optional<QString> part = matchPath(route.path, request.path);
        if (!part)
            continue;
        if (request.method != "GET" && request.method != "HEAD") {
            respond(methodNotAllowed("GET, HEAD"));
            return;
        }
        (d.get()->*route.handler)(request, *part, respond);
        return;
    }
    respond(problemAnswer(404, tr("There is nothing at this path.")));
}

void Router::Private::sayWhatThisIs(const HttpRequest &, const QString &, const Respond &respond) const
{
    respond(textAnswer(tr("This is Synchat, a chat that shows what time it really is.\n"
                          "Point the programs synchat or synchat-cli at this address to join.\n"
                          "\n"
                          "/history                        what was said, as a page\n"
                          "/api/v1/rooms                   the rooms\n"
                          "/api/v1/rooms/general/messages  the newest messages of a room\n"
                          "/api/v1/search?q=alarm          messages that hold a word\n"
                          "/api/v1/time                    the time, and how well it is known\n"
                          "/api/timezone/Etc/UTC           the same for clocks, in any time zone\n"
                          "/healthz, /readyz               whether the daemon lives, and can store\n")
                           .toUtf8()));
}

void Router::Private::sayAlive(const HttpRequest &, const QString &, const Respond &respond) const
{
    respond(textAnswer("ok\n"));
}

void Router::Private::sayReady(const HttpRequest &, const QString &, const Respond &respond) const
{
    const QString problem = sources.problem();
    if (!problem.isEmpty()) {
        respond(problemAnswer(503, problem));
        return;
    }
    const QString activity = sources.activity();
    respond(textAnswer(activity.isEmpty() ? QByteArray("ready\n") : "ready; " + activity.toUtf8() + '\n'));
}

void Router::Private::showHistory(const HttpRequest &request, const QString &, const Respond &respond) const
{
    answerHistory(request, sources, respond);
}

void Router::Private::sendAsset(const HttpRequest &, const QString &name, const Respond &respond) const
{
    const std::optional<WebAsset> asset = findAsset(name);
    respond(asset ? assetAnswer(asset->contentType, asset->content)
                  : problemAnswer(404, tr("There is nothing at this path.")));
}

void Router::Private::listRooms(const HttpRequest &, const QString &, const Respond &respond) const
{
    QJsonArray rooms;
    const QList<RoomInfo> infos = sources.publicRooms();
    for (const RoomInfo &info : infos)
        rooms.append(roomInfoToJson(info));
    respond(jsonAnswer({{u"rooms"_s, rooms}}, Caching::Revalidate));
}

void Router::Private::readMessages(const HttpRequest &request, const QString &room,
                                   const Respond &respond) const
{
    const Result<PageQuery, QString> query = PageQuery::parse(request.query);
    if (!query) {
        respond(problemAnswer(400, query.error()));
        return;
    }
    const bool keepNewest = query->anchor != HistoryAnchor::After;
    const auto answer = [respond, keepNewest](const std::optional<HistoryPage> &page) {
        respond(page ? pageAnswer(*page, keepNewest)
                     : problemAnswer(503, tr("The history could not be read. Try again later.")));
    };
    const bool isKnown = RoomName::parse(room).has_value() &&
                         sources.readPage(room, query->anchor, query->value, query->limit, answer);
    if (!isKnown)
        respond(problemAnswer(404, tr("There is no such room.")));
}

void Router::Private::searchMessages(const HttpRequest &request, const QString &,
                                     const Respond &respond) const
{
    const Result<Search, QString> query = parseWebSearch(request.query);
    if (!query) {
        respond(problemAnswer(400, query.error()));
        return;
    }
    if (!sources.search) {
        respond(problemAnswer(503, tr("This daemon cannot search its history.")));
        return;
    }
    const auto answer = [respond](const std::optional<FoundFrame> &found) {
        respond(found ? foundAnswer(*found)
                      : problemAnswer(503, tr("The history could not be searched. Try again later.")));
    };
    switch (sources.search(*query, answer)) {
    case WebSources::SearchStart::Begun:
        break;
    case WebSources::SearchStart::NoSuchRoom:
        respond(problemAnswer(404, tr("There is no such room.")));
        break;
    case WebSources::SearchStart::TooMany:
        respond(withRetryAfter(problemAnswer(503, tr("Too many are searching. Try again in a moment.")),
                               WaitForSearch));
        break;
    }
}

void Router::Private::tellTime(const HttpRequest &, const QString &, const Respond &respond) const
{
    respond(jsonAnswer(sources.time()));
}

void Router::Private::listZones(const HttpRequest &, const QString &, const Respond &respond) const
{
    respond(jsonListAnswer(ServedZone::names()));
}

void Router::Private::tellTimeInZone(const HttpRequest &request, const QString &zone,
                                     const Respond &respond) const
{
    const std::optional<ServedZone> served = ServedZone::find(zone);
    if (!served) {
        respond(problemAnswer(404, tr("There is no such time zone; /api/timezone lists them.")));
        return;
    }
    const BestStamp best = sources.best(); // as late as can be
    respond(best.t ? jsonAnswer(worldTime(best, *served, request.peer.address))
                   : problemAnswer(503, tr("The time is not known yet.")));
}

} // namespace Synchat
