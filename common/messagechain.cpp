// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/messagechain.h"

#include "common/messagejson.h"

#include <QCryptographicHash>

namespace Synchat {

using namespace Qt::StringLiterals;

namespace {

// Every object below has its keys in the order of their code units (RFC 8785 §3.2.3). A reading without a
// time is written as what it becomes when it is read again (stampsFromJson).

void appendState(JsonWriter &writer, StampState state)
{
    writer.text("state"_L1, stampStateName(state));
}

void appendSource(JsonWriter &writer, QLatin1StringView key, const SourceStamp &source)
{
    writer.beginObject(key);
    writer.number("age"_L1, source.age);
    writer.number("bound"_L1, source.bound);
    writer.textOrNull("source"_L1, source.source);
    appendState(writer, source.t ? source.state : StampState::None);
    writer.number("t"_L1, source.t);
    writer.endObject();
}

void appendBest(JsonWriter &writer, const BestStamp &given)
{
    const BestStamp best = given.t ? given : BestStamp();
    writer.beginObject("best"_L1);
    writer.number("bound"_L1, best.bound);
    appendState(writer, best.state);
    writer.number("t"_L1, best.t);
    writer.endObject();
}

void appendLiveSorted(JsonWriter &writer, const LiveStamp &given)
{
    const LiveStamp live = given.t && given.state != StampState::None ? given : LiveStamp();
    writer.beginObject("live"_L1);
    writer.number("bound"_L1, live.bound);
    writer.boolean("fault"_L1, live.fault);
    writer.number("offset"_L1, live.offset);
    appendState(writer, live.state);
    writer.number("t"_L1, live.t);
    writer.textOrNull("via"_L1, probePathName(live.via));
    writer.endObject();
}

void appendLocal(JsonWriter &writer, const LocalStamp &given)
{
    const LocalStamp local = given.t ? given : LocalStamp();
    writer.beginObject("local"_L1);
    writer.textOrNull("boot"_L1, local.boot);
    writer.number("bound"_L1, local.bound);
    writer.boolean("fault"_L1, local.fault);
    writer.number("offset"_L1, local.offset);
    appendState(writer, local.state);
    writer.number("t"_L1, local.t);
    writer.number("up"_L1, local.up);
    writer.endObject();
}

void appendStamps(JsonWriter &writer, const Stamps &stamps)
{
    writer.beginObject("stamps"_L1);
    appendSource(writer, "api"_L1, stamps.api);
    appendBest(writer, stamps.best);
    appendLiveSorted(writer, stamps.live);
    appendLocal(writer, stamps.local);
    appendSource(writer, "ntp"_L1, stamps.ntp);
    writer.endObject();
}

} // namespace

QByteArray canonicalMessage(const Message &message)
{
    JsonWriter writer(expectedBytes(message));
    writer.beginObject();
    writer.beginObject("from"_L1);
    writer.text("id"_L1, message.from.id);
    writer.text("name"_L1, message.from.name);
    writer.endObject();
    writer.text("id"_L1, message.id.toString(QUuid::WithoutBraces));
    writer.text("kind"_L1, message.kind);
    writer.number("replyTo"_L1, message.replyTo);
    writer.text("room"_L1, message.room);
    writer.number("seen"_L1, message.seen);
    writer.number("seq"_L1, message.seq);
    appendStamps(writer, message.stamps);
    writer.text("text"_L1, message.text);
    writer.text("type"_L1, "message"_L1);
    writer.endObject();
    return writer.take();
}

QByteArray chainStart(const QString &room, const QString &epoch)
{
    const QByteArray start = "synchat-chain-1\n" + room.toUtf8() + '\n' + epoch.toUtf8() + '\n';
    return QCryptographicHash::hash(start, QCryptographicHash::Sha256);
}

QByteArray chainNext(const QByteArray &previous, const QByteArray &canonical)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(previous);
    hash.addData(canonical);
    return hash.result();
}

} // namespace Synchat
