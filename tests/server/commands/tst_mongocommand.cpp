// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/commands/mongoverify.h"
#include "server/store/outboxtable.h"
#include "tests/server/commands/commandkit.h"
#include "tests/server/shipping/shippingrig.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

/// `synchatd mongo`: what it refuses, what it tells, and what verify finds; the way to a real bridge is
/// tst_mongo's matter.
class tst_MongoCommand : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void badUse_data();
    void badUse();
    void tellsWhatWaits();
    void replays();
    void verifies_data();
    void verifies();

private:
    /// With an address where nobody listens.
    static CommandRun run(const QString &dataDir, const QStringList &words, bool hasBridge = true);
};

CommandRun tst_MongoCommand::run(const QString &dataDir, const QStringList &words, bool hasBridge)
{
    ConfigInputs inputs;
    inputs.arguments = QStringList{u"mongo"_s} + words + QStringList{u"--data-dir"_s, dataDir};
    if (hasBridge)
        inputs.environment.insert(u"MONGO_URI"_s, u"http://ana:hush@127.0.0.1:1/db/messages"_s);
    return runWith(inputs);
}

void tst_MongoCommand::badUse_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<bool>("hasBridge");
    QTest::addColumn<QString>("said");
    QTest::newRow("nothing") << QStringList() << true << u"missing"_s;
    QTest::newRow("unknown") << QStringList{u"delete"_s} << true << u"delete"_s;
    QTest::newRow("no-bridge") << QStringList{u"status"_s} << false << u"MONGO_URI"_s;
    QTest::newRow("room-of-status") << QStringList{u"status"_s, u"--room"_s, u"ops"_s} << true << u"replay"_s;
    QTest::newRow("room-and-dead") << QStringList{u"replay"_s, u"--dead"_s, u"--room"_s, u"ops"_s} << true
                                   << u"not both"_s;
}

void tst_MongoCommand::badUse()
{
    QFETCH(QStringList, words);
    QFETCH(bool, hasBridge);
    QFETCH(QString, said);
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    fixture.close();
    const CommandRun result = run(fixture.dataDir(), words, hasBridge);
    QCOMPARE(result.status, BadUse);
    QVERIFY2(result.errors.contains(said), qPrintable(result.errors));
}

void tst_MongoCommand::tellsWhatWaits()
{
    Rig rig;
    rig.append(3);
    const auto connection =
        *StoreConnection::open(rig.fixture.history().address(), StoreConnection::Access::ReadWrite);
    QVERIFY(!writeOutboxChange(*connection, {.dead = {{2, u"It was too strange."_s, 1764000000123456}}}));
    const CommandRun result = run(rig.fixture.dataDir(), {u"status"_s});
    QCOMPARE(result.status, Failed);
    QVERIFY2(result.output.contains(u"http://127.0.0.1:1/db/messages"_s), qPrintable(result.output));
    QVERIFY(!result.output.contains(u"hush"_s));
    QVERIFY2(result.output.contains(u"2 messages wait"_s), qPrintable(result.output));
    QVERIFY2(result.output.contains(
                 u"general, message 2, since 2025-11-24T16:00:00.123456Z: It was too strange."_s),
             qPrintable(result.output));
}

void tst_MongoCommand::replays()
{
    Rig rig;
    rig.append(3);
    const auto connection =
        *StoreConnection::open(rig.fixture.history().address(), StoreConnection::Access::ReadWrite);
    QVERIFY(!writeOutboxChange(*connection, {.taken = {{1, 3}}, .dead = {{2, u"no"_s, 1}}}));
    QCOMPARE(rig.waiting(), 0);
    QCOMPARE(run(rig.fixture.dataDir(), {u"replay"_s, u"--dead"_s}).status, Done);
    QCOMPARE(rig.waiting(), 1);
    QCOMPARE(run(rig.fixture.dataDir(), {u"replay"_s, u"--room"_s, u"nowhere"_s}).status, Failed);
    QCOMPARE(run(rig.fixture.dataDir(), {u"replay"_s, u"--room"_s, u"general"_s}).status, Done);
    QCOMPARE(rig.waiting(), 3);
    QCOMPARE(run(rig.fixture.dataDir(), {u"replay"_s}).status, Done);
    QCOMPARE(rig.waiting(), 3);
}

void tst_MongoCommand::verifies_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("said");
    QTest::newRow("equal") << u"equal"_s << int(Done) << u"1200 message"_s;
    QTest::newRow("missing") << u"missing"_s << int(Failed) << u"message 1100 is missing in MongoDB"_s;
    QTest::newRow("changed") << u"changed"_s << int(Failed) << u"message 1100 is not the same"_s;
    QTest::newRow("waits") << u"waits"_s << int(Failed) << u"message 1201 and what follows wait"_s;
    QTest::newRow("room") << u"room"_s << int(Failed) << u"the room itself"_s;
}

void tst_MongoCommand::verifies()
{
    QFETCH(QString, what);
    Rig rig;
    rig.append(1200);
    rig.start();
    QVERIFY(rig.waitUntilEmpty());
    rig.stop();
    if (what == u"missing"_s)
        rig.bridge.messages.remove(rig.idOf(1100));
    if (what == u"changed"_s)
        rig.bridge.messages[rig.idOf(1100)].insert(u"text"_s, u"other"_s);
    if (what == u"waits"_s)
        rig.append(1);
    if (what == u"room"_s)
        rig.bridge.rooms.clear();
    const auto connection =
        *StoreConnection::open(rig.fixture.history().address(), StoreConnection::Access::ReadOnly);
    MemoryStore store(rig.bridge);
    QString output;
    const CommandOutput sink{
        .write =
            [&output](const QByteArray &bytes) {
                output += QString::fromUtf8(bytes);
                return true;
            },
        .writeError = [&output](const QByteArray &bytes) { output += QString::fromUtf8(bytes); }};
    QTEST(verifyMongo(*connection, store, sink), "status");
    QFETCH(QString, said);
    QVERIFY2(output.contains(said), qPrintable(output));
}

QTEST_GUILESS_MAIN(tst_MongoCommand)
#include "tst_mongocommand.moc"
