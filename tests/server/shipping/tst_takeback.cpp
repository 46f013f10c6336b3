// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/shipping/takeback.h"
#include "server/store/datafolder.h"
#include "server/store/historyintake.h"
#include "tests/server/shipping/shippingrig.h"

#include <QSignalSpy>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A new folder beside a bridge, and what came back into it.
class Home
{
public:
    explicit Home(MemoryBridge &bridge)
        : m_bridge(bridge)
    {
        config.takeBackPatience = 20s;
    }

    /// Takes back until it ends by itself. True: finished.
    bool takeBack()
    {
        const auto folder = DataFolder::open(fixture.dataDir());
        if (folder->makeDatabaseFile())
            return false;
        const auto intake = HistoryIntake::open(fixture.config().address());
        MemoryStore store(m_bridge); // goes last, with what it would still answer
        TakeBack takeBack(clock, config, store, **intake, [] { return 0.02; });
        QSignalSpy finished(&takeBack, &TakeBack::finished);
        QSignalSpy failed(&takeBack, &TakeBack::failed);
        takeBack.start();
        (void)waitUntil([&] { return !finished.isEmpty() || !failed.isEmpty() || isKilled; });
        if (!failed.isEmpty())
            problem = failed.constFirst().constFirst().toString();
        if (!finished.isEmpty())
            taken = finished.constFirst().constFirst().toLongLong();
        return !finished.isEmpty();
    }
    /// The end comes after so many requests: the one after them is never answered well.
    bool takeBackUntilKilled(int requests)
    {
        const int most = m_bridge.requests + requests;
        m_bridge.fault = [this, most](const QList<QByteArray> &) -> std::optional<StoreFailure> {
            isKilled = m_bridge.requests > most;
            if (isKilled)
                return StoreFailure{StoreFailure::Kind::Retryable, u"It is gone."_s, std::nullopt};
            return std::nullopt;
        };
        const bool isFinished = takeBack();
        m_bridge.fault = nullptr;
        return !isFinished && std::exchange(isKilled, false);
    }
    QStringList texts()
    {
        QStringList texts;
        for (const Message &message : fixture.all())
            texts.append(message.text);
        return texts;
    }

    SystemClock clock;
    ShippingConfig config;
    HistoryFixture fixture;
    QString problem;
    qint64 taken = -1;
    bool isKilled = false;

private:
    MemoryBridge &m_bridge;
};

/// So many messages in `general`, shipped.
class Shipped
{
public:
    explicit Shipped(int messages)
    {
        rig.append(messages);
        rig.start();
        const QSignalSpy drained(rig.service.get(), &ShippingService::drained);
        isReady = waitUntil([&] { return !drained.isEmpty(); });
        rig.stop();
    }
    QString id(qint64 seq) const { return rig.idOf(seq); }
    /// The room's document says that retention took away the messages up to and with this one.
    void cutAt(qint64 seq)
    {
        const auto last = messageFromDocument(bridge().messages.value(id(seq)));
        QJsonObject &room = bridge().rooms.first();
        room.insert(u"cutSeq"_s, seq);
        room.insert(u"cutChain"_s, QString::fromLatin1(last->chain.toHex()));
    }
    MemoryBridge &bridge() { return rig.bridge; }

    Rig rig;
    bool isReady = false;
};

} // namespace

class tst_TakeBack : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void comesBackWhole();
    void nothingToTake();
    void newestHistoryWithMessagesWins();
    void goesOnAfterAKill();
    void halfTakenIsNotServed();
    void startsOverForAnotherHistory();
    void endsAtTheBreak_data();
    void endsAtTheBreak();
    void damageInTheMiddleIsRefused();
    void roomWhoseFrontIsGone_data();
    void roomWhoseFrontIsGone();
    void roomWhoseFrontIsKeptThere();
    void cutRoomWithoutMessages();
    void waitsForTheBridge();
    void givesUpOnTheBridge();
    void histories();
};

void tst_TakeBack::comesBackWhole()
{
    Shipped shipped(1500);
    QVERIFY(shipped.isReady);
    Home home(shipped.bridge());
    QVERIFY2(home.takeBack(), qPrintable(home.problem));
    QCOMPARE(home.taken, 1500);
    home.fixture.config().ships = true;
    QVERIFY2(home.fixture.open(), qPrintable(home.fixture.error()));
    QCOMPARE(home.fixture.all(), shipped.rig.fixture.all());
    const StoredRoom before = shipped.rig.fixture.history().rooms().constFirst();
    const StoredRoom after = home.fixture.history().rooms().constFirst();
    QCOMPARE(after.epoch, before.epoch);
    QCOMPARE(after.number, before.number);
    QCOMPARE(after.lastSeq, 1500);
    // It goes on where it was.
    QCOMPARE(home.fixture.store(sampleMessage(u"next"_s)), 1501);
    QCOMPARE(home.fixture.committed.constLast().arrival, 1501);
    const auto reader = *OutboxReader::open(home.fixture.history().address());
    QCOMPARE(reader->state()->rows, 1);
    QVERIFY(reader->roomsToShip(0, 10)->isEmpty());
}

void tst_TakeBack::nothingToTake()
{
    MemoryBridge bridge;
    Home home(bridge);
    QVERIFY(home.takeBack());
    QCOMPARE(home.taken, 0);
    QVERIFY(home.fixture.open());
}

void tst_TakeBack::newestHistoryWithMessagesWins()
{
    Shipped old(10);
    Shipped newer(5);
    Shipped byMistake(0);
    for (MemoryBridge *other : {&newer.bridge(), &byMistake.bridge()}) {
        old.bridge().messages.insert(other->messages);
        old.bridge().rooms.insert(other->rooms);
    }
    QCOMPARE(old.bridge().rooms.size(), 3);
    Home home(old.bridge());
    QVERIFY(home.takeBack());
    QCOMPARE(home.taken, 5);
    QVERIFY(home.fixture.open());
    QCOMPARE(home.fixture.all(), newer.rig.fixture.all());
}

void tst_TakeBack::goesOnAfterAKill()
{
    Shipped shipped(2500);
    Home home(shipped.bridge());
    QVERIFY(home.takeBackUntilKilled(4)); // rooms, count, two pages
    QVERIFY(home.takeBack());
    QVERIFY(home.taken < 2500);
    QVERIFY(home.taken > 0);
    QVERIFY(home.fixture.open());
    QCOMPARE(home.fixture.all(), shipped.rig.fixture.all());
}

void tst_TakeBack::halfTakenIsNotServed()
{
    Shipped shipped(2500);
    Home home(shipped.bridge());
    QVERIFY(home.takeBackUntilKilled(4));
    QVERIFY(!home.fixture.open());
    QVERIFY2(home.fixture.error().contains(u"not whole"_s), qPrintable(home.fixture.error()));
}

void tst_TakeBack::startsOverForAnotherHistory()
{
    Shipped one(2500);
    Shipped other(7);
    Home home(one.bridge());
    QVERIFY(home.takeBackUntilKilled(4));
    one.bridge().messages = other.bridge().messages;
    one.bridge().rooms = other.bridge().rooms;
    QVERIFY(home.takeBack());
    QCOMPARE(home.taken, 7);
    QVERIFY(home.fixture.open());
    QCOMPARE(home.fixture.all(), other.rig.fixture.all());
}

void tst_TakeBack::endsAtTheBreak_data()
{
    QTest::addColumn<QString>("what");
    QTest::newRow("hole") << u"hole"_s;
    QTest::newRow("changed") << u"changed"_s;
    QTest::newRow("no-message") << u"no-message"_s;
}

/// What a crash leaves of a batch.
void tst_TakeBack::endsAtTheBreak()
{
    QFETCH(QString, what);
    Shipped shipped(30);
    const QString id = shipped.id(21);
    if (what == u"hole"_s)
        shipped.bridge().messages.remove(id);
    else if (what == u"changed"_s)
        shipped.bridge().messages[id].insert(u"text"_s, u"other"_s);
    else
        shipped.bridge().messages[id].remove(u"chain"_s);
    Home home(shipped.bridge());
    QVERIFY2(home.takeBack(), qPrintable(home.problem));
    QVERIFY(home.fixture.open());
    QCOMPARE(home.fixture.all(), shipped.rig.fixture.all().first(20));
    QCOMPARE(home.fixture.store(sampleMessage(u"next"_s)), 21);
}

void tst_TakeBack::damageInTheMiddleIsRefused()
{
    Shipped shipped(TakeBack::MostBehindABreak + 10);
    shipped.bridge().messages.remove(shipped.id(5));
    Home home(shipped.bridge());
    QVERIFY(!home.takeBack());
    QVERIFY2(home.problem.contains(u"Message 5 is missing"_s), qPrintable(home.problem));
    QVERIFY(!home.fixture.open());
}

void tst_TakeBack::roomWhoseFrontIsGone_data()
{
    QTest::addColumn<int>("gone");
    QTest::newRow("up-to-the-cut") << 3;
    QTest::newRow("and-more-was-cut-later") << 2;
}

void tst_TakeBack::roomWhoseFrontIsGone()
{
    QFETCH(int, gone);
    Shipped shipped(10);
    shipped.cutAt(3);
    for (qint64 seq = 1; seq <= gone; ++seq)
        shipped.bridge().messages.remove(shipped.id(seq));
    Home home(shipped.bridge());
    QVERIFY2(home.takeBack(), qPrintable(home.problem));
    QVERIFY2(home.fixture.open(), qPrintable(home.fixture.error()));
    QCOMPARE(home.fixture.all(), shipped.rig.fixture.all().sliced(3));
}

/// Retention deletes here, never at the bridge.
void tst_TakeBack::roomWhoseFrontIsKeptThere()
{
    Shipped shipped(5);
    shipped.cutAt(3);
    Home home(shipped.bridge());
    QVERIFY2(home.takeBack(), qPrintable(home.problem));
    QCOMPARE(home.taken, 5);
    QVERIFY2(home.fixture.open(), qPrintable(home.fixture.error()));
    QCOMPARE(home.fixture.all(), shipped.rig.fixture.all());
    home.fixture.close();
    const auto connection =
        *StoreConnection::open(home.fixture.config().address(), StoreConnection::Access::ReadOnly);
    QCOMPARE(connection->run(u"SELECT cut_seq FROM room"_s)->toLongLong(), 0);
    QVERIFY(connection->run(u"SELECT cut_chain FROM room"_s)->isNull());
}

/// A crash after the room's document, and before its first message.
void tst_TakeBack::cutRoomWithoutMessages()
{
    Shipped shipped(3);
    shipped.cutAt(2);
    shipped.bridge().messages.clear();
    Home home(shipped.bridge());
    QVERIFY2(home.takeBack(), qPrintable(home.problem));
    QVERIFY2(home.fixture.open(), qPrintable(home.fixture.error()));
    QCOMPARE(home.fixture.store(sampleMessage(u"next"_s)), 1);
}

void tst_TakeBack::waitsForTheBridge()
{
    Shipped shipped(10);
    int left = 3;
    shipped.bridge().fault = [&](const QList<QByteArray> &) -> std::optional<StoreFailure> {
        if (left-- > 0)
            return StoreFailure{StoreFailure::Kind::Retryable, u"It is not there yet."_s, std::nullopt};
        return std::nullopt;
    };
    Home home(shipped.bridge());
    QVERIFY(home.takeBack());
    QCOMPARE(home.taken, 10);
}

void tst_TakeBack::givesUpOnTheBridge()
{
    Shipped shipped(10);
    shipped.bridge().fault = [](const QList<QByteArray> &) {
        return std::optional(
            StoreFailure{StoreFailure::Kind::Retryable, u"It is not there."_s, std::nullopt});
    };
    Home home(shipped.bridge());
    home.config.takeBackPatience = 100ms;
    QVERIFY(!home.takeBack());
    QVERIFY2(home.problem.contains(u"It is not there."_s), qPrintable(home.problem));
    QVERIFY2(home.problem.contains(u"take_back"_s), qPrintable(home.problem));
}

void tst_TakeBack::histories()
{
    const auto document = [](const QString &room, const QString &epoch, int number, const QString &history,
                             qint64 since) {
        return QJsonObject{{u"room"_s, room},     {u"title"_s, u""_s},     {u"epoch"_s, epoch},
                           {u"number"_s, number}, {u"history"_s, history}, {u"since"_s, since}};
    };
    const QList<KeptHistory> kept = keptHistories(
        {document(u"general"_s, u"a"_s, 1, u"a"_s, 100), document(u"ops"_s, u"b"_s, 2, u"a"_s, 90),
         document(u"general"_s, u"c"_s, 1, u"c"_s, 200), document(u"lab"_s, u"d"_s, 2, u"a"_s, 80),
         QJsonObject{{u"room"_s, u"general"_s}}});
    QCOMPARE(kept.size(), 2);
    QCOMPARE(kept.at(0).name, u"c"_s);
    QCOMPARE(kept.at(1).rooms.size(), 2); // lab has the number of ops, which is newer
    QCOMPARE(kept.at(1).rooms.at(1).room.name, u"ops"_s);
}

QTEST_GUILESS_MAIN(tst_TakeBack)
#include "tst_takeback.moc"
