// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/faultproxy.h"
#include "tests/support/programs.h"
#include "tests/support/realbridge.h"
#include "tests/support/realpostgres.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QUuid>
#include <QWebSocket>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

constexpr int UnderWay = 40;
constexpr int VerifyLimit =
    600000; ///< after a hundred kills there are 20 000 messages to compare, with sanitizers

/// Posts without end, again after every crash what was not answered, and keeps what it saw.
class Load : public QObject
{
    Q_OBJECT
public:
    explicit Load(quint16 port)
        : m_port(port)
    {
        connect(&m_socket, &QWebSocket::connected, this, &Load::greet);
        connect(&m_socket, &QWebSocket::textMessageReceived, this, &Load::take);
    }

    void connectToDaemon() { m_socket.open(QUrl(u"ws://127.0.0.1:%1/ws"_s.arg(m_port))); }
    void disconnectFromDaemon()
    {
        m_posts = false;
        m_joined = false;
        m_socket.abort();
    }
    void stopPosting() { m_posts = false; }
    bool isJoined() const { return m_joined; }
    qsizetype unanswered() const { return m_unanswered.size(); }

    QMap<qint64, QString> seen; ///< id by seq, of every message that came
    QStringList problems;

private:
    void greet()
    {
        QJsonObject hello{{u"type"_s, u"hello"_s}, {u"name"_s, u"soak"_s}, {u"client"_s, u"test"_s}};
        if (!m_token.isEmpty())
            hello.insert(u"auth"_s, QJsonObject{{u"token"_s, m_token}});
        send(hello);
        QJsonObject join{{u"type"_s, u"join"_s}, {u"room"_s, u"general"_s}};
        if (!seen.isEmpty()) {
            join.insert(u"after"_s, seen.lastKey());
            join.insert(u"epoch"_s, m_epoch);
        }
        send(join);
    }
    void send(const QJsonObject &frame)
    {
        m_socket.sendTextMessage(QString::fromUtf8(QJsonDocument(frame).toJson(QJsonDocument::Compact)));
    }
    void post(const QString &id)
    {
        send({{u"type"_s, u"post"_s},
              {u"room"_s, u"general"_s},
              {u"id"_s, id},
              {u"text"_s, u"text of "_s + id}});
    }
    void refill()
    {
        while (m_posts && m_unanswered.size() < UnderWay) {
            const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
            m_unanswered.append(id);
            post(id);
        }
    }
    void take(const QString &text)
    {
        const QJsonObject frame = QJsonDocument::fromJson(text.toUtf8()).object();
        const QString type = frame.value(u"type"_s).toString();
        if (type == u"welcome"_s && frame.contains(u"token"_s))
            m_token = frame.value(u"token"_s).toString();
        if (type == u"joined"_s)
            takeJoined(frame);
        if (type == u"message"_s)
            takeMessage(frame);
        if (type == u"error"_s)
            takeError(frame);
        if (type == u"history"_s) {
            for (const QJsonValue &message : frame.value(u"messages"_s).toArray())
                takeMessage(message.toObject());
        }
    }
    void takeJoined(const QJsonObject &frame)
    {
        const QString epoch = frame.value(u"epoch"_s).toString();
        if (!m_epoch.isEmpty() && epoch != m_epoch)
            problems.append(u"the epoch has changed"_s);
        m_epoch = epoch;
        m_joined = true;
        m_posts = true;
        for (const QString &id : m_unanswered)
            post(id);
        refill();
    }
    void takeMessage(const QJsonObject &message)
    {
        const qint64 seq = message.value(u"seq"_s).toInteger();
        const QString id = message.value(u"id"_s).toString();
        const QString known = seen.value(seq);
        if (!known.isEmpty() && known != id)
            problems.append(u"seq %1 was %2 and is %3"_s.arg(seq).arg(known, id));
        // An answer to a post that was stored before may come out of order; a new number may not.
        if (known.isEmpty() && !seen.isEmpty() && seq > seen.lastKey() + 1)
            problems.append(u"seq %1 after %2"_s.arg(seq).arg(seen.lastKey()));
        seen.insert(seq, id);
        m_unanswered.removeOne(id);
        refill();
    }
    void takeError(const QJsonObject &error)
    {
        const QString code = error.value(u"code"_s).toString();
        const QString id = error.value(u"id"_s).toString();
        if (code != u"busy"_s && code != u"not_stored"_s) {
            problems.append(QString::fromUtf8(QJsonDocument(error).toJson()));
            return;
        }
        QTimer::singleShot(50, this, [this, id] {
            if (m_joined && m_unanswered.contains(id))
                post(id);
        });
    }

    const quint16 m_port;
    QWebSocket m_socket;
    QString m_token;
    QString m_epoch;
    bool m_joined = false;
    bool m_posts = false;
    QStringList m_unanswered;
};

BridgeFault fault(BridgeFault::Kind kind, int status = 500)
{
    BridgeFault made;
    made.kind = kind;
    made.status = status;
    return made;
}

/// What the bridge is like in a round.
QList<FaultStep> scheduleOf(QRandomGenerator &random)
{
    using Kind = BridgeFault::Kind;
    const QList<QList<FaultStep>> schedules{
        {{1, fault(Kind::Pass)}},
        {{3, fault(Kind::Pass)}, {2, fault(Kind::Answer, 500)}},
        {{2, fault(Kind::Pass)}, {1, fault(Kind::Half)}},
        {{2, fault(Kind::Pass)}, {1, fault(Kind::Lose)}, {1, fault(Kind::Garbage)}},
        {{1, fault(Kind::Pass)}, {1, fault(Kind::Close)}, {1, fault(Kind::Answer, 429)}},
        {{2, fault(Kind::Pass)}, {1, fault(Kind::Answer, 401)}},
        {{1, fault(Kind::Close)}},
    };
    return schedules[random.bounded(schedules.size())];
}

struct Stored
{
    QMap<qint64, QString> ids;
    QString problem;
};

/// The whole of a room as the API gives it.
Stored everythingStored(quint16 port)
{
    Stored stored;
    for (;;) {
        const qint64 after = stored.ids.isEmpty() ? 0 : stored.ids.lastKey();
        const HttpAnswer answer = httpGet(
            u"http://127.0.0.1:%1/api/v1/rooms/general/messages?after=%2&limit=500"_s.arg(port).arg(after));
        const QJsonObject page = QJsonDocument::fromJson(answer.body).object();
        if (answer.status != 200)
            stored.problem = QString::fromUtf8(answer.body);
        for (const QJsonValue &message : page.value(u"messages"_s).toArray())
            stored.ids.insert(message[u"seq"_s].toInteger(), message[u"id"_s].toString());
        if (answer.status != 200 || page.value(u"complete"_s).toBool())
            return stored;
    }
}

int numberFromEnvironment(const char *name, int fallback)
{
    bool ok = false;
    const int number = qEnvironmentVariableIntValue(name, &ok);
    return ok ? number : fallback;
}

} // namespace

/// kill -9 under load at random moments, in any state of the shipping: every message that a client saw is in
/// SQL once, in order; the outbox drains, and MongoDB holds exactly the same. SYNCHAT_SOAK_RUNS and
/// SYNCHAT_SOAK_SEED say how often and at which moments.
class tst_Soak : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void nothingIsLost_data();
    void nothingIsLost();

private:
    void killOnce(DaemonProcess &daemon, Load &load, FaultProxy &proxy, QRandomGenerator &random);
    bool isDrained(const QString &dataDir, const QProcessEnvironment &environment, QByteArray &words);

    RealBridge m_bridge;
};

void tst_Soak::initTestCase()
{
    SYNCHAT_NEEDS_REAL_BRIDGE();
    QVERIFY2(m_bridge.start(), qPrintable(m_bridge.problem()));
}

void tst_Soak::nothingIsLost_data()
{
    QTest::addColumn<bool>("onPostgres");
    QTest::newRow("sqlite") << false;
    QTest::newRow("postgresql") << true;
}

void tst_Soak::killOnce(DaemonProcess &daemon, Load &load, FaultProxy &proxy, QRandomGenerator &random)
{
    proxy.setSchedule(scheduleOf(random));
    load.connectToDaemon();
    const qsizetype before = load.seen.size();
    QVERIFY2(waitUntil([&] { return load.isJoined(); }), qPrintable(daemon.standardError()));
    const qsizetype killAfter = before + random.bounded(1, 400);
    QVERIFY2(waitUntil([&] { return load.seen.size() >= killAfter || !load.problems.isEmpty(); }, 60000),
             qPrintable(daemon.standardError()));
    daemon.kill();
    load.disconnectFromDaemon();
}

bool tst_Soak::isDrained(const QString &dataDir, const QProcessEnvironment &environment, QByteArray &words)
{
    QProcess verify;
    verify.setProcessEnvironment(environment);
    verify.start(programPath(u"synchatd"_s), {u"mongo"_s, u"verify"_s, u"--data-dir"_s, dataDir});
    verify.waitForStarted();
    // The proxy answers from this event loop.
    if (!waitUntil([&] { return verify.state() == QProcess::NotRunning; }, VerifyLimit)) {
        verify.kill();
        verify.waitForFinished();
    }
    words = verify.readAllStandardOutput() + verify.readAllStandardError();
    return verify.exitStatus() == QProcess::NormalExit && verify.exitCode() == 0;
}

void tst_Soak::nothingIsLost()
{
    QFETCH(bool, onPostgres);
    QTemporaryDir dir;
    FaultProxy proxy(m_bridge.port());
    QVERIFY(proxy.start());
    QList<std::pair<QString, QString>> variables{
        {u"SYNCHAT_CHAT_RATE_PER_SECOND"_s, u"0"_s},
        {u"MONGO_URI"_s,
         RealBridge::uriAt(proxy.port(), onPostgres ? u"soak/postgresql"_s : u"soak/sqlite"_s)},
        {u"MONGO_USER"_s, m_bridge.user()},
        {u"MONGO_PASSWORD"_s, m_bridge.password()}};
    std::optional<PostgresDatabase> database;
    if (onPostgres) {
        database.emplace();
        variables.append({u"SYNCHAT_STORE_URL"_s, database->url()});
    }
    DaemonProcess daemon(dir.path());
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const auto &[name, value] : variables) {
        daemon.setEnvironment(name, value);
        environment.insert(name, value);
    }
    QRandomGenerator random(quint32(numberFromEnvironment("SYNCHAT_SOAK_SEED", 20261125)));
    QVERIFY2(daemon.start(), qPrintable(daemon.standardError()));
    Load load(daemon.httpPort());
    const int runs = numberFromEnvironment("SYNCHAT_SOAK_RUNS", 10);
    for (int run = 0; run < runs; ++run) {
        killOnce(daemon, load, proxy, random);
        if (QTest::currentTestFailed())
            return;
        if (run + 1 == runs)
            proxy.setFault({});
        QVERIFY2(daemon.start(), qPrintable(daemon.standardError()));
        QVERIFY2(load.problems.isEmpty(), qPrintable(load.problems.join(u'\n')));
    }
    load.connectToDaemon();
    QVERIFY(waitUntil([&] { return load.isJoined(); }));
    load.stopPosting();
    QVERIFY(waitUntil([&] { return load.unanswered() == 0; }));
    QVERIFY2(load.problems.isEmpty(), qPrintable(load.problems.join(u'\n')));

    const Stored stored = everythingStored(daemon.httpPort());
    QCOMPARE(stored.problem, QString());
    QCOMPARE(stored.ids, load.seen); // every one that was seen, once, in its place, and none beside
    QCOMPARE(stored.ids.lastKey(), stored.ids.size());
    QByteArray words;
    QVERIFY2(waitUntil([&] { return isDrained(dir.path(), environment, words); }, VerifyLimit),
             words.constData());
    qInfo("%d kills, %lld messages", runs, static_cast<long long>(stored.ids.size()));
}

QTEST_GUILESS_MAIN(tst_Soak)

#include "tst_soak.moc"
