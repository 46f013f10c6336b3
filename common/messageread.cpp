// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/framefields.h"
#include "common/messagejson.h"

#include <QJsonArray>

namespace Synchat {

using namespace Qt::StringLiterals;

namespace {

/// Reads fields that may be null or absent; remembers whether one had a wrong type.
class LenientFields
{
public:
    explicit LenientFields(const QJsonObject &object)
        : m_object(object)
    {}

    OptionalMicros micros(QLatin1StringView key)
    {
        const QJsonValue value = m_object.value(key);
        if (isAbsent(value))
            return std::nullopt;
        const OptionalMicros number = exactInteger(value);
        m_wrong = m_wrong || !number;
        return number;
    }

    OptionalMicros width(QLatin1StringView key) ///< a bound or an age: never negative
    {
        const OptionalMicros number = micros(key);
        m_wrong = m_wrong || (number && *number < 0);
        return number;
    }

    /// Absent: `unsynced`, since nothing is said of the reading.
    StampState state()
    {
        const QJsonValue value = m_object.value("state"_L1);
        if (isAbsent(value))
            return StampState::Unsynced;
        const std::optional<StampState> state = stampStateFromName(value.toString());
        m_wrong = m_wrong || !state;
        return state.value_or(StampState::None);
    }

    ProbePath via()
    {
        const QJsonValue value = m_object.value("via"_L1);
        if (isAbsent(value))
            return ProbePath::None;
        if (value == "udp"_L1)
            return ProbePath::Udp;
        m_wrong = m_wrong || value != "ws"_L1;
        return ProbePath::WebSocket;
    }

    bool boolean(QLatin1StringView key)
    {
        const QJsonValue value = m_object.value(key);
        m_wrong = m_wrong || (!isAbsent(value) && !value.isBool());
        return value.toBool();
    }

    QString text(QLatin1StringView key)
    {
        const QJsonValue value = m_object.value(key);
        m_wrong = m_wrong || (!isAbsent(value) && !value.isString());
        return value.toString();
    }

    bool isWrong() const { return m_wrong; }

private:
    static bool isAbsent(const QJsonValue &value) { return value.isUndefined() || value.isNull(); }

    const QJsonObject &m_object;
    bool m_wrong = false;
};

LocalStamp localFromJson(const QJsonObject &json)
{
    LenientFields fields(json);
    LocalStamp local;
    local.t = fields.micros("t"_L1);
    local.state = fields.state();
    local.offset = fields.micros("offset"_L1);
    local.bound = fields.width("bound"_L1);
    local.boot = fields.text("boot"_L1);
    local.up = fields.width("up"_L1);
    local.fault = fields.boolean("fault"_L1);
    return fields.isWrong() || !local.t ? LocalStamp() : local;
}

SourceStamp sourceFromJson(const QJsonObject &json)
{
    LenientFields fields(json);
    SourceStamp source;
    source.t = fields.micros("t"_L1);
    source.state = fields.state();
    source.bound = fields.width("bound"_L1);
    source.age = fields.width("age"_L1);
    source.source = fields.text("source"_L1);
    if (fields.isWrong())
        return {};
    if (!source.t)
        source.state = StampState::None; // its name still says which source is silent
    return source;
}

BestStamp bestFromJson(const QJsonObject &json)
{
    LenientFields fields(json);
    BestStamp best;
    best.t = fields.micros("t"_L1);
    best.state = fields.state();
    best.bound = fields.width("bound"_L1);
    return fields.isWrong() || !best.t ? BestStamp() : best;
}

} // namespace

LiveStamp liveFromJson(const QJsonValue &json)
{
    const QJsonObject object = json.toObject();
    LenientFields fields(object);
    LiveStamp live;
    live.t = fields.micros("t"_L1);
    live.state = fields.state();
    live.offset = fields.micros("offset"_L1);
    live.bound = fields.width("bound"_L1);
    live.via = fields.via();
    live.fault = fields.boolean("fault"_L1);
    if (fields.isWrong() || !live.t || live.state == StampState::None)
        return {};
    return live;
}

Stamps stampsFromJson(const QJsonObject &json)
{
    Stamps stamps;
    stamps.live = liveFromJson(json.value("live"_L1));
    stamps.local = localFromJson(json.value("local"_L1).toObject());
    stamps.api = sourceFromJson(json.value("api"_L1).toObject());
    stamps.ntp = sourceFromJson(json.value("ntp"_L1).toObject());
    stamps.best = bestFromJson(json.value("best"_L1).toObject());
    return stamps;
}

std::optional<Message> messageFromJson(const QJsonObject &json)
{
    FrameFields fields(json);
    Message message;
    message.room = fields.text("room"_L1);
    message.seq = fields.number("seq"_L1, 1);
    message.id = QUuid::fromString(fields.optionalText("id"_L1).value_or(QString()));
    message.kind = fields.optionalText("kind"_L1).value_or(message.kind);
    const QJsonObject author = fields.object("from"_L1);
    FrameFields authorFields(author);
    message.from = {authorFields.text("id"_L1), authorFields.text("name"_L1)};
    message.text = fields.text("text"_L1);
    message.seen = fields.optionalNumber("seen"_L1, 0);
    message.replyTo = fields.optionalNumber("replyTo"_L1, 1);
    message.stamps = stampsFromJson(json.value("stamps"_L1).toObject());
    if (fields.isRefused() || authorFields.isRefused())
        return std::nullopt;
    return message;
}

} // namespace Synchat
