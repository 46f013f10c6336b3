// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How the daemon writes its frames.
#include "common/messagejson.h"

#include <algorithm>

namespace Synchat {

using namespace Qt::StringLiterals;

namespace {

void appendPeople(JsonWriter &writer, QLatin1StringView key, const QList<Author> &people)
{
    writer.beginArray(key);
    for (const Author &person : people) {
        writer.beginObject();
        writer.text("id"_L1, person.id);
        writer.text("name"_L1, person.name);
        writer.endObject();
    }
    writer.endArray();
}

QLatin1StringView userKindName(UserKind kind)
{
    switch (kind) {
    case UserKind::Account:
        return "account"_L1;
    case UserKind::Admin:
        return "admin"_L1;
    case UserKind::Guest:
        break;
    }
    return "guest"_L1;
}

void appendFrame(JsonWriter &writer, const WelcomeFrame &frame)
{
    writer.text("type"_L1, "welcome"_L1);
    writer.beginObject("user"_L1);
    writer.text("id"_L1, frame.userId);
    writer.text("name"_L1, frame.userName);
    writer.text("kind"_L1, userKindName(frame.kind));
    writer.endObject();
    writer.beginObject("server"_L1);
    writer.text("name"_L1, frame.serverName);
    writer.text("version"_L1, frame.serverVersion);
    writer.endObject();
    writer.beginObject("limits"_L1);
    writer.number("frame"_L1, qint64(frame.frameLimit));
    writer.number("text"_L1, qint64(frame.textLimit));
    writer.number("ratePerSecond"_L1, qint64(frame.ratePerSecond));
    writer.endObject();
    if (frame.ntpPort) {
        writer.beginObject("ntp"_L1);
        writer.number("port"_L1, qint64(*frame.ntpPort));
        writer.endObject();
    } else {
        writer.null("ntp"_L1);
    }
    if (frame.token)
        writer.text("token"_L1, *frame.token);
    if (frame.key)
        writer.text("key"_L1, *frame.key);
}

void appendFrame(JsonWriter &writer, const RoomListFrame &frame)
{
    writer.text("type"_L1, "rooms"_L1);
    writer.beginArray("rooms"_L1);
    for (const RoomInfo &room : frame.rooms) {
        writer.beginObject();
        writer.text("room"_L1, room.room);
        writer.text("title"_L1, room.title);
        writer.boolean("private"_L1, room.isPrivate);
        writer.number("members"_L1, qint64(room.members));
        writer.number("lastSeq"_L1, room.lastSeq);
        writer.text("epoch"_L1, room.epoch);
        writer.endObject();
    }
    writer.endArray();
}

void appendFrame(JsonWriter &writer, const JoinedFrame &frame)
{
    writer.text("type"_L1, "joined"_L1);
    writer.text("room"_L1, frame.room);
    writer.text("title"_L1, frame.title);
    writer.boolean("private"_L1, frame.isPrivate);
    writer.text("epoch"_L1, frame.epoch);
    writer.number("firstSeq"_L1, frame.firstSeq);
    writer.number("lastSeq"_L1, frame.lastSeq);
    appendPeople(writer, "members"_L1, frame.members);
    writer.boolean("reset"_L1, frame.reset);
}

void appendFrame(JsonWriter &writer, const LeftFrame &frame)
{
    writer.text("type"_L1, "left"_L1);
    writer.text("room"_L1, frame.room);
}

void appendHistory(JsonWriter &writer, const HistoryPage &page, const QList<QByteArray> &messages)
{
    writer.text("type"_L1, "history"_L1);
    writer.text("room"_L1, page.room);
    writer.text("epoch"_L1, page.epoch);
    writer.beginArray("messages"_L1);
    for (const QByteArray &message : messages)
        writer.raw(message);
    writer.endArray();
    writer.number("firstSeq"_L1, page.firstSeq);
    writer.number("lastSeq"_L1, page.lastSeq);
    writer.boolean("complete"_L1, page.complete);
}

QByteArray messageBytes(const Message &message)
{
    JsonWriter writer(expectedBytes(message));
    appendMessage(writer, message);
    return writer.take();
}

QList<QByteArray> encodeEach(const QList<Message> &messages)
{
    QList<QByteArray> encoded;
    encoded.reserve(messages.size());
    for (const Message &message : messages)
        encoded.append(messageBytes(message));
    return encoded;
}

void appendFrame(JsonWriter &writer, const HistoryPage &page)
{
    appendHistory(writer, page, encodeEach(page.messages));
}

void appendFrame(JsonWriter &writer, const FoundFrame &frame)
{
    writer.text("type"_L1, "found"_L1);
    writer.beginArray("messages"_L1);
    for (const Message &message : frame.messages)
        writer.raw(messageBytes(message));
    writer.endArray();
    writer.textOrNull("cursor"_L1, frame.cursor);
}

void appendFrame(JsonWriter &writer, const PresenceFrame &frame)
{
    writer.text("type"_L1, "presence"_L1);
    writer.text("room"_L1, frame.room);
    appendPeople(writer, "joined"_L1, frame.joined);
    appendPeople(writer, "left"_L1, frame.left);
}

void appendFrame(JsonWriter &writer, const ClocksFrame &frame)
{
    writer.text("type"_L1, "clocks"_L1);
    writer.text("room"_L1, frame.room);
    writer.beginArray("members"_L1);
    for (const MemberClock &member : frame.members) {
        writer.beginObject();
        writer.text("id"_L1, member.id);
        writer.number("skew"_L1, member.skew);
        writer.number("bound"_L1, member.bound);
        writer.text("state"_L1, stampStateName(member.state));
        writer.boolean("fault"_L1, member.fault);
        writer.number("age"_L1, member.age);
        writer.endObject();
    }
    writer.endArray();
}

void appendFrame(JsonWriter &writer, const TypingNotice &frame)
{
    writer.text("type"_L1, "typing"_L1);
    writer.text("room"_L1, frame.room);
    writer.beginObject("user"_L1);
    writer.text("id"_L1, frame.user.id);
    writer.text("name"_L1, frame.user.name);
    writer.endObject();
}

void appendFrame(JsonWriter &writer, const TimeReplyFrame &frame)
{
    writer.text("type"_L1, "time"_L1);
    writer.number("t1"_L1, frame.t1);
    writer.number("t2"_L1, frame.t2);
    writer.number("t3"_L1, frame.t3);
    writer.beginObject("reference"_L1);
    writer.number("offset"_L1, frame.offset);
    writer.number("bound"_L1, frame.bound);
    writer.text("state"_L1, stampStateName(frame.state));
    writer.boolean("fault"_L1, frame.fault);
    writer.endObject();
}

void appendFrame(JsonWriter &writer, const ErrorFrame &frame)
{
    writer.text("type"_L1, "error"_L1);
    writer.text("code"_L1, errorCodeName(frame.code));
    writer.text("message"_L1, frame.message);
    if (!frame.postId.isEmpty())
        writer.text("id"_L1, frame.postId);
    if (frame.retryAfter)
        writer.real("retryAfter"_L1, *frame.retryAfter);
}

template <typename Append>
QByteArray wholeFrame(const QString &ref, qsizetype expected, Append append)
{
    JsonWriter writer(expected);
    writer.beginObject();
    append(writer);
    if (!ref.isEmpty())
        writer.text("ref"_L1, ref);
    writer.endObject();
    return writer.take();
}

QByteArray encodePage(const HistoryPage &page, const QList<QByteArray> &messages, const QString &ref,
                      qsizetype expected)
{
    return wholeFrame(ref, expected, [&](JsonWriter &writer) { appendHistory(writer, page, messages); });
}

/// How many messages fit, counted from the end that is kept; at least one when there is one.
qsizetype fittingMessages(const QList<QByteArray> &messages, bool fromTheBack, qsizetype room)
{
    qsizetype used = 0;
    for (qsizetype i = 0; i < messages.size(); ++i) {
        const QByteArray &message = fromTheBack ? messages[messages.size() - 1 - i] : messages[i];
        used += message.size() + 1; // and a comma
        if (used > room)
            return std::max<qsizetype>(i, 1);
    }
    return messages.size();
}

} // namespace

QByteArray encodeServerFrame(const ServerFrame &frame, const QString &ref)
{
    if (const auto *message = std::get_if<Message>(&frame))
        return messageBytes(*message);
    return wholeFrame(ref, 512, [&frame](JsonWriter &writer) {
        std::visit(
            [&writer](const auto &content) {
                if constexpr (!std::is_same_v<std::decay_t<decltype(content)>, Message>)
                    appendFrame(writer, content);
            },
            frame);
    });
}

EncodedPage encodeHistoryPage(HistoryPage page, bool keepNewest, const QString &ref, qsizetype maxBytes)
{
    QList<QByteArray> messages = encodeEach(page.messages);
    constexpr qsizetype FalseIsLonger = 1; // than true, should the page be cut
    const qsizetype frame = encodePage(page, {}, ref, 512).size() + FalseIsLonger;
    const qsizetype kept = fittingMessages(messages, keepNewest, maxBytes - frame);
    if (kept < messages.size()) {
        messages = keepNewest ? messages.last(kept) : messages.first(kept);
        page.messages = keepNewest ? page.messages.last(kept) : page.messages.first(kept);
        page.complete = false;
    }
    qsizetype expected = frame;
    for (const QByteArray &message : messages)
        expected += message.size() + 1;
    QByteArray bytes = encodePage(page, messages, ref, expected);
    return {std::move(bytes), std::move(page)};
}

} // namespace Synchat
