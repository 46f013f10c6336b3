// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/chat/chatfixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

QJsonObject join(std::optional<qint64> after, const QString &epoch = {}, const QString &room = u"general"_s)
{
    QJsonObject frame{{u"type"_s, u"join"_s}, {u"room"_s, room}};
    if (after)
        frame[u"after"_s] = *after;
    if (!epoch.isNull())
        frame[u"epoch"_s] = epoch;
    return frame;
}

QJsonObject history(const QString &key = {}, qint64 value = 0, int limit = 0)
{
    QJsonObject frame{{u"type"_s, u"history"_s}, {u"room"_s, u"general"_s}};
    if (!key.isEmpty())
        frame[key] = value;
    if (limit)
        frame[u"limit"_s] = limit;
    return frame;
}

QList<qint64> seqsOf(const QJsonValue &messages)
{
    QList<qint64> seqs;
    const QJsonArray list = messages.toArray();
    for (const QJsonValue &message : list)
        seqs.append(message[u"seq"_s].toInteger());
    return seqs;
}

/// What is wrong with the frames of one join: pages without hole or repeat, `complete` on the last alone and
/// only at the room's end, then live messages that follow. Empty: nothing.
QString problemIn(const QList<QJsonObject> &frames, qint64 after, qint64 &reached)
{
    bool complete = false;
    reached = after;
    for (const QJsonObject &frame : frames) {
        const QString type = frame[u"type"_s].toString();
        if (type == u"message"_s && !complete)
            return u"live %1 before the pages are complete"_s.arg(frame[u"seq"_s].toInteger());
        if (type == u"history"_s && complete)
            return u"a page after the complete one"_s;
        QList<qint64> seqs;
        if (type == u"message"_s)
            seqs = {frame[u"seq"_s].toInteger()};
        else if (type == u"history"_s)
            seqs = seqsOf(frame[u"messages"_s]);
        else
            continue;
        for (const qint64 seq : seqs) {
            if (seq != reached + 1)
                return u"%1 follows %2"_s.arg(seq).arg(reached);
            reached = seq;
        }
        if (type == u"history"_s) {
            complete = frame[u"complete"_s].toBool();
            if (complete != (reached == frame[u"lastSeq"_s].toInteger()))
                return u"complete is wrong at %1 of %2"_s.arg(reached).arg(frame[u"lastSeq"_s].toInteger());
        }
    }
    return complete ? QString() : u"never complete"_s;
}

const WireClient::Predicate isComplete = [](const QJsonObject &frame) {
    return frame[u"complete"_s].toBool();
};

} // namespace

/// Pages: those of a join with `after`, and those asked for by `history`.
class tst_CatchUp : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void joins_data();
    void joins();
    void emptyRoom();
    void whileOthersPostAtFullSpeed();
    void pagesAreCutAndGoOn();
    void slowReaderIsWaitedFor();
    void joinAgainWhileCatchingUp();
    void joinAgainWithoutAfterWhileCatchingUp();
    void joinAgainWithAfterWhenLive();
    void leaveWhileCatchingUp();
    void connectionGoesWhileCatchingUp();
    void presenceWhileCatchingUp();
    void postWhileCatchingUpIsAnsweredByAMessage();

    void historyPages_data();
    void historyPages();
    void historyOfEmptyRoom();
    void historyNeedsMembership();
    void manyRequestsAreBounded();
    void historyNeverRunsAheadOfTheRoom();

private:
    std::unique_ptr<ChatFixture> m_fixture;
};

void tst_CatchUp::init()
{
    m_fixture = std::make_unique<ChatFixture>();
    QVERIFY2(m_fixture->start(), qPrintable(m_fixture->error()));
}

void tst_CatchUp::cleanup()
{
    m_fixture.reset();
}

void tst_CatchUp::joins_data()
{
    QTest::addColumn<qint64>("after");
    QTest::addColumn<QString>("epoch"); // "own": the room's
    QTest::addColumn<bool>("reset");
    QTest::addColumn<qint64>("from");
    QTest::newRow("everything") << qint64(0) << QString() << false << qint64(0);
    QTest::newRow("some") << qint64(300) << u"own"_s << false << qint64(300);
    QTest::newRow("one-missing") << qint64(599) << u"own"_s << false << qint64(599);
    QTest::newRow("nothing-missing") << qint64(600) << u"own"_s << false << qint64(600);
    QTest::newRow("beyond") << qint64(601) << u"own"_s << true << qint64(0);
    QTest::newRow("foreign-epoch") << qint64(300) << u"another"_s << true << qint64(0);
}

void tst_CatchUp::joins()
{
    QFETCH(qint64, after);
    QFETCH(QString, epoch);
    QFETCH(bool, reset);
    QFETCH(qint64, from);
    QVERIFY(m_fixture->fill(u"general"_s, 600));
    auto client = m_fixture->greet(u"ana"_s);
    QVERIFY(client);
    QJsonObject request =
        join(after, epoch == u"own"_s ? m_fixture->chat().publicRoom(u"general"_s)->epoch : epoch);
    request[u"ref"_s] = u"r"_s;
    client->send(request);
    const QJsonObject joined = client->take(u"joined"_s);
    QCOMPARE(joined[u"reset"_s].toBool(), reset);
    QCOMPARE(joined[u"firstSeq"_s].toInteger(), 1);
    QCOMPARE(joined[u"lastSeq"_s].toInteger(), 600);
    QTRY_VERIFY(!client->all(u"history"_s).isEmpty() && isComplete(client->all(u"history"_s).last()));
    client->post(u"live"_s);
    QTRY_COMPARE(client->all(u"message"_s).size(), 1);
    qint64 reached = 0;
    QCOMPARE(problemIn(client->frames(), from, reached), QString());
    QCOMPARE(reached, 601);
    for (const QJsonObject &page : client->all(u"history"_s)) {
        QCOMPARE(page[u"ref"_s].toString(), u"r"_s);
        QCOMPARE(page[u"epoch"_s].toString(), joined[u"epoch"_s].toString());
        QCOMPARE(page[u"firstSeq"_s].toInteger(), 1);
    }
}

void tst_CatchUp::emptyRoom()
{
    auto client = m_fixture->greet(u"ana"_s);
    client->send(join(0));
    QVERIFY(!client->take(u"joined"_s).isEmpty());
    const QJsonObject page = client->take(u"history"_s);
    QVERIFY(page[u"complete"_s].toBool());
    QVERIFY(page[u"messages"_s].toArray().isEmpty());
    QCOMPARE(page[u"lastSeq"_s].toInteger(-1), 0);
    client->post(u"first"_s);
    QCOMPARE(client->take(u"message"_s)[u"seq"_s].toInteger(), 1);
}

void tst_CatchUp::whileOthersPostAtFullSpeed()
{
    auto poster = m_fixture->member(u"poster"_s);
    auto client = m_fixture->greet(u"ana"_s);
    QVERIFY(poster && client && m_fixture->fill(u"general"_s, 300));
    int toPost = 3000;
    QTimer posting;
    connect(&posting, &QTimer::timeout, this, [&] {
        for (int i = 0; i < 10 && toPost > 0; ++i, --toPost)
            poster->post(u"full speed"_s);
    });
    posting.start(0);
    // comes back again and again, each time from where it was or a little before
    qint64 held = 0;
    int rounds = 0;
    while (toPost > 0 || rounds < 5) {
        ++rounds;
        client->clear();
        client->send(join(held));
        QVERIFY(!client->take(u"joined"_s).isEmpty());
        QTRY_VERIFY(!client->all(u"history"_s).isEmpty() && isComplete(client->all(u"history"_s).last()));
        const qsizetype live = rounds % 3 == 0 ? 0 : client->all(u"message"_s).size() + 5;
        QTRY_VERIFY(toPost == 0 || client->all(u"message"_s).size() >= live);
        client->send({{u"type"_s, u"leave"_s}, {u"room"_s, u"general"_s}});
        QVERIFY(!client->take(u"left"_s).isEmpty());
        qint64 reached = 0;
        QCOMPARE(problemIn(client->frames(), held, reached), QString());
        held = rounds % 2 ? reached : std::max<qint64>(reached - 200, 0);
    }
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->chat().publicRoom(u"general"_s)->lastSeq, 3300, 60000);
    client->clear();
    client->send(join(held));
    QTRY_VERIFY(!client->all(u"history"_s).isEmpty() && isComplete(client->all(u"history"_s).last()));
    qint64 reached = 0;
    QCOMPARE(problemIn(client->frames(), held, reached), QString());
    QCOMPARE(reached, 3300);
}

void tst_CatchUp::pagesAreCutAndGoOn()
{
    QVERIFY(m_fixture->fill(u"general"_s, 700, 4096));
    auto client = m_fixture->greet(u"ana"_s);
    client->send(join(0));
    QTRY_VERIFY_WITH_TIMEOUT(
        !client->all(u"history"_s).isEmpty() && isComplete(client->all(u"history"_s).last()), 30000);
    qint64 reached = 0;
    QCOMPARE(problemIn(client->frames(), 0, reached), QString());
    QCOMPARE(reached, 700);
    for (const QJsonObject &page : client->all(u"history"_s))
        QVERIFY(QJsonDocument(page).toJson(QJsonDocument::Compact).size() <= Limits::ServerFrameBytes);
}

void tst_CatchUp::slowReaderIsWaitedFor()
{
    // more than a connection may have pending: it is not cut, because pages wait until it has read
    m_fixture->stop();
    m_fixture->netConfig.maxPendingBytes = 2 * Limits::ServerFrameBytes;
    QVERIFY(m_fixture->start());
    QVERIFY(m_fixture->fill(u"general"_s, 3000, 4096));
    auto client = m_fixture->greet(u"ana"_s);
    client->send(join(0));
    QTRY_VERIFY_WITH_TIMEOUT(
        !client->all(u"history"_s).isEmpty() && isComplete(client->all(u"history"_s).last()), 60000);
    QVERIFY(client->isOpen());
    qint64 reached = 0;
    QCOMPARE(problemIn(client->frames(), 0, reached), QString());
    QCOMPARE(reached, 3000);
}

void tst_CatchUp::joinAgainWhileCatchingUp()
{
    QVERIFY(m_fixture->fill(u"general"_s, 2000));
    auto client = m_fixture->greet(u"ana"_s);
    for (int i = 0; i < 20; ++i)
        client->send(join(i));
    QJsonObject last = join(1500);
    last[u"ref"_s] = u"last"_s;
    client->send(last);
    QTRY_VERIFY(!client->all(u"history"_s).isEmpty() && isComplete(client->all(u"history"_s).last()) &&
                client->all(u"history"_s).last()[u"ref"_s].toString() == u"last"_s);
    QVERIFY(client->settle());
    QCOMPARE(client->all(u"joined"_s).size(), 21);
    const auto start =
        std::find_if(client->frames().cbegin(), client->frames().cend(),
                     [](const QJsonObject &frame) { return frame[u"ref"_s].toString() == u"last"_s; });
    qint64 reached = 0;
    const QList<QJsonObject> ofLast(start, client->frames().cend());
    QCOMPARE(problemIn(ofLast, 1500, reached), QString());
    client->clear();
    client->post(u"once"_s);
    QVERIFY(!client->take(u"message"_s).isEmpty());
    QVERIFY(client->settle());
    QVERIFY(client->all(u"message"_s).isEmpty());
}

void tst_CatchUp::joinAgainWithoutAfterWhileCatchingUp()
{
    QVERIFY(m_fixture->fill(u"general"_s, 2000));
    auto client = m_fixture->greet(u"ana"_s);
    client->send(join(0));
    client->send(join({}));
    client->take(u"joined"_s);
    QVERIFY(!client->take(u"joined"_s).isEmpty());
    QVERIFY(client->settle());
    client->clear();
    client->post(u"once"_s);
    QVERIFY(!client->take(u"message"_s).isEmpty());
    QVERIFY(client->settle());
    QVERIFY(client->frames().isEmpty());
}

void tst_CatchUp::joinAgainWithAfterWhenLive()
{
    QVERIFY(m_fixture->fill(u"general"_s, 10));
    auto client = m_fixture->member(u"ana"_s);
    QVERIFY(client);
    client->send(join(4));
    QVERIFY(!client->take(u"joined"_s).isEmpty());
    client->post(u"live"_s);
    QTRY_VERIFY(!client->all(u"message"_s).isEmpty() ||
                seqsOf(client->all(u"history"_s).value(0)[u"messages"_s]).size() == 7);
    QVERIFY(client->settle());
    qint64 reached = 0;
    QCOMPARE(problemIn(client->frames(), 4, reached), QString());
    QCOMPARE(reached, 11);
}

void tst_CatchUp::leaveWhileCatchingUp()
{
    QVERIFY(m_fixture->fill(u"general"_s, 2000));
    auto client = m_fixture->greet(u"ana"_s);
    client->send(join(0));
    client->send({{u"type"_s, u"leave"_s}, {u"room"_s, u"general"_s}});
    QVERIFY(!client->take(u"left"_s).isEmpty());
    QVERIFY(client->settle());
    client->clear();
    QVERIFY(m_fixture->fill(u"general"_s, 5));
    QVERIFY(client->settle());
    QVERIFY(client->frames().isEmpty());
    client->send(join(2000));
    QTRY_VERIFY(!client->all(u"history"_s).isEmpty() && isComplete(client->all(u"history"_s).last()));
    qint64 reached = 0;
    QCOMPARE(problemIn(client->frames(), 2000, reached), QString());
    QCOMPARE(reached, 2005);
}

void tst_CatchUp::connectionGoesWhileCatchingUp()
{
    QVERIFY(m_fixture->fill(u"general"_s, 2000));
    auto watcher = m_fixture->member(u"watcher"_s);
    QVERIFY(watcher);
    for (int i = 0; i < 20; ++i) {
        auto client = m_fixture->greet(u"ana%1"_s.arg(i));
        QVERIFY(client);
        client->send(join(0));
        client->send(history());
        QVERIFY(!client->take(u"joined"_s).isEmpty());
        client->abort();
    }
    QTRY_COMPARE(m_fixture->chat().publicRoom(u"general"_s)->members, 1);
    watcher->post(u"still here"_s);
    QVERIFY(!watcher->take(u"message"_s).isEmpty());
}

void tst_CatchUp::presenceWhileCatchingUp()
{
    QVERIFY(m_fixture->fill(u"general"_s, 3000));
    auto client = m_fixture->greet(u"ana"_s);
    auto other = m_fixture->greet(u"eva"_s);
    client->send(join(0));
    QVERIFY(!client->take(u"joined"_s).isEmpty());
    other->send(join({}));
    QVERIFY(!client->take(u"presence"_s).isEmpty());
}

void tst_CatchUp::postWhileCatchingUpIsAnsweredByAMessage()
{
    QVERIFY(m_fixture->fill(u"general"_s, 3000));
    auto client = m_fixture->greet(u"ana"_s);
    client->send(join(0));
    client->post(u"early"_s);
    QTRY_VERIFY(!client->all(u"message"_s).isEmpty());
    QCOMPARE(client->all(u"message"_s).first()[u"seq"_s].toInteger(), 3001);
    qint64 reached = 0;
    QCOMPARE(problemIn(client->frames(), 0, reached), QString());
    QCOMPARE(reached, 3001);
}

void tst_CatchUp::historyPages_data()
{
    QTest::addColumn<QJsonObject>("request");
    QTest::addColumn<qint64>("first");
    QTest::addColumn<qint64>("last"); // below first: empty
    QTest::addColumn<bool>("complete");
    const auto row = [](const char *name, const QJsonObject &request, qint64 first, qint64 last,
                        bool complete) { QTest::newRow(name) << request << first << last << complete; };
    row("newest", history(), 501, 600, false);
    row("newest-limit", history({}, 0, 3), 598, 600, false);
    row("more-than-500-counts-as-500", history({}, 0, 10000), 101, 600, false);
    row("before", history(u"before"_s, 600, 10), 590, 599, false);
    row("before-to-the-first", history(u"before"_s, 11, 10), 1, 10, true);
    row("before-the-first", history(u"before"_s, 1), 1, 0, true);
    row("before-beyond", history(u"before"_s, 1000000, 5), 596, 600, false);
    row("after", history(u"after"_s, 10, 5), 11, 15, false);
    row("after-to-the-last", history(u"after"_s, 595, 5), 596, 600, true);
    row("after-the-last", history(u"after"_s, 600), 1, 0, true);
    row("after-beyond", history(u"after"_s, 1000000), 1, 0, true);
}

void tst_CatchUp::historyPages()
{
    QFETCH(QJsonObject, request);
    QFETCH(qint64, first);
    QFETCH(qint64, last);
    QVERIFY(m_fixture->fill(u"general"_s, 600));
    auto client = m_fixture->member(u"ana"_s);
    QVERIFY(client);
    request[u"ref"_s] = u"r"_s;
    client->send(request);
    const QJsonObject page = client->take(u"history"_s);
    QList<qint64> expected;
    for (qint64 seq = first; seq <= last; ++seq)
        expected.append(seq);
    QCOMPARE(seqsOf(page[u"messages"_s]), expected);
    QTEST(page[u"complete"_s].toBool(), "complete");
    QCOMPARE(page[u"lastSeq"_s].toInteger(), 600);
    QCOMPARE(page[u"ref"_s].toString(), u"r"_s);
}

void tst_CatchUp::historyOfEmptyRoom()
{
    auto client = m_fixture->member(u"ana"_s);
    QVERIFY(client);
    for (const QJsonObject &request : {history(), history(u"before"_s, 5), history(u"after"_s, 0),
                                       history(u"around"_s, 5), history(u"at"_s, 1764000000000000)}) {
        client->send(request);
        const QJsonObject page = client->take(u"history"_s);
        QVERIFY(page[u"complete"_s].toBool());
        QVERIFY(page[u"messages"_s].toArray().isEmpty());
        QCOMPARE(page[u"firstSeq"_s].toInteger(-1), 0);
    }
}

void tst_CatchUp::historyNeedsMembership()
{
    auto client = m_fixture->greet(u"ana"_s);
    client->send(history());
    QCOMPARE(client->takeError(), u"not_joined"_s);
}

void tst_CatchUp::manyRequestsAreBounded()
{
    QVERIFY(m_fixture->fill(u"general"_s, 500));
    auto client = m_fixture->member(u"ana"_s);
    QVERIFY(client);
    constexpr int Requests = 300;
    for (int i = 0; i < Requests; ++i) {
        QJsonObject request = history({}, 0, 1);
        request[u"ref"_s] = QString::number(i);
        client->send(request);
    }
    QTRY_COMPARE_WITH_TIMEOUT(client->all(u"history"_s).size() + client->all(u"error"_s).size(), Requests,
                              60000);
    QVERIFY(client->all(u"history"_s).size() >= 256);
    for (const QJsonObject &error : client->all(u"error"_s))
        QCOMPARE(error[u"code"_s].toString(), u"busy"_s);
    QVERIFY(client->isOpen());
}

void tst_CatchUp::historyNeverRunsAheadOfTheRoom()
{
    auto poster = m_fixture->member(u"poster"_s);
    auto client = m_fixture->member(u"ana"_s);
    QVERIFY(poster && client);
    for (int i = 0; i < 500; ++i) {
        poster->post(u"x"_s);
        if (i % 5 == 0)
            client->send(history({}, 0, 10));
    }
    QTRY_COMPARE_WITH_TIMEOUT(client->all(u"message"_s).size(), 500, 30000);
    qint64 live = 0;
    for (const QJsonObject &frame : client->frames()) {
        if (frame[u"type"_s].toString() == u"message"_s)
            live = frame[u"seq"_s].toInteger();
        for (const qint64 seq : seqsOf(frame[u"messages"_s]))
            QVERIFY(seq <= live);
    }
}

QTEST_GUILESS_MAIN(tst_CatchUp)
#include "tst_catchup.moc"
