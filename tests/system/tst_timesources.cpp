// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Daemons that ask one another for the time: `root` has nothing but its own clock, `middle` asks it by NTP.
#include "tests/support/programs.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

/// The source of this name in an answer to `GET /api/v1/time`; empty: there is none.
QJsonObject sourceIn(const QJsonObject &report, const QString &name)
{
    const QJsonArray sources = report[u"sources"_s].toArray();
    for (const auto &source : sources) {
        if (source[u"name"_s].toString() == name)
            return source.toObject();
    }
    return {};
}

/// A web server that tells the time, and from `holds` on takes requests and says nothing.
struct SlowWeb
{
    SlowWeb()
    {
        QObject::connect(&server, &QTcpServer::newConnection, &server, [this] {
            QTcpSocket *const socket = server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, &server, [this, socket] { answer(*socket); });
            QObject::connect(socket, &QTcpSocket::disconnected, &server, [this, socket] {
                held.removeAll(socket);
                socket->deleteLater();
            });
        });
        listens = server.listen(QHostAddress::LocalHost);
    }
    void answer(QTcpSocket &socket)
    {
        if (!socket.readAll().contains("\r\n\r\n"))
            return;
        if (holds) {
            held.append(&socket);
            return;
        }
        const QByteArray now = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toLatin1();
        const QByteArray body = R"({"utc_datetime":")" + now + R"("})";
        socket.write("HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: " +
                     QByteArray::number(body.size()) + "\r\n\r\n" + body);
    }
    QString url() const { return u"http://127.0.0.1:%1/time"_s.arg(server.serverPort()); }

    QTcpServer server;
    bool listens = false;
    bool holds = false;
    QList<QTcpSocket *> held;
};

/// `synchat-cli --sources` and what became of it. Nothing of the person who runs the tests is touched.
struct SourcesRun
{
    explicit SourcesRun(const QStringList &arguments)
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"HOME"_s, home.path());
        environment.remove(u"XDG_DATA_HOME"_s);
        process.setProcessEnvironment(environment);
        process.start(programPath(u"synchat-cli"_s), QStringList{u"--sources"_s} + arguments);
        if (!waitUntil([&process] { return process.state() == QProcess::NotRunning; }))
            process.kill();
        process.waitForFinished();
        status = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
        out = QString::fromUtf8(process.readAllStandardOutput());
        errors = QString::fromUtf8(process.readAllStandardError());
    }
    QTemporaryDir home;
    int status = -1;
    QString out;
    QString errors;
};

} // namespace

class tst_TimeSources : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void oneDaemonIsAnothersTimeApi();
    void noMessageWaitsForATimeApi();
    void zonesOverTheWire();
    void printsTheSources();
    void printsTheSourcesAsJson();
    void saysWhyItPrintsNothing_data();
    void saysWhyItPrintsNothing();

private:
    static QString http(const DaemonProcess &daemon)
    {
        return u"http://127.0.0.1:%1"_s.arg(daemon.httpPort());
    }
    static QJsonObject objectFrom(const DaemonProcess &daemon, const QString &path)
    {
        return QJsonDocument::fromJson(httpGet(http(daemon) + path).body).object();
    }

    QTemporaryDir m_dir;
    DaemonProcess m_root{m_dir.filePath(u"root"_s)};
    DaemonProcess m_middle{m_dir.filePath(u"middle"_s)};
};

void tst_TimeSources::initTestCase()
{
    m_root.setEnvironment(u"SYNCHAT_TIME_OS_CLOCK"_s, u"no"_s);
    QVERIFY2(m_root.start(), qPrintable(m_root.standardError()));
    m_middle.setEnvironment(u"SYNCHAT_TIME_OS_CLOCK"_s, u"no"_s);
    m_middle.setEnvironment(u"SYNCHAT_TIME_NTP_SERVERS"_s, u"127.0.0.1:%1"_s.arg(m_root.ntpPort()));
    QVERIFY2(m_middle.start(), qPrintable(m_middle.standardError()));
    QVERIFY(waitUntil(
        [this] { return objectFrom(m_middle, u"/api/v1/time"_s)[u"state"_s].toString() == u"ok"_s; }));
}

void tst_TimeSources::oneDaemonIsAnothersTimeApi()
{
    const QString path = u"/api/timezone/Etc/UTC"_s;
    DaemonProcess leaf(m_dir.filePath(u"leaf"_s));
    leaf.setEnvironment(u"SYNCHAT_TIME_OS_CLOCK"_s, u"no"_s);
    leaf.setEnvironment(u"SYNCHAT_TIME_HTTP_SOURCES"_s,
                        http(m_middle) + path + u", "_s + http(m_root) + path);
    QVERIFY2(leaf.start(), qPrintable(leaf.standardError()));
    const auto heard = [&leaf](const DaemonProcess &daemon) {
        return sourceIn(objectFrom(leaf, u"/api/v1/time"_s), http(daemon).mid(7));
    };
    QVERIFY(waitUntil([&] { return heard(m_middle)[u"state"_s].toString() == u"ok"_s; }));
    const QJsonObject source = heard(m_middle);
    QCOMPARE(source[u"kind"_s].toString(), u"http"_s);
    // What the daemon said of itself, and nothing that had to be assumed.
    QVERIFY2(source[u"bound"_s].toInteger() < 100'000, QJsonDocument(source).toJson().constData());
    // One that has nothing to go by is not believed.
    QVERIFY(waitUntil([&] { return heard(m_root)[u"reason"_s].toString().contains(u"not synchronised"_s); },
                      30000));
    QCOMPARE(leaf.terminate(), 0);
}

void tst_TimeSources::noMessageWaitsForATimeApi()
{
    SlowWeb web;
    QVERIFY(web.listens);
    DaemonProcess daemon(m_dir.filePath(u"slow"_s));
    daemon.setEnvironment(u"SYNCHAT_TIME_OS_CLOCK"_s, u"no"_s);
    daemon.setEnvironment(u"SYNCHAT_TIME_HTTP_SOURCES"_s, web.url());
    daemon.setEnvironment(u"SYNCHAT_TIME_HTTP_REFRESH_SECONDS"_s, u"1"_s);
    QVERIFY2(daemon.start(), qPrintable(daemon.standardError()));
    TerminalClient author(daemon.url(), u"author"_s);
    QVERIFY2(author.waitForJoin(), qPrintable(author.standardError()));
    QVERIFY(
        waitUntil([&] { return objectFrom(daemon, u"/api/v1/time"_s)[u"state"_s].toString() == u"ok"_s; }));
    web.holds = true;
    // A message makes it ask again, as soon as manners allow: 10 s after the question before.
    int posted = 0;
    while (web.held.isEmpty() && posted < 30) {
        const QString text = u"message %1"_s.arg(++posted);
        author.post(text);
        QVERIFY(author.waitForText(text));
        waitUntil([&web] { return !web.held.isEmpty(); }, 1000);
    }
    QVERIFY(!web.held.isEmpty());
    author.post(u"while it says nothing"_s);
    QVERIFY(author.waitForText(u"while it says nothing"_s));
    QVERIFY(!web.held.isEmpty());
    QVERIFY(author.messages().constLast()[u"stamps"_s][u"api"_s][u"t"_s].isDouble());
}

void tst_TimeSources::zonesOverTheWire()
{
    QCOMPARE(objectFrom(m_root, u"/api/timezone/UTC"_s)[u"state"_s].toString(), u"unsynced"_s);
    const QJsonObject salta = objectFrom(m_middle, u"/api/timezone/America/Argentina/Salta"_s);
    QCOMPARE(salta[u"utc_offset"_s].toString(), u"-03:00"_s);
    QCOMPARE(salta[u"client_ip"_s].toString(), u"127.0.0.1"_s);
    QVERIFY(QJsonDocument::fromJson(httpGet(http(m_root) + u"/api/timezone"_s).body).array().size() > 100);
    QCOMPARE(httpGet(http(m_root) + u"/api/timezone/Mars/Olympus"_s).status, 404);
    QCOMPARE(httpGet(http(m_root) + u"/api/timezone/Etc%2FUTC"_s).status, 200);
}

void tst_TimeSources::printsTheSources()
{
    const QString port = QString::number(m_middle.httpPort());
    for (const QString &server :
         {m_middle.url(), http(m_middle), u"127.0.0.1:"_s + port, m_middle.url() + u"/ws"_s}) {
        const SourcesRun run({u"--server"_s, server});
        QCOMPARE(run.errors, QString());
        QCOMPARE(run.status, 0);
        QVERIFY2(run.out.startsWith(u"● ok: The reference is confirmed within ±"_s), qPrintable(run.out));
        QVERIFY2(run.out.contains(u"\n* 127.0.0.1:%1 "_s.arg(m_root.ntpPort())), qPrintable(run.out));
        QVERIFY(!run.out.contains(u"falseticker"_s)); // the legend is for people at a terminal
        const QStringList lines = run.out.split(u'\n');
        for (const QString &line : lines)
            QVERIFY2(line.size() <= 80, qPrintable(line));
    }
}

void tst_TimeSources::printsTheSourcesAsJson()
{
    const SourcesRun run({u"--json"_s, u"--server"_s, m_middle.url()});
    QCOMPARE(run.errors, QString());
    QCOMPARE(run.status, 0);
    QCOMPARE(run.out.count(u'\n'), 1);
    const QJsonObject told = QJsonDocument::fromJson(run.out.toUtf8()).object();
    QCOMPARE(told.keys(), objectFrom(m_middle, u"/api/v1/time"_s).keys());
    QCOMPARE(told[u"sources"_s].toArray().size(), 1);
}

void tst_TimeSources::saysWhyItPrintsNothing_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("words");
    QTest::newRow("nobody-there") << QStringList{u"--server"_s, u"127.0.0.1:1"_s} << 1
                                  << u"cannot be reached"_s;
    QTest::newRow("once-makes-no-sense") << QStringList{u"--once"_s} << 2 << u"--once"_s;
}

void tst_TimeSources::saysWhyItPrintsNothing()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, words);
    const SourcesRun run(arguments);
    QTEST(run.status, "status");
    QCOMPARE(run.out, QString());
    QVERIFY2(run.errors.contains(words), qPrintable(run.errors));
    QCOMPARE(run.errors.count(u'\n'), 1);
}

QTEST_GUILESS_MAIN(tst_TimeSources)
#include "tst_timesources.moc"
