// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/bridge/bridgefixture.h"

#include "common/messagechain.h"
#include "tests/support/faultproxy.h"
#include "tests/support/realbridge.h"

using namespace Synchat;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = StoreFailure::Kind;

/// The adapter before a real RESTHeart and a real server of MongoDB's protocol; each test has a database of
/// its own there.
class tst_RestHeart : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void roundTrip();
    void preparesTwice();
    void refusals();
    void wrongPassword();
    void rooms();
    void absurdTimes();
    void lostRepliesChangeNothing();
    void goneAndBack();

private:
    BridgeConfig config(const QString &path) const
    {
        return bridgeConfig(m_bridge->uri(path), m_bridge->user(), m_bridge->password());
    }
    std::unique_ptr<RealBridge> m_bridge;
};

void tst_RestHeart::initTestCase()
{
    SYNCHAT_NEEDS_REAL_BRIDGE();
    m_bridge = std::make_unique<RealBridge>();
    QVERIFY2(m_bridge->start(), qPrintable(m_bridge->problem()));
}

void tst_RestHeart::cleanupTestCase()
{
    m_bridge.reset();
}

void tst_RestHeart::roundTrip()
{
    RestHeart store(config(u"round/messages"_s));
    VERIFY_ANSWER(prepare(store));
    VERIFY_ANSWER(health(store));
    const QString problem = problemWithRoundTrip(store);
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void tst_RestHeart::preparesTwice()
{
    RestHeart store(config(u"twice/messages"_s));
    QVERIFY(health(store).error().kind == Kind::Misplaced);
    QCOMPARE(*count(store), 0);
    VERIFY_ANSWER(prepare(store));
    VERIFY_ANSWER(upsert(store, messageDocuments(1, 2)));
    VERIFY_ANSWER(prepare(store));
    QCOMPARE(*count(store), 2);
    RestHeart tooShort(config(u"database"_s));
    QVERIFY(prepare(tooShort).error().kind == Kind::Misplaced);
}

void tst_RestHeart::refusals()
{
    RestHeart store(config(u"refusals/messages"_s));
    VERIFY_ANSWER(prepare(store));
    VERIFY_ANSWER(upsert(store, messageDocuments(1, 3)));
    const QByteArray thief = R"({"_id":"x","room":"general","epoch":"e1","seq":2})";
    const auto outcome =
        upsert(store, QList<QByteArray>{thief, R"({"_id":"y","seq":9,"$k":2})"} + messageDocuments(4, 5));
    VERIFY_ANSWER(outcome);
    QCOMPARE(outcome->taken, 2);
    QCOMPARE(outcome->refusals.size(), 2);
    QCOMPARE(outcome->refusals.at(0).code, DuplicateKeyCode);
    QCOMPARE(outcome->refusals.at(1).index, 1);
    QCOMPARE(*count(store), 5);
    QVERIFY(upsert(store, {"{broken"}).error().kind == Kind::Poison);
}

void tst_RestHeart::wrongPassword()
{
    RestHeart store(bridgeConfig(m_bridge->uri(u"round/messages"_s), m_bridge->user(), u"wrong"_s));
    QVERIFY(prepare(store).error().kind == Kind::Unauthorized);
    QVERIFY(upsert(store, messageDocuments(1, 1)).error().kind == Kind::Unauthorized);
    RestHeart unnamed(bridgeConfig(m_bridge->uri(u"round/messages"_s), {}, {}));
    QVERIFY(health(unnamed).error().kind == Kind::Unauthorized);
}

void tst_RestHeart::rooms()
{
    RestHeart store(config(u"rooms/messages"_s));
    VERIFY_ANSWER(prepare(store));
    ShippedRoom shipped;
    shipped.room.number = 3;
    shipped.room.name = u"ops"_s;
    shipped.room.title = u"Operations – night"_s;
    shipped.room.epoch = u"e9"_s;
    shipped.history = u"e1"_s;
    shipped.since = 1764000000123456;
    const auto sent =
        await<UpsertOutcome>([&](auto answer) { store.upsertRooms({roomDocument(shipped)}, answer); });
    VERIFY_ANSWER(sent);
    const auto found = await<QList<QJsonObject>>([&](auto answer) { store.findRooms(answer); });
    VERIFY_ANSWER(found);
    QCOMPARE(found->size(), 1);
    QCOMPARE(roomFromDocument(found->first())->room.title, shipped.room.title);
}

/// Whatever a program claims of its clock is kept: as a number always, as a date where it is one.
void tst_RestHeart::absurdTimes()
{
    RestHeart store(config(u"absurd/messages"_s));
    VERIFY_ANSWER(prepare(store));
    const QList<WireMicros> times{-(qint64(1) << 53), -1, 0, 1, 1000, qint64(1) << 53};
    QList<QByteArray> documents;
    QList<ShippedMessage> messages;
    for (const WireMicros time : times) {
        ShippedMessage shipped = shippedMessage(messages.size() + 1);
        shipped.message.stamps.live.t = time;
        messages.append(shipped);
        documents.append(messageDocument(shipped));
    }
    const auto outcome = upsert(store, documents);
    VERIFY_ANSWER(outcome);
    QCOMPARE(outcome->taken, times.size());
    const auto found = find(store, {.room = u"general"_s, .epoch = u"e1"_s});
    VERIFY_ANSWER(found);
    QCOMPARE(found->size(), times.size());
    for (qsizetype i = 0; i < times.size(); ++i) {
        QCOMPARE(found->at(i).value(u"stamps"_s)[u"live"_s][u"t"_s].toInteger(), times.at(i));
        const auto read = messageFromDocument(found->at(i));
        QVERIFY(read);
        QCOMPARE(canonicalMessage(read->message), canonicalMessage(messages.at(i).message));
        QVERIFY(*read == messages.at(i));
    }
}

void tst_RestHeart::lostRepliesChangeNothing()
{
    FaultProxy proxy(m_bridge->port());
    QVERIFY(proxy.start());
    const BridgeConfig through = bridgeConfig(RealBridge::uriAt(proxy.port(), u"lost/messages"_s),
                                              m_bridge->user(), m_bridge->password());
    RestHeart store(through, {.timeout = 20000ms});
    VERIFY_ANSWER(prepare(store));
    for (const char *fault : {"lose", "half", "garbage", "close", "answer 429 retry-after=3", "answer 500"}) {
        proxy.setFault(*BridgeFault::parse(fault));
        const auto outcome = upsert(store, messageDocuments(1, 50));
        QVERIFY2(!outcome, fault);
        QVERIFY2(outcome.error().kind == Kind::Retryable || outcome.error().kind == Kind::Unclear, fault);
        QCOMPARE(outcome.error().retryAfter.has_value(), QByteArray(fault).contains("retry-after"));
    }
    proxy.setFault({});
    const auto outcome = upsert(store, messageDocuments(1, 100));
    VERIFY_ANSWER(outcome);
    QCOMPARE(outcome->taken, 100);
    QCOMPARE(*count(store), 100);
}

void tst_RestHeart::goneAndBack()
{
    RestHeart store(config(u"gone/messages"_s));
    VERIFY_ANSWER(prepare(store));
    VERIFY_ANSWER(upsert(store, messageDocuments(1, 10)));
    m_bridge->stopRestHeart();
    QVERIFY(upsert(store, messageDocuments(11, 20)).error().kind == Kind::Retryable);
    QVERIFY(health(store).error().kind == Kind::Retryable);
    m_bridge->stopMongo();
    QVERIFY2(m_bridge->start(), qPrintable(m_bridge->problem()));
    VERIFY_ANSWER(upsert(store, messageDocuments(11, 20)));
    QCOMPARE(*count(store), 20);
}

QTEST_GUILESS_MAIN(tst_RestHeart)
#include "tst_restheart.moc"
