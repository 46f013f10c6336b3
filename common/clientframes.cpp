// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What clients say: reading and writing. The order of the checks is part of what a client sees: the first
// fault wins.
#include "common/framefields.h"
#include "common/frametext.h"
#include "common/messagejson.h"
#include "common/textrules.h"

#include <QJsonDocument>

#include <algorithm>
#include <array>

namespace Synchat {

using namespace Qt::StringLiterals;

namespace {

using MaybeFrame = std::optional<ClientFrame>;

/// 36 characters, lower case: 8-4-4-4-12 hexadecimal digits.
std::optional<QUuid> postIdFromText(const QString &text)
{
    const auto isDigit = [](QChar c) { return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f'); };
    if (text.size() != 36)
        return std::nullopt;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        if (hyphen ? text[i] != u'-' : !isDigit(text[i]))
            return std::nullopt;
    }
    return QUuid::fromString(text);
}

/// At most `units`, and no half of a surrogate pair at the end.
QString cut(const QString &text, qsizetype units)
{
    if (text.size() <= units)
        return text;
    const QString head = text.left(units);
    return head.back().isHighSurrogate() ? head.chopped(1) : head;
}

MaybeFrame readHello(FrameFields &fields)
{
    const QString nameText = fields.value("name"_L1).toString();
    if (!fields.value("name"_L1).isString())
        fields.refuseField("name"_L1, FrameText::tr("a string"));
    auto name = UserName::parse(nameText);
    if (!name)
        fields.refuse(ErrorCode::BadName, explain(name.error()));
    const QString client = fields.text("client"_L1);
    std::optional<QString> password;
    std::optional<QString> token;
    if (fields.has("auth"_L1)) {
        const QJsonObject auth = fields.object("auth"_L1);
        FrameFields authFields(auth);
        password = authFields.optionalText("password"_L1);
        token = authFields.optionalText("token"_L1);
        if (authFields.isRefused() || password.has_value() == token.has_value())
            fields.refuseField("auth"_L1, FrameText::tr("an object with either a password or a token"));
    }
    if (fields.isRefused())
        return std::nullopt;
    return HelloFrame{*std::move(name), cut(client, Limits::ClientStringUnits), password, token};
}

MaybeFrame readRooms(FrameFields &)
{
    return RoomsFrame();
}

MaybeFrame readCreate(FrameFields &fields)
{
    auto room = fields.room("room"_L1);
    const QString title = fields.optionalText("title"_L1).value_or(QString());
    if (title.size() > Limits::TitleUnits)
        fields.refuse(ErrorCode::TooLong,
                      FrameText::tr("The title is longer than %1 characters.").arg(Limits::TitleUnits));
    const QList<uint> characters = title.toUcs4();
    if (std::any_of(characters.begin(), characters.end(), isControl))
        fields.refuseField("title"_L1, FrameText::tr("one line without control characters"));
    const auto key = fields.optionalText("key"_L1);
    if (fields.isRefused())
        return std::nullopt;
    return CreateFrame{*std::move(room), title, key};
}

MaybeFrame readJoin(FrameFields &fields)
{
    auto room = fields.room("room"_L1);
    const auto key = fields.optionalText("key"_L1);
    const auto after = fields.optionalNumber("after"_L1, 0);
    const auto epoch = fields.optionalText("epoch"_L1);
    if (fields.isRefused())
        return std::nullopt;
    return JoinFrame{*std::move(room), key, after, epoch};
}

MaybeFrame readLeave(FrameFields &fields)
{
    auto room = fields.room("room"_L1);
    if (fields.isRefused())
        return std::nullopt;
    return LeaveFrame{*std::move(room)};
}

QString readPostText(FrameFields &fields)
{
    const QJsonValue value = fields.value("text"_L1);
    const QString text = value.toString();
    if (!value.isString())
        fields.refuseField("text"_L1, FrameText::tr("a string"));
    else if (text.size() > Limits::TextUnits)
        fields.refuse(ErrorCode::TooLong,
                      FrameText::tr("The text is longer than %1 characters.").arg(Limits::TextUnits));
    else if (text.contains(QChar(u'\0')) || hasLoneSurrogate(text))
        fields.refuseField("text"_L1, FrameText::tr("valid Unicode without U+0000"));
    else if (isBlank(text))
        fields.refuse(ErrorCode::Blank, FrameText::tr("The text is blank."));
    return text;
}

MaybeFrame readPost(FrameFields &fields)
{
    auto room = fields.room("room"_L1);
    const auto id = postIdFromText(fields.text("id"_L1));
    if (!id)
        fields.refuseField("id"_L1, FrameText::tr("a UUID of 36 lowercase characters"));
    const QString text = readPostText(fields);
    const auto seen = fields.optionalNumber("seen"_L1, 0);
    const auto replyTo = fields.optionalNumber("replyTo"_L1, 1);
    if (fields.isRefused())
        return std::nullopt;
    return PostFrame{*std::move(room), *id, text, seen, replyTo, liveFromJson(fields.value("live"_L1))};
}

int readLimit(FrameFields &fields)
{
    const qint64 limit = fields.optionalNumber("limit"_L1, 1).value_or(Limits::DefaultPage);
    return static_cast<int>(std::min<qint64>(limit, Limits::MaxPage));
}

struct AnchorField
{
    QLatin1StringView key;
    HistoryAnchor anchor;
    qint64 least;
};
constexpr std::array AnchorFields{
    AnchorField{"before"_L1, HistoryAnchor::Before, 0},
    AnchorField{"after"_L1, HistoryAnchor::After, 0},
    AnchorField{"around"_L1, HistoryAnchor::Around, 0},
    AnchorField{"at"_L1, HistoryAnchor::At, -LargestExactInteger},
};

MaybeFrame readHistory(FrameFields &fields)
{
    auto room = fields.room("room"_L1);
    HistoryAnchor anchor = HistoryAnchor::Newest;
    qint64 value = 0;
    for (const AnchorField &field : AnchorFields) {
        const auto found = fields.optionalNumber(field.key, field.least);
        if (!found)
            continue;
        if (anchor != HistoryAnchor::Newest)
            fields.refuse(ErrorCode::BadField,
                          FrameText::tr("At most one of before, after, around and at may be given."));
        anchor = field.anchor;
        value = *found;
    }
    const int limit = readLimit(fields);
    if (fields.isRefused())
        return std::nullopt;
    return HistoryFrame{*std::move(room), anchor, value, limit};
}

MaybeFrame readSearch(FrameFields &fields)
{
    SearchFrame search;
    search.query = fields.text("query"_L1);
    if (fields.has("room"_L1))
        search.room = fields.room("room"_L1);
    search.from = fields.optionalText("from"_L1).value_or(QString());
    search.since = fields.optionalNumber("since"_L1);
    search.until = fields.optionalNumber("until"_L1);
    search.limit = readLimit(fields);
    search.cursor = fields.optionalText("cursor"_L1).value_or(QString());
    if (fields.isRefused())
        return std::nullopt;
    return search;
}

MaybeFrame readTime(FrameFields &fields)
{
    const WireMicros t1 = fields.number("t1"_L1);
    if (fields.isRefused())
        return std::nullopt;
    return TimeFrame{t1};
}

MaybeFrame readClock(FrameFields &fields)
{
    LiveStamp clock;
    clock.offset = fields.optionalNumber("offset"_L1);
    clock.bound = fields.optionalNumber("bound"_L1, 0);
    const auto state = stampStateFromName(fields.text("state"_L1));
    if (!state)
        fields.refuseField("state"_L1, FrameText::tr("a state"));
    const QString via = fields.optionalText("via"_L1).value_or(QString());
    if (via == probePathName(ProbePath::Udp))
        clock.via = ProbePath::Udp;
    else if (via == probePathName(ProbePath::WebSocket))
        clock.via = ProbePath::WebSocket;
    else if (fields.has("via"_L1))
        fields.refuseField("via"_L1, FrameText::tr("\"udp\" or \"ws\""));
    clock.fault = fields.boolean("fault"_L1);
    if (fields.isRefused())
        return std::nullopt;
    clock.state = *state;
    return ClockFrame{clock};
}

MaybeFrame readTyping(FrameFields &fields)
{
    auto room = fields.room("room"_L1);
    if (fields.isRefused())
        return std::nullopt;
    return TypingFrame{*std::move(room)};
}

struct FrameReader
{
    QLatin1StringView type;
    MaybeFrame (*read)(FrameFields &);
};
constexpr std::array FrameReaders{
    FrameReader{"hello"_L1, readHello},     FrameReader{"rooms"_L1, readRooms},
    FrameReader{"create"_L1, readCreate},   FrameReader{"join"_L1, readJoin},
    FrameReader{"leave"_L1, readLeave},     FrameReader{"post"_L1, readPost},
    FrameReader{"history"_L1, readHistory}, FrameReader{"search"_L1, readSearch},
    FrameReader{"time"_L1, readTime},       FrameReader{"clock"_L1, readClock},
    FrameReader{"typing"_L1, readTyping},
};

/// What an answer may repeat, as far as it is there and sound.
FrameRefusal refusalFor(const QJsonObject &object)
{
    const auto shortText = [&object](QLatin1StringView key) {
        const QString text = object.value(key).toString();
        return text.size() > Limits::RefUnits || hasLoneSurrogate(text) ? QString() : text;
    };
    FrameRefusal refusal;
    refusal.type = shortText("type"_L1);
    refusal.ref = shortText("ref"_L1);
    if (refusal.type == "post"_L1)
        refusal.postId = shortText("id"_L1);
    return refusal;
}

QString readRef(FrameFields &fields)
{
    const QString ref = fields.optionalText("ref"_L1).value_or(QString());
    if (ref.size() > Limits::RefUnits)
        fields.refuseField("ref"_L1, FrameText::tr("at most %1 characters long").arg(Limits::RefUnits));
    return ref;
}

Result<ParsedClientFrame, FrameRefusal> readFrame(const QJsonObject &object)
{
    FrameFields fields(object);
    const QString type = fields.text("type"_L1);
    const QString ref = readRef(fields);
    const auto reader = std::find_if(FrameReaders.begin(), FrameReaders.end(),
                                     [&type](const FrameReader &known) { return known.type == type; });
    MaybeFrame frame;
    if (reader != FrameReaders.end())
        frame = reader->read(fields);
    else
        fields.refuse(ErrorCode::UnknownType, FrameText::tr("This type of frame is not known."));
    if (frame && !fields.isRefused())
        return ParsedClientFrame{*std::move(frame), ref};

    FrameRefusal refusal = refusalFor(object);
    refusal.code = fields.code();
    refusal.message = fields.message();
    return Failure(std::move(refusal));
}

} // namespace

Result<ParsedClientFrame, FrameRefusal> parseClientFrame(const QByteArray &text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text);
    if (!document.isObject()) {
        FrameRefusal refusal;
        refusal.message = FrameText::tr("A frame must be one JSON object.");
        return Failure(std::move(refusal));
    }
    return readFrame(document.object());
}

} // namespace Synchat
