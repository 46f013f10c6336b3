// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/protocol.h"

#include "common/messagejson.h"

#include <QJsonArray>

#include <array>

namespace Synchat {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array ErrorNames{
    "bad_frame"_L1,  "unknown_type"_L1, "bad_field"_L1, "hello_first"_L1,  "bad_name"_L1,
    "name_taken"_L1, "unauthorized"_L1, "forbidden"_L1, "room_unknown"_L1, "room_exists"_L1,
    "bad_key"_L1,    "not_joined"_L1,   "too_long"_L1,  "blank"_L1,        "rate_limited"_L1,
    "busy"_L1,       "not_stored"_L1,   "muted"_L1,     "banned"_L1,       "internal"_L1,
};
static_assert(ErrorNames.size() == static_cast<std::size_t>(ErrorCode::Internal) + 1);

QJsonValue microsToJson(OptionalMicros micros)
{
    return micros ? QJsonValue(*micros) : QJsonValue(QJsonValue::Null);
}

QJsonValue textToJson(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

QJsonObject sourceToJson(const SourceStamp &source)
{
    return {{u"t"_s, microsToJson(source.t)},
            {u"state"_s, stampStateName(source.state)},
            {u"bound"_s, microsToJson(source.bound)},
            {u"source"_s, textToJson(source.source)},
            {u"age"_s, microsToJson(source.age)}};
}

} // namespace

QString errorCodeName(ErrorCode code)
{
    return ErrorNames[static_cast<std::size_t>(code)];
}

std::optional<ErrorCode> errorCodeFromName(const QString &name)
{
    for (std::size_t i = 0; i < ErrorNames.size(); ++i) {
        if (name == ErrorNames[i])
            return static_cast<ErrorCode>(i);
    }
    return std::nullopt;
}

QJsonObject liveToJson(const LiveStamp &live)
{
    return {{u"t"_s, microsToJson(live.t)},
            {u"state"_s, stampStateName(live.state)},
            {u"offset"_s, microsToJson(live.offset)},
            {u"bound"_s, microsToJson(live.bound)},
            {u"via"_s, textToJson(probePathName(live.via))},
            {u"fault"_s, live.fault}};
}

QJsonObject stampsToJson(const Stamps &stamps)
{
    const QJsonObject local{{u"t"_s, microsToJson(stamps.local.t)},
                            {u"state"_s, stampStateName(stamps.local.state)},
                            {u"offset"_s, microsToJson(stamps.local.offset)},
                            {u"bound"_s, microsToJson(stamps.local.bound)},
                            {u"boot"_s, textToJson(stamps.local.boot)},
                            {u"up"_s, microsToJson(stamps.local.up)},
                            {u"fault"_s, stamps.local.fault}};
    const QJsonObject best{{u"t"_s, microsToJson(stamps.best.t)},
                           {u"state"_s, stampStateName(stamps.best.state)},
                           {u"bound"_s, microsToJson(stamps.best.bound)}};
    return {{u"live"_s, liveToJson(stamps.live)},
            {u"local"_s, local},
            {u"api"_s, sourceToJson(stamps.api)},
            {u"ntp"_s, sourceToJson(stamps.ntp)},
            {u"best"_s, best}};
}

QJsonObject messageToJson(const Message &message)
{
    return {{u"type"_s, u"message"_s},
            {u"room"_s, message.room},
            {u"seq"_s, message.seq},
            {u"id"_s, message.id.toString(QUuid::WithoutBraces)},
            {u"kind"_s, message.kind},
            {u"from"_s, QJsonObject{{u"id"_s, message.from.id}, {u"name"_s, message.from.name}}},
            {u"text"_s, message.text},
            {u"seen"_s, microsToJson(message.seen)},
            {u"replyTo"_s, microsToJson(message.replyTo)},
            {u"stamps"_s, stampsToJson(message.stamps)}};
}

QJsonObject roomInfoToJson(const RoomInfo &room)
{
    return {{u"room"_s, room.room},       {u"title"_s, room.title},     {u"private"_s, room.isPrivate},
            {u"members"_s, room.members}, {u"lastSeq"_s, room.lastSeq}, {u"epoch"_s, room.epoch}};
}

QJsonObject historyPageToJson(const HistoryPage &page)
{
    QJsonArray messages;
    for (const Message &message : page.messages)
        messages.append(messageToJson(message));
    return {{u"room"_s, page.room},         {u"epoch"_s, page.epoch},     {u"messages"_s, messages},
            {u"firstSeq"_s, page.firstSeq}, {u"lastSeq"_s, page.lastSeq}, {u"complete"_s, page.complete}};
}

} // namespace Synchat
