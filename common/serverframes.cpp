// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the daemon says, read by clients: what a client cannot do without is checked, the rest is taken
// leniently, so that a newer daemon stays readable.
#include "common/framefields.h"
#include "common/frametext.h"
#include "common/messagejson.h"
#include "common/signature.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>

namespace Synchat {

using namespace Qt::StringLiterals;

namespace {

using MaybeFrame = std::optional<ServerFrame>;

UserKind userKindFromName(const QString &name)
{
    if (name == "admin"_L1)
        return UserKind::Admin;
    return name == "account"_L1 ? UserKind::Account : UserKind::Guest;
}

/// A count or limit from the daemon; what makes no sense gives the fallback.
int smallNumber(const QJsonValue &value, int fallback)
{
    const std::optional<qint64> number = exactInteger(value);
    return number && *number >= 0 && *number <= std::numeric_limits<int>::max() ? static_cast<int>(*number)
                                                                                : fallback;
}

std::optional<Author> readPerson(const QJsonValue &json)
{
    const QJsonObject object = json.toObject();
    FrameFields fields(object);
    Author person{fields.text("id"_L1), fields.text("name"_L1)};
    if (fields.isRefused())
        return std::nullopt;
    return person;
}

QList<Author> readPeople(FrameFields &fields, QLatin1StringView key)
{
    QList<Author> people;
    const QJsonArray list = fields.array(key);
    for (const QJsonValueConstRef json : list) {
        if (const auto person = readPerson(json))
            people.append(*person);
        else
            fields.refuseField(key, FrameText::tr("a list of people"));
    }
    return people;
}

QList<Message> readMessages(FrameFields &fields)
{
    QList<Message> messages;
    const QJsonArray list = fields.array("messages"_L1);
    messages.reserve(list.size());
    for (const QJsonValueConstRef json : list) {
        if (auto message = messageFromJson(json.toObject()))
            messages.append(*std::move(message));
        else
            fields.refuseField("messages"_L1, FrameText::tr("a list of messages"));
    }
    return messages;
}

MaybeFrame readWelcome(FrameFields &fields)
{
    WelcomeFrame welcome;
    const QJsonObject user = fields.object("user"_L1);
    const auto person = readPerson(user);
    if (!person)
        fields.refuseField("user"_L1, FrameText::tr("a person"));
    if (fields.isRefused())
        return std::nullopt;
    welcome.userId = person->id;
    welcome.userName = person->name;
    welcome.kind = userKindFromName(user.value("kind"_L1).toString());
    const QJsonObject server = fields.value("server"_L1).toObject();
    welcome.serverName = server.value("name"_L1).toString();
    welcome.serverVersion = server.value("version"_L1).toString();
    const QJsonObject limits = fields.value("limits"_L1).toObject();
    welcome.frameLimit = smallNumber(limits.value("frame"_L1), int(Limits::ClientFrameBytes));
    welcome.textLimit = smallNumber(limits.value("text"_L1), int(Limits::TextUnits));
    welcome.ratePerSecond = smallNumber(limits.value("ratePerSecond"_L1), Limits::PostsPerSecond);
    const int port = smallNumber(fields.value("ntp"_L1).toObject().value("port"_L1), 0);
    if (port > 0 && port <= std::numeric_limits<quint16>::max())
        welcome.ntpPort = static_cast<quint16>(port);
    const QJsonValue token = fields.value("token"_L1);
    if (token.isString())
        welcome.token = token.toString();
    if (const auto key = PublicKey::fromBase64(fields.value("key"_L1).toString()))
        welcome.key = key->base64();
    return welcome;
}

MaybeFrame readRoomList(FrameFields &fields)
{
    RoomListFrame list;
    const QJsonArray rooms = fields.array("rooms"_L1);
    for (const QJsonValueConstRef json : rooms) {
        const QJsonObject object = json.toObject();
        FrameFields room(object);
        RoomInfo info;
        info.room = room.text("room"_L1);
        info.title = room.optionalText("title"_L1).value_or(QString());
        info.isPrivate = object.value("private"_L1).toBool();
        info.members = smallNumber(object.value("members"_L1), 0);
        info.lastSeq = room.optionalNumber("lastSeq"_L1, 0).value_or(0);
        info.epoch = room.optionalText("epoch"_L1).value_or(QString());
        if (room.isRefused())
            fields.refuseField("rooms"_L1, FrameText::tr("a list of rooms"));
        list.rooms.append(info);
    }
    if (fields.isRefused())
        return std::nullopt;
    return list;
}

MaybeFrame readJoined(FrameFields &fields)
{
    JoinedFrame joined;
    joined.room = fields.text("room"_L1);
    joined.title = fields.optionalText("title"_L1).value_or(QString());
    joined.isPrivate = fields.value("private"_L1).toBool();
    joined.epoch = fields.text("epoch"_L1);
    joined.firstSeq = fields.number("firstSeq"_L1, 0);
    joined.lastSeq = fields.number("lastSeq"_L1, 0);
    joined.members = readPeople(fields, "members"_L1);
    joined.reset = fields.boolean("reset"_L1);
    if (fields.isRefused())
        return std::nullopt;
    return joined;
}

MaybeFrame readLeft(FrameFields &fields)
{
    LeftFrame left{fields.text("room"_L1)};
    if (fields.isRefused())
        return std::nullopt;
    return left;
}

MaybeFrame readMessage(FrameFields &fields)
{
    auto message = messageFromJson(fields.whole());
    if (!message) {
        fields.refuse(ErrorCode::BadField,
                      FrameText::tr("A message lacks its room, number, author or text."));
        return std::nullopt;
    }
    return *std::move(message);
}

MaybeFrame readHistory(FrameFields &fields)
{
    HistoryPage page;
    page.room = fields.text("room"_L1);
    page.epoch = fields.text("epoch"_L1);
    page.messages = readMessages(fields);
    page.firstSeq = fields.number("firstSeq"_L1, 0);
    page.lastSeq = fields.number("lastSeq"_L1, 0);
    page.complete = fields.boolean("complete"_L1);
    if (fields.isRefused())
        return std::nullopt;
    return page;
}

MaybeFrame readFound(FrameFields &fields)
{
    FoundFrame found;
    found.messages = readMessages(fields);
    found.cursor = fields.optionalText("cursor"_L1).value_or(QString());
    if (fields.isRefused())
        return std::nullopt;
    return found;
}

MaybeFrame readPresence(FrameFields &fields)
{
    PresenceFrame presence;
    presence.room = fields.text("room"_L1);
    presence.joined = readPeople(fields, "joined"_L1);
    presence.left = readPeople(fields, "left"_L1);
    if (fields.isRefused())
        return std::nullopt;
    return presence;
}

MaybeFrame readClocks(FrameFields &fields)
{
    ClocksFrame clocks;
    clocks.room = fields.text("room"_L1);
    const QJsonArray members = fields.array("members"_L1);
    for (const QJsonValueConstRef json : members) {
        const QJsonObject object = json.toObject();
        FrameFields member(object);
        MemberClock clock;
        clock.id = member.text("id"_L1);
        clock.skew = member.optionalNumber("skew"_L1);
        clock.bound = member.optionalNumber("bound"_L1, 0);
        clock.state = stampStateFromName(member.text("state"_L1)).value_or(StampState::None);
        clock.fault = object.value("fault"_L1).toBool();
        clock.age = member.optionalNumber("age"_L1, 0);
        if (member.isRefused())
            fields.refuseField("members"_L1, FrameText::tr("a list of clocks"));
        clocks.members.append(clock);
    }
    if (fields.isRefused())
        return std::nullopt;
    return clocks;
}

MaybeFrame readTyping(FrameFields &fields)
{
    TypingNotice typing;
    typing.room = fields.text("room"_L1);
    const auto person = readPerson(fields.value("user"_L1));
    if (!person)
        fields.refuseField("user"_L1, FrameText::tr("a person"));
    if (fields.isRefused())
        return std::nullopt;
    typing.user = *person;
    return typing;
}

MaybeFrame readTime(FrameFields &fields)
{
    TimeReplyFrame time;
    time.t1 = fields.number("t1"_L1);
    time.t2 = fields.number("t2"_L1);
    time.t3 = fields.number("t3"_L1);
    const QJsonObject object = fields.object("reference"_L1);
    FrameFields reference(object);
    time.offset = reference.optionalNumber("offset"_L1);
    time.bound = reference.optionalNumber("bound"_L1, 0);
    const auto state = stampStateFromName(reference.text("state"_L1));
    if (!state || reference.isRefused())
        fields.refuseField("reference"_L1, FrameText::tr("an offset with its bound and state"));
    if (fields.isRefused())
        return std::nullopt;
    time.state = *state;
    time.fault = object.value("fault"_L1).toBool();
    return time;
}

MaybeFrame readError(FrameFields &fields)
{
    ErrorFrame error;
    error.code = errorCodeFromName(fields.text("code"_L1)).value_or(ErrorCode::Internal);
    error.message = fields.optionalText("message"_L1).value_or(QString());
    error.postId = fields.optionalText("id"_L1).value_or(QString());
    const QJsonValue retryAfter = fields.value("retryAfter"_L1);
    if (retryAfter.isDouble() && retryAfter.toDouble() >= 0)
        error.retryAfter = retryAfter.toDouble();
    if (fields.isRefused())
        return std::nullopt;
    return error;
}

struct FrameReader
{
    QLatin1StringView type;
    MaybeFrame (*read)(FrameFields &);
};
constexpr std::array FrameReaders{
    FrameReader{"message"_L1, readMessage}, FrameReader{"history"_L1, readHistory},
    FrameReader{"time"_L1, readTime},       FrameReader{"presence"_L1, readPresence},
    FrameReader{"clocks"_L1, readClocks},   FrameReader{"typing"_L1, readTyping},
    FrameReader{"error"_L1, readError},     FrameReader{"joined"_L1, readJoined},
    FrameReader{"left"_L1, readLeft},       FrameReader{"rooms"_L1, readRoomList},
    FrameReader{"welcome"_L1, readWelcome}, FrameReader{"found"_L1, readFound},
};

} // namespace

Result<ParsedServerFrame, ServerFrameProblem> parseServerFrame(const QByteArray &text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text);
    if (!document.isObject())
        return Failure(ServerFrameProblem{FrameText::tr("The frame is not one JSON object."), false});
    const QJsonObject object = document.object();
    FrameFields fields(object);
    const QString type = fields.text("type"_L1);
    if (fields.isRefused())
        return Failure(ServerFrameProblem{fields.message(), false});
    const auto reader = std::find_if(FrameReaders.begin(), FrameReaders.end(),
                                     [&type](const FrameReader &known) { return known.type == type; });
    if (reader == FrameReaders.end())
        return Failure(ServerFrameProblem{FrameText::tr("The frame is of an unknown type."), true});
    MaybeFrame frame = reader->read(fields);
    if (!frame)
        return Failure(ServerFrameProblem{fields.message(), false});
    return ParsedServerFrame{*std::move(frame), object.value("ref"_L1).toString()};
}

} // namespace Synchat
