// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/ntpanswer.h"

#include "tests/ntp/oddrequests.h"

#include <QTest>

#include <random>

using namespace Synchat;
using namespace std::chrono_literals;

namespace {

using Bytes = std::vector<unsigned char>;

const WallTime Now{1'764'000'000s};
const ClockReading AtNow{Now, MonoTime(1h)};

const Bytes &request()
{
    static const Bytes bytes = ntpRequestHeader(4, 3);
    return bytes;
}

std::optional<NtpPacket> reply(const Bytes &bytes, const ReferenceSnapshot &snapshot = {},
                               const ClockReading &now = AtNow)
{
    if (kindOfNtpRequest(bytes) != NtpRequestKind::Plain)
        return std::nullopt;
    return decodeNtpHeader(ntpReply(bytes, now.mono - 10us, servedStateAt(snapshot, now)));
}

ReferenceSnapshot following(Nanos middle, Nanos bound)
{
    ReferenceSnapshot snapshot;
    snapshot.at = AtNow.mono;
    snapshot.wallAt = AtNow.wall;
    snapshot.offset = Interval::around(middle, bound);
    snapshot.state = StampState::Ok;
    snapshot.stratum = 3;
    snapshot.referenceId = 0xC000'0201;
    snapshot.sourcesConfigured = true;
    snapshot.lastUpdate = AtNow.mono - 4s;
    return snapshot;
}

ClockReading later(Nanos by)
{
    return {AtNow.wall + by, AtNow.mono + by};
}

/// What a client must believe: half the root delay and the root dispersion.
Nanos rootDistance(const NtpPacket &packet)
{
    return fromNtpShort(packet.rootDelay) / 2 + fromNtpShort(packet.rootDispersion);
}

} // namespace

class tst_NtpAnswer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void answers_data();
    void answers();
    void answersOnlyTheHeaderLength();
    void neverAnswersMoreThanWasAsked();
    void flippedBytesNeverLengthenOrBreak();
    void crossesTheEra_data();
    void crossesTheEra();
    void echoesAndStamps();
    void servesTheOffsetClock();
    void ignoresAStepSinceTheSnapshot();
    void servesALocalClockWithoutSources();
    void servesALocalClockWhileTheSystemsIsVague();
    void saysUnsynchronisedUntilASourceIsHeard();
    void saysUnsynchronisedWhenTheBoundIsUseless();
    void saysUnsynchronisedAtTheEndOfAChain();
    void coversTheBound_data();
    void coversTheBound();
    void announcesLeapSeconds_data();
    void announcesLeapSeconds();
    void kissSaysNothingElse();
};

void tst_NtpAnswer::answers_data()
{
    QTest::addColumn<int>("index");
    const auto requests = oddRequests();
    for (std::size_t i = 0; i < requests.size(); ++i)
        QTest::newRow(requests[i].name.c_str()) << int(i);
}

void tst_NtpAnswer::answers()
{
    QFETCH(int, index);
    const OddRequest odd = oddRequests().at(std::size_t(index));
    QCOMPARE(kindOfNtpRequest(odd.bytes), odd.kind);
    const auto answer = reply(odd.bytes);
    if (!answer)
        return;
    QCOMPARE(answer->mode, NtpMode::Server);
    QCOMPARE(answer->version, (odd.bytes[0] >> 3) & 7);
    QCOMPARE(answer->poll, static_cast<qint8>(odd.bytes[2]));
    QCOMPARE(answer->origin, decodeNtpHeader(odd.bytes)->transmit);
}

void tst_NtpAnswer::answersOnlyTheHeaderLength()
{
    for (int length = 0; length <= 1500; ++length) {
        Bytes bytes = request();
        bytes.resize(static_cast<std::size_t>(length));
        QCOMPARE(reply(bytes).has_value(), length == 48);
    }
}

void tst_NtpAnswer::neverAnswersMoreThanWasAsked()
{
    std::mt19937 random(5905);
    int answered = 0;
    for (int round = 0; round < 20'000; ++round) {
        Bytes bytes(random() % 128);
        for (unsigned char &byte : bytes)
            byte = static_cast<unsigned char>(random());
        if (!bytes.empty() && round % 2 == 0)
            bytes[0] = 0x23;
        if (kindOfNtpRequest(bytes) != NtpRequestKind::Plain)
            continue;
        ++answered;
        QVERIFY(ntpReply(bytes, AtNow.mono, servedStateAt({}, AtNow)).size() <= bytes.size());
    }
    QVERIFY(answered > 50); // else this proves nothing
}

void tst_NtpAnswer::flippedBytesNeverLengthenOrBreak()
{
    Bytes whole;
    for (const OddRequest &odd : oddRequests()) {
        if (odd.name == "field-of-16-and-of-28")
            whole = odd.bytes;
    }
    QVERIFY(reply(whole));
    for (std::size_t i = 0; i < whole.size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            Bytes bytes = whole;
            bytes[i] = static_cast<unsigned char>(bytes[i] ^ (1 << bit));
            const auto answer = reply(bytes);
            if (!answer)
                continue;
            QCOMPARE(answer->mode, NtpMode::Server);
            QCOMPARE(answer->origin, decodeNtpHeader(bytes)->transmit);
        }
    }
}

void tst_NtpAnswer::crossesTheEra_data()
{
    QTest::addColumn<qint64>("offsetMillis");
    QTest::newRow("our-clock-crosses") << qint64(0);
    QTest::newRow("our-clock-is-behind-the-era") << qint64(86'400'000);
    QTest::newRow("our-clock-is-already-in-it") << qint64(-86'400'000);
}

void tst_NtpAnswer::crossesTheEra()
{
    QFETCH(qint64, offsetMillis);
    const auto offset = std::chrono::milliseconds(offsetMillis);
    const WallTime rollover{std::chrono::seconds(2'085'978'496)};
    ReferenceSnapshot snapshot = following(offset, 1ms);
    snapshot.wallAt = rollover - offset + 1ms;
    const ClockReading now{snapshot.wallAt, AtNow.mono};
    const NtpServedState state = servedStateAt(snapshot, now);
    NtpBytes bytes = ntpReply(request(), now.mono - 2ms, state);
    putTransmitTime(bytes, state.timeAt(now.mono));
    const auto packet = decodeNtpHeader(bytes);
    QVERIFY(packet->receive > packet->transmit); // as unsigned numbers
    for (const WallTime pivot : {rollover - 24h * 365, rollover + 24h * 365}) {
        QCOMPARE(fromNtpTimestamp(packet->receive, pivot), rollover - 1ms);
        QCOMPARE(fromNtpTimestamp(packet->transmit, pivot), rollover + 1ms);
        QCOMPARE(fromNtpTimestamp(packet->reference, pivot), rollover + 1ms - 4s);
    }
}

void tst_NtpAnswer::echoesAndStamps()
{
    const NtpServedState state = servedStateAt({}, AtNow);
    NtpBytes bytes = ntpReply(ntpRequestHeader(3, 3), AtNow.mono - 1500us, state);
    QCOMPARE(decodeNtpHeader(bytes)->transmit, decodeNtpHeader(bytes)->receive);
    putTransmitTime(bytes, state.timeAt(AtNow.mono + 20us));
    const auto answer = decodeNtpHeader(bytes);
    QCOMPARE(answer->origin, OddCookie);
    QCOMPARE(fromNtpTimestamp(answer->receive, Now), Now - 1500us);
    QCOMPARE(fromNtpTimestamp(answer->transmit, Now), Now + 20us);
}

void tst_NtpAnswer::servesTheOffsetClock()
{
    const auto answer = reply(request(), following(250ms, 2ms));
    QCOMPARE(answer->leap, 0);
    QCOMPARE(int(answer->stratum), 3);
    QCOMPARE(answer->referenceId, quint32(0xC000'0201));
    QCOMPARE(fromNtpTimestamp(answer->receive, Now), Now + 250ms - 10us);
    QCOMPARE(fromNtpTimestamp(answer->reference, Now), Now + 250ms - 4s);
    QVERIFY(fromNtpShort(answer->rootDispersion) >= Nanos(2ms));
    QVERIFY(fromNtpShort(answer->rootDispersion) <= Nanos(2ms + 20us));
    QCOMPARE(answer->rootDelay, quint32(0));
}

void tst_NtpAnswer::ignoresAStepSinceTheSnapshot()
{
    ClockReading stepped = later(1s);
    stepped.wall -= 3700ms;
    const auto answer = reply(request(), following(250ms, 2ms), stepped);
    const Nanos error = fromNtpTimestamp(answer->receive, Now) - (Now + 1s + 250ms - 10us);
    QVERIFY(std::abs(error.count()) < 10'000);
}

void tst_NtpAnswer::servesALocalClockWithoutSources()
{
    ReferenceSnapshot snapshot;
    snapshot.stratum = 7;
    const auto answer = reply(request(), snapshot);
    QCOMPARE(answer->leap, 0);
    QCOMPARE(int(answer->stratum), 7);
    QCOMPARE(answer->referenceId, quint32(0x7F7F'0101));
    QVERIFY(answer->reference != 0);
    QVERIFY(rootDistance(*answer) < Nanos(1s));
}

void tst_NtpAnswer::servesALocalClockWhileTheSystemsIsVague()
{
    ReferenceSnapshot snapshot = following(0s, 2s);
    snapshot.state = StampState::Unsynced;
    snapshot.stratum = 10;
    snapshot.sourcesConfigured = false;
    const auto answer = reply(request(), snapshot);
    QCOMPARE(answer->leap, 0);
    QCOMPARE(int(answer->stratum), 10);
    QCOMPARE(fromNtpTimestamp(answer->receive, Now), Now - 10us);
}

void tst_NtpAnswer::saysUnsynchronisedUntilASourceIsHeard()
{
    ReferenceSnapshot snapshot;
    snapshot.sourcesConfigured = true;
    const auto answer = reply(request(), snapshot);
    QCOMPARE(answer->leap, 3);
    QCOMPARE(int(answer->stratum), 0);
    QCOMPARE(answer->referenceId, quint32(0x494E'4954));
    QVERIFY(rootDistance(*answer) >= Nanos(16s));
}

void tst_NtpAnswer::saysUnsynchronisedWhenTheBoundIsUseless()
{
    const ReferenceSnapshot snapshot = following(0s, 900ms);
    QCOMPARE(int(reply(request(), snapshot)->stratum), 3);
    // 100 ppm of 1100 s are another 110 ms.
    const auto answer = reply(request(), snapshot, later(1100s));
    QCOMPARE(answer->leap, 3);
    QCOMPARE(int(answer->stratum), 0);
    QVERIFY(fromNtpShort(answer->rootDispersion) > Nanos(1s));
}

void tst_NtpAnswer::saysUnsynchronisedAtTheEndOfAChain()
{
    ReferenceSnapshot snapshot = following(0s, 1ms);
    snapshot.stratum = 15;
    QCOMPARE(int(reply(request(), snapshot)->stratum), 15);
    snapshot.stratum = UnsynchronisedStratum;
    const auto answer = reply(request(), snapshot);
    QCOMPARE(answer->leap, 3);
    QCOMPARE(int(answer->stratum), 0);
}

void tst_NtpAnswer::coversTheBound_data()
{
    QTest::addColumn<qint64>("rootDelayMicros");
    QTest::addColumn<qint64>("boundMicros");
    QTest::addColumn<qint64>("rootDelayServed");
    QTest::newRow("no-delay") << 0LL << 1000LL << 0LL;
    QTest::newRow("delay-below-the-bound") << 800LL << 1000LL << 800LL;
    QTest::newRow("delay-is-the-bound") << 2000LL << 1000LL << 2000LL;
    QTest::newRow("others-are-sharper-than-the-way-to-it") << 50'000LL << 1000LL << 2000LL;
    QTest::newRow("odd-numbers") << 777LL << 4321LL << 777LL;
    QTest::newRow("sharp") << 3LL << 7LL << 3LL;
    QTest::newRow("negative-makes-no-sense") << -5LL << 7LL << 0LL;
}

void tst_NtpAnswer::coversTheBound()
{
    QFETCH(qint64, rootDelayMicros);
    QFETCH(qint64, boundMicros);
    QFETCH(qint64, rootDelayServed);
    ReferenceSnapshot snapshot = following(0s, std::chrono::microseconds(boundMicros));
    snapshot.rootDelay = std::chrono::microseconds(rootDelayMicros);
    Nanos last{};
    for (const Nanos age : {Nanos(0s), Nanos(16s), Nanos(100s), Nanos(1000s)}) {
        const auto answer = reply(request(), snapshot, later(age));
        const Nanos bound = offsetAt(snapshot, later(age))->bound();
        QVERIFY(fromNtpShort(answer->rootDelay) >= std::chrono::microseconds(rootDelayServed));
        QVERIFY(rootDistance(*answer) >= bound);
        QVERIFY(rootDistance(*answer) <= bound + 50us); // what two fields of 15 us each can round up
        QVERIFY(age == 0s || fromNtpShort(answer->rootDispersion) > last);
        last = fromNtpShort(answer->rootDispersion);
    }
    QVERIFY(last >= Nanos(100ms)); // 1000 s at 100 ppm
}

void tst_NtpAnswer::announcesLeapSeconds_data()
{
    using namespace std::chrono;
    QTest::addColumn<qint64>("served");
    QTest::addColumn<int>("leap");
    QTest::addColumn<int>("announced");
    const auto row = [](const char *name, sys_days day, seconds time, int leap, int announced) {
        QTest::newRow(name) << qint64(WallTime(day + time).time_since_epoch().count()) << leap << announced;
    };
    const sys_days newYear = 2027y / 1 / 1;
    row("last-second-of-the-year", newYear, -1s, 1, 1);
    row("first-second-of-its-last-day", newYear, -86'400s, 1, 1);
    row("the-second-before-that", newYear, -86'401s, 1, 0);
    row("after-it", newYear, 0s, 1, 0);
    row("deleted", sys_days(2027y / 7 / 1), -1s, 2, 2);
    row("none", newYear, -1s, 0, 0);
    row("leap-year", sys_days(2028y / 2 / 29), 0s, 1, 1);
    row("leap-year-the-day-before", sys_days(2028y / 2 / 28), 0s, 1, 0);
}

void tst_NtpAnswer::announcesLeapSeconds()
{
    QFETCH(qint64, served);
    QFETCH(int, leap);
    QFETCH(int, announced);
    // The served time decides, not our clock, which is days beside it.
    ReferenceSnapshot snapshot = following(100h, 1ms);
    snapshot.wallAt = WallTime(Nanos(served)) - 100h;
    snapshot.leap = leap;
    QCOMPARE(reply(request(), snapshot, {snapshot.wallAt, AtNow.mono})->leap, announced);
}

void tst_NtpAnswer::kissSaysNothingElse()
{
    const NtpServedState state = servedStateAt(following(0s, 1ms), AtNow);
    const NtpBytes bytes = ntpRateKiss(ntpRequestHeader(3, 3), AtNow.mono, state);
    const auto kiss = decodeNtpHeader(bytes);
    QCOMPARE(kiss->leap, 3);
    QCOMPARE(kiss->version, 3);
    QCOMPARE(kiss->mode, NtpMode::Server);
    QCOMPARE(int(kiss->stratum), 0);
    QCOMPARE(kiss->referenceId, quint32(0x5241'5445));
    QCOMPARE(kiss->origin, OddCookie);
    QCOMPARE(kiss->rootDispersion, quint32(0));
    QVERIFY(kiss->receive != 0 && kiss->transmit != 0); // chronyd believes no kiss without
}

QTEST_APPLESS_MAIN(tst_NtpAnswer)
#include "tst_ntpanswer.moc"
