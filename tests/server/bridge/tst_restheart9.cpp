// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/bridge/bridgefixture.h"
#include "tests/server/bridge/fakerestheart9.h"
#include "tests/support/faultproxy.h"

using namespace Synchat;
using namespace Qt::StringLiterals;
using Kind = StoreFailure::Kind;

/// The adapter before a bridge of today. That one wants a newer Java than the tests have, so it is imitated
/// from what it was seen to answer; tst_restheart has a real one of the older kind.
class tst_RestHeart9 : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void roundTrip();
    void preparesWhatIsMissing();
    void preparesMountedDatabase();
    void wrongDepthIsExplained();
    void dollarKeyPoisonsTheBatch();
    void takenKeyIsOneRefusal();
    void raceIsSettled();
    void roomsAreWalked();
    void nothingThere();
    void wrongPassword();
    void healthOfSomethingElse();
};

void tst_RestHeart9::roundTrip()
{
    FakeRestHeart9 bridge;
    RestHeart store(bridgeConfig(bridge.uri(), u"ana"_s, u"hush"_s));
    VERIFY_ANSWER(prepare(store));
    VERIFY_ANSWER(health(store));
    const QString problem = problemWithRoundTrip(store);
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void tst_RestHeart9::preparesWhatIsMissing()
{
    FakeRestHeart9 bridge;
    RestHeart store(bridgeConfig(bridge.uri(), u"ana"_s, u"hush"_s));
    QVERIFY(health(store).error().kind == Kind::Misplaced);
    VERIFY_ANSWER(prepare(store));
    QVERIFY(bridge.hasDatabase(u"synchat"_s));
    const QStringList indexes{u"room_epoch_seq"_s, u"at_best"_s, u"from_name_at_best"_s};
    QCOMPARE(bridge.indexesOf(u"synchat/messages"_s), indexes);
    const qsizetype before = bridge.requests().size();
    VERIFY_ANSWER(prepare(store));
    for (const SmallHttpRequest &request : bridge.requests().mid(before))
        QCOMPARE(request.method, QByteArray("GET")); // what is there is not touched
}

void tst_RestHeart9::preparesMountedDatabase()
{
    FakeRestHeart9 bridge;
    bridge.mountsDatabase = true;
    RestHeart store(bridgeConfig(bridge.uri(u"messages"_s), u"ana"_s, u"hush"_s));
    VERIFY_ANSWER(prepare(store));
    VERIFY_ANSWER(upsert(store, messageDocuments(1, 3)));
    QCOMPARE(*count(store), 3);
}

void tst_RestHeart9::wrongDepthIsExplained()
{
    FakeRestHeart9 bridge;
    RestHeart database(bridgeConfig(bridge.uri(u"messages"_s), u"ana"_s, u"hush"_s));
    const auto tooShort = prepare(database);
    QVERIFY(!tooShort);
    QVERIFY(tooShort.error().kind == Kind::Misplaced);
    QVERIFY(tooShort.error().reason.contains(u"MONGO_URI"_s));
    RestHeart document(bridgeConfig(bridge.uri(u"a/b/c"_s), u"ana"_s, u"hush"_s));
    const auto tooLong = prepare(document);
    QVERIFY(!tooLong);
    QVERIFY(tooLong.error().kind == Kind::Misplaced);
}

void tst_RestHeart9::dollarKeyPoisonsTheBatch()
{
    FakeRestHeart9 bridge;
    RestHeart store(bridgeConfig(bridge.uri(), u"ana"_s, u"hush"_s));
    VERIFY_ANSWER(prepare(store));
    const auto outcome = upsert(store, messageDocuments(1, 2) + QList<QByteArray>{R"({"_id":"x","$k":1})"});
    QVERIFY(!outcome);
    QVERIFY(outcome.error().kind == Kind::Unclear);
    VERIFY_ANSWER(health(store));
    QCOMPARE(*count(store), 0);
    QVERIFY(upsert(store, {"{broken"}).error().kind == Kind::Poison);
}

void tst_RestHeart9::takenKeyIsOneRefusal()
{
    FakeRestHeart9 bridge;
    RestHeart store(bridgeConfig(bridge.uri(), u"ana"_s, u"hush"_s));
    VERIFY_ANSWER(prepare(store));
    VERIFY_ANSWER(upsert(store, messageDocuments(1, 3)));
    const QByteArray thief = R"({"_id":"x","room":"general","epoch":"e1","seq":2})";
    const auto outcome = upsert(store, QList<QByteArray>{thief} + messageDocuments(4, 5));
    VERIFY_ANSWER(outcome);
    QCOMPARE(outcome->taken, 2);
    QCOMPARE(outcome->refusals.size(), 1);
    QCOMPARE(outcome->refusals.first().index, 0);
    QCOMPARE(outcome->refusals.first().code, DuplicateKeyCode);
    QCOMPARE(*count(store), 5);
}

/// A duplicate that is gone at the second try was only another request of ours.
void tst_RestHeart9::raceIsSettled()
{
    int posts = 0;
    SmallHttpServer server([&](const SmallHttpRequest &) {
        ++posts;
        if (posts == 1)
            return SmallHttpReply{.status = 207,
                                  .body =
                                      R"({"inserted":1,"matched":0,"errors":[{"index":1,"httpStatus":409},)"
                                      R"({"index":2,"mongodbErrorCode":121},{"index":3,"httpStatus":409}]})"};
        return SmallHttpReply{.status = 207,
                              .body = R"({"matched":1,"errors":[{"index":1,"mongodbErrorCode":11000}]})"};
    });
    RestHeart store(bridgeConfig(u"http://127.0.0.1:%1/a/b"_s.arg(server.serverPort()), {}, {}));
    const auto outcome = upsert(store, messageDocuments(1, 4));
    VERIFY_ANSWER(outcome);
    QCOMPARE(posts, 2);
    QCOMPARE(server.requests.last().body,
             '[' + messageDocuments(2, 2).join() + ',' + messageDocuments(4, 4).join() + ']');
    QCOMPARE(outcome->taken, 2);
    QCOMPARE(outcome->refusals.size(), 2);
    QCOMPARE(outcome->refusals.at(0).index, 2);
    QCOMPARE(outcome->refusals.at(0).code, 121);
    QCOMPARE(outcome->refusals.at(1).index, 3);
    QCOMPARE(outcome->refusals.at(1).code, DuplicateKeyCode);
}

void tst_RestHeart9::roomsAreWalked()
{
    FakeRestHeart9 bridge;
    RestHeart store(bridgeConfig(bridge.uri(), u"ana"_s, u"hush"_s));
    VERIFY_ANSWER(prepare(store));
    QList<QByteArray> documents;
    for (int number = 1; number <= 1001; ++number) {
        ShippedRoom shipped;
        shipped.room.number = number;
        shipped.room.name = u"room-%1"_s.arg(number);
        shipped.room.epoch = u"e"_s;
        shipped.history = u"e"_s;
        documents.append(roomDocument(shipped));
    }
    const auto sent = await<UpsertOutcome>([&](auto answer) { store.upsertRooms(documents, answer); });
    VERIFY_ANSWER(sent);
    const auto rooms = await<QList<QJsonObject>>([&](auto answer) { store.findRooms(answer); });
    VERIFY_ANSWER(rooms);
    QSet<qint64> numbers;
    for (const QJsonObject &document : *rooms)
        numbers.insert(roomFromDocument(document)->room.number);
    QCOMPARE(rooms->size(), 1001);
    QCOMPARE(numbers.size(), 1001);
}

void tst_RestHeart9::nothingThere()
{
    FakeRestHeart9 bridge;
    RestHeart store(bridgeConfig(bridge.uri(), u"ana"_s, u"hush"_s));
    QCOMPARE(*count(store), 0);
    const auto rooms = await<QList<QJsonObject>>([&](auto answer) { store.findRooms(answer); });
    VERIFY_ANSWER(rooms);
    QVERIFY(rooms->isEmpty());
    QVERIFY(upsert(store, messageDocuments(1, 1)).error().kind == Kind::Misplaced);
}

void tst_RestHeart9::wrongPassword()
{
    FakeRestHeart9 bridge;
    RestHeart store(bridgeConfig(bridge.uri(), u"ana"_s, u"hash"_s));
    for (const auto &failure : {prepare(store).error(), health(store).error(), count(store).error(),
                                upsert(store, messageDocuments(1, 1)).error()}) {
        QVERIFY(failure.kind == Kind::Unauthorized);
        QVERIFY(failure.reason.contains(u"MONGO_PASSWORD"_s) && !failure.reason.contains(u"hash"_s));
    }
}

void tst_RestHeart9::healthOfSomethingElse()
{
    SmallHttpServer server(
        [](const SmallHttpRequest &) { return SmallHttpReply{.status = 200, .body = "<html>hello</html>"}; });
    RestHeart store(bridgeConfig(u"http://127.0.0.1:%1/a/b"_s.arg(server.serverPort()), {}, {}));
    QVERIFY(!health(store));
    QVERIFY(!prepare(store));
    QVERIFY(!upsert(store, messageDocuments(1, 1)));
}

QTEST_GUILESS_MAIN(tst_RestHeart9)
#include "tst_restheart9.moc"
