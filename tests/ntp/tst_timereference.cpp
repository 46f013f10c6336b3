// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The whole of it: real servers on loopback, each with a clock of its own, and what comes out of them
// together.
#include "ntp/timereference.h"

#include "common/faultclock.h"
#include "ntp/ntpserver.h"
#include "tests/ntp/offsetclock.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;

namespace {

TimeTimings quick()
{
    TimeTimings timings;
    timings.nearbyBurst = 2;
    timings.nearbyBurstGap = 5ms;
    timings.minPoll = 20ms;
    timings.maxPoll = 20ms;
    timings.ntpTimeout = 100ms;
    timings.httpPoll = 20ms;
    timings.httpProviderGap = 5ms;
    timings.httpTimeout = 500ms;
    timings.refresh = 20ms;
    return timings;
}

/// An upstream server whose clock is beside the truth.
struct Upstream
{
    explicit Upstream(Nanos skew = Nanos::zero())
        : clock(skew)
        , server(clock)
    {
        server.listen(QHostAddress(QHostAddress::LocalHost), 0);
    }
    QString name() const { return QStringLiteral("127.0.0.1:%1").arg(server.port()); }

    OffsetClock clock;
    NtpServer server;
};

/// A web server that tells the time as JSON, beside the truth by as much as a test says.
struct Web
{
    explicit Web(Nanos skew)
    {
        server.listen(QHostAddress(QHostAddress::LocalHost), 0);
        QObject::connect(&server, &QTcpServer::newConnection, &server, [this, skew] {
            QTcpSocket *socket = server.nextPendingConnection();
            const int number = ++connections;
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, number, socket, skew] {
                if (number <= lost || !socket->readAll().contains("\r\n\r\n"))
                    return;
                const QByteArray now = isoUtc(toWire(SystemClock().now() + skew)).toLatin1();
                const QByteArray body = R"({"utc_datetime":")" + now + R"("})";
                socket->write("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(body.size()) +
                              "\r\n\r\n" + body);
            });
        });
    }
    QString url(const char *path = "") const
    {
        return QStringLiteral("http://127.0.0.1:%1/%2").arg(server.serverPort()).arg(QLatin1String(path));
    }

    QTcpServer server;
    int connections = 0;
    int lost = 0; ///< so many of the first are not answered on any more
};

/// Nobody answers there any more.
QString deadServer()
{
    return Upstream().name();
}

std::unique_ptr<TimeReference> reference(const Clock &clock, const QStringList &ntp,
                                         const QStringList &http = {}, OsClockReader os = {},
                                         Nanos osClockError = {})
{
    TimeConfig config;
    config.ntpServers = ntp;
    config.httpSources = http;
    config.useOsClock = bool(os);
    config.osClockError = osClockError;
    auto made = std::make_unique<TimeReference>(clock, config, QStringLiteral("boot"));
    made->setTimings(quick());
    if (os)
        made->setOsClock(std::move(os));
    return made;
}

const SourceStatus *find(const SharedSnapshot &snapshot, const QString &name)
{
    for (const SourceStatus &source : snapshot->sources) {
        if (source.name == name)
            return &source;
    }
    return nullptr;
}

} // namespace

class tst_TimeReference : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void checksItsConfiguration_data();
    void checksItsConfiguration();
    void isThereBeforeItStarts();
    void readsItsOwnServerWithoutSources();
    void outvotesALiar();
    void trustsASingleSourceAndSaysSo();
    void believesNobodyWhenTwoDisagree();
    void saysUnheardWhileNobodyAnswers();
    void goesIntoHoldover();
    void neverAsksItselfAsASource_data();
    void neverAsksItselfAsASource();
    void countsTheOsClockWhileSynchronised();
    void readsTheOsClockThroughAJitter();
    void readsTheWeb();
    void readsTheWebWhereUdpIsBlocked();
    void aWebServerTwiceIsOneVote();
    void anNtpServerTwiceIsOneVote();
    void everySourceIsGone_data();
    void everySourceIsGone();
    void saysThatItSlept();
    void asksTheWebAnewAfterASleep();
    void doubtsTheOsClockAfterASleep();
    void forgetsWhatTheOsSaidBeforeASleep();
    void resolvesNames();
    void servesWhatItMeasured();
};

void tst_TimeReference::checksItsConfiguration_data()
{
    QTest::addColumn<QStringList>("ntp");
    QTest::addColumn<QStringList>("http");
    QTest::addColumn<QString>("named");
    const QString good = QStringLiteral("ntp.example:123");
    const QString web = QStringLiteral("https://time.example/api");
    QTest::newRow("empty") << QStringList() << QStringList() << QString();
    QTest::newRow("good") << QStringList{good} << QStringList{web} << QString();
    QTest::newRow("bad-port") << QStringList{good, QStringLiteral("x:0")} << QStringList{}
                              << QStringLiteral("x:0");
    QTest::newRow("no-scheme") << QStringList{} << QStringList{QStringLiteral("time.example")}
                               << QStringLiteral("time.example");
    QTest::newRow("ftp") << QStringList{} << QStringList{QStringLiteral("ftp://a/b")}
                         << QStringLiteral("ftp://a/b");
    QTest::newRow("no-host") << QStringList{} << QStringList{QStringLiteral("http:///a")}
                             << QStringLiteral("http:///a");
}

void tst_TimeReference::checksItsConfiguration()
{
    QFETCH(QStringList, ntp);
    QFETCH(QStringList, http);
    QFETCH(QString, named);
    TimeConfig config;
    config.ntpServers = ntp;
    config.httpSources = http;
    const auto problem = problemIn(config);
    QCOMPARE(problem.has_value(), !named.isEmpty());
    QVERIFY(!problem || problem->contains(named));
    config.httpSourceError = -1ns;
    QVERIFY(problemIn(config));
    config = {};
    config.osClockError = -1ns;
    QVERIFY(problemIn(config));
}

void tst_TimeReference::isThereBeforeItStarts()
{
    const SystemClock clock;
    const auto time = reference(clock, {});
    QVERIFY(time->snapshot());
    QCOMPARE(time->snapshot()->boot, QStringLiteral("boot"));
    const Stamps stamps = stampsAt(*time->snapshot(), clock.read());
    QCOMPARE(stamps.ntp.source, QStringLiteral("self"));
    QCOMPARE(stamps.best.state, StampState::Unsynced);
}

void tst_TimeReference::readsItsOwnServerWithoutSources()
{
    const SystemClock clock;
    NtpServer server(clock);
    QVERIFY(server.listen(QHostAddress(QStringLiteral("::")), 0));
    const auto time = reference(clock, {});
    connect(time.get(), &TimeReference::snapshotChanged, &server, &NtpServer::setSnapshot);
    time->start({{server.address()}, server.port()});
    QTRY_VERIFY(time->snapshot()->ntpIndex >= 0);
    QVERIFY(server.counters().answered > 0);
    const Stamps stamps = stampsAt(*time->snapshot(), clock.read());
    QCOMPARE(stamps.ntp.source, QStringLiteral("self"));
    QCOMPARE(stamps.ntp.state, StampState::Unsynced);
    QVERIFY(stamps.ntp.t && stamps.ntp.age && !stamps.ntp.bound);
    QVERIFY(std::abs(*stamps.ntp.t - *stamps.local.t) < 1'000'000);
    QCOMPARE(stamps.best.t, stamps.local.t);
    QCOMPARE(stamps.best.state, StampState::Unsynced);
    QCOMPARE(stamps.api.state, StampState::None);
    const SourceStatus *self = find(time->snapshot(), QStringLiteral("self"));
    QCOMPARE(self->kind, SourceKind::Self);
    QCOMPARE(self->mark, QChar(u'-'));
    QVERIFY(!time->snapshot()->sourcesConfigured);
    QTest::qWait(100); // its own answers must not pull it up
    QVERIFY(!time->snapshot()->offset);
}

void tst_TimeReference::outvotesALiar()
{
    const SystemClock clock;
    const Upstream first(250ms);
    const Upstream liar(5s);
    const Upstream second(250ms);
    const auto time = reference(clock, {first.name(), liar.name(), second.name()});
    QSignalSpy changed(time.get(), &TimeReference::snapshotChanged);
    time->start({});
    QTRY_VERIFY(find(time->snapshot(), liar.name())->state == StampState::Falseticker &&
                time->snapshot()->state == StampState::Ok);
    const SharedSnapshot snapshot = time->snapshot();
    QVERIFY(snapshot->offset->contains(250ms));
    QVERIFY(snapshot->offset->bound() < Nanos(1s));
    QCOMPARE(find(snapshot, liar.name())->mark, QChar(u'x'));
    QCOMPARE(snapshot->stratum, 11);
    QCOMPARE(snapshot->referenceId, quint32(0x7F000001));
    QCOMPARE(snapshot->note, QStringLiteral("%1 disagrees with the others by 4.75 s.").arg(liar.name()));
    QVERIFY(find(snapshot, liar.name())
                ->reason.startsWith(QStringLiteral("It disagrees with the majority by 4.75 s (± ")));
    QVERIFY(!changed.isEmpty());
    const Stamps stamps = stampsAt(*snapshot, clock.read());
    QCOMPARE(stamps.best.state, StampState::Ok);
    QVERIFY(stamps.ntp.source == first.name() || stamps.ntp.source == second.name());
}

void tst_TimeReference::trustsASingleSourceAndSaysSo()
{
    const SystemClock clock;
    const Upstream upstream(-3700ms);
    const auto time = reference(clock, {upstream.name()});
    time->start({});
    QTRY_COMPARE(time->snapshot()->state, StampState::Ok);
    QVERIFY(time->snapshot()->offset->contains(-3700ms));
    QVERIFY(time->snapshot()->note.contains(QStringLiteral("single source")));
    QTRY_VERIFY(time->snapshot()->sources.at(0).reach >= 3);
    QCOMPARE(time->snapshot()->sources.at(0).stratum, std::optional(10));
}

void tst_TimeReference::believesNobodyWhenTwoDisagree()
{
    const SystemClock clock;
    const Upstream first;
    const Upstream second(5s);
    const auto time = reference(clock, {first.name(), second.name()});
    time->start({});
    QTRY_VERIFY(time->snapshot()->sources.at(0).mark == u'x' && time->snapshot()->sources.at(1).mark == u'x');
    QVERIFY(!time->snapshot()->offset);
    QCOMPARE(time->snapshot()->state, StampState::Unsynced);
    QVERIFY(time->snapshot()->note.contains(QStringLiteral("disagree")));
}

void tst_TimeReference::saysUnheardWhileNobodyAnswers()
{
    const SystemClock clock;
    QString name;
    {
        const Upstream gone;
        name = gone.name();
    }
    const auto time = reference(clock, {name});
    time->start({});
    QTRY_VERIFY(!time->snapshot()->sources.at(0).reason.isEmpty() &&
                time->snapshot()->sources.at(0).reason != QStringLiteral("It has not been heard yet."));
    QVERIFY(time->snapshot()->sourcesConfigured);
    QVERIFY(!time->snapshot()->offset);
    const Stamps stamps = stampsAt(*time->snapshot(), clock.read());
    QCOMPARE(stamps.ntp.state, StampState::None);
    QCOMPARE(stamps.ntp.source, name);
    QVERIFY(!stamps.ntp.t);
}

void tst_TimeReference::goesIntoHoldover()
{
    const SystemClock clock;
    Upstream upstream;
    const auto time = reference(clock, {upstream.name()});
    time->start({});
    QTRY_COMPARE(time->snapshot()->state, StampState::Ok);
    upstream.server.close();
    QTRY_COMPARE(time->snapshot()->state, StampState::Holdover);
    QVERIFY(time->snapshot()->offset);
    QCOMPARE(time->snapshot()->sources.at(0).state, StampState::Holdover);
    QVERIFY(!time->snapshot()->note.isEmpty());
}

void tst_TimeReference::neverAsksItselfAsASource_data()
{
    QTest::addColumn<QHostAddress>("bound");
    QTest::newRow("loopback") << QHostAddress(QHostAddress::LocalHost);
    QTest::newRow("one-address") << QHostAddress(QStringLiteral("127.0.0.2"));
}

void tst_TimeReference::neverAsksItselfAsASource()
{
    QFETCH(const QHostAddress, bound);
    const SystemClock clock;
    NtpServer server(clock);
    QVERIFY(server.listen(bound, 0));
    const auto time = reference(clock, {QStringLiteral("%1:%2").arg(bound.toString()).arg(server.port())});
    time->start({{server.address()}, server.port()});
    QTRY_VERIFY(time->snapshot()->sources.at(0).reason.contains(QStringLiteral("itself")));
    QCOMPARE(server.counters().received, quint64(0));
    QVERIFY(!time->snapshot()->offset);
}

void tst_TimeReference::countsTheOsClockWhileSynchronised()
{
    const OffsetClock clock(-250ms);
    bool synchronised = false;
    Nanos maxError = 4ms;
    const auto read = [&] { return OsClockReading{SystemClock().now(), synchronised, maxError}; };
    const auto time = reference(clock, {}, {}, read, 20ms);
    time->start({});
    QVERIFY(!time->snapshot()->offset);
    QVERIFY(!time->snapshot()->sources.at(0).reason.isEmpty());
    synchronised = true;
    QTRY_COMPARE(time->snapshot()->state, StampState::Ok);
    QVERIFY(time->snapshot()->offset->contains(250ms));
    QCOMPARE(time->snapshot()->sources.at(0).kind, SourceKind::Os);
    QCOMPARE(time->snapshot()->sources.at(0).assumedError, Nanos(20ms));
    QVERIFY(time->snapshot()->offset->bound() >= Nanos(24ms));
    maxError = 2s; // nobody has set it for an hour, and it was known well before
    QTRY_COMPARE(time->snapshot()->state, StampState::Holdover);
    QVERIFY(time->snapshot()->offset->bound() < Nanos(100ms));
    QVERIFY(time->snapshot()->offset->contains(250ms));
    synchronised = false;
    QTRY_COMPARE(time->snapshot()->state, StampState::Unsynced);
}

void tst_TimeReference::readsTheOsClockThroughAJitter()
{
    const SystemClock truth;
    const FaultClock clock(truth, *ClockFault::parse(QStringLiteral("jitter=5ms")), 7);
    const auto time = reference(clock, {}, {}, [&truth] { return OsClockReading{truth.now(), true, 500us}; });
    TimeTimings timings = quick();
    timings.refresh = 1ms;
    time->setTimings(timings);
    int wrong = 0;
    int heard = 0;
    connect(time.get(), &TimeReference::snapshotChanged, this, [&](const SharedSnapshot &snapshot) {
        const ClockReading now = truth.read();
        ++heard;
        wrong += snapshot->offset->contains(now.wallAt(snapshot->at) - snapshot->wallAt) ? 0 : 1;
    });
    time->start({});
    QTRY_VERIFY(heard >= 50);
    QCOMPARE(wrong, 0);
}

void tst_TimeReference::readsTheWeb()
{
    const Web web(250ms);
    const SystemClock clock;
    const auto time = reference(clock, {}, {web.url()});
    time->start({});
    QCOMPARE(stampsAt(*time->snapshot(), clock.read()).api.state, StampState::None);
    QTRY_COMPARE(time->snapshot()->state, StampState::Ok);
    QVERIFY(time->snapshot()->offset->contains(250ms));
    const Stamps stamps = stampsAt(*time->snapshot(), clock.read());
    QCOMPARE(stamps.api.state, StampState::Ok);
    QVERIFY(*stamps.api.bound >= 100'000);
    QCOMPARE(time->snapshot()->stratum, 10);
}

void tst_TimeReference::readsTheWebWhereUdpIsBlocked()
{
    const Web web(250ms);
    const SystemClock clock;
    const QString silent = deadServer();
    const auto time = reference(clock, {silent}, {web.url()});
    time->start({});
    QTRY_COMPARE(time->snapshot()->state, StampState::Ok);
    QTRY_VERIFY(find(time->snapshot(), silent)->reason != QStringLiteral("It has not been heard yet."));
    QVERIFY(time->snapshot()->offset->contains(250ms));
    QVERIFY(time->snapshot()->note.contains(QStringLiteral("single source")));
    QVERIFY(time->snapshot()->note.contains(QStringLiteral("No NTP server was heard")));
    const Stamps stamps = stampsAt(*time->snapshot(), clock.read());
    QCOMPARE(stamps.best.state, StampState::Ok);
    QCOMPARE(stamps.ntp.state, StampState::None);
    QCOMPARE(stamps.api.state, StampState::Ok);
}

void tst_TimeReference::aWebServerTwiceIsOneVote()
{
    const Web liar(5s);
    const Upstream honest;
    const SystemClock clock;
    const auto time = reference(clock, {honest.name()}, {liar.url("a"), liar.url("b")});
    time->start({});
    QTRY_VERIFY(std::all_of(time->snapshot()->sources.cbegin(), time->snapshot()->sources.cend(),
                            [](const SourceStatus &source) { return source.interval.has_value(); }));
    QVERIFY(!time->snapshot()->offset); // one against one
    QTRY_VERIFY(time->snapshot()->note.contains(QStringLiteral("disagree by 5.00 s")));
    QCOMPARE(std::count_if(time->snapshot()->sources.cbegin(), time->snapshot()->sources.cend(),
                           [](const SourceStatus &source) { return source.mark == u'-'; }),
             1);
}

void tst_TimeReference::anNtpServerTwiceIsOneVote()
{
    const Upstream liar(5s);
    const Upstream honest;
    const SystemClock clock;
    const auto time = reference(clock, {liar.name(), liar.name(), honest.name()});
    time->start({});
    QTRY_VERIFY(time->snapshot()->note.contains(QStringLiteral("disagree by 5.00 s")));
    QVERIFY(!time->snapshot()->offset);
}

void tst_TimeReference::everySourceIsGone_data()
{
    QTest::addColumn<Nanos>("passed");
    QTest::addColumn<StampState>("state");
    QTest::addColumn<QString>("note");
    QTest::addColumn<Nanos>("grownBy"); // 100 ppm: the rate was not known yet
    const QString held =
        QStringLiteral("No source of time answers any more; the bound grows until one does.");
    QTest::newRow("a-minute") << Nanos(1min) << StampState::Holdover << held << Nanos(6ms);
    QTest::newRow("an-hour") << Nanos(1h) << StampState::Holdover << held << Nanos(360ms);
    QTest::newRow("three-hours")
        << Nanos(3h) << StampState::Unsynced
        << QStringLiteral("The sources of time are too vague or were lost too long ago to be relied on.")
        << Nanos(1080ms);
}

void tst_TimeReference::everySourceIsGone()
{
    QFETCH(const Nanos, passed);
    QFETCH(const QString, note);
    QFETCH(const Nanos, grownBy);
    HurriedClock clock;
    Upstream first;
    Upstream second;
    const auto time = reference(clock, {first.name(), second.name()});
    time->start({});
    QTRY_VERIFY(time->snapshot()->state == StampState::Ok && time->snapshot()->note.isEmpty());
    const Nanos before = time->snapshot()->offset->bound();
    first.server.close();
    second.server.close();
    clock.passed = passed;
    QTRY_COMPARE(time->snapshot()->note, note);
    const Stamps stamps = stampsAt(*time->snapshot(), clock.read());
    QTEST(stamps.best.state, "state");
    QTEST(stamps.ntp.state, "state");
    QTEST(time->snapshot()->state, "state");
    QVERIFY(*stamps.ntp.age >= toWire(passed));
    const Nanos grown = time->snapshot()->offset->bound() - before;
    QVERIFY2(grown >= grownBy - 1ms && grown <= grownBy + 10ms, qPrintable(QString::number(toWire(grown))));
    QVERIFY(*stamps.best.bound >= toWire(time->snapshot()->offset->bound()));
    QVERIFY(time->snapshot()->offset->contains(Nanos::zero()));
}

void tst_TimeReference::saysThatItSlept()
{
    HurriedClock clock;
    const Upstream upstream;
    const Web web(Nanos::zero());
    const auto time = reference(clock, {upstream.name()}, {web.url()});
    TimeTimings timings = quick();
    timings.nearbyBurst = 1;
    timings.minPoll = timings.maxPoll = timings.httpPoll =
        10s; // each is heard once, and again after the sleep
    timings.sleepCheck = 300ms;
    time->setTimings(timings);
    time->start({});
    QTRY_VERIFY(time->snapshot()->sources.at(0).interval && time->snapshot()->sources.at(1).interval);
    clock.slept = 8h;
    // Also before the next snapshot comes.
    const Stamps stamps = stampsAt(*time->snapshot(), clock.read());
    QCOMPARE(stamps.best.state, StampState::Unsynced);
    QVERIFY(!stamps.best.bound && !stamps.ntp.t && !stamps.api.t);
    QTRY_VERIFY(time->snapshot()->note.startsWith(QStringLiteral("This machine has slept")));
    QVERIFY(!time->snapshot()->offset);
    for (const SourceStatus &source : time->snapshot()->sources)
        QCOMPARE(source.reason, QStringLiteral("This machine has slept since it was last heard."));
    QTRY_COMPARE(time->snapshot()->state, StampState::Ok);
    QVERIFY(time->snapshot()->offset->contains(-8h)); // the server's clock did not go on like ours
    QTRY_VERIFY(time->snapshot()->note.isEmpty());
}

void tst_TimeReference::asksTheWebAnewAfterASleep()
{
    HurriedClock clock;
    Web web(Nanos::zero());
    Web other(Nanos::zero());
    const auto time = reference(clock, {}, {web.url(), other.url()});
    TimeTimings usual; // but for looking sooner: the next request would be a minute away
    usual.sleepCheck = 50ms;
    time->setTimings(usual);
    time->start({});
    QTRY_COMPARE(time->snapshot()->state, StampState::Ok);
    QTRY_VERIFY(time->snapshot()->sources.at(0).interval && time->snapshot()->sources.at(1).interval);
    web.lost = web.connections; // as they are after hours
    other.lost = other.connections;
    clock.passed = usual.httpProviderGap;
    clock.slept = 8h;
    QTRY_VERIFY(time->snapshot()->state == StampState::Ok &&
                time->snapshot()->offset->contains(-8h - usual.httpProviderGap));
    QTRY_VERIFY(time->snapshot()->sources.at(0).interval && time->snapshot()->sources.at(1).interval);
}

void tst_TimeReference::doubtsTheOsClockAfterASleep()
{
    HurriedClock clock;
    Nanos error = 4ms;
    const auto time = reference(clock, {}, {}, [&] { return OsClockReading{clock.now(), true, error}; });
    time->start({});
    QTRY_COMPARE(time->snapshot()->state, StampState::Ok);
    clock.slept = 8h;
    QTRY_VERIFY(time->snapshot()->note.startsWith(QStringLiteral("This machine has slept")));
    QCOMPARE(time->snapshot()->state, StampState::Unsynced);
    QVERIFY(
        time->snapshot()->sources.at(0).reason.startsWith(QStringLiteral("This machine has slept since")));
    error = 1ms; // somebody has set it
    QTRY_COMPARE(time->snapshot()->state, StampState::Ok);
}

void tst_TimeReference::forgetsWhatTheOsSaidBeforeASleep()
{
    HurriedClock clock;
    Nanos error = 40ms;
    const auto time = reference(clock, {}, {}, [&] { return OsClockReading{clock.now(), true, error}; });
    time->start({});
    QTRY_COMPARE(time->snapshot()->state, StampState::Ok);
    clock.slept = 60ms; // so short that nothing contradicts it afterwards
    QTRY_COMPARE(time->snapshot()->state, StampState::Unsynced);
    error = 39ms;
    QTRY_COMPARE(time->snapshot()->state, StampState::Ok);
    QVERIFY(time->snapshot()->offset->contains(0ms));
}

void tst_TimeReference::resolvesNames()
{
    const SystemClock clock;
    const Upstream upstream;
    const QString name = QStringLiteral("localhost:%1").arg(upstream.server.port());
    const auto time = reference(clock, {name});
    time->start({});
    QTRY_COMPARE(time->snapshot()->state, StampState::Ok); // ::1 first, maybe, where nobody listens
    QCOMPARE(time->snapshot()->sources.at(0).name, name);
}

void tst_TimeReference::servesWhatItMeasured()
{
    // A chain: upstream, 250 ms ahead; our daemon; and somebody who asks our daemon.
    const Upstream upstream(250ms);
    const SystemClock clock;
    NtpServer ours(clock);
    QVERIFY(ours.listen(QHostAddress(QHostAddress::LocalHost), 0));
    const auto time = reference(clock, {upstream.name()});
    connect(time.get(), &TimeReference::snapshotChanged, &ours, &NtpServer::setSnapshot);
    time->start({{ours.address()}, ours.port()});
    const auto asker = reference(clock, {QStringLiteral("127.0.0.1:%1").arg(ours.port())});
    asker->start({});
    QTRY_COMPARE(asker->snapshot()->state, StampState::Ok);
    QVERIFY(asker->snapshot()->offset->contains(250ms));
    QCOMPARE(asker->snapshot()->stratum, 12);
    // The way from our daemon to the upstream is in what the asker is told.
    const SourceStatus &told = asker->snapshot()->sources.at(0);
    QVERIFY(told.rootDelay > Nanos::zero());
    QVERIFY(told.rootDispersion > Nanos::zero());
    QVERIFY(asker->snapshot()->rootDelay >= told.rootDelay);
}

QTEST_GUILESS_MAIN(tst_TimeReference)
#include "tst_timereference.moc"
