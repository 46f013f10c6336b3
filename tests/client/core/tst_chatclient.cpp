// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/chatclient.h"
#include "client/core/outboxjournal.h"
#include "tests/client/core/fakeserver.h"

#include <QDir>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWebSocket>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

const QString general = u"general"_s;

ClientConfig configFor(const FakeServer &server, const QString &stateDir = {})
{
    ClientConfig config{server.url(), *UserName::parse(u"ana"_s), u"test"_s, stateDir};
    config.backoff = {std::chrono::milliseconds(1), std::chrono::milliseconds(20)};
    return config;
}

/// A client and all that it told.
struct Person
{
    explicit Person(const FakeServer &server, int history = 100, const QString &stateDir = {})
        : client(clock, configFor(server, stateDir))
    {
        client.setInitialHistory(history);
        QObject::connect(&client, &ChatClient::messageArrived, &client,
                         [this](const Message &message, bool live) {
                             if (client.roomModel(message.room)->rowOfSeq(message.seq) < 0)
                                 qCritical() << "told before the model has it:" << message.seq;
                             arrived.append(message.seq);
                             texts.append(message.text);
                             liveCount += live ? 1 : 0;
                         });
        client.join(RoomName::general());
        client.start();
    }

    bool joined() const { return client.isJoined(general); }
    int rowCount() { return client.roomModel(general)->rowCount(); }
    RoomRow::Kind kindOf(int row) { return client.roomModel(general)->row(row).kind; }

    SystemClock clock;
    ChatClient client;
    QList<qint64> arrived;
    QStringList texts;
    int liveCount = 0;
};

QList<qint64> range(qint64 from, qint64 to)
{
    QList<qint64> numbers;
    for (qint64 seq = from; seq <= to; ++seq)
        numbers.append(seq);
    return numbers;
}

} // namespace

class tst_ChatClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firstJoinTellsTheNewest_data();
    void firstJoinTellsTheNewest();
    void keepsLiveMessagesBackUntilHistoryIsThere();
    void loadsOlderMessagesIntoTheModelOnly();
    void catchesUpAfterALoss_data();
    void catchesUpAfterALoss();
    void sendsAPostAgainWhenItsAnswerWasLost();
    void sendsAPostAgainThatTheServerNeverGot();
    void dropsRepeats();
    void fetchesWhatWasSkipped();
    void passesOverWhatNobodyCanGive();
    void startsOverInAnotherEpoch();
    void survivesGarbage();
    void keepsWhatWasTypedOffline();
    void secondProgramIsTheSamePerson();
    void postErrors_data();
    void postErrors();
    void retriesWithTheSameIdAndStamp();
    void neverHasTooManyUnanswered();
    void refusesPosts();
    void fullOutboxSaysSo();
    void failsPostsOfARoomThatIsNotThere();
    void countsUnread();
    void leavesAndJoinsAgain();
    void tellsOthersClocks();
};

void tst_ChatClient::firstJoinTellsTheNewest_data()
{
    QTest::addColumn<int>("inRoom");
    QTest::addColumn<int>("wanted");
    QTest::addColumn<qint64>("first");
    QTest::newRow("empty-room") << 0 << 100 << qint64(1);
    QTest::newRow("fewer-than-wanted") << 30 << 100 << qint64(1);
    QTest::newRow("more-than-wanted") << 250 << 100 << qint64(151);
    QTest::newRow("none") << 50 << 0 << qint64(51);
    QTest::newRow("several-pages") << 300 << 220 << qint64(81);
    QTest::newRow("all-of-several-pages") << 130 << 1000 << qint64(1);
}

void tst_ChatClient::firstJoinTellsTheNewest()
{
    QFETCH(int, inRoom);
    QFETCH(int, wanted);
    QFETCH(qint64, first);
    FakeServer server;
    server.pageLimit = 50;
    server.fill(inRoom);
    Person person(server, wanted);
    QTRY_VERIFY(person.joined());
    QTRY_COMPARE(person.arrived, range(first, inRoom));
    QCOMPARE(person.liveCount, 0);
    server.say(u"now"_s);
    QTRY_COMPARE(person.arrived, range(first, inRoom + 1));
    QCOMPARE(person.liveCount, 1);
}

void tst_ChatClient::keepsLiveMessagesBackUntilHistoryIsThere()
{
    FakeServer server;
    server.fill(10);
    server.hook = [&server](QWebSocket *, const ParsedClientFrame &parsed) {
        if (std::holds_alternative<HistoryFrame>(parsed.frame))
            server.say(u"meanwhile"_s); // on its way before the page
        return false;
    };
    Person person(server, 5);
    QTRY_COMPARE(person.arrived, range(7, 11));
    server.hook = nullptr;
    server.say(u"now"_s);
    QTRY_COMPARE(person.arrived, range(7, 12));
}

void tst_ChatClient::loadsOlderMessagesIntoTheModelOnly()
{
    FakeServer server;
    server.fill(550);
    Person person(server, 100);
    QTRY_COMPARE(person.arrived.size(), 100);
    RoomModel *model = person.client.roomModel(general);
    QVERIFY(model->hasOlder());
    QCOMPARE(model->row(0).gapSize(), 450);
    const auto loadOlder = [&] {
        const RoomRow &edge = model->row(0);
        person.client.loadGap(general, edge.gapFrom, edge.gapTo, GapEnd::Newer);
    };
    loadOlder();
    QCOMPARE(model->row(0).gapState, RoomRow::GapState::Loading);
    loadOlder(); // a second one while the first is under way
    QTRY_COMPARE(model->rowCount(), 301);
    loadOlder();
    QTRY_COMPARE(model->rowCount(), 501);
    loadOlder();
    QTRY_COMPARE(model->rowCount(), 550);
    QVERIFY(!model->hasOlder());
    loadOlder();
    QCOMPARE(server.all<HistoryFrame>().size(), 4);
    QCOMPARE(person.arrived, range(451, 550));
}

void tst_ChatClient::catchesUpAfterALoss_data()
{
    QTest::addColumn<int>("missed");
    QTest::addColumn<int>("history");
    QTest::newRow("nothing") << 0 << 100;
    QTest::newRow("one") << 1 << 100;
    QTest::newRow("several-pages") << 130 << 100;
    QTest::newRow("without-initial-history") << 7 << 0;
}

void tst_ChatClient::catchesUpAfterALoss()
{
    QFETCH(int, missed);
    QFETCH(int, history);
    FakeServer server;
    server.pageLimit = 50;
    server.fill(20);
    Person person(server, history);
    QTRY_VERIFY(person.joined());
    server.say(u"before"_s);
    QTRY_COMPARE(person.arrived.value(person.arrived.size() - 1), 21);
    const qint64 first = person.arrived.first();
    server.cutAll();
    server.fill(missed);
    QTRY_COMPARE(server.hellos, 2);
    QTRY_VERIFY(person.joined());
    server.say(u"after"_s);
    QTRY_COMPARE(person.arrived, range(first, 22 + missed));
    QCOMPARE(person.client.roomModel(general)->lastSeq(), 22 + missed);
    const JoinFrame again = server.all<JoinFrame>().last();
    QCOMPARE(again.after, std::optional<qint64>(21));
    QCOMPARE(again.epoch, std::optional<QString>(u"e1"_s));
}

void tst_ChatClient::sendsAPostAgainWhenItsAnswerWasLost()
{
    FakeServer server;
    Person person(server);
    QTRY_VERIFY(person.joined());
    server.broadcasts = false;
    server.hook = [&server](QWebSocket *, const ParsedClientFrame &parsed) {
        if (!std::holds_alternative<PostFrame>(parsed.frame))
            return false;
        QMetaObject::invokeMethod(
            &server, [&server] { server.cutAll(); }, Qt::QueuedConnection);
        return false; // it is stored all the same
    };
    const auto id = person.client.post(general, u"once"_s, std::nullopt);
    QVERIFY(id);
    QTRY_COMPARE(server.history.size(), 1);
    QCOMPARE(person.client.waitingToSend(), 1);
    server.broadcasts = true;
    server.hook = nullptr;
    QTRY_COMPARE(person.client.waitingToSend(), 0);
    QCOMPARE(server.history.size(), 1);
    QCOMPARE(person.texts, QStringList{u"once"_s});
    QCOMPARE(person.rowCount(), 1);
    QCOMPARE(person.kindOf(0), RoomRow::Kind::Message);
}

void tst_ChatClient::sendsAPostAgainThatTheServerNeverGot()
{
    FakeServer server;
    Person person(server);
    QTRY_VERIFY(person.joined());
    server.hook = [&server](QWebSocket *, const ParsedClientFrame &parsed) {
        if (!std::holds_alternative<PostFrame>(parsed.frame))
            return false;
        QMetaObject::invokeMethod(
            &server, [&server] { server.cutAll(); }, Qt::QueuedConnection);
        return true;
    };
    const auto first = person.client.post(general, u"first"_s, std::nullopt);
    const auto second = person.client.post(general, u"second"_s, std::nullopt);
    QTRY_COMPARE_GE(server.hellos, 2);
    server.hook = nullptr;
    QTRY_COMPARE(person.texts, (QStringList{u"first"_s, u"second"_s}));
    QCOMPARE(server.history.size(), 2);
    QCOMPARE(server.history.at(0).id, *first);
    QCOMPARE(server.history.at(1).id, *second);
    QTRY_COMPARE(person.client.waitingToSend(), 0);
}

void tst_ChatClient::dropsRepeats()
{
    FakeServer server;
    Person person(server);
    QTRY_VERIFY(person.joined());
    server.fill(3);
    server.sendAll(server.history.at(0));
    server.sendAll(server.history.at(2));
    server.say(u"end"_s);
    QTRY_COMPARE(person.arrived, range(1, 4));
    QCOMPARE(person.rowCount(), 4);
}

void tst_ChatClient::fetchesWhatWasSkipped()
{
    FakeServer server;
    Person person(server);
    QTRY_VERIFY(person.joined());
    server.say(u"one"_s);
    server.broadcasts = false;
    server.fill(3);
    server.broadcasts = true;
    server.say(u"five"_s);
    server.say(u"six"_s);
    QTRY_COMPARE(person.arrived, range(1, 6));
    QCOMPARE(person.rowCount(), 6);
    QCOMPARE(person.texts.last(), u"six"_s);
}

void tst_ChatClient::passesOverWhatNobodyCanGive()
{
    FakeServer server;
    Person person(server);
    QTRY_VERIFY(person.joined());
    server.say(u"one"_s);
    server.broadcasts = false;
    server.fill(3);
    server.broadcasts = true;
    const QList<Message> all = server.history;
    server.say(u"five"_s);
    server.history = {all.first(), server.history.last()}; // 2 to 4 are gone
    QTRY_COMPARE(person.arrived, (QList<qint64>{1, 5}));
    QCOMPARE(person.rowCount(), 3);
    QCOMPARE(person.kindOf(1), RoomRow::Kind::Gap);
    QCOMPARE(person.client.roomModel(general)->row(1).gapFrom, 2);
    QCOMPARE(person.client.roomModel(general)->row(1).gapTo, 4);
}

void tst_ChatClient::startsOverInAnotherEpoch()
{
    FakeServer server;
    server.fill(5);
    Person person(server);
    QTRY_COMPARE(person.arrived, range(1, 5));
    server.hook = [](QWebSocket *, const ParsedClientFrame &parsed) {
        return std::holds_alternative<PostFrame>(parsed.frame);
    };
    QVERIFY(person.client.post(general, u"waits"_s, std::nullopt));
    QSignalSpy resets(person.client.roomModel(general), &RoomModel::modelReset);
    server.hook = nullptr;
    server.epoch = u"e2"_s;
    server.history.clear();
    server.cutAll();
    server.fill(2);
    QTRY_COMPARE(person.arrived, range(1, 5) + range(1, 3));
    QCOMPARE(resets.size(), 1);
    QCOMPARE(person.texts.last(), u"waits"_s);
    QCOMPARE(person.rowCount(), 3);
    QCOMPARE(person.client.unread(general), 3);
}

void tst_ChatClient::survivesGarbage()
{
    FakeServer server;
    Person person(server);
    QTRY_VERIFY(person.joined());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"cannot be read"_s));
    server.sendRaw(u"{"_s);
    server.sendRaw(u"[1,2]"_s);
    server.sendRaw(u"{\"type\":\"message\",\"seq\":\"x\"}"_s);
    server.sendRaw(u"{\"type\":\"from-the-future\"}"_s);
    server.sendRaw(QString(100'000, u'['));
    server.sendBinary(QByteArray(1000, '\xff'));
    server.sendAll(
        HistoryPage{general, u"foreign"_s, {testMessage(9, u"x"_s, {u"u"_s, u"u"_s}, {})}, 1, 9, true});
    server.sendAll(HistoryPage{u"elsewhere"_s, u"e1"_s, {}, 1, 9, true});
    server.say(u"fine"_s);
    QTRY_COMPARE(person.arrived, range(1, 1));
    QCOMPARE(server.hellos, 1);
    QCOMPARE(person.rowCount(), 1);
}

void tst_ChatClient::keepsWhatWasTypedOffline()
{
    QTemporaryDir dir;
    FakeServer server;
    server.answersHello = false;
    QList<QUuid> ids;
    {
        Person person(server, 100, dir.path());
        for (int i = 0; i < 3; ++i)
            ids.append(*person.client.post(general, u"offline %1"_s.arg(i), std::nullopt));
        QCOMPARE(person.client.waitingToSend(), 3);
        QCOMPARE(person.rowCount(), 3);
    }
    server.answersHello = true;
    Person person(server, 100, dir.path());
    QCOMPARE(person.client.waitingToSend(), 3);
    QCOMPARE(person.kindOf(2), RoomRow::Kind::Pending);
    QTRY_COMPARE(person.client.waitingToSend(), 0);
    QCOMPARE(server.history.size(), 3);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(server.history.at(i).id, ids.at(i));
    QTRY_COMPARE(person.arrived, range(1, 3));
}

void tst_ChatClient::secondProgramIsTheSamePerson()
{
    QTemporaryDir dir;
    FakeServer server;
    Person first(server, 100, dir.path());
    QTRY_VERIFY(first.joined());
    QVERIFY(first.client.storageProblem().isEmpty());
    Person second(server, 100, dir.path());
    QVERIFY(second.client.storageProblem().contains(u"memory only"_s));
    QTRY_VERIFY(second.joined());
    QCOMPARE(second.client.userId(), first.client.userId());
    QVERIFY(second.client.post(general, u"from the second"_s, std::nullopt));
    QTRY_COMPARE(first.texts, QStringList{u"from the second"_s});
    QTRY_COMPARE(second.client.waitingToSend(), 0);
}

void tst_ChatClient::postErrors_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<bool>("retriesByItself");
    QTest::newRow("busy") << ErrorCode::Busy << true;
    QTest::newRow("rate_limited") << ErrorCode::RateLimited << true;
    QTest::newRow("not_joined") << ErrorCode::NotJoined << true;
    QTest::newRow("not_stored") << ErrorCode::NotStored << false;
    QTest::newRow("muted") << ErrorCode::Muted << false;
    QTest::newRow("bad_field") << ErrorCode::BadField << false;
    QTest::newRow("internal") << ErrorCode::Internal << false;
}

void tst_ChatClient::postErrors()
{
    QFETCH(ErrorCode, code);
    QFETCH(bool, retriesByItself);
    FakeServer server;
    Person person(server);
    QTRY_VERIFY(person.joined());
    bool refused = false;
    server.hook = [&](QWebSocket *socket, const ParsedClientFrame &parsed) {
        const auto *post = std::get_if<PostFrame>(&parsed.frame);
        if (!post || refused)
            return false;
        refused = true;
        server.send(socket, ErrorFrame{code, u"Not now."_s, post->id.toString(QUuid::WithoutBraces), 0.05});
        return true;
    };
    QSignalSpy failures(&person.client, &ChatClient::postFailed);
    const auto id = person.client.post(general, u"text"_s, std::nullopt);
    if (retriesByItself) {
        QTRY_COMPARE(person.texts, QStringList{u"text"_s});
        QCOMPARE(failures.size(), 0);
        return;
    }
    QTRY_COMPARE(failures.size(), 1);
    QCOMPARE(failures.first().first().toUuid(), *id);
    QCOMPARE(person.kindOf(0), RoomRow::Kind::Failed);
    QCOMPARE(person.client.roomModel(general)->row(0).failure, u"Not now."_s);
    QCOMPARE(person.client.waitingToSend(), 0);
    person.client.retry(*id);
    QTRY_COMPARE(person.texts, QStringList{u"text"_s});
    QCOMPARE(person.rowCount(), 1);
}

void tst_ChatClient::retriesWithTheSameIdAndStamp()
{
    QTemporaryDir dir;
    FakeServer server;
    server.hook = [&server](QWebSocket *socket, const ParsedClientFrame &parsed) {
        const auto *post = std::get_if<PostFrame>(&parsed.frame);
        if (!post)
            return false;
        server.send(socket, ErrorFrame{ErrorCode::NotStored,
                                       u"The disk is full."_s,
                                       post->id.toString(QUuid::WithoutBraces),
                                       {}});
        return true;
    };
    QUuid id;
    {
        Person person(server, 100, dir.path());
        QTRY_VERIFY(person.joined());
        id = *person.client.post(general, u"text"_s, std::nullopt);
        QTRY_COMPARE(person.kindOf(0), RoomRow::Kind::Failed);
    }
    Person person(server, 100, dir.path());
    QCOMPARE(person.kindOf(0), RoomRow::Kind::Failed);
    QCOMPARE(person.client.roomModel(general)->row(0).failure, u"The disk is full."_s);
    QTRY_VERIFY(person.joined());
    server.hook = nullptr;
    person.client.retry(id);
    QTRY_COMPARE(server.history.size(), 1);
    const QList<PostFrame> posts = server.all<PostFrame>();
    QCOMPARE(posts.size(), 2);
    QCOMPARE(posts.at(1).id, id);
    QVERIFY(posts.at(0).live.t);
    QCOMPARE(posts.at(1).live, posts.at(0).live);
}

void tst_ChatClient::neverHasTooManyUnanswered()
{
    FakeServer server;
    server.ratePerSecond = 0;
    Person person(server);
    QTRY_VERIFY(person.joined());
    QList<std::pair<QWebSocket *, PostFrame>> held;
    server.hook = [&held](QWebSocket *socket, const ParsedClientFrame &parsed) {
        const auto *post = std::get_if<PostFrame>(&parsed.frame);
        if (post)
            held.append({socket, *post});
        return post != nullptr;
    };
    for (int i = 0; i < 200; ++i)
        QVERIFY(person.client.post(general, u"%1"_s.arg(i), std::nullopt));
    QTRY_COMPARE(held.size(), 64);
    server.hook = nullptr;
    for (const auto &[socket, post] : std::as_const(held))
        server.say(post.text, post.id, server.userOf(socket));
    QTRY_COMPARE(person.client.waitingToSend(), 0);
    QCOMPARE(server.history.size(), 200);
    for (int i = 0; i < 200; ++i)
        QCOMPARE(server.history.at(i).text, QString::number(i));
    QTRY_COMPARE(person.arrived, range(1, 200));
}

void tst_ChatClient::refusesPosts()
{
    FakeServer server;
    Person person(server);
    QString problem;
    QVERIFY(!person.client.post(general, u" \n"_s, std::nullopt, &problem));
    QVERIFY(!problem.isEmpty());
    problem.clear();
    QVERIFY(!person.client.post(general, QString(4097, u'x'), std::nullopt, &problem));
    QVERIFY(!problem.isEmpty());
    problem.clear();
    QVERIFY(!person.client.post(u"elsewhere"_s, u"x"_s, std::nullopt, &problem));
    QVERIFY(!problem.isEmpty());
    QVERIFY(!person.client.post(general, u"x"_s + QChar(0xd800), std::nullopt, nullptr));
    QVERIFY(person.client.post(general, QString(4096, u'x'), std::nullopt, &problem));
    QCOMPARE(person.client.waitingToSend(), 1);
}

void tst_ChatClient::fullOutboxSaysSo()
{
    FakeServer server;
    server.answersHello = false;
    Person person(server);
    for (int i = 0; i < 1000; ++i)
        QVERIFY(person.client.post(general, u"x"_s, std::nullopt));
    QVERIFY(person.client.outboxFull());
    QString problem;
    QVERIFY(!person.client.post(general, u"x"_s, std::nullopt, &problem));
    QVERIFY(problem.contains(u"1000"_s));
    person.client.discard(person.client.roomModel(general)->row(0).message.id);
    QVERIFY(person.client.post(general, u"x"_s, std::nullopt));
}

void tst_ChatClient::failsPostsOfARoomThatIsNotThere()
{
    FakeServer server;
    Person person(server);
    QSignalSpy failed(&person.client, &ChatClient::joinFailed);
    const auto room = RoomName::parse(u"nowhere"_s);
    person.client.join(*room);
    const auto id = person.client.post(u"nowhere"_s, u"text"_s, std::nullopt);
    QVERIFY(id);
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.first().first().toString(), u"nowhere"_s);
    QCOMPARE(person.client.waitingToSend(), 0);
    QCOMPARE(person.client.roomModel(u"nowhere"_s)->row(0).kind, RoomRow::Kind::Failed);
}

void tst_ChatClient::countsUnread()
{
    QTemporaryDir dir;
    FakeServer server;
    server.fill(10);
    {
        Person person(server, 100, dir.path());
        QTRY_COMPARE(person.arrived.size(), 10);
        QCOMPARE(person.client.unread(general), 0); // a room that is new to us begins at its end
        server.fill(3);
        QTRY_COMPARE(person.client.unread(general), 3);
        person.client.markRead(general, 12);
        QCOMPARE(person.client.unread(general), 1);
        person.client.markRead(general, 11); // never back
        person.client.markRead(general, 1000);
        QCOMPARE(person.client.lastRead(general), 13);
        QVERIFY(person.client.post(general, u"x"_s, std::nullopt));
        QTRY_COMPARE(server.history.size(), 14);
        QCOMPARE(server.history.last().seen, std::optional<qint64>(13));
    }
    server.fill(2);
    Person person(server, 100, dir.path());
    QCOMPARE(person.client.lastRead(general), 13);
    QTRY_COMPARE(person.client.unread(general), 3);
}

void tst_ChatClient::leavesAndJoinsAgain()
{
    FakeServer server;
    Person person(server);
    QTRY_VERIFY(person.joined());
    server.say(u"one"_s);
    QTRY_COMPARE(person.arrived, range(1, 1));
    QSignalSpy left(&person.client, &ChatClient::left);
    person.client.leave(RoomName::general());
    QTRY_COMPARE(left.size(), 1);
    QVERIFY(!person.joined());
    server.say(u"two"_s);
    server.cutAll();
    QTRY_COMPARE(server.hellos, 2);
    QTRY_COMPARE(person.client.linkState(), LinkState::Online);
    QCOMPARE(server.all<JoinFrame>().size(), 1); // what was left is not wanted after a loss
    person.client.join(RoomName::general());
    QTRY_COMPARE(person.arrived, range(1, 2));
}

void tst_ChatClient::tellsOthersClocks()
{
    FakeServer server;
    Person person(server);
    QTRY_VERIFY(person.joined());
    QSignalSpy changed(&person.client, &ChatClient::clocksChanged);
    server.sendAll(ClocksFrame{general, {{u"u9"_s, 1800, 5, StampState::Ok, false, 240'000'000}}});
    QTRY_COMPARE(changed.size(), 1);
    const auto clock = person.client.memberClock(general, u"u9"_s);
    QCOMPARE(clock->skew, OptionalMicros(1800));
    QVERIFY(clock->age >= OptionalMicros(240'000'000)); // said before we came, and growing older
    QTRY_VERIFY(person.client.memberClock(general, u"u9"_s)->age > clock->age);
    QVERIFY(!person.client.memberClock(general, u"u1"_s));
    // Without NTP the probe asks by `time` frames; what it finds is told to the others.
    QTRY_VERIFY(!server.all<TimeFrame>().isEmpty());
    const WireMicros now = toWire(person.clock.now());
    server.sendAll(TimeReplyFrame{server.all<TimeFrame>().last().t1, now, now, 0, 10, StampState::Ok});
    QTRY_COMPARE(server.all<ClockFrame>().size(), 1);
    QVERIFY(server.all<ClockFrame>().first().clock.offset);
    QCOMPARE(server.all<ClockFrame>().first().clock.via, ProbePath::WebSocket);
}

QTEST_GUILESS_MAIN(tst_ChatClient)
#include "tst_chatclient.moc"
