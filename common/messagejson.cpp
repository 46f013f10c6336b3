// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/messagejson.h"

#include <array>

namespace Synchat {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array StateNames{"ok"_L1, "falseticker"_L1, "holdover"_L1, "unsynced"_L1, "none"_L1};

QLatin1StringView stateText(StampState state)
{
    return StateNames[static_cast<std::size_t>(state)];
}

QLatin1StringView viaText(ProbePath via)
{
    switch (via) {
    case ProbePath::Udp:
        return "udp"_L1;
    case ProbePath::WebSocket:
        return "ws"_L1;
    case ProbePath::None:
        break;
    }
    return {};
}

void appendLocal(JsonWriter &writer, const LocalStamp &local)
{
    writer.beginObject("local"_L1);
    writer.number("t"_L1, local.t);
    writer.text("state"_L1, stateText(local.state));
    writer.number("offset"_L1, local.offset);
    writer.number("bound"_L1, local.bound);
    writer.textOrNull("boot"_L1, local.boot);
    writer.number("up"_L1, local.up);
    writer.boolean("fault"_L1, local.fault);
    writer.endObject();
}

void appendSource(JsonWriter &writer, QLatin1StringView key, const SourceStamp &source)
{
    writer.beginObject(key);
    writer.number("t"_L1, source.t);
    writer.text("state"_L1, stateText(source.state));
    writer.number("bound"_L1, source.bound);
    writer.textOrNull("source"_L1, source.source);
    writer.number("age"_L1, source.age);
    writer.endObject();
}

void appendBest(JsonWriter &writer, const BestStamp &best)
{
    writer.beginObject("best"_L1);
    writer.number("t"_L1, best.t);
    writer.text("state"_L1, stateText(best.state));
    writer.number("bound"_L1, best.bound);
    writer.endObject();
}

void appendStampFields(JsonWriter &writer, const Stamps &stamps)
{
    appendLive(writer, "live"_L1, stamps.live);
    appendLocal(writer, stamps.local);
    appendSource(writer, "api"_L1, stamps.api);
    appendSource(writer, "ntp"_L1, stamps.ntp);
    appendBest(writer, stamps.best);
}

} // namespace

QByteArray stampsText(const Stamps &stamps)
{
    constexpr qsizetype UsualBytes = 640;
    JsonWriter writer(UsualBytes);
    writer.beginObject();
    appendStampFields(writer, stamps);
    writer.endObject();
    return writer.take();
}

QString probePathName(ProbePath via)
{
    return viaText(via);
}

void appendLive(JsonWriter &writer, QLatin1StringView key, const LiveStamp &live)
{
    writer.beginObject(key);
    writer.number("t"_L1, live.t);
    writer.text("state"_L1, stateText(live.state));
    writer.number("offset"_L1, live.offset);
    writer.number("bound"_L1, live.bound);
    if (live.via == ProbePath::None)
        writer.null("via"_L1);
    else
        writer.text("via"_L1, viaText(live.via));
    writer.boolean("fault"_L1, live.fault);
    writer.endObject();
}

void appendMessage(JsonWriter &writer, const Message &message)
{
    const QByteArray id = message.id.toByteArray(QUuid::WithoutBraces);
    writer.beginObject();
    writer.text("type"_L1, "message"_L1);
    writer.text("room"_L1, message.room);
    writer.number("seq"_L1, message.seq);
    writer.text("id"_L1, QLatin1StringView(id));
    writer.text("kind"_L1, message.kind);
    writer.beginObject("from"_L1);
    writer.text("id"_L1, message.from.id);
    writer.text("name"_L1, message.from.name);
    writer.endObject();
    writer.text("text"_L1, message.text);
    writer.number("seen"_L1, message.seen);
    writer.number("replyTo"_L1, message.replyTo);
    writer.beginObject("stamps"_L1);
    appendStampFields(writer, message.stamps);
    writer.endObject();
    writer.endObject();
}

qsizetype expectedBytes(const Message &message)
{
    constexpr qsizetype AllButText = 900;
    return AllButText + message.text.size() * 2;
}

} // namespace Synchat
