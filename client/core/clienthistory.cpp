// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a ChatClient asks of the history: gaps, places, searches, pages.
#include "client/core/chatclient_p.h"
#include "client/core/historyplace.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr int GapPage = 200;      ///< messages asked for at once, of a long gap
constexpr int MostHeld = 100'000; ///< rows of a room in memory; about 70 MB

/// A seq inside the gap that a page was asked for.
qint64 seqInGap(const HistoryFrame &asked)
{
    return asked.anchor == HistoryAnchor::After ? asked.value + 1 : asked.value - 1;
}

} // namespace

QString ChatClient::Private::ask(const ClientFrame &frame, Request request)
{
    const QString ref = remember(std::move(request));
    if (link.state() == LinkState::Online) {
        link.send(frame, ref);
        return ref;
    }
    QTimer::singleShot(0, q, [this, ref] {
        if (!requests.contains(ref))
            return; // told already
        const ErrorFrame offline{ErrorCode::Internal, tr("There is no connection."), {}, std::nullopt};
        giveUp(ref, requests.take(ref), offline);
    });
    return ref;
}

void ChatClient::loadGap(const QString &room, qint64 from, qint64 to, GapEnd end)
{
    ClientRoom *known = d->find(room);
    if (!known || known->sync.state() == RoomSync::State::Initial || from <= 0 || to < from)
        return;
    if (!known->sync.isJoined()) {
        known->model->setGapState(end == GapEnd::Older ? from : to, RoomRow::GapState::Failed,
                                  tr("There is no connection."));
        return;
    }
    const int row = known->model->gapRowOf(end == GapEnd::Older ? from : to);
    if (row < 0 || known->model->row(row).gapState == RoomRow::GapState::Loading ||
        known->model->row(row).gapState == RoomRow::GapState::Gone)
        return;
    const int limit = static_cast<int>(std::min<qint64>(to - from + 1, GapPage));
    const bool older = end == GapEnd::Older;
    d->askGap(*known, {known->name, older ? HistoryAnchor::After : HistoryAnchor::Before,
                       older ? from - 1 : to + 1, limit});
}

void ChatClient::Private::forgetWhatIsFar(ClientRoom &room)
{
    room.model->forgetFarFrom(room.lookedAt > 0 ? room.lookedAt : room.model->lastSeq(), MostHeld);
}

void ChatClient::Private::askGap(ClientRoom &room, const HistoryFrame &frame)
{
    room.lookedAt = frame.value;
    room.model->setGapState(seqInGap(frame), RoomRow::GapState::Loading);
    ask(frame, {Request::Kind::Gap, room.name.text(), frame});
}

/// What the server has not given once is not asked for again by itself.
void ChatClient::Private::takeGapPage(ClientRoom &room, const HistoryFrame &asked)
{
    const int row = room.model->gapRowOf(seqInGap(asked));
    if (row >= 0 && room.model->row(row).gapState == RoomRow::GapState::Loading)
        room.model->setGapState(seqInGap(asked), RoomRow::GapState::Failed,
                                tr("The server did not give these messages."));
}

void ChatClient::Private::retryGapLater(const Request &request, const ErrorFrame &error)
{
    const quint64 run = linkRun;
    later(error.retryAfter, [this, request, run] {
        ClientRoom *room = find(request.room);
        const int row = room ? room->model->gapRowOf(seqInGap(request.page)) : -1;
        if (run != linkRun || row < 0 || room->model->row(row).gapState != RoomRow::GapState::Loading)
            return;
        askGap(*room, request.page);
    });
}

void ChatClient::findSeq(const QString &room, qint64 seq)
{
    ClientRoom *known = d->find(room);
    if (known && known->model->rowOfSeq(seq) >= 0) {
        known->placeRef.clear();
        Q_EMIT placeFound(room, seq);
        return;
    }
    d->askPlace(room, HistoryAnchor::Around, std::max<qint64>(seq, 0));
}

void ChatClient::findTime(const QString &room, WireMicros time)
{
    d->askPlace(room, HistoryAnchor::At, time);
}

void ChatClient::Private::askPlace(const QString &room, HistoryAnchor anchor, qint64 value)
{
    ClientRoom *known = find(room);
    if (!known || !known->sync.isJoined()) {
        Q_EMIT q->placeFailed(room, tr("The history of # %1 cannot be read without a connection. Try again "
                                       "when it is back.")
                                        .arg(room));
        return;
    }
    const HistoryFrame frame{known->name, anchor, value, Limits::DefaultPage};
    if (anchor == HistoryAnchor::Around)
        known->lookedAt = value;
    known->placeRef = ask(frame, {Request::Kind::Place, room, frame});
}

void ChatClient::Private::takePlacePage(const HistoryFrame &asked, const HistoryPage &page)
{
    const auto seq = asked.anchor == HistoryAnchor::At ? seqAt(page.messages, asked.value)
                                                       : seqNearest(page.messages, asked.value);
    if (seq)
        Q_EMIT q->placeFound(page.room, *seq);
    else
        Q_EMIT q->placeFailed(page.room, tr("Nothing has been said in # %1 yet.").arg(page.room));
}

QString ChatClient::search(const SearchFrame &frame)
{
    return d->ask(frame, {Private::Request::Kind::Search, frame.room ? frame.room->text() : QString()});
}

void ChatClient::Private::take(const FoundFrame &frame, const QString &ref)
{
    const auto request = requests.constFind(ref);
    if (request == requests.constEnd() || request->kind != Request::Kind::Search)
        return;
    requests.erase(request);
    Q_EMIT q->found(ref, frame);
}

QString ChatClient::readPage(const HistoryFrame &frame)
{
    return d->ask(frame, {Private::Request::Kind::Page, frame.room.text()});
}

/// A question without answer leaves no mark of loading behind.
void ChatClient::Private::giveUp(const QString &ref, const Request &request, const ErrorFrame &error)
{
    ClientRoom *room = find(request.room);
    switch (request.kind) {
    case Request::Kind::Join:
    case Request::Kind::Create:
    case Request::Kind::Sync:
        return;
    case Request::Kind::Gap:
        if (room)
            room->model->setGapState(seqInGap(request.page), RoomRow::GapState::Failed, error.message);
        return;
    case Request::Kind::Place:
        if (room && ref == room->placeRef)
            Q_EMIT q->placeFailed(request.room, error.message);
        return;
    case Request::Kind::Search:
    case Request::Kind::Page:
        Q_EMIT q->requestFailed(ref, error);
        return;
    }
}

} // namespace Synchat
