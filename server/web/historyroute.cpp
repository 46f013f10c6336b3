// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/historyroute.h"

#include "server/web/historyhtml.h"
#include "server/web/httpanswers.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(HistoryRoute)
};

HttpResponse problemPage(int status, const HistoryShell &shell, const QString &title, const QString &sentence)
{
    return htmlAnswer(status, HistoryHtml::problem(shell, title, sentence));
}

HttpResponse unknownRoom(const HistoryShell &shell)
{
    return problemPage(404, shell, Words::tr("There is no such room"),
                       Words::tr("No public room is called “%1”. Choose one of those that there are.")
                           .arg(shell.request.room.left(64)));
}

HttpResponse notRead(const HistoryShell &shell)
{
    return problemPage(503, shell, Words::tr("Not now"),
                       Words::tr("The history could not be read. Try again later."));
}

std::optional<RoomInfo> findRoom(const QList<RoomInfo> &rooms, const QString &name)
{
    const auto found = std::find_if(rooms.cbegin(), rooms.cend(),
                                    [&name](const RoomInfo &room) { return room.room == name; });
    return found == rooms.cend() ? std::nullopt : std::optional(*found);
}

void answerSearch(const HistoryShell &shell, const WebSources &sources, const Router::Respond &respond)
{
    if (!sources.search) {
        respond(problemPage(503, shell, Words::tr("No search"),
                            Words::tr("This daemon cannot search its history.")));
        return;
    }
    const auto answer = [shell, respond](const std::optional<FoundFrame> &found) {
        respond(found ? htmlAnswer(200, HistoryHtml::found(shell, *found)) : notRead(shell));
    };
    switch (sources.search(*shell.request.search, answer)) {
    case WebSources::SearchStart::Begun:
        break;
    case WebSources::SearchStart::NoSuchRoom:
        respond(unknownRoom(shell));
        break;
    case WebSources::SearchStart::TooMany:
        respond(withRetryAfter(problemPage(503, shell, Words::tr("Not now"),
                                           Words::tr("Too many are searching. Try again in a moment.")),
                               WaitForSearch));
        break;
    }
}

void answerPage(const HistoryShell &shell, const WebSources &sources, const Router::Respond &respond)
{
    const std::optional<RoomInfo> room = findRoom(shell.rooms, shell.request.room);
    if (!room) {
        respond(unknownRoom(shell));
        return;
    }
    const auto answer = [shell, respond, room = *room](const std::optional<HistoryPage> &page) {
        respond(page ? htmlAnswer(200, HistoryHtml::room(shell, room, *page)) : notRead(shell));
    };
    const HistoryRequest &request = shell.request;
    if (!sources.readPage(room->room, request.anchor, request.value, HistoryRequest::PageLength, answer))
        respond(unknownRoom(shell));
}

} // namespace

void answerHistory(const HttpRequest &request, const WebSources &sources, const Router::Respond &respond)
{
    HistoryShell shell;
    shell.rooms = sources.publicRooms();
    shell.canSearch = static_cast<bool>(sources.search);
    const Result<HistoryRequest, QString> asked = HistoryRequest::parse(request.query);
    if (!asked) {
        respond(problemPage(400, shell, Words::tr("That makes no sense"), asked.error()));
        return;
    }
    shell.request = *asked;
    if (shell.request.search)
        answerSearch(shell, sources, respond);
    else
        answerPage(shell, sources, respond);
}

} // namespace Synchat
