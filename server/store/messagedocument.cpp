// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/messagedocument.h"

#include "common/framefields.h"
#include "common/messagechain.h"
#include "common/messagejson.h"

#include <QDateTime>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

// 0001-01-01 and 10000-01-01, in microseconds.
constexpr WireMicros FirstDate = -62135596800000000;
constexpr WireMicros AfterLastDate = 253402300800000000;

void appendDate(JsonWriter &writer, QLatin1StringView key, OptionalMicros time)
{
    if (!time || *time < FirstDate || *time >= AfterLastDate) {
        writer.null(key);
        return;
    }
    const qint64 milliseconds = *time / 1000 - (*time % 1000 < 0 ? 1 : 0);
    writer.beginObject(key);
    writer.number("$date"_L1, milliseconds);
    writer.endObject();
}

void appendDates(JsonWriter &writer, const Stamps &stamps)
{
    writer.beginObject("at"_L1);
    appendDate(writer, "live"_L1, stamps.live.t);
    appendDate(writer, "local"_L1, stamps.local.t);
    appendDate(writer, "api"_L1, stamps.api.t);
    appendDate(writer, "ntp"_L1, stamps.ntp.t);
    appendDate(writer, "best"_L1, stamps.best.t);
    writer.endObject();
}

void appendSkews(JsonWriter &writer, const Stamps &stamps)
{
    writer.beginObject("skew"_L1);
    writer.number("live"_L1, liveSkew(stamps));
    writer.number("local"_L1, localSkew(stamps));
    writer.number("api"_L1, sourceSkew(stamps.api, stamps.best));
    writer.number("ntp"_L1, sourceSkew(stamps.ntp, stamps.best));
    writer.endObject();
}

/// An object's only member, when it has one only.
std::optional<std::pair<QString, QJsonValue>> onlyMember(const QJsonObject &object)
{
    if (object.size() != 1)
        return std::nullopt;
    return std::pair(object.begin().key(), object.begin().value());
}

QJsonValue plainInteger(const QJsonValue &value)
{
    bool isNumber = false;
    const qint64 number = value.toString().toLongLong(&isNumber);
    return isNumber ? QJsonValue(number) : value;
}

QJsonValue plainDate(const QJsonValue &value)
{
    const QJsonValue plain = plainJson(value);
    if (!plain.isString())
        return plain;
    const QDateTime time = QDateTime::fromString(plain.toString(), Qt::ISODateWithMs);
    return time.isValid() ? QJsonValue(time.toMSecsSinceEpoch()) : QJsonValue();
}

/// Nothing: an object like any other.
std::optional<QJsonValue> plainWrapped(const QString &key, const QJsonValue &value)
{
    if (key == u"$numberLong"_s || key == u"$numberInt"_s)
        return plainInteger(value);
    if (key == u"$numberDouble"_s) {
        bool isNumber = false;
        const double number = value.toString().toDouble(&isNumber);
        return isNumber ? QJsonValue(number) : value;
    }
    if (key == u"$date"_s)
        return plainDate(value);
    if (key == u"$oid"_s)
        return value;
    return std::nullopt;
}

QJsonObject plainObject(const QJsonObject &object)
{
    QJsonObject plain;
    for (auto member = object.begin(); member != object.end(); ++member)
        plain.insert(member.key(), plainJson(member.value()));
    return plain;
}

} // namespace

QString messageDocumentId(const QString &room, const QString &epoch, qint64 seq)
{
    return u"%1:%2:%3"_s.arg(room, epoch).arg(seq);
}

QByteArray messageDocument(const ShippedMessage &shipped)
{
    constexpr qsizetype BytesBesides = 500;
    const Message &message = shipped.message;
    JsonWriter writer(expectedBytes(message) + BytesBesides);
    writer.beginObject();
    writer.text("_id"_L1, messageDocumentId(message.room, shipped.epoch, message.seq));
    writer.text("epoch"_L1, shipped.epoch);
    writer.number("arrival"_L1, shipped.arrival);
    writer.text("chain"_L1, QLatin1StringView(shipped.chain.toHex()));
    appendDates(writer, message.stamps);
    appendSkews(writer, message.stamps);
    // The object goes on with the message's own fields, as they went into the chain.
    return writer.take() + ',' + canonicalMessage(message).sliced(1);
}

std::optional<ShippedMessage> messageFromDocument(const QJsonObject &document)
{
    const QJsonObject plain = plainObject(document);
    const auto message = messageFromJson(plain);
    FrameFields fields(plain);
    ShippedMessage shipped;
    shipped.epoch = fields.text("epoch"_L1);
    shipped.arrival = fields.number("arrival"_L1, 1);
    shipped.chain = QByteArray::fromHex(fields.text("chain"_L1).toLatin1());
    if (!message || fields.isRefused() || shipped.chain.size() != ChainHashBytes)
        return std::nullopt;
    shipped.message = *message;
    return shipped;
}

QByteArray roomDocument(const ShippedRoom &shipped)
{
    JsonWriter writer;
    writer.beginObject();
    writer.text("_id"_L1, u"%1:%2"_s.arg(shipped.room.name, shipped.room.epoch));
    writer.text("room"_L1, shipped.room.name);
    writer.text("title"_L1, shipped.room.title);
    writer.text("epoch"_L1, shipped.room.epoch);
    writer.number("number"_L1, shipped.room.number);
    writer.text("history"_L1, shipped.history);
    writer.number("since"_L1, shipped.since);
    writer.number("cutSeq"_L1, shipped.cutSeq);
    writer.text("cutChain"_L1, QLatin1StringView(shipped.cutChain.toHex()));
    writer.endObject();
    return writer.take();
}

std::optional<ShippedRoom> roomFromDocument(const QJsonObject &document)
{
    const QJsonObject plain = plainObject(document);
    FrameFields fields(plain);
    ShippedRoom shipped;
    const auto name = fields.room("room"_L1);
    shipped.room.title = fields.text("title"_L1);
    shipped.room.epoch = fields.text("epoch"_L1);
    shipped.room.number = fields.number("number"_L1, 1);
    shipped.history = fields.text("history"_L1);
    shipped.since = fields.number("since"_L1);
    shipped.cutSeq = fields.optionalNumber("cutSeq"_L1, 0).value_or(0);
    shipped.cutChain = QByteArray::fromHex(fields.optionalText("cutChain"_L1).value_or(u""_s).toLatin1());
    const bool hasCut = shipped.cutChain.isEmpty() || shipped.cutChain.size() == ChainHashBytes;
    if (!name || fields.isRefused() || shipped.room.epoch.isEmpty() || shipped.history.isEmpty() || !hasCut)
        return std::nullopt;
    shipped.room.name = name->text();
    return shipped;
}

QJsonValue plainJson(const QJsonValue &value)
{
    if (value.isArray()) {
        QJsonArray plain;
        for (const QJsonValue &entry : value.toArray())
            plain.append(plainJson(entry));
        return plain;
    }
    if (!value.isObject())
        return value;
    const QJsonObject object = value.toObject();
    if (const auto member = onlyMember(object)) {
        if (const auto plain = plainWrapped(member->first, member->second))
            return *plain;
    }
    return plainObject(object);
}

} // namespace Synchat
