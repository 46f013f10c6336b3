// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/historyrules.h"

#include <algorithm>

namespace Synchat {
namespace {

HistoryPage pageOf(const Room &room)
{
    HistoryPage page;
    page.room = room.name();
    page.epoch = room.epoch();
    page.firstSeq = room.firstSeq();
    page.lastSeq = room.lastSeq();
    return page;
}

bool isAroundAnchor(HistoryAnchor anchor)
{
    return anchor == HistoryAnchor::Around || anchor == HistoryAnchor::At;
}

/// Where in the page the anchor is: for a time, the middle.
qsizetype anchorIndex(const PageRequest &asked, const QList<Message> &messages)
{
    if (asked.anchor == HistoryAnchor::At)
        return messages.size() / 2;
    const auto at = std::find_if(messages.begin(), messages.end(),
                                 [&asked](const Message &message) { return message.seq >= asked.value; });
    return std::distance(messages.begin(), at);
}

/// Half of the page, with the anchor as near to its middle as the ends allow.
void halveAround(HistoryPage &page, const PageRequest &asked)
{
    const qsizetype size = page.messages.size();
    const qsizetype kept = std::max<qsizetype>(1, size / 2);
    const qsizetype first =
        std::clamp<qsizetype>(anchorIndex(asked, page.messages) - kept / 2, 0, size - kept);
    page.messages = page.messages.mid(first, kept);
    page.complete = false;
}

} // namespace

PageRequest pageRequestFor(const HistoryFrame &frame, const Room &room)
{
    PageRequest request;
    request.room = room.number();
    request.anchor = frame.anchor;
    request.value = frame.value;
    request.limit = frame.limit;
    request.upTo = room.lastSeq();
    return request;
}

HistoryPage historyPage(const PageRequest &asked, const StoredPage &read, const Room &room)
{
    HistoryPage page = pageOf(room);
    page.messages = read.messages;
    // messages may have been announced while the page was read
    const bool reachesLast = read.reachesLast && asked.upTo == room.lastSeq();
    switch (asked.anchor) {
    case HistoryAnchor::Newest:
    case HistoryAnchor::Before:
        page.complete = read.reachesFirst;
        break;
    case HistoryAnchor::After:
        page.complete = reachesLast;
        break;
    case HistoryAnchor::Around:
    case HistoryAnchor::At:
        page.complete = read.reachesFirst && reachesLast;
        break;
    }
    return page;
}

EncodedPage encodePageFor(const PageRequest &asked, HistoryPage page, const QString &ref, qsizetype maxBytes)
{
    const bool keepNewest = asked.anchor == HistoryAnchor::Newest || asked.anchor == HistoryAnchor::Before;
    EncodedPage encoded = encodeHistoryPage(page, keepNewest, ref, maxBytes);
    while (isAroundAnchor(asked.anchor) && encoded.page.messages.size() < page.messages.size()) {
        halveAround(page, asked);
        encoded = encodeHistoryPage(page, keepNewest, ref, maxBytes);
    }
    return encoded;
}

HistoryPage catchUpPage(const QList<Message> &messages, qint64 reached, qint64 upTo, const Room &room)
{
    HistoryPage page = pageOf(room);
    page.messages = messages;
    page.lastSeq = upTo;
    page.complete = reached >= upTo;
    return page;
}

} // namespace Synchat
