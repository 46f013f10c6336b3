// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Over which path the clock probe measures, and whom it believes there.
#include "client/core/probeplan.h"
#include "ntp/ntpserver.h"
#include "tests/client/core/probefixture.h"
#include "tests/ntp/scriptedserver.h"

#include <QSignalSpy>
#include <QTest>
#include <QUdpSocket>

using namespace Synchat;

class tst_ProbePath : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void measuresOverUdp_data();
    void measuresOverUdp();
    void measuresOverTimeFrames_data();
    void measuresOverTimeFrames();
    void fallsBackToTimeFrames();
    void waitsForADaemonWithoutTime();
    void findsSomebodyElsesServer_data();
    void findsSomebodyElsesServer();
    void believesUdpOnceAFrameHasCome();
    void believesUdpOfADaemonWhoseClockIsWrong();
};

void tst_ProbePath::measuresOverUdp_data()
{
    QTest::addColumn<qint64>("skewUs");
    QTest::addColumn<qint64>("daemonUs"); // reference minus daemon
    QTest::newRow("exact") << qint64(0) << qint64(0);
    QTest::newRow("250-ms-ahead") << qint64(250'000) << qint64(0);
    QTest::newRow("3.7-s-behind") << qint64(-3'700'000) << qint64(0);
    QTest::newRow("daemon-off-too") << qint64(-1'800'123) << qint64(77'000);
}

void tst_ProbePath::measuresOverUdp()
{
    QFETCH(qint64, skewUs);
    QFETCH(qint64, daemonUs);
    SystemClock daemonClock;
    NtpServer server(daemonClock);
    QVERIFY(server.listen(QHostAddress::LocalHost, 0));
    server.setSnapshot(snapshotOf(daemonClock, Micros(daemonUs), Micros(450)));
    UnsteadyClock clock{Micros(skewUs)};
    ClockProbe probe(clock);
    QSignalSpy changed(&probe, &ClockProbe::statusChanged);
    connect(&probe, &ClockProbe::timeFrameWanted, this, [&](const TimeFrame &frame) {
        const WireMicros now = toWire(daemonClock.now());
        probe.takeTimeReply({frame.t1, now, now, daemonUs, 450, StampState::Ok}, clock.read());
    });
    probe.start(QHostAddress::LocalHost, server.port());
    QTRY_COMPARE_GE(changed.size(), 8); // the burst
    const ClockStatus status = probe.status();
    QCOMPARE(status.via, ProbePath::Udp);
    QCOMPARE(status.state, StampState::Ok);
    QVERIFY(covers(status, daemonUs - skewUs));
    QVERIFY(*status.bound >= 450); // the reference's own error is part of it
    QVERIFY(*status.bound < 1'000'000);
    QCOMPARE(*status.skew(), -*status.offset);
    const LiveStamp stamp = probe.liveStamp();
    QCOMPARE(stamp.via, ProbePath::Udp);
    QCOMPARE(stamp.state, StampState::Ok);
    QVERIFY(!stamp.fault);
    QVERIFY(*stamp.t >= toWire(clock.now()) - 5'000'000); // raw, not corrected
    QVERIFY(std::abs(*probe.referenceNow() - toWire(daemonClock.now()) - daemonUs) < 1'000'000);
}

void tst_ProbePath::measuresOverTimeFrames_data()
{
    QTest::addColumn<qint64>("skewUs");
    QTest::addColumn<StampState>("reference");
    QTest::newRow("synchronised") << qint64(-1'800'000) << StampState::Ok;
    QTest::newRow("nothing-confirms-it") << qint64(40'000'000) << StampState::Unsynced;
}

void tst_ProbePath::measuresOverTimeFrames()
{
    QFETCH(qint64, skewUs);
    QFETCH(StampState, reference);
    SystemClock daemonClock;
    UnsteadyClock clock{Micros(skewUs)};
    ClockProbe probe(clock);
    int asked = 0;
    connect(&probe, &ClockProbe::timeFrameWanted, this, [&](const TimeFrame &frame) {
        ++asked;
        const WireMicros now = toWire(daemonClock.now());
        OptionalMicros bound = 300'000;
        if (reference == StampState::Unsynced)
            bound.reset();
        const TimeReplyFrame reply{frame.t1, now, now, 0, bound, reference};
        QMetaObject::invokeMethod(
            &probe, [&probe, &clock, reply] { probe.takeTimeReply(reply, clock.read()); },
            Qt::QueuedConnection);
    });
    probe.start(QHostAddress::LocalHost, std::nullopt);
    QTRY_COMPARE(asked, 8);
    QTRY_VERIFY(covers(probe.status(), -skewUs));
    const ClockStatus status = probe.status();
    QCOMPARE(status.via, ProbePath::WebSocket);
    QCOMPARE(status.state, StampState::Ok); // of our measurement alone
    QCOMPARE(status.referenceState, reference);
    QCOMPARE(*status.bound >= 300'000, reference == StampState::Ok);
}

void tst_ProbePath::fallsBackToTimeFrames()
{
    QUdpSocket closed;
    QVERIFY(closed.bind(QHostAddress::LocalHost));
    const quint16 port = closed.localPort();
    closed.close(); // nobody answers there; ICMP says so at once
    SystemClock clock;
    ClockProbe probe(clock);
    int asked = 0;
    connect(&probe, &ClockProbe::timeFrameWanted, this, [&](const TimeFrame &frame) {
        ++asked;
        const WireMicros now = toWire(clock.now());
        probe.takeTimeReply({frame.t1, now, now, 0, 10, StampState::Ok}, clock.read());
    });
    probe.start(QHostAddress::LocalHost, port);
    QTRY_COMPARE_GE_WITH_TIMEOUT(asked, 8, 20'000);
    QCOMPARE(probe.status().via, ProbePath::WebSocket);
    QCOMPARE(probe.status().ntpTrouble, NtpTrouble::Blocked);
    QVERIFY(covers(probe.status(), 0));
}

void tst_ProbePath::waitsForADaemonWithoutTime()
{
    SystemClock clock;
    NtpServer server(clock);
    QVERIFY(server.listen(QHostAddress::LocalHost, 0));
    auto unheard = std::make_shared<ReferenceSnapshot>();
    unheard->sourcesConfigured = true;
    server.setSnapshot(unheard); // leap 3
    ClockProbe probe(clock);
    connect(&probe, &ClockProbe::timeFrameWanted, this, [&](const TimeFrame &frame) {
        const WireMicros now = toWire(clock.now());
        probe.takeTimeReply({frame.t1, now, now, 0, std::nullopt, StampState::Unsynced}, clock.read());
    });
    probe.start(QHostAddress::LocalHost, server.port());
    QTRY_COMPARE(probe.status().ntpTrouble, NtpTrouble::NoTime);
    QCOMPARE(server.counters().answered, quint64(1)); // one answer is enough
    QCOMPARE(probe.status().via, ProbePath::WebSocket);
    QVERIFY(covers(probe.status(), 0));
}

void tst_ProbePath::findsSomebodyElsesServer_data()
{
    QTest::addColumn<bool>("fromTheStart");
    QTest::newRow("from-the-start") << true;
    QTest::newRow("later") << false;
}

void tst_ProbePath::findsSomebodyElsesServer()
{
    QFETCH(bool, fromTheStart);
    bool isOther = fromTheStart;
    ScriptedServer server([&](QUdpSocket &socket, const QNetworkDatagram &asked) {
        NtpPacket packet = goodReply(asked);
        if (isOther)
            packet.receive = packet.transmit = packet.receive + (quint64(2) << 32); // 2 s fast
        socket.writeDatagram(asked.makeReply(toArray(encodeNtpHeader(packet))));
    });
    SystemClock clock;
    ClockProbe probe(clock);
    bool wasWrong = false;
    connect(&probe, &ClockProbe::statusChanged, this,
            [&] { wasWrong = wasWrong || (probe.status().measured() && !covers(probe.status(), 0)); });
    connect(&probe, &ClockProbe::timeFrameWanted, this, [&](const TimeFrame &frame) {
        const WireMicros now = toWire(clock.now());
        probe.takeTimeReply({frame.t1, now, now, 0, 10, StampState::Ok}, clock.read());
    });
    probe.start(QHostAddress::LocalHost, server.port());
    if (!fromTheStart) {
        QTRY_COMPARE(probe.status().via, ProbePath::Udp);
        isOther = true;
    }
    QTRY_COMPARE(probe.status().ntpTrouble, NtpTrouble::OtherServer);
    QTRY_COMPARE(probe.status().via, ProbePath::WebSocket);
    QVERIFY(covers(probe.status(), 0));
    QVERIFY(!wasWrong);
    isOther = false;
    probe.start(QHostAddress::LocalHost, server.port()); // another connection
    QTRY_COMPARE(probe.status().via, ProbePath::Udp);
    QVERIFY(covers(probe.status(), 0));
}

void tst_ProbePath::believesUdpOnceAFrameHasCome()
{
    SystemClock clock;
    NtpServer server(clock);
    QVERIFY(server.listen(QHostAddress::LocalHost, 0));
    server.setSnapshot(snapshotOf(clock, Nanos::zero(), Micros(450)));
    ClockProbe probe(clock);
    std::optional<TimeFrame> asked;
    connect(&probe, &ClockProbe::timeFrameWanted, this, [&](const TimeFrame &frame) { asked = frame; });
    probe.start(QHostAddress::LocalHost, server.port());
    QTRY_COMPARE_GE(server.counters().answered, quint64(3));
    QVERIFY(!probe.status().measured()); // by whom nobody knows
    QVERIFY(!probe.liveStamp().offset);
    const WireMicros now = toWire(clock.now());
    probe.takeTimeReply({asked->t1, now, now, 0, 450, StampState::Ok}, clock.read());
    QCOMPARE(probe.status().via, ProbePath::Udp); // all that was measured before counts at once
    QVERIFY(covers(probe.status(), 0));
}

void tst_ProbePath::believesUdpOfADaemonWhoseClockIsWrong()
{
    UnsteadyClock daemonClock{std::chrono::seconds(-2), std::chrono::seconds(40)}; // every other reading
    NtpServer server(daemonClock);
    QVERIFY(server.listen(QHostAddress::LocalHost, 0));
    SystemClock clock;
    ClockProbe probe(clock);
    connect(&probe, &ClockProbe::timeFrameWanted, this, [&](const TimeFrame &frame) {
        const WireMicros now = toWire(daemonClock.read().wall);
        probe.takeTimeReply({frame.t1, now, now, 0, std::nullopt, StampState::Unsynced, true}, clock.read());
    });
    probe.start(QHostAddress::LocalHost, server.port());
    QTRY_COMPARE_GE(server.counters().answered, quint64(ProbePlan::BurstLength));
    QTRY_COMPARE(probe.status().via, ProbePath::Udp);
    QCOMPARE(probe.status().ntpTrouble, NtpTrouble::None);
}

QTEST_GUILESS_MAIN(tst_ProbePath)
#include "tst_probepath.moc"
