// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The whole of it: real servers on loopback, each with a clock of its own, and what comes out of them
// together.
#include "ntp/timereference.h"

#include "common/faultclock.h"
#include "ntp/ntpserver.h"
#include "tests/ntp/offsetclock.h"
#include "tests/ntp/timereferencekit.h"

#include <QSignalSpy>
#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;

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
    void neverAsksItselfAsASource_data();
    void neverAsksItselfAsASource();
    void countsTheOsClockWhileSynchronised();
    void readsTheOsClockThroughAJitter();
    void readsTheWeb();
    void readsTheWebWhereUdpIsBlocked();
    void aWebServerTwiceIsOneVote();
    void anNtpServerTwiceIsOneVote();
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
