// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/ntpreply.h"

#include "ntp/clockestimator.h"
#include "ntp/ntpanswer.h"

#include <QTest>

#include <cmath>

using namespace Synchat;
using namespace std::chrono_literals;

namespace {

constexpr NtpTimestamp Cookie = 0xFEED'0000'0000'0001;
const WallTime Sent{1'764'000'000s};

NtpExchange exchange(Nanos waited = 10ms)
{
    NtpExchange times;
    times.cookie = Cookie;
    times.sent = {Sent, MonoTime(1h)};
    times.arrived = {Sent + waited, MonoTime(1h) + waited};
    times.t1 = times.sent.mono;
    times.t4 = times.arrived.mono;
    return times;
}

/// A server that is `ahead` of us, 5 ms away each way.
NtpPacket goodReply(Nanos ahead = 250ms)
{
    NtpPacket packet;
    packet.mode = NtpMode::Server;
    packet.stratum = 2;
    packet.precision = -24;
    packet.origin = Cookie;
    packet.receive = toNtpTimestamp(Sent + 5ms + ahead);
    packet.transmit = toNtpTimestamp(Sent + 5ms + ahead);
    return packet;
}

} // namespace

class tst_NtpReply : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsNothingInTheRequest();
    void passesOverStrangers_data();
    void passesOverStrangers();
    void refuses_data();
    void refuses();
    void measures();
    void addsTheRootPart();
    void measuresAcrossTheEra();
    void survivesAFaultOfOurOwnClock_data();
    void survivesAFaultOfOurOwnClock();
    void refusesWhatCameAfterASleep();
    void placesKernelStamps_data();
    void placesKernelStamps();
    void isRightWhileTheKernelsClockIsMoved_data();
    void isRightWhileTheKernelsClockIsMoved();
};

void tst_NtpReply::tellsNothingInTheRequest()
{
    const NtpBytes request = ntpRequest(Cookie);
    QCOMPARE(int(request[0]), 0x23);
    for (std::size_t i = 1; i < 40; ++i)
        QCOMPARE(int(request[i]), 0);
    QCOMPARE(decodeNtpHeader(request)->transmit, Cookie);
    QCOMPARE(kindOfNtpRequest(request), NtpRequestKind::Plain);
}

void tst_NtpReply::passesOverStrangers_data()
{
    QTest::addColumn<int>("mode");
    QTest::addColumn<int>("version");
    QTest::addColumn<quint64>("origin");
    QTest::addColumn<int>("length");
    QTest::addColumn<bool>("answers");
    QTest::newRow("good") << 4 << 4 << Cookie << 48 << true;
    QTest::newRow("wrong-cookie") << 4 << 4 << Cookie + 1 << 48 << false;
    QTest::newRow("zero-cookie") << 4 << 4 << quint64(0) << 48 << false;
    QTest::newRow("client-mode") << 3 << 4 << Cookie << 48 << false;
    QTest::newRow("broadcast") << 5 << 4 << Cookie << 48 << false;
    QTest::newRow("another-version") << 4 << 3 << Cookie << 48 << false;
    QTest::newRow("short") << 4 << 4 << Cookie << 47 << false;
    QTest::newRow("empty") << 4 << 4 << Cookie << 0 << false;
}

void tst_NtpReply::passesOverStrangers()
{
    QFETCH(int, mode);
    QFETCH(int, version);
    QFETCH(quint64, origin);
    QFETCH(int, length);
    QFETCH(bool, answers);
    NtpPacket packet = goodReply();
    packet.mode = static_cast<NtpMode>(mode);
    packet.version = version;
    packet.origin = origin;
    const NtpBytes bytes = encodeNtpHeader(packet);
    QCOMPARE(answersRequest(std::span(bytes).first(static_cast<std::size_t>(length)), Cookie), answers);
    QVERIFY(!answersRequest(bytes, 0));
}

void tst_NtpReply::refuses_data()
{
    QTest::addColumn<NtpPacket>("packet");
    QTest::addColumn<NtpFailure>("failure");
    QTest::addColumn<QString>("kiss");
    const auto row = [](const char *name, NtpFailure failure, auto change, const QString &kiss = {}) {
        NtpPacket packet = goodReply();
        change(packet);
        QTest::newRow(name) << packet << failure << kiss;
    };
    const auto kissOf = [](quint32 code) {
        return [code](NtpPacket &p) {
            p.stratum = 0;
            p.leap = 3;
            p.referenceId = code;
        };
    };
    row("leap-3", NtpFailure::Unsynchronised, [](NtpPacket &p) { p.leap = 3; });
    row("stratum-16", NtpFailure::Unsynchronised, [](NtpPacket &p) { p.stratum = 16; });
    row("stratum-255", NtpFailure::Unsynchronised, [](NtpPacket &p) { p.stratum = 255; });
    row("root-dispersion-16-s", NtpFailure::Unsynchronised,
        [](NtpPacket &p) { p.rootDispersion = 16 << 16; });
    row("root-delay-32-s", NtpFailure::Unsynchronised, [](NtpPacket &p) { p.rootDelay = 32 << 16; });
    row("no-receive-stamp", NtpFailure::Malformed, [](NtpPacket &p) { p.receive = 0; });
    row("no-transmit-stamp", NtpFailure::Malformed, [](NtpPacket &p) { p.transmit = 0; });
    row("left-before-it-came", NtpFailure::Malformed, [](NtpPacket &p) { p.transmit -= quint64(1) << 30; });
    row("held-for-5-s", NtpFailure::Malformed, [](NtpPacket &p) { p.transmit += quint64(5) << 32; });
    // Mixed clocks: the receive stamp is not on the scale of the transmit stamp, so the delay is negative.
    row("negative-delay", NtpFailure::Malformed,
        [](NtpPacket &p) { p.receive = toNtpTimestamp(Sent + 5ms + 230ms); });
    // The same as a libfaketime server makes it: stamped by the kernel, sent by a clock 250 ms ahead.
    row("mixed-stamps-250-ms", NtpFailure::Malformed, [](NtpPacket &p) {
        p.receive = toNtpTimestamp(Sent + 5ms);
        p.transmit = toNtpTimestamp(Sent + 5ms + 250ms);
    });
    row("kiss-rate", NtpFailure::KissOfDeath, kissOf(0x5241'5445), QStringLiteral("RATE"));
    row("kiss-deny", NtpFailure::KissOfDeath, kissOf(0x4445'4E59), QStringLiteral("DENY"));
    row("init", NtpFailure::Unsynchronised, kissOf(0x494E'4954), QStringLiteral("INIT"));
    row("stratum-0-unreadable", NtpFailure::Unsynchronised, kissOf(0x1B5B'324A));
}

void tst_NtpReply::refuses()
{
    QFETCH(NtpPacket, packet);
    QFETCH(NtpFailure, failure);
    QFETCH(QString, kiss);
    const auto sample = readNtpReply(encodeNtpHeader(packet), exchange());
    QVERIFY(!sample);
    QCOMPARE(sample.error().failure, failure);
    QCOMPARE(sample.error().kiss, kiss);
    QVERIFY(!explain(failure).isEmpty());
}

void tst_NtpReply::measures()
{
    const auto sample = readNtpReply(encodeNtpHeader(goodReply()), exchange());
    QVERIFY(sample);
    QVERIFY(sample->offset.contains(250ms));
    QCOMPARE(sample->delay, Nanos(10ms));
    QVERIFY(sample->offset.bound() >= Nanos(5ms));
    QVERIFY(sample->offset.bound() < Nanos(5ms + 10us));
    QCOMPARE(sample->stratum, 2);
    QCOMPARE(sample->at.mono, MonoTime(1h) + 10ms);
    QVERIFY(!readNtpReply(encodeNtpHeader(goodReply()), exchange(4100ms)));
}

void tst_NtpReply::addsTheRootPart()
{
    NtpPacket packet = goodReply();
    packet.rootDelay = toNtpShort(20ms);
    packet.rootDispersion = toNtpShort(3ms);
    const auto sample = readNtpReply(encodeNtpHeader(packet), exchange());
    QVERIFY(sample->offset.bound() >= Nanos(18ms));
    QVERIFY(sample->offset.bound() < Nanos(18ms + 50us));
}

void tst_NtpReply::measuresAcrossTheEra()
{
    const WallTime rollover{std::chrono::seconds(2'085'978'496)};
    NtpExchange times = exchange();
    times.sent = {rollover - 2ms, MonoTime(1h)};
    times.arrived = {rollover + 8ms, MonoTime(1h) + 10ms};
    NtpPacket packet = goodReply();
    packet.receive = toNtpTimestamp(rollover + 3ms - 3700ms);
    packet.transmit = packet.receive;
    const auto sample = readNtpReply(encodeNtpHeader(packet), times);
    QVERIFY(sample);
    QVERIFY(sample->offset.contains(-3700ms));
    QVERIFY(sample->offset.bound() < Nanos(6ms));
}

void tst_NtpReply::survivesAFaultOfOurOwnClock_data()
{
    QTest::addColumn<qint64>("movedMillis"); // our wall clock, beside the time that passes
    QTest::newRow("forward") << qint64(2000);
    QTest::newRow("far-forward") << qint64(86'400'000);
    QTest::newRow("back") << qint64(-3700);
    QTest::newRow("frozen") << qint64(-10);
    QTest::newRow("jitter") << qint64(5);
    QTest::newRow("jitter-back") << qint64(-5);
}

void tst_NtpReply::survivesAFaultOfOurOwnClock()
{
    QFETCH(qint64, movedMillis);
    const std::chrono::milliseconds moved(movedMillis);
    NtpExchange times = exchange();
    times.arrived.wall += moved; // while the packet was on its way
    const auto sample = readNtpReply(encodeNtpHeader(goodReply()), times);
    QVERIFY(sample);
    QVERIFY(sample->offset.contains(250ms - moved));
    QVERIFY(sample->offset.bound() < Nanos(5ms + 10us));
    QCOMPARE(sample->at.wall, times.arrived.wall); // what the offset belongs to
}

void tst_NtpReply::refusesWhatCameAfterASleep()
{
    NtpExchange times = exchange();
    times.arrived.asleep += 30ms;
    const auto sample = readNtpReply(encodeNtpHeader(goodReply()), times);
    QVERIFY(!sample);
    QCOMPARE(sample.error().failure, NtpFailure::NoAnswer);
}

void tst_NtpReply::placesKernelStamps_data()
{
    QTest::addColumn<std::optional<qint64>>("leftUs"); // after the request was given to the socket
    QTest::addColumn<std::optional<qint64>>("cameUs");
    QTest::addColumn<qint64>("steppedUs"); // the kernel's clock, in between
    QTest::addColumn<bool>("t1ByKernel");
    QTest::addColumn<bool>("t4ByKernel");
    const auto row = [](const char *name, std::optional<qint64> left, std::optional<qint64> came,
                        qint64 stepped, bool t1,
                        bool t4) { QTest::newRow(name) << left << came << stepped << t1 << t4; };
    row("both", 40, 9'000, 0, true, true);
    row("none", {}, {}, 0, false, false);
    row("received-only", {}, 9'000, 0, false, true);
    row("at-once", 0, 10'000, 0, true, true);
    row("left-before-it-was-given-away", -50, 9'000, 0, false, true);
    row("left-after-it-came-back", 9'500, 9'000, 0, false, true);
    row("came-before-it-left", 40, -50, 0, true, false);
    row("came-after-it-was-read", 40, 10'100, 0, true, false);
    row("slewed", 40, 9'000, 5, true, true);
    row("slewed-at-once", 1, 9'999, 5, true, true);
    row("stepped", 40, 9'000, 3'000, false, false);
    row("stepped-back", 40, 9'000, -3'000, false, false);
    row("of-another-clock", 250'000, 259'000, 0, false, false);
}

void tst_NtpReply::placesKernelStamps()
{
    QFETCH(std::optional<qint64>, leftUs);
    QFETCH(std::optional<qint64>, cameUs);
    QFETCH(qint64, steppedUs);
    NtpExchange times = exchange();
    const WallTime kernel{1'800'000'000s}; // its scale is no business of ours
    PacketStamps stamps;
    stamps.atSending = {kernel, times.sent.mono, times.sent.mono + 1us};
    stamps.atArrival = {kernel + 10ms + Micros(steppedUs), times.arrived.mono - 1us, times.arrived.mono};
    if (leftUs)
        stamps.left = kernel + Micros(*leftUs);
    if (cameUs)
        stamps.came = kernel + Micros(*cameUs + steppedUs);
    placeStamps(times, stamps);
    QTEST(times.t1ByKernel, "t1ByKernel");
    QTEST(times.t4ByKernel, "t4ByKernel");
    // Never later than it left, never earlier than it came; and near to it.
    const auto isNear = [](Nanos beyond) { return beyond >= Nanos::zero() && beyond <= Nanos(10us); };
    if (times.t1ByKernel)
        QVERIFY(isNear(times.sent.mono + Micros(*leftUs) - times.t1) && times.t1 >= times.sent.mono);
    else
        QCOMPARE(times.t1, times.sent.mono);
    if (times.t4ByKernel)
        QVERIFY(isNear(times.t4 - (times.sent.mono + Micros(*cameUs))) && times.t4 <= times.arrived.mono);
    else
        QCOMPARE(times.t4, times.arrived.mono);
}

void tst_NtpReply::isRightWhileTheKernelsClockIsMoved_data()
{
    QTest::addColumn<Nanos>("out");
    QTest::addColumn<Nanos>("back");
    QTest::addColumn<Nanos>("late");     // read after it came
    QTest::addColumn<double>("slewPpm"); // all the time
    QTest::addColumn<Nanos>("step");     // just after the reply came: too small to be seen as one
    for (const Nanos late : {Nanos(20us), Nanos(200ms), Nanos(1s)}) {
        for (const double ppm : {0.0, 500.0, -500.0}) {
            const auto name = [&](const char *way) {
                return QStringLiteral("%1-%2ppm-%3us").arg(QLatin1String(way)).arg(ppm).arg(toWire(late));
            };
            const auto row = [&](const char *way, Nanos out, Nanos back) {
                QTest::newRow(qPrintable(name(way))) << out << back << late << ppm << Nanos(0);
            };
            row("slow-out", 9950us, 50us);
            row("slow-back", 50us, 9950us);
            row("near", 50us, 50us);
        }
    }
    QTest::newRow("small-step") << Nanos(199'950us) << Nanos(50us) << Nanos(20us) << 0.0 << Nanos(110us);
    QTest::newRow("small-step-back") << Nanos(199'950us) << Nanos(50us) << Nanos(20us) << 0.0
                                     << Nanos(-110us);
}

void tst_NtpReply::isRightWhileTheKernelsClockIsMoved()
{
    QFETCH(const Nanos, out);
    QFETCH(const Nanos, back);
    QFETCH(const Nanos, late);
    QFETCH(const double, slewPpm);
    QFETCH(const Nanos, step);
    const MonoTime start(1h); // the line is the truth, and the server's clock with it
    const MonoTime came = start + 30us + out + back;
    const auto kernelAt = [&](MonoTime moment) {
        const Nanos passed = moment - start;
        const Nanos slewed(std::llround(double(passed.count()) * slewPpm * 1e-6));
        return Sent + passed + slewed + (moment > came ? step : Nanos::zero());
    };
    NtpExchange times;
    times.cookie = Cookie;
    times.sent = {kernelAt(start), start};
    PacketStamps stamps;
    stamps.atSending = {kernelAt(start + 50ns), start, start + 100ns};
    stamps.left = kernelAt(start + 30us);
    stamps.came = kernelAt(came);
    const MonoTime read = came + late;
    stamps.atArrival = {kernelAt(read + 50ns), read, read + 100ns};
    times.arrived = {kernelAt(read + 200ns), read + 200ns};
    placeStamps(times, stamps);
    QVERIFY(times.t1ByKernel && times.t4ByKernel);

    NtpPacket packet = goodReply();
    packet.receive = packet.transmit = toNtpTimestamp(Sent + 30us + out);
    const auto sample = readNtpReply(encodeNtpHeader(packet), times);
    QVERIFY(sample);
    const Nanos truth = Sent + (times.arrived.mono - start) - times.arrived.wall;
    QVERIFY2(
        sample->offset.contains(truth),
        qPrintable(
            QStringLiteral("%1..%2 ns").arg(sample->offset.lo().count()).arg(sample->offset.hi().count())));
    const Nanos whole = times.arrived.mono - start;
    const Nanos allowed = (out + back) / 2 + driftIn(whole, 1400.0) + std::chrono::abs(step) + 1us;
    QVERIFY(sample->offset.bound() <= allowed); // as sharp as it can be
}

QTEST_APPLESS_MAIN(tst_NtpReply)
#include "tst_ntpreply.moc"
