// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/postrules.h"

#include "server/chat/refusals.h"

#include <algorithm>

namespace Synchat {

std::optional<ErrorFrame> problemWithPost(const PostFrame &post, const Room &room)
{
    if (post.replyTo && (*post.replyTo < 1 || *post.replyTo > room.lastSeq()))
        return Refusals::badReplyTo();
    return std::nullopt;
}

Message messageFromPost(const PostFrame &post, const Room &room, const Author &author,
                        const ReferenceSnapshot &snapshot, const ClockReading &now)
{
    Message message;
    message.room = room.name();
    message.id = post.id;
    message.from = author;
    message.text = post.text;
    if (post.seen)
        message.seen = std::clamp<qint64>(*post.seen, 0, room.lastSeq());
    message.replyTo = post.replyTo;
    message.stamps = stampsAt(snapshot, now);
    message.stamps.live = post.live;
    return message;
}

} // namespace Synchat
