// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/clock.h"
#include "common/timestamp.h"
#include "tests/support/programs.h"

#include <QHostAddress>
#include <QNetworkInterface>
#include <QTemporaryDir>
#include <QTest>
#include <QUdpSocket>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

constexpr WireMicros Second = 1'000'000;

QJsonObject stampOf(const QJsonObject &message, const QString &clock)
{
    return message[u"stamps"_s].toObject()[clock].toObject();
}

/// A message and when it was on its way, by the machine's own clock, which nobody makes wrong.
struct Posted
{
    QJsonObject message;
    WireMicros from = 0;
    WireMicros to = 0;
};

/// Nothing: what the stamp says of the reference's time can be true of a moment in between. The reference is
/// the machine's clock here.
QString problemWith(const QJsonObject &stamp, const Posted &posted)
{
    if (!stamp[u"offset"_s].isDouble() || !stamp[u"bound"_s].isDouble())
        return u"it has no offset or no bound"_s;
    const WireMicros time = stamp[u"t"_s].toInteger() + stamp[u"offset"_s].toInteger();
    const WireMicros bound = stamp[u"bound"_s].toInteger();
    if (bound > Second / 10)
        return u"a bound of %1 us is of no use"_s.arg(bound);
    if (time + bound < posted.from || time - bound > posted.to)
        return u"%1 us +- %2 us is not between %3 us and %4 us"_s.arg(time)
            .arg(bound)
            .arg(posted.from)
            .arg(posted.to);
    return {};
}

Posted post(TerminalClient &author, const QString &text)
{
    const SystemClock machine;
    Posted posted;
    posted.from = toWire(machine.now());
    author.post(text);
    if (author.waitForText(text))
        posted.message = author.messages().constLast();
    posted.to = toWire(machine.now());
    return posted;
}

/// One NTP request. False: nobody answers there.
bool answersNtp(const QHostAddress &address, quint16 port)
{
    QUdpSocket socket;
    socket.connectToHost(address, port);
    QByteArray request(48, '\0');
    request[0] = 0x23;
    socket.write(request);
    return socket.waitForReadyRead(5000) && socket.read(48).size() == 48;
}

} // namespace

/// Clocks that are wrong on purpose, in the real programs: marked as such, and measured right all the same.
class tst_ClockFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void authorsOffsetIsRight_data();
    void authorsOffsetIsRight();
    void constantFaultIsTheSkew();
    void daemonsOffsetIsRight_data();
    void daemonsOffsetIsRight();
    void faultyDaemonAnswersNtpOnLoopbackOnly();
};

void tst_ClockFaults::authorsOffsetIsRight_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<qint64>("least"); ///< how far off the clock gets, in microseconds
    QTest::addColumn<bool>("udp");
    const auto add = [](const char *name, const QString &fault, qint64 least) {
        QTest::addRow("%s-udp", name) << fault << least << true;
        QTest::addRow("%s-time-frames", name) << fault << least << false;
    };
    add("offset", u"offset=-3.7s"_s, 3'699'000);
    add("drift", u"drift=100000ppm"_s, 100'000);
    add("jitter", u"jitter=20s"_s, 2 * Second);
    add("freeze", u"freeze"_s, 500'000);
    add("step", u"step=-3.7s@1s"_s, 3'699'000);
}

void tst_ClockFaults::authorsOffsetIsRight()
{
    QFETCH(QString, fault);
    QFETCH(qint64, least);
    QFETCH(bool, udp);
    QTemporaryDir dir;
    DaemonProcess daemon(dir.path());
    daemon.setEnvironment(u"SYNCHAT_TIME_OS_CLOCK"_s, u"no"_s);
    QVERIFY2(daemon.start(udp ? QStringList() : QStringList{u"--ntp-port"_s, u"off"_s}),
             qPrintable(daemon.standardError()));
    TerminalClient author(daemon.url(), u"author"_s, {u"--clock-fault"_s, fault});
    QVERIFY2(author.waitForJoin(), qPrintable(author.standardError()));

    const QString path = udp ? u"udp"_s : u"ws"_s;
    QString via;
    WireMicros farthest = 0;
    // The `time` frame of the first round may be answered before NTP is, and the first posts measured by it.
    for (int i = 0; i < 1000 && (farthest < least || via != path); ++i) {
        const Posted posted = post(author, QString::number(i));
        const QJsonObject live = stampOf(posted.message, u"live"_s);
        QVERIFY2(live[u"fault"_s].toBool(), "the author's fault is said");
        QVERIFY2(!stampOf(posted.message, u"local"_s)[u"fault"_s].toBool(), "it is not the daemon's");
        via = live[u"via"_s].toString();
        QVERIFY2(udp || via == path, qPrintable(via));
        const QString problem = problemWith(live, posted);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        farthest = std::max(farthest, qAbs(live[u"offset"_s].toInteger()));
    }
    QVERIFY2(farthest >= least, qPrintable(u"it was never off by more than %1 us"_s.arg(farthest)));
    QCOMPARE(via, path);
}

void tst_ClockFaults::constantFaultIsTheSkew()
{
    QTemporaryDir dir;
    DaemonProcess daemon(dir.path());
    QVERIFY2(daemon.start(), qPrintable(daemon.standardError()));
    TerminalClient author(daemon.url(), u"author"_s, {u"--clock-fault"_s, u"offset=+250ms"_s});
    QVERIFY(author.waitForJoin());
    for (int i = 0; i < 5; ++i) {
        const QJsonObject live = stampOf(post(author, QString::number(i)).message, u"live"_s);
        const qint64 error = live[u"offset"_s].toInteger() + 250'000;
        QVERIFY2(qAbs(error) <= live[u"bound"_s].toInteger(),
                 qPrintable(u"off by %1 us, bound %2 us"_s.arg(error).arg(live[u"bound"_s].toInteger())));
    }
}

void tst_ClockFaults::daemonsOffsetIsRight_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<qint64>("least");
    QTest::newRow("offset") << u"offset=-3.7s"_s << qint64(3'699'000);
    QTest::newRow("drift") << u"drift=100000ppm"_s << qint64(100'000);
    QTest::newRow("jitter") << u"jitter=20s"_s << 2 * Second;
    QTest::newRow("freeze") << u"freeze"_s << qint64(500'000);
    QTest::newRow("step") << u"step=-3.7s@1s"_s << qint64(3'699'000);
}

/// A daemon that is wrong, with an upstream that is right: its own stamps say how wrong it is, and an author
/// with a good clock is not blamed for it.
void tst_ClockFaults::daemonsOffsetIsRight()
{
    QFETCH(QString, fault);
    QFETCH(qint64, least);
    QTemporaryDir dirs;
    DaemonProcess upstream(dirs.filePath(u"upstream"_s));
    QVERIFY2(upstream.start(), qPrintable(upstream.standardError()));
    DaemonProcess daemon(dirs.filePath(u"daemon"_s));
    daemon.setEnvironment(u"SYNCHAT_TIME_OS_CLOCK"_s, u"no"_s);
    daemon.setEnvironment(u"SYNCHAT_TIME_NTP_SERVERS"_s, u"127.0.0.1:%1"_s.arg(upstream.ntpPort()));
    daemon.setEnvironment(u"SYNCHAT_TIME_CLOCK_FAULT"_s, fault);
    QVERIFY2(daemon.start(), qPrintable(daemon.standardError()));
    const QString report = u"http://127.0.0.1:%1/api/v1/time"_s.arg(daemon.httpPort());
    QVERIFY2(waitUntil([&] { return httpGet(report).body.contains(R"("mark":"*")"); }), "a source is heard");
    TerminalClient author(daemon.url(), u"author"_s);
    QVERIFY2(author.waitForJoin(), qPrintable(author.standardError()));

    WireMicros farthest = 0;
    for (int i = 0; i < 1000 && farthest < least; ++i) {
        const Posted posted = post(author, QString::number(i));
        const QJsonObject local = stampOf(posted.message, u"local"_s);
        const QJsonObject live = stampOf(posted.message, u"live"_s);
        QVERIFY(local[u"fault"_s].toBool());
        QVERIFY(!live[u"fault"_s].toBool());
        QString problem = problemWith(local, posted);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        problem = problemWith(live, posted);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        farthest = std::max(farthest, qAbs(local[u"offset"_s].toInteger()));
    }
    QVERIFY2(farthest >= least, qPrintable(u"it was never off by more than %1 us"_s.arg(farthest)));
}

void tst_ClockFaults::faultyDaemonAnswersNtpOnLoopbackOnly()
{
    QTemporaryDir dirs;
    DaemonProcess right(dirs.filePath(u"right"_s));
    QVERIFY2(right.start({u"--bind"_s, u"::"_s}), qPrintable(right.standardError()));
    DaemonProcess wrong(dirs.filePath(u"wrong"_s));
    QVERIFY2(wrong.start({u"--bind"_s, u"::"_s, u"--clock-fault"_s, u"freeze"_s}),
             qPrintable(wrong.standardError()));
    QVERIFY2(wrong.readyLine().contains(u" http=[::]:"_s) && wrong.readyLine().contains(u" ntp=127.0.0.1:"_s),
             qPrintable(wrong.readyLine()));
    QVERIFY(wrong.standardError().contains(u"loopback only"_s));
    QVERIFY(answersNtp(QHostAddress(QHostAddress::LocalHost), wrong.ntpPort()));
    for (const QHostAddress &address : QNetworkInterface::allAddresses()) {
        if (address.isLoopback() || address.protocol() != QAbstractSocket::IPv4Protocol)
            continue;
        QVERIFY2(answersNtp(address, right.ntpPort()), qPrintable(address.toString()));
        QVERIFY2(!answersNtp(address, wrong.ntpPort()), qPrintable(address.toString()));
    }
}

QTEST_GUILESS_MAIN(tst_ClockFaults)
#include "tst_clockfaults.moc"
