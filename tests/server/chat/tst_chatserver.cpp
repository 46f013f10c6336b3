// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/chat/chatfixture.h"

#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

QJsonObject frame(const QString &type, const QString &room = {})
{
    QJsonObject object{{u"type"_s, type}};
    if (!room.isNull())
        object[u"room"_s] = room;
    return object;
}

QStringList namesOf(const QJsonValue &people)
{
    QStringList names;
    const QJsonArray list = people.toArray();
    for (const QJsonValue &person : list)
        names.append(person[u"name"_s].toString());
    names.sort();
    return names;
}

} // namespace

/// Who comes in, rooms and what their members are told. Posts: tst_posting. Pages: tst_catchup.
class tst_ChatServer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void welcomeTellsEverything();
    void beforeHello_data();
    void beforeHello();
    void badHelloCloses_data();
    void badHelloCloses();
    void secondHelloIsBadField();
    void nameIsTakenWhileItsOwnerIsHere();
    void tokenIsTheSamePerson();
    void tokenHoldsAfterRestart();
    void newNameOfTheSamePerson();

    void refRepeated();
    void malformedFramesLeaveTheConnection_data();
    void malformedFramesLeaveTheConnection();
    void twentyErrorsCloseTheConnection();

    void joinTellsTheRoom();
    void joinUnknownRoom();
    void joinWithKeyOfPublicRoom();
    void joinTwiceRepeatsJoined();
    void leave();
    void create();
    void createRefused_data();
    void createRefused();
    void createAtTheSameTime();
    void roomsAreBounded();
    void roomsSurviveRestart();
    void presenceAtFirstAndLastConnection();

    void timeFrame();
    void typing();
    void clocks();
    void everyFrameIsHandled_data();
    void everyFrameIsHandled();
    void stopRefusesAndSettles();
    void stopAnswersWhatWasTaken();

private:
    std::unique_ptr<ChatFixture> m_fixture;
};

void tst_ChatServer::init()
{
    m_fixture = std::make_unique<ChatFixture>();
    QVERIFY2(m_fixture->start(), qPrintable(m_fixture->error()));
}

void tst_ChatServer::cleanup()
{
    m_fixture.reset();
}

void tst_ChatServer::welcomeTellsEverything()
{
    m_fixture->chat().setNtpPort(11123);
    auto client = m_fixture->connectClient();
    QVERIFY(client);
    client->send(
        {{u"type"_s, u"hello"_s}, {u"name"_s, u" Ana "_s}, {u"client"_s, u"t"_s}, {u"ref"_s, u"r1"_s}});
    const QJsonObject welcome = client->take(u"welcome"_s);
    QCOMPARE(welcome[u"user"_s][u"name"_s].toString(), u"Ana"_s);
    QCOMPARE(welcome[u"user"_s][u"kind"_s].toString(), u"guest"_s);
    QVERIFY(!welcome[u"user"_s][u"id"_s].toString().isEmpty());
    QCOMPARE(welcome[u"server"_s][u"name"_s].toString(), u"Synchat"_s);
    QVERIFY(!welcome[u"server"_s][u"version"_s].toString().isEmpty());
    QCOMPARE(welcome[u"limits"_s][u"frame"_s].toInteger(), 65536);
    QCOMPARE(welcome[u"limits"_s][u"text"_s].toInteger(), 4096);
    QVERIFY(welcome[u"limits"_s][u"ratePerSecond"_s].isDouble());
    QCOMPARE(welcome[u"ntp"_s][u"port"_s].toInteger(), 11123);
    QVERIFY(!welcome[u"token"_s].toString().isEmpty());
    QCOMPARE(welcome[u"ref"_s].toString(), u"r1"_s);
}

void tst_ChatServer::beforeHello_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("code");
    QTest::newRow("join") << uR"({"type":"join","room":"general"})"_s << u"hello_first"_s;
    QTest::newRow("time") << uR"({"type":"time","t1":1})"_s << u"hello_first"_s;
    QTest::newRow("unknown-type") << uR"({"type":"dance"})"_s << u"hello_first"_s;
    QTest::newRow("no-type") << uR"({})"_s << u"hello_first"_s;
    QTest::newRow("malformed-post") << uR"({"type":"post","room":5})"_s << u"hello_first"_s;
    QTest::newRow("not-json") << u"hello"_s << u"bad_frame"_s;
    QTest::newRow("array") << u"[1]"_s << u"bad_frame"_s;
}

void tst_ChatServer::beforeHello()
{
    QFETCH(QString, text);
    QFETCH(QString, code);
    auto client = m_fixture->connectClient();
    QVERIFY(client);
    client->sendText(text);
    QCOMPARE(client->takeError(), code);
    QVERIFY(client->hello(u"ana"_s));
}

void tst_ChatServer::badHelloCloses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("code");
    QTest::newRow("bad-token") << uR"({"type":"hello","name":"a","client":"t","auth":{"token":"x"}})"_s
                               << u"unauthorized"_s;
    QTest::newRow("password") << uR"({"type":"hello","name":"a","client":"t","auth":{"password":"x"}})"_s
                              << u"unauthorized"_s;
    QTest::newRow("bad-name") << uR"({"type":"hello","name":"  ","client":"t"})"_s << u"bad_name"_s;
    QTest::newRow("no-name") << uR"({"type":"hello","client":"t"})"_s << u"bad_field"_s;
    QTest::newRow("name-taken") << uR"({"type":"hello","name":"OWNER","client":"t"})"_s << u"name_taken"_s;
}

void tst_ChatServer::badHelloCloses()
{
    QFETCH(QString, text);
    QFETCH(QString, code);
    const auto owner = m_fixture->greet(u"owner"_s);
    auto client = m_fixture->connectClient();
    QVERIFY(owner && client);
    client->sendText(text);
    client->sendText(uR"({"type":"hello","name":"late","client":"t"})"_s); // not heard any more
    QCOMPARE(client->takeError(), code);
    QCOMPARE(client->closeCode(), 1008);
    QVERIFY(client->frames().isEmpty());
}

void tst_ChatServer::secondHelloIsBadField()
{
    auto client = m_fixture->greet(u"ana"_s);
    QVERIFY(client);
    client->send({{u"type"_s, u"hello"_s}, {u"name"_s, u"eva"_s}, {u"client"_s, u"t"_s}});
    QCOMPARE(client->takeError(), u"bad_field"_s);
    QVERIFY(client->settle());
}

void tst_ChatServer::nameIsTakenWhileItsOwnerIsHere()
{
    QSignalSpy closed(&m_fixture->net(), &NetServer::connectionClosed);
    auto owner = m_fixture->greet(u"Ana"_s);
    QVERIFY(owner);
    auto other = m_fixture->connectClient();
    other->send({{u"type"_s, u"hello"_s}, {u"name"_s, u"ana"_s}, {u"client"_s, u"t"_s}});
    QCOMPARE(other->takeError(), u"name_taken"_s);
    QCOMPARE(other->closeCode(), 1008);
    owner->close();
    QTRY_COMPARE(closed.size(), 2);
    QVERIFY(m_fixture->greet(u"ana"_s));
}

void tst_ChatServer::tokenIsTheSamePerson()
{
    auto first = m_fixture->member(u"ana"_s); // stays, as if half open
    QVERIFY(first);
    auto second = m_fixture->greet(u"Ana"_s, first->token());
    QVERIFY(second);
    QCOMPARE(second->userId(), first->userId());
    QCOMPARE(second->token(), first->token());
    auto stranger = m_fixture->greet(u"eva"_s);
    QVERIFY(stranger);
    QVERIFY(stranger->userId() != first->userId());
}

void tst_ChatServer::tokenHoldsAfterRestart()
{
    auto before = m_fixture->greet(u"ana"_s);
    QVERIFY(before);
    const QString token = before->token();
    const QString userId = before->userId();
    m_fixture->stop();
    QVERIFY(m_fixture->start());
    auto after = m_fixture->greet(u"ana"_s, token);
    QVERIFY(after);
    QCOMPARE(after->userId(), userId);
}

void tst_ChatServer::newNameOfTheSamePerson()
{
    auto watcher = m_fixture->member(u"watcher"_s);
    auto first = m_fixture->member(u"ana"_s);
    QVERIFY(watcher && first);
    watcher->take(u"presence"_s);
    auto second = m_fixture->greet(u"eva"_s, first->token());
    QVERIFY(second);
    const QJsonObject presence = watcher->take(u"presence"_s);
    QCOMPARE(namesOf(presence[u"joined"_s]), QStringList{u"eva"_s});
    QVERIFY(presence[u"left"_s].toArray().isEmpty());
    first->post(u"hi"_s);
    QCOMPARE(watcher->take(u"message"_s)[u"from"_s][u"name"_s].toString(), u"eva"_s);
    QVERIFY(m_fixture->greet(u"ana"_s)); // the old name is free
}

void tst_ChatServer::refRepeated()
{
    auto client = m_fixture->greet(u"ana"_s);
    QVERIFY(client);
    const QList<std::pair<QJsonObject, QString>> asked{
        {frame(u"rooms"_s), u"rooms"_s},
        {{{u"type"_s, u"create"_s}, {u"room"_s, u"new"_s}}, u"joined"_s},
        {frame(u"join"_s, u"general"_s), u"joined"_s},
        {frame(u"history"_s, u"general"_s), u"history"_s},
        {{{u"type"_s, u"time"_s}, {u"t1"_s, 1}}, u"time"_s},
        {frame(u"leave"_s, u"general"_s), u"left"_s},
        {frame(u"history"_s, u"general"_s), u"error"_s},
        {frame(u"dance"_s), u"error"_s},
    };
    int count = 0;
    for (auto [request, answer] : asked) {
        const QString ref = u"ref%1"_s.arg(++count);
        request[u"ref"_s] = ref;
        client->send(request);
        QCOMPARE(client->take(answer)[u"ref"_s].toString(), ref);
    }
}

void tst_ChatServer::malformedFramesLeaveTheConnection_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("code");
    QTest::newRow("not-json") << u"{\"type\":"_s << u"bad_frame"_s;
    QTest::newRow("empty") << u" "_s << u"bad_frame"_s;
    QTest::newRow("number") << u"5"_s << u"bad_frame"_s;
    QTest::newRow("no-type") << u"{}"_s << u"bad_field"_s;
    QTest::newRow("type-is-null") << uR"({"type":null})"_s << u"bad_field"_s;
    QTest::newRow("unknown-type") << uR"({"type":"dance"})"_s << u"unknown_type"_s;
    QTest::newRow("join-without-room") << uR"({"type":"join"})"_s << u"bad_field"_s;
    QTest::newRow("join-after-is-text")
        << uR"({"type":"join","room":"general","after":"1"})"_s << u"bad_field"_s;
}

void tst_ChatServer::malformedFramesLeaveTheConnection()
{
    QFETCH(QString, text);
    QFETCH(QString, code);
    auto client = m_fixture->greet(u"ana"_s);
    QVERIFY(client);
    client->sendText(text);
    QJsonObject error;
    QCOMPARE(client->takeError(&error), code);
    QVERIFY(!error[u"message"_s].toString().isEmpty());
    QVERIFY(client->settle());
}

void tst_ChatServer::twentyErrorsCloseTheConnection()
{
    auto client = m_fixture->greet(u"ana"_s);
    QVERIFY(client);
    for (int i = 0; i < 19; ++i)
        client->sendText(u"x"_s);
    QVERIFY(client->settle());
    QCOMPARE(client->all(u"error"_s).size(), 19);
    client->sendText(u"x"_s);
    client->send(frame(u"rooms"_s));
    QCOMPARE(client->closeCode(), 1008);
    QCOMPARE(client->all(u"error"_s).size(), 20);
    QVERIFY(client->all(u"rooms"_s).isEmpty());
}

void tst_ChatServer::joinTellsTheRoom()
{
    auto client = m_fixture->greet(u"ana"_s);
    QVERIFY(client);
    client->send(frame(u"join"_s, u"general"_s));
    const QJsonObject joined = client->take(u"joined"_s);
    QCOMPARE(joined[u"room"_s].toString(), u"general"_s);
    QVERIFY(joined[u"title"_s].isString());
    QCOMPARE(joined[u"private"_s].toBool(true), false);
    QVERIFY(!joined[u"epoch"_s].toString().isEmpty());
    QCOMPARE(joined[u"firstSeq"_s].toInteger(-1), 0);
    QCOMPARE(joined[u"lastSeq"_s].toInteger(-1), 0);
    QCOMPARE(joined[u"reset"_s].toBool(true), false);
    QCOMPARE(namesOf(joined[u"members"_s]), QStringList{u"ana"_s});
    client->send(frame(u"rooms"_s));
    const QJsonArray rooms = client->take(u"rooms"_s)[u"rooms"_s].toArray();
    QCOMPARE(rooms.size(), 1);
    QCOMPARE(rooms[0][u"members"_s].toInt(), 1);
    QCOMPARE(rooms[0][u"epoch"_s].toString(), joined[u"epoch"_s].toString());
    QVERIFY(client->settle());
    QVERIFY(client->all(u"history"_s).isEmpty());
    QVERIFY(client->all(u"presence"_s).isEmpty());
}

void tst_ChatServer::joinUnknownRoom()
{
    auto client = m_fixture->greet(u"ana"_s);
    client->send(frame(u"join"_s, u"nowhere"_s));
    QCOMPARE(client->takeError(), u"room_unknown"_s);
}

void tst_ChatServer::joinWithKeyOfPublicRoom()
{
    auto client = m_fixture->greet(u"ana"_s);
    client->send({{u"type"_s, u"join"_s}, {u"room"_s, u"general"_s}, {u"key"_s, u"k"_s}});
    QVERIFY(!client->take(u"joined"_s).isEmpty());
}

void tst_ChatServer::joinTwiceRepeatsJoined()
{
    auto watcher = m_fixture->member(u"watcher"_s);
    auto client = m_fixture->member(u"ana"_s);
    QVERIFY(watcher && client);
    client->send(frame(u"join"_s, u"general"_s));
    QCOMPARE(client->take(u"joined"_s)[u"members"_s].toArray().size(), 2);
    client->post(u"once"_s);
    QVERIFY(!client->take(u"message"_s).isEmpty());
    QVERIFY(client->settle() && watcher->settle());
    QVERIFY(client->all(u"message"_s).isEmpty());
    QCOMPARE(watcher->all(u"presence"_s).size(), 1);
    client->send(frame(u"leave"_s, u"general"_s)); // one leave is enough
    QVERIFY(!client->take(u"left"_s).isEmpty());
    QVERIFY(watcher->settle());
    QCOMPARE(watcher->all(u"presence"_s).size(), 2);
}

void tst_ChatServer::leave()
{
    auto client = m_fixture->member(u"ana"_s);
    auto other = m_fixture->member(u"eva"_s);
    QVERIFY(client && other);
    client->send(frame(u"leave"_s, u"general"_s));
    QCOMPARE(client->take(u"left"_s)[u"room"_s].toString(), u"general"_s);
    client->clear();
    other->post(u"to those who are here"_s);
    QVERIFY(!other->take(u"message"_s).isEmpty());
    QVERIFY(client->settle());
    QVERIFY(client->frames().isEmpty());
    client->send(frame(u"leave"_s, u"general"_s));
    QCOMPARE(client->takeError(), u"not_joined"_s);
    client->post(u"not here"_s);
    QCOMPARE(client->takeError(), u"not_joined"_s);
}

void tst_ChatServer::create()
{
    auto client = m_fixture->greet(u"ana"_s);
    client->send({{u"type"_s, u"create"_s}, {u"room"_s, u"ops"_s}, {u"title"_s, u"Operations"_s}});
    const QJsonObject joined = client->take(u"joined"_s);
    QCOMPARE(joined[u"room"_s].toString(), u"ops"_s);
    QCOMPARE(joined[u"title"_s].toString(), u"Operations"_s);
    QCOMPARE(namesOf(joined[u"members"_s]), QStringList{u"ana"_s});
    client->post(u"first"_s, u"ops"_s);
    QCOMPARE(client->take(u"message"_s)[u"seq"_s].toInteger(), 1);
    auto other = m_fixture->member(u"eva"_s, u"ops"_s);
    QVERIFY(other);
    QCOMPARE(m_fixture->chat().publicRooms().size(), 2);
}

void tst_ChatServer::createRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("code");
    QTest::newRow("private") << uR"({"type":"create","room":"ops","key":"k"})"_s << u"forbidden"_s;
    QTest::newRow("exists") << uR"({"type":"create","room":"general"})"_s << u"room_exists"_s;
    QTest::newRow("bad-name") << uR"({"type":"create","room":"Ops"})"_s << u""_s; // whatever the parser says
}

void tst_ChatServer::createRefused()
{
    QFETCH(QString, text);
    QFETCH(QString, code);
    auto client = m_fixture->greet(u"ana"_s);
    client->sendText(text);
    const QString got = client->takeError();
    QVERIFY(!got.isEmpty());
    if (!code.isEmpty())
        QCOMPARE(got, code);
    QCOMPARE(m_fixture->chat().publicRooms().size(), 1);
}

void tst_ChatServer::createAtTheSameTime()
{
    auto first = m_fixture->greet(u"ana"_s);
    auto second = m_fixture->greet(u"eva"_s);
    first->send(frame(u"create"_s, u"ops"_s));
    second->send(frame(u"create"_s, u"ops"_s));
    QTRY_COMPARE(first->frames().size() + second->frames().size(), 2);
    const bool firstWon = !first->all(u"joined"_s).isEmpty();
    QCOMPARE((firstWon ? second : first)->takeError(), u"room_exists"_s);
    QCOMPARE((firstWon ? first : second)->all(u"joined"_s).size(), 1);
}

void tst_ChatServer::roomsAreBounded()
{
    m_fixture->stop();
    m_fixture->chatConfig.maxRooms = 3;
    QVERIFY(m_fixture->start());
    auto client = m_fixture->greet(u"ana"_s);
    for (int i = 0; i < 4; ++i)
        client->send(frame(u"create"_s, u"r%1"_s.arg(i)));
    QTRY_COMPARE(client->frames().size(), 4);
    QCOMPARE(client->all(u"joined"_s).size(), 2);
    QCOMPARE(client->takeError(), u"forbidden"_s);
    QCOMPARE(m_fixture->chat().publicRooms().size(), 3);
}

void tst_ChatServer::roomsSurviveRestart()
{
    auto client = m_fixture->greet(u"ana"_s);
    client->send(frame(u"create"_s, u"ops"_s));
    const QString epoch = client->take(u"joined"_s)[u"epoch"_s].toString();
    client->post(u"kept"_s, u"ops"_s);
    QVERIFY(!client->take(u"message"_s).isEmpty());
    m_fixture->stop();
    QVERIFY(m_fixture->start());
    const auto room = m_fixture->chat().publicRoom(u"ops"_s);
    QVERIFY(room);
    QCOMPARE(room->lastSeq, 1);
    QCOMPARE(room->epoch, epoch);
    QCOMPARE(room->members, 0);
    QVERIFY(!m_fixture->chat().publicRoom(u"nowhere"_s));
    QVERIFY(!m_fixture->chat().publicRoomNumber(u"nowhere"_s));
}

void tst_ChatServer::presenceAtFirstAndLastConnection()
{
    auto watcher = m_fixture->member(u"watcher"_s);
    auto first = m_fixture->member(u"ana"_s);
    QVERIFY(watcher && first);
    const QJsonObject came = watcher->take(u"presence"_s);
    QCOMPARE(namesOf(came[u"joined"_s]), QStringList{u"ana"_s});
    QCOMPARE(came[u"room"_s].toString(), u"general"_s);

    auto second = m_fixture->greet(u"ana"_s, first->token());
    QVERIFY(second);
    second->send(frame(u"join"_s, u"general"_s));
    QCOMPARE(namesOf(second->take(u"joined"_s)[u"members"_s]), (QStringList{u"ana"_s, u"watcher"_s}));
    QSignalSpy closed(&m_fixture->net(), &NetServer::connectionClosed);
    first->abort();
    QTRY_COMPARE(closed.size(), 1);
    QVERIFY(watcher->settle());
    QVERIFY(watcher->all(u"presence"_s).isEmpty());
    second->abort();
    const QJsonObject went = watcher->take(u"presence"_s);
    QCOMPARE(namesOf(went[u"left"_s]), QStringList{u"ana"_s});
    QVERIFY(went[u"joined"_s].toArray().isEmpty());
}

void tst_ChatServer::timeFrame()
{
    auto client = m_fixture->greet(u"ana"_s);
    const qint64 before = toWire(SystemClock().now());
    client->send({{u"type"_s, u"time"_s}, {u"t1"_s, -77}, {u"ref"_s, u"x"_s}});
    const QJsonObject time = client->take(u"time"_s);
    const qint64 after = toWire(SystemClock().now());
    QCOMPARE(time[u"t1"_s].toInteger(), -77);
    const qint64 t2 = time[u"t2"_s].toInteger();
    const qint64 t3 = time[u"t3"_s].toInteger();
    QVERIFY(before <= t2 && t2 <= t3 && t3 <= after);
    QVERIFY(time[u"reference"_s].isObject());
    QCOMPARE(time[u"reference"_s][u"state"_s].toString(), u"unsynced"_s);
    QVERIFY(time[u"reference"_s][u"bound"_s].isNull());

    ReferenceSnapshot snapshot;
    const ClockReading now = SystemClock().read();
    snapshot.at = now.mono;
    snapshot.wallAt = now.wall;
    snapshot.offset = Interval::around(std::chrono::milliseconds(5), std::chrono::milliseconds(2));
    snapshot.state = StampState::Ok;
    m_fixture->chat().setSnapshot(std::make_shared<const ReferenceSnapshot>(snapshot));
    client->send({{u"type"_s, u"time"_s}, {u"t1"_s, 1}});
    const QJsonObject synced = client->take(u"time"_s);
    QCOMPARE(synced[u"reference"_s][u"offset"_s].toInteger(), 5000);
    QVERIFY(synced[u"reference"_s][u"bound"_s].toInteger() >= 2000);
    QCOMPARE(synced[u"reference"_s][u"state"_s].toString(), u"ok"_s);
}

void tst_ChatServer::typing()
{
    auto one = m_fixture->member(u"ana"_s);
    auto other = m_fixture->member(u"eva"_s);
    QVERIFY(one && other);
    for (int i = 0; i < 50; ++i)
        one->send(frame(u"typing"_s, u"general"_s));
    const QJsonObject notice = other->take(u"typing"_s);
    QCOMPARE(notice[u"room"_s].toString(), u"general"_s);
    QCOMPARE(notice[u"user"_s][u"name"_s].toString(), u"ana"_s);
    QVERIFY(one->settle() && other->settle());
    QVERIFY(other->all(u"typing"_s).size() < 25);
    QVERIFY(one->all(u"typing"_s).isEmpty());
    one->send(frame(u"typing"_s, u"nowhere"_s));
    QCOMPARE(one->takeError(), u"not_joined"_s);
}

void tst_ChatServer::clocks()
{
    auto one = m_fixture->member(u"ana"_s);
    auto other = m_fixture->member(u"eva"_s);
    QVERIFY(one && other);
    const auto report = [](qint64 offset) {
        return QJsonObject{{u"type"_s, u"clock"_s}, {u"offset"_s, offset}, {u"bound"_s, 900},
                           {u"state"_s, u"ok"_s},   {u"via"_s, u"udp"_s},  {u"fault"_s, false}};
    };
    QElapsedTimer timer;
    timer.start();
    for (int i = 1; i <= 100; ++i)
        one->send(report(-1000 - i));
    const auto skewOf = [&](const QJsonObject &clocks) {
        const QJsonArray members = clocks[u"members"_s].toArray();
        return members.size() == 1 && members[0][u"id"_s].toString() == one->userId()
                   ? members[0][u"skew"_s].toInteger()
                   : 0;
    };
    const QJsonObject last =
        other->take(u"clocks"_s, [&](const QJsonObject &c) { return skewOf(c) == 1100; });
    QCOMPARE(last[u"room"_s].toString(), u"general"_s);
    QCOMPARE(last[u"members"_s][0][u"bound"_s].toInteger(), 900);
    QCOMPARE(last[u"members"_s][0][u"state"_s].toString(), u"ok"_s);
    const qint64 age = last[u"members"_s][0][u"age"_s].toInteger(-1);
    QVERIFY(age >= 0 && age <= timer.nsecsElapsed() / 1000);
    QVERIFY(other->all(u"clocks"_s).size() <= 1 + timer.elapsed() / 1000);
    // who comes later is told too
    auto late = m_fixture->member(u"late"_s);
    QVERIFY(late);
    QCOMPARE(skewOf(late->take(u"clocks"_s)), 1100);
    QVERIFY(one->all(u"error"_s).isEmpty());
}

void tst_ChatServer::everyFrameIsHandled_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("rooms") << uR"({"type":"rooms"})"_s;
    QTest::newRow("join") << uR"({"type":"join","room":"general"})"_s;
    QTest::newRow("join-after") << uR"({"type":"join","room":"general","after":0})"_s;
    QTest::newRow("history") << uR"({"type":"history","room":"general"})"_s;
    QTest::newRow("search") << uR"({"type":"search","query":"x"})"_s;
    QTest::newRow("clock")
        << uR"({"type":"clock","offset":1,"bound":1,"state":"ok","via":"udp","fault":false})"_s;
    QTest::newRow("typing") << uR"({"type":"typing","room":"general"})"_s;
    QTest::newRow("time") << uR"({"type":"time","t1":0})"_s;
    QTest::newRow("same-post")
        << uR"({"type":"post","room":"general","id":"0b0e0000-0000-4000-8000-000000000000","text":"x"})"_s;
}

/// A frame that is never told to be handled counts as unhandled for ever: after 256 the connection would
/// stand still.
void tst_ChatServer::everyFrameIsHandled()
{
    QFETCH(QString, text);
    auto client = m_fixture->member(u"ana"_s);
    QVERIFY(client);
    for (int i = 0; i < m_fixture->netConfig.maxUnhandledFrames + 50; ++i)
        client->sendText(text);
    QVERIFY(client->settle());
    QVERIFY(client->isOpen());
}

void tst_ChatServer::stopRefusesAndSettles()
{
    auto client = m_fixture->member(u"ana"_s);
    QSignalSpy settled(&m_fixture->chat(), &ChatServer::allSettled);
    m_fixture->chat().beginStop();
    QCOMPARE(settled.size(), 0); // never inside the call
    QTRY_COMPARE(settled.size(), 1);
    client->post(u"late"_s);
    QCOMPARE(client->takeError(), u"busy"_s);
    client->send(frame(u"join"_s, u"general"_s));
    QCOMPARE(client->takeError(), u"busy"_s);
    client->send(frame(u"create"_s, u"ops"_s));
    QCOMPARE(client->takeError(), u"busy"_s);
    m_fixture->chat().beginStop();
    QVERIFY(client->settle());
    QCOMPARE(settled.size(), 1);
}

void tst_ChatServer::stopAnswersWhatWasTaken()
{
    auto client = m_fixture->member(u"ana"_s);
    QSignalSpy received(&m_fixture->net(), &NetServer::frameReceived);
    constexpr int Posts = 100;
    for (int i = 0; i < Posts; ++i)
        client->post(QString::number(i));
    QTRY_COMPARE(received.size(), Posts);
    bool wasSettled = false;
    QSignalSpy settled(&m_fixture->chat(), &ChatServer::allSettled);
    connect(&m_fixture->chat(), &ChatServer::allSettled, this, [&] {
        wasSettled = true;
        QCOMPARE(m_fixture->history().queued(), 0);
    });
    m_fixture->chat().beginStop();
    QTRY_COMPARE(settled.size(), 1);
    QVERIFY(wasSettled);
    QTRY_COMPARE(client->all(u"message"_s).size(), Posts);
}

QTEST_GUILESS_MAIN(tst_ChatServer)
#include "tst_chatserver.moc"
