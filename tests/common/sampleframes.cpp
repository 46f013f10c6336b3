// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampleframes.h"

namespace Synchat {

using namespace Qt::StringLiterals;

namespace {

const QUuid PostId = QUuid::fromString(u"0b0e4c1a-7d5f-4c2b-9a51-2f1f0a6b3c4d"_s);

LiveStamp sampleLive()
{
    LiveStamp live;
    live.t = 1'764'000'000'123'456;
    live.offset = -1'800'123;
    live.bound = 900;
    live.state = StampState::Ok;
    live.via = ProbePath::Udp;
    return live;
}

} // namespace

Message sampleMessage(qint64 seq)
{
    Message message;
    message.room = u"general"_s;
    message.seq = seq;
    message.id = PostId;
    message.from = {u"u7"_s, u"ana"_s};
    message.text = u"disk alarm on db2"_s;
    message.seen = seq - 1;
    message.stamps.live = sampleLive();
    message.stamps.local = {1'764'000'000'130'001, 212, 450, StampState::Ok, false, u"k3f9"_s,
                            86'400'000'000};
    message.stamps.api = {1'764'000'000'180'000, 130'000, 8'000'000, StampState::Ok, u"time.example"_s};
    message.stamps.ntp = {1'764'000'000'130'213, 450, 3'000'000, StampState::Ok, u"ntp.example"_s};
    message.stamps.best = {1'764'000'000'130'213, 450, StampState::Ok};
    return message;
}

QList<NamedFrame> sampleClientFrames()
{
    const RoomName room = RoomName::general();
    const UserName name = *UserName::parse(u"ana"_s);
    ClockFrame clock{sampleLive()};
    clock.clock.t.reset();
    return {
        {"hello", encodeClientFrame(HelloFrame{name, u"synchat/0.1 (Linux)"_s, {}, {}})},
        {"hello-token", encodeClientFrame(HelloFrame{name, u"x"_s, {}, u"t0k3n"_s}, u"r1"_s)},
        {"hello-password", encodeClientFrame(HelloFrame{name, u"x"_s, u"secret \"ñ\""_s, {}})},
        {"rooms", encodeClientFrame(RoomsFrame{})},
        {"create", encodeClientFrame(CreateFrame{room, u"A title"_s, u"key"_s}, u"r2"_s)},
        {"create-bare", encodeClientFrame(CreateFrame{room, {}, {}})},
        {"join", encodeClientFrame(JoinFrame{room, u"key"_s, 41, u"e1"_s}, u"r3"_s)},
        {"join-bare", encodeClientFrame(JoinFrame{room, {}, {}, {}})},
        {"leave", encodeClientFrame(LeaveFrame{room})},
        {"post", encodeClientFrame(PostFrame{room, PostId, u"hola \U0001F550\n\"q\""_s, 41, 40, sampleLive()},
                                   u"r4"_s)},
        {"post-bare", encodeClientFrame(PostFrame{room, PostId, u"x"_s, {}, {}, {}})},
        {"history-newest", encodeClientFrame(HistoryFrame{room, HistoryAnchor::Newest, 0, 100})},
        {"history-before", encodeClientFrame(HistoryFrame{room, HistoryAnchor::Before, 7, 1})},
        {"history-after", encodeClientFrame(HistoryFrame{room, HistoryAnchor::After, 0, 500})},
        {"history-around", encodeClientFrame(HistoryFrame{room, HistoryAnchor::Around, 9, 50})},
        {"history-at", encodeClientFrame(HistoryFrame{room, HistoryAnchor::At, -5, 50})},
        {"search", encodeClientFrame(SearchFrame{u"disk"_s, room, u"ana"_s, 1, 2, 3, u"c"_s})},
        {"search-bare", encodeClientFrame(SearchFrame{u"disk"_s, {}, {}, {}, {}, 100, {}})},
        {"time", encodeClientFrame(TimeFrame{1'764'000'000'123'456}, u"r5"_s)},
        {"clock", encodeClientFrame(clock)},
        {"clock-not-measured", encodeClientFrame(ClockFrame{})},
        {"typing", encodeClientFrame(TypingFrame{room})},
    };
}

QList<NamedFrame> sampleServerFrames()
{
    const Author ana{u"u7"_s, u"ana"_s};
    const Author luis{u"u8"_s, u"luis \"l\""_s};
    WelcomeFrame welcome;
    welcome.userId = ana.id;
    welcome.userName = ana.name;
    welcome.kind = UserKind::Admin;
    welcome.serverName = u"chat.lab"_s;
    welcome.serverVersion = u"0.1.0"_s;
    welcome.ntpPort = 11123;
    welcome.token = u"t0k3n"_s;
    welcome.key = u"11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="_s;
    WelcomeFrame bareWelcome;
    bareWelcome.userId = luis.id;
    bareWelcome.userName = luis.name;
    Message unstamped = sampleMessage();
    unstamped.stamps = {};
    unstamped.seen.reset();
    unstamped.replyTo = 3;
    const RoomInfo room{u"general"_s, u"Everybody"_s, false, 3, 42, u"e1"_s};
    const HistoryPage page{u"general"_s, u"e1"_s, {sampleMessage(1), sampleMessage(2)}, 1, 42, false};
    return {
        {"welcome", encodeServerFrame(welcome, u"r1"_s)},
        {"welcome-bare", encodeServerFrame(bareWelcome)},
        {"rooms", encodeServerFrame(RoomListFrame{{room, room}})},
        {"joined", encodeServerFrame(
                       JoinedFrame{u"general"_s, u"T"_s, false, u"e1"_s, 1, 42, {ana, luis}, true}, u"r2"_s)},
        {"left", encodeServerFrame(LeftFrame{u"general"_s})},
        {"message", encodeServerFrame(sampleMessage())},
        {"message-unstamped", encodeServerFrame(unstamped)},
        {"history", encodeServerFrame(page, u"r3"_s)},
        {"history-empty", encodeServerFrame(HistoryPage{u"general"_s, u"e1"_s, {}, 0, 0, true})},
        {"found", encodeServerFrame(FoundFrame{{sampleMessage()}, u"c"_s})},
        {"found-end", encodeServerFrame(FoundFrame{})},
        {"presence", encodeServerFrame(PresenceFrame{u"general"_s, {ana}, {luis}})},
        {"clocks", encodeServerFrame(ClocksFrame{
                       u"general"_s, {{u"u7"_s, -3, 5, StampState::Ok, true, 9}, {u"u8"_s, {}, {}, {}}}})},
        {"typing", encodeServerFrame(TypingNotice{u"general"_s, ana})},
        {"time", encodeServerFrame(TimeReplyFrame{1, 2, 3, 4, 5, StampState::Ok, true}, u"r4"_s)},
        {"time-unsynced", encodeServerFrame(TimeReplyFrame{1, 2, 3, 0, {}, StampState::Unsynced})},
        {"error",
         encodeServerFrame(ErrorFrame{ErrorCode::RateLimited, u"Slower, please."_s, u"id"_s, 1.5}, u"r5"_s)},
        {"error-bare", encodeServerFrame(ErrorFrame{ErrorCode::BadFrame, u"No."_s, {}, {}})},
    };
}

} // namespace Synchat
