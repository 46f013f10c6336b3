// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/faultproxy.h"
#include "tests/support/programs.h"
#include "tests/support/realbridge.h"
#include "tests/system/storagekit.h"

#include <QDir>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

/// A daemon whose history goes on to a database of its own.
class Place
{
public:
    Place(const RealBridge &bridge, const QString &name, quint16 port = 0)
        : m_uri(port ? RealBridge::uriAt(port, name + u"/messages"_s) : bridge.uri(name + u"/messages"_s))
        , m_bridge(bridge)
        , daemon(m_dir.filePath(u"data"_s))
    {
        daemon.setEnvironment(u"SYNCHAT_CHAT_RATE_PER_SECOND"_s, u"0"_s);
        set(u"MONGO_URI"_s, m_uri);
        set(u"MONGO_USER"_s, bridge.user());
        set(u"MONGO_PASSWORD"_s, bridge.password());
    }

    void set(const QString &name, const QString &value)
    {
        daemon.setEnvironment(name, value);
        m_environment.insert(name, value);
    }
    bool start()
    {
        const bool isStarted = daemon.start();
        if (!isStarted)
            qWarning("%s", qPrintable(daemon.standardError()));
        return isStarted;
    }
    void wipe() { QDir(m_dir.filePath(u"data"_s)).removeRecursively(); }

    /// `synchatd mongo ...` beside it; the exit status, and what it printed.
    int mongo(const QStringList &words)
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (auto entry = m_environment.cbegin(); entry != m_environment.cend(); ++entry)
            environment.insert(entry.key(), entry.value());
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(programPath(u"synchatd"_s),
                      QStringList{u"mongo"_s} + words +
                          QStringList{u"--data-dir"_s, m_dir.filePath(u"data"_s)});
        // By the event loop: a proxy that stands between lives on it.
        if (!waitUntil([&] { return process.state() == QProcess::NotRunning; }, 60000))
            return -1;
        said = QString::fromUtf8(process.readAll());
        return process.exitCode();
    }
    /// Until SQL and MongoDB hold the same.
    bool waitUntilEqual()
    {
        // More than a minute: that is how long the daemon leaves a bridge alone that seems to be another one.
        const bool isEqual = waitUntil([this] { return mongo({u"verify"_s}) == 0; }, 120000);
        if (!isEqual)
            qWarning("%s\n%s", qPrintable(said), qPrintable(daemon.standardError()));
        return isEqual;
    }

private:
    const QString m_uri;
    const RealBridge &m_bridge;
    QTemporaryDir m_dir;
    QMap<QString, QString> m_environment;

public:
    DaemonProcess daemon;
    QString said;
};

void post(TerminalClient &client, const QString &prefix, int count)
{
    for (int i = 0; i < count; ++i)
        client.post(u"%1 %2"_s.arg(prefix).arg(i));
}

/// What a newcomer is shown.
QList<QJsonObject> historyOf(const DaemonProcess &daemon, qsizetype count)
{
    TerminalClient late(daemon.url(), u"late"_s, {u"--history"_s, u"5000"_s});
    (void)late.waitForMessages(count);
    return late.messages();
}

QString epochOf(const DaemonProcess &daemon)
{
    return generalOf(daemon).value(u"epoch"_s).toString();
}

} // namespace

/// The whole way to a real MongoDB behind a real bridge, and back.
class tst_Mongo : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void shipsAndTells();
    void wrongPasswordPauses();
    void bridgeThatIsAwayLosesNothing();
    void faultsLoseNothing();
    void killsLoseNothing();
    void wipedFolderComesBack();
    void nobodySeesWhatTheBridgeDoesNotHold();
    void refusesToBeginAnewWithoutTheBridge();

private:
    RealBridge m_bridge;
};

void tst_Mongo::initTestCase()
{
    SYNCHAT_NEEDS_REAL_BRIDGE();
    QVERIFY2(m_bridge.start(), qPrintable(m_bridge.problem()));
}

void tst_Mongo::shipsAndTells()
{
    Place place(m_bridge, u"plain"_s);
    QVERIFY(place.start());
    TerminalClient ana(place.daemon.url(), u"ana"_s);
    QVERIFY(ana.waitForJoin());
    post(ana, u"a"_s, 30);
    QVERIFY(ana.waitForMessages(30));
    QVERIFY(place.waitUntilEqual());
    QVERIFY2(place.said.contains(u"general: 30 message"_s), qPrintable(place.said));
    QCOMPARE(place.mongo({u"status"_s}), 0);
    QVERIFY2(place.said.contains(u"No message waits"_s), qPrintable(place.said));
    QVERIFY(!place.said.contains(m_bridge.password()));
    QCOMPARE(place.mongo({u"replay"_s}), 0);
    QCOMPARE(place.mongo({u"replay"_s, u"--room"_s, u"general"_s}), 0);
    QCOMPARE(place.mongo({u"replay"_s, u"--room"_s, u"nowhere"_s}), 1);
    QVERIFY(waitUntil([&] {
        (void)place.mongo({u"status"_s});
        return place.said.contains(u"No message waits"_s);
    }));
    QVERIFY(place.waitUntilEqual());
    QCOMPARE(place.daemon.terminate(), 0);
}

void tst_Mongo::wrongPasswordPauses()
{
    Place place(m_bridge, u"locked"_s);
    place.set(u"MONGO_PASSWORD"_s, u"wrong"_s);
    place.set(u"SYNCHAT_BRIDGE_TAKE_BACK"_s, u"no"_s);
    QVERIFY(place.start());
    TerminalClient ana(place.daemon.url(), u"ana"_s);
    QVERIFY(ana.waitForJoin());
    post(ana, u"a"_s, 5);
    QVERIFY(ana.waitForMessages(5)); // the chat goes on
    QVERIFY(waitUntil([&] { return place.daemon.standardError().contains(u"the bridge:"_s); }));
    QVERIFY(!place.daemon.standardError().contains(u"wrong"_s));
    QCOMPARE(place.mongo({u"status"_s}), 1);
    QVERIFY2(place.said.contains(u"5 messages wait"_s), qPrintable(place.said));
    QCOMPARE(place.daemon.terminate(), 0);
    place.set(u"MONGO_PASSWORD"_s, m_bridge.password());
    QVERIFY(place.start());
    QVERIFY(place.waitUntilEqual());
}

void tst_Mongo::bridgeThatIsAwayLosesNothing()
{
    Place place(m_bridge, u"away"_s);
    QVERIFY(place.start());
    TerminalClient ana(place.daemon.url(), u"ana"_s);
    QVERIFY(ana.waitForJoin());
    post(ana, u"before"_s, 20);
    QVERIFY(ana.waitForMessages(20));
    m_bridge.killRestHeart();
    post(ana, u"away"_s, 20);
    QVERIFY(ana.waitForMessages(40));
    QVERIFY2(m_bridge.startRestHeart(), qPrintable(m_bridge.problem()));
    QVERIFY(place.waitUntilEqual());
}

void tst_Mongo::faultsLoseNothing()
{
    FaultProxy proxy(m_bridge.port());
    QVERIFY(proxy.start());
    Place place(m_bridge, u"faults"_s, proxy.port());
    QVERIFY(place.start());
    proxy.setSchedule(
        *parseFaultSchedule("1 answer 500,1 half,1 pass,1 garbage,1 lose,1 pass,1 answer 429 retry-after=1,"
                            "1 close,2 pass"));
    TerminalClient ana(place.daemon.url(), u"ana"_s);
    QVERIFY(ana.waitForJoin());
    int posted = 0;
    QVERIFY(waitUntil(
        [&] {
            post(ana, u"p%1"_s.arg(posted), 5);
            posted += 5;
            return ana.waitForMessages(posted) && proxy.faults() >= 8;
        },
        60000));
    proxy.setFault({});
    QVERIFY(place.waitUntilEqual());
    QCOMPARE(place.mongo({u"status"_s}), 0); // no dead letters
}

void tst_Mongo::killsLoseNothing()
{
    constexpr int Rounds = 4;
    constexpr int Each = 60;
    Place place(m_bridge, u"kills"_s);
    QVERIFY(place.start());
    TerminalClient ana(place.daemon.url(), u"ana"_s);
    QVERIFY(ana.waitForJoin());
    QRandomGenerator random(20261125); // seeded
    for (int round = 0; round < Rounds; ++round) {
        const qsizetype killAfter = ana.messages().size() + random.bounded(1, Each);
        post(ana, u"r%1"_s.arg(round), Each);
        QVERIFY(ana.waitForMessages(killAfter));
        place.daemon.kill();
        QVERIFY(place.start());
        QVERIFY(ana.waitForMessages(Each * (round + 1), 60000));
    }
    QCOMPARE(problemInSequence(ana.messages()), QString());
    QVERIFY(place.waitUntilEqual());
    QVERIFY2(place.said.contains(u"general: %1 message"_s.arg(Each * Rounds)), qPrintable(place.said));
}

void tst_Mongo::wipedFolderComesBack()
{
    Place place(m_bridge, u"wiped"_s);
    QVERIFY(place.start());
    const QString epoch = epochOf(place.daemon);
    QList<QJsonObject> seen;
    {
        TerminalClient ana(place.daemon.url(), u"ana"_s);
        QVERIFY(ana.waitForJoin());
        post(ana, u"a"_s, 50);
        QVERIFY(ana.waitForMessages(50));
        seen = ana.messages();
    }
    QCOMPARE(place.daemon.terminate(), 0); // a clean end sends what waits
    place.wipe();
    QVERIFY(place.start());
    QVERIFY(!epoch.isEmpty());
    QCOMPARE(epochOf(place.daemon), epoch);
    QCOMPARE(historyOf(place.daemon, 50), seen);
    TerminalClient ana(place.daemon.url(), u"ana"_s);
    QVERIFY(ana.waitForJoin());
    post(ana, u"b"_s, 5);
    QVERIFY(ana.waitForMessages(5));
    QCOMPARE(ana.messages().constLast().value(u"seq"_s).toInteger(), 55);
    QVERIFY(place.waitUntilEqual());
}

void tst_Mongo::nobodySeesWhatTheBridgeDoesNotHold()
{
    constexpr int Rounds = 3;
    constexpr int Each = 60;
    Place place(m_bridge, u"both"_s);
    place.set(u"SYNCHAT_STORE_COMMIT"_s, u"bridge"_s);
    QVERIFY(place.start());
    QVERIFY(waitUntil([&] { return place.mongo({u"verify"_s}) == 0; })); // the bridge answers
    const QString epoch = epochOf(place.daemon);
    TerminalClient reader(place.daemon.url(), u"reader"_s);
    TerminalClient ana(place.daemon.url(), u"ana"_s);
    QVERIFY(reader.waitForJoin() && ana.waitForJoin());
    QRandomGenerator random(20261126);
    for (int round = 0; round < Rounds; ++round) {
        const qsizetype killAfter = reader.messages().size() + random.bounded(1, Each);
        post(ana, u"r%1"_s.arg(round), Each);
        QVERIFY2(reader.waitForMessages(killAfter), qPrintable(place.daemon.standardError()));
        place.daemon.kill();
        place.wipe(); // the disk is gone with the process
        QVERIFY(place.start());
        QCOMPARE(epochOf(place.daemon), epoch);
        QVERIFY2(reader.waitForMessages(Each * (round + 1), 60000),
                 qPrintable(u"%1 of %2\n"_s.arg(reader.messages().size()).arg(Each * (round + 1)) +
                            ana.standardError() + place.daemon.standardError()));
    }
    const QList<QJsonObject> seen = reader.messages();
    QCOMPARE(problemInSequence(seen), QString());
    const QList<QJsonObject> kept = historyOf(place.daemon, seen.size());
    for (const QJsonObject &message : seen)
        QVERIFY2(kept.contains(message), qPrintable(message.value(u"text"_s).toString()));

    m_bridge.killRestHeart();
    ana.post(u"nobody must see this"_s);
    TerminalClient other(place.daemon.url(), u"other"_s);
    QVERIFY(other.waitForJoin());
    QVERIFY(waitUntil([&] { return place.daemon.standardError().contains(u"the bridge:"_s); }));
    QVERIFY(!other.texts().contains(u"nobody must see this"_s));
    QVERIFY2(m_bridge.startRestHeart(), qPrintable(m_bridge.problem()));
    QVERIFY(other.waitForText(u"nobody must see this"_s, 60000));
}

void tst_Mongo::refusesToBeginAnewWithoutTheBridge()
{
    Place place(m_bridge, u"nothing"_s, 1); // nobody listens there
    place.set(u"SYNCHAT_BRIDGE_TAKE_BACK_SECONDS"_s, u"0.5"_s);
    QVERIFY(!place.daemon.start());
    QVERIFY2(place.daemon.standardError().contains(u"take_back = no"_s),
             qPrintable(place.daemon.standardError()));
    place.set(u"SYNCHAT_BRIDGE_TAKE_BACK"_s, u"no"_s);
    QVERIFY(place.start());
}

QTEST_GUILESS_MAIN(tst_Mongo)
#include "tst_mongo.moc"
