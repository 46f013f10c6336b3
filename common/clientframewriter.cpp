// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How clients write their frames.
#include "common/messagejson.h"

namespace Synchat {

using namespace Qt::StringLiterals;

namespace {

void optionalText(JsonWriter &writer, QLatin1StringView key, const std::optional<QString> &value)
{
    if (value)
        writer.text(key, *value);
}

void nonEmptyText(JsonWriter &writer, QLatin1StringView key, const QString &value)
{
    if (!value.isEmpty())
        writer.text(key, value);
}

void optionalNumber(JsonWriter &writer, QLatin1StringView key, std::optional<qint64> value)
{
    if (value)
        writer.number(key, *value);
}

void appendFrame(JsonWriter &writer, const HelloFrame &frame)
{
    writer.text("type"_L1, "hello"_L1);
    writer.text("name"_L1, frame.name.text());
    writer.text("client"_L1, frame.client);
    if (!frame.password && !frame.token)
        return;
    writer.beginObject("auth"_L1);
    optionalText(writer, "password"_L1, frame.password);
    optionalText(writer, "token"_L1, frame.token);
    writer.endObject();
}

void appendFrame(JsonWriter &writer, const RoomsFrame &)
{
    writer.text("type"_L1, "rooms"_L1);
}

void appendFrame(JsonWriter &writer, const CreateFrame &frame)
{
    writer.text("type"_L1, "create"_L1);
    writer.text("room"_L1, frame.room.text());
    nonEmptyText(writer, "title"_L1, frame.title);
    optionalText(writer, "key"_L1, frame.key);
}

void appendFrame(JsonWriter &writer, const JoinFrame &frame)
{
    writer.text("type"_L1, "join"_L1);
    writer.text("room"_L1, frame.room.text());
    optionalText(writer, "key"_L1, frame.key);
    optionalNumber(writer, "after"_L1, frame.after);
    optionalText(writer, "epoch"_L1, frame.epoch);
}

void appendFrame(JsonWriter &writer, const LeaveFrame &frame)
{
    writer.text("type"_L1, "leave"_L1);
    writer.text("room"_L1, frame.room.text());
}

void appendFrame(JsonWriter &writer, const PostFrame &frame)
{
    writer.text("type"_L1, "post"_L1);
    writer.text("room"_L1, frame.room.text());
    writer.text("id"_L1, frame.id.toString(QUuid::WithoutBraces));
    writer.text("text"_L1, frame.text);
    optionalNumber(writer, "seen"_L1, frame.seen);
    optionalNumber(writer, "replyTo"_L1, frame.replyTo);
    if (frame.live.state != StampState::None)
        appendLive(writer, "live"_L1, frame.live);
}

void appendFrame(JsonWriter &writer, const HistoryFrame &frame)
{
    writer.text("type"_L1, "history"_L1);
    writer.text("room"_L1, frame.room.text());
    switch (frame.anchor) {
    case HistoryAnchor::Newest:
        break;
    case HistoryAnchor::Before:
        writer.number("before"_L1, frame.value);
        break;
    case HistoryAnchor::After:
        writer.number("after"_L1, frame.value);
        break;
    case HistoryAnchor::Around:
        writer.number("around"_L1, frame.value);
        break;
    case HistoryAnchor::At:
        writer.number("at"_L1, frame.value);
        break;
    }
    writer.number("limit"_L1, qint64(frame.limit));
}

void appendFrame(JsonWriter &writer, const SearchFrame &frame)
{
    writer.text("type"_L1, "search"_L1);
    writer.text("query"_L1, frame.query);
    if (frame.room)
        writer.text("room"_L1, frame.room->text());
    nonEmptyText(writer, "from"_L1, frame.from);
    optionalNumber(writer, "since"_L1, frame.since);
    optionalNumber(writer, "until"_L1, frame.until);
    writer.number("limit"_L1, qint64(frame.limit));
    nonEmptyText(writer, "cursor"_L1, frame.cursor);
}

void appendFrame(JsonWriter &writer, const TimeFrame &frame)
{
    writer.text("type"_L1, "time"_L1);
    writer.number("t1"_L1, frame.t1);
}

void appendFrame(JsonWriter &writer, const ClockFrame &frame)
{
    writer.text("type"_L1, "clock"_L1);
    writer.number("offset"_L1, frame.clock.offset);
    writer.number("bound"_L1, frame.clock.bound);
    writer.text("state"_L1, stampStateName(frame.clock.state));
    writer.textOrNull("via"_L1, probePathName(frame.clock.via));
    writer.boolean("fault"_L1, frame.clock.fault);
}

void appendFrame(JsonWriter &writer, const TypingFrame &frame)
{
    writer.text("type"_L1, "typing"_L1);
    writer.text("room"_L1, frame.room.text());
}

} // namespace

QByteArray encodeClientFrame(const ClientFrame &frame, const QString &ref)
{
    JsonWriter writer;
    writer.beginObject();
    std::visit([&writer](const auto &content) { appendFrame(writer, content); }, frame);
    nonEmptyText(writer, "ref"_L1, ref);
    writer.endObject();
    return writer.take();
}

} // namespace Synchat
