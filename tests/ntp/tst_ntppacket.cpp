// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/ntppacket.h"

#include "tests/support/manualclock.h"

#include <QTest>

#include <random>
#include <vector>

using namespace Synchat;
using namespace std::chrono_literals;

namespace {

using Bytes = std::vector<unsigned char>;

constexpr NtpTimestamp Cookie = 0x0123'4567'89AB'CDEF;
const WallTime Now{1'764'000'000s};

Bytes header(int version, int mode, int leap = 0, NtpTimestamp transmit = Cookie)
{
    NtpPacket packet;
    packet.version = version;
    packet.mode = static_cast<NtpMode>(mode);
    packet.leap = leap;
    packet.transmit = transmit;
    const NtpBytes bytes = encodeNtpHeader(packet);
    return {bytes.begin(), bytes.end()};
}

Bytes plus(Bytes bytes, const Bytes &tail)
{
    bytes.insert(bytes.end(), tail.begin(), tail.end());
    return bytes;
}

Bytes field(int type, int length, int told = -1)
{
    Bytes bytes(static_cast<std::size_t>(length), 0xAA);
    const int written = told < 0 ? length : told;
    bytes[0] = static_cast<unsigned char>(type >> 8);
    bytes[1] = static_cast<unsigned char>(type);
    bytes[2] = static_cast<unsigned char>(written >> 8);
    bytes[3] = static_cast<unsigned char>(written);
    return bytes;
}

Bytes zeros(int length)
{
    return Bytes(static_cast<std::size_t>(length), 0);
}

ReferenceSnapshot noSources()
{
    return {};
}

std::optional<NtpPacket> reply(const Bytes &request, const ReferenceSnapshot &snapshot = noSources(),
                               ClockReading now = {Now, MonoTime(1h)})
{
    const auto bytes = replyToNtpRequest(request, now.wall - 10us, snapshot, now);
    return bytes ? decodeNtpHeader(*bytes) : std::nullopt;
}

} // namespace

class tst_NtpPacket : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void answers_data();
    void answers();
    void answersEveryLengthOrNothing();
    void neverAnswersMoreThanWasAsked();
    void readsBackWhatItWrites();
    void flippedBytesNeverLengthenOrBreak();
    void convertsTimes_data();
    void convertsTimes();
    void choosesTheEraNearestToThePivot();
    void pivotIsNeverBeforeThisProgram();
    void crossesTheEra();
    void shortFormatNeverShrinks();
    void precisionIsBounded_data();
    void precisionIsBounded();
    void echoesAndStamps();
    void servesTheOffsetClock();
    void servesALocalClockWithoutSources();
    void saysUnsynchronisedUntilASourceIsHeard();
    void saysUnsynchronisedWhenTheBoundIsUseless();
    void rootDispersionAges();
};

void tst_NtpPacket::answers_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<bool>("answered");
    const auto row = [](const char *name, const Bytes &bytes, bool answered) {
        QTest::newRow(name) << QByteArray(reinterpret_cast<const char *>(bytes.data()),
                                          qsizetype(bytes.size()))
                            << answered;
    };
    for (int version = 0; version <= 7; ++version) {
        const bool known = version >= 1 && version <= 4;
        row(qPrintable(QStringLiteral("client-v%1").arg(version)), header(version, 3), known);
        for (const int mode : {0, 1, 2, 4, 5, 6, 7})
            row(qPrintable(QStringLiteral("v%1-mode-%2").arg(version).arg(mode)), header(version, mode),
                false);
    }
    row("empty", {}, false);
    Bytes shortened = header(4, 3);
    shortened.pop_back();
    row("one-byte-short", shortened, false);
    row("leap-3-in-the-request", header(4, 3, 3), true);
    row("transmit-zero", header(4, 3, 0, 0), true);
    row("length-49", plus(header(4, 3), zeros(1)), false);
    row("length-50", plus(header(4, 3), zeros(2)), false);
    row("length-51", plus(header(4, 3), zeros(3)), false);
    row("field-of-28", plus(header(4, 3), field(0x4321, 28)), true);
    row("field-of-32", plus(header(4, 3), field(0x4321, 32)), true);
    row("field-of-16-alone", plus(header(4, 3), field(0x4321, 16)), false);
    row("field-of-16-and-of-28", plus(plus(header(4, 3), field(1, 16)), field(2, 28)), true);
    row("field-of-12", plus(header(4, 3), field(0x4321, 12)), false);
    row("field-that-says-0", plus(header(4, 3), field(0x4321, 28, 0)), false);
    row("field-longer-than-the-packet", plus(header(4, 3), field(0x4321, 28, 32)), false);
    row("field-not-a-multiple-of-4", plus(header(4, 3), field(0x4321, 40, 30)), false);
    row("two-fields-of-30", plus(plus(header(4, 3), field(1, 30)), field(2, 30)), false);
    row("field-leaves-a-rest", plus(header(4, 3), field(0x4321, 40, 32)), false);
    row("crypto-nak", plus(header(4, 3), zeros(4)), false);
    row("mac-20", plus(header(4, 3), field(0, 20)), false);
    row("mac-24", plus(header(4, 3), field(0, 24)), false);
    row("field-then-mac", plus(plus(header(4, 3), field(1, 28)), field(0, 20)), false);
    row("v3-with-a-mac", plus(header(3, 3), field(0, 20)), false);
    row("v3-with-a-field", plus(header(3, 3), field(0x4321, 28)), false);
    row("v1-with-a-tail", plus(header(1, 3), zeros(12)), false);
    row("nts-unique-id", plus(header(4, 3), field(0x0104, 36)), false);
    row("nts-cookie", plus(header(4, 3), field(0x0204, 100)), false);
    row("nts-authenticator", plus(header(4, 3), field(0x0404, 40)), false);
    row("1400-zeros", zeros(1400), false);
    row("client-then-1352-zeros", plus(header(4, 3), zeros(1352)), false);
    Bytes poll17 = header(4, 3);
    poll17[2] = 17;
    row("poll-17", poll17, true);
}

void tst_NtpPacket::answers()
{
    QFETCH(QByteArray, request);
    QFETCH(bool, answered);
    const Bytes bytes(request.begin(), request.end());
    const auto answer = reply(bytes);
    QCOMPARE(answer.has_value(), answered);
    if (!answer)
        return;
    QCOMPARE(answer->mode, NtpMode::Server);
    QCOMPARE(answer->version, (bytes[0] >> 3) & 7);
    QCOMPARE(answer->poll, static_cast<qint8>(bytes[2]));
}

void tst_NtpPacket::answersEveryLengthOrNothing()
{
    for (int length = 0; length <= 1500; ++length) {
        Bytes bytes = header(4, 3);
        bytes.resize(static_cast<std::size_t>(length));
        QCOMPARE(reply(bytes).has_value(), length == 48);
        QCOMPARE(decodeNtpHeader(bytes).has_value(), length >= 48);
    }
}

void tst_NtpPacket::neverAnswersMoreThanWasAsked()
{
    std::mt19937 random(5905);
    int answered = 0;
    for (int round = 0; round < 20'000; ++round) {
        Bytes bytes(random() % 128);
        for (unsigned char &byte : bytes)
            byte = static_cast<unsigned char>(random());
        if (!bytes.empty() && round % 2 == 0)
            bytes[0] = 0x23;
        const auto answer = replyToNtpRequest(bytes, Now, noSources(), {Now, MonoTime(1h)});
        answered += answer ? 1 : 0;
        QVERIFY(!answer || answer->size() <= bytes.size());
    }
    QVERIFY(answered > 50); // else this proves nothing
}

void tst_NtpPacket::readsBackWhatItWrites()
{
    NtpPacket packet;
    packet.leap = 2;
    packet.version = 3;
    packet.mode = NtpMode::Broadcast;
    packet.stratum = 200;
    packet.poll = -6;
    packet.precision = -29;
    packet.rootDelay = 0x0102'0304;
    packet.rootDispersion = 0xF1F2'F3F4;
    packet.referenceId = 0x4750'5300;
    packet.reference = 0x8182'8384'8586'8788;
    packet.origin = 0x1112'1314'1516'1718;
    packet.receive = 0x2122'2324'2526'2728;
    packet.transmit = 0x3132'3334'3536'3738;
    const NtpBytes bytes = encodeNtpHeader(packet);
    QCOMPARE(decodeNtpHeader(bytes), std::optional(packet));
    QCOMPARE(int(bytes[0]), 0b10'011'101);
    QCOMPARE(int(bytes[4]), 0x01);
    QCOMPARE(int(bytes[12]), 0x47);
    QCOMPARE(int(bytes[47]), 0x38);
}

void tst_NtpPacket::flippedBytesNeverLengthenOrBreak()
{
    const Bytes whole = plus(plus(header(4, 3), field(7, 28)), field(8, 28));
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

void tst_NtpPacket::convertsTimes_data()
{
    QTest::addColumn<qint64>("nanos");
    QTest::addColumn<quint64>("stamp");
    QTest::newRow("unix-epoch") << qint64(0) << quint64(0x83AA'7E80'0000'0000);
    QTest::newRow("half-a-second") << qint64(500'000'000) << quint64(0x83AA'7E80'8000'0000);
    QTest::newRow("before-1970") << qint64(-500'000'000) << quint64(0x83AA'7E7F'8000'0000);
    QTest::newRow("last-of-era-0") << qint64(2'085'978'495'000'000'000) << quint64(0xFFFF'FFFF'0000'0000);
    QTest::newRow("first-of-era-1") << qint64(2'085'978'496'000'000'000) << quint64(0);
    QTest::newRow("era-1") << qint64(2'085'978'497'250'000'000) << quint64(0x0000'0001'4000'0000);
}

void tst_NtpPacket::convertsTimes()
{
    QFETCH(qint64, nanos);
    QFETCH(quint64, stamp);
    const WallTime time{Nanos(nanos)};
    QCOMPARE(toNtpTimestamp(time), stamp);
    QCOMPARE(fromNtpTimestamp(stamp, time + 24h * 365 * 60).time_since_epoch().count(), nanos);
    QCOMPARE(fromNtpTimestamp(stamp, time - 24h * 365 * 60).time_since_epoch().count(), nanos);
}

void tst_NtpPacket::choosesTheEraNearestToThePivot()
{
    const NtpTimestamp stamp = toNtpTimestamp(Now);
    const auto era = std::chrono::seconds(4'294'967'296);
    QCOMPARE(fromNtpTimestamp(stamp, Now + 67 * 8766h), Now);
    QCOMPARE(fromNtpTimestamp(stamp, Now + 69 * 8766h), Now + era);
    QCOMPARE(fromNtpTimestamp(stamp, Now - 69 * 8766h), Now - era);
    // At the ends of what 64 bits of nanoseconds hold.
    QVERIFY(fromNtpTimestamp(toNtpTimestamp(WallTime::max()) + (quint64(1) << 62), WallTime::max()) ==
            WallTime::max());
    QVERIFY(fromNtpTimestamp(toNtpTimestamp(WallTime::min()) - (quint64(1) << 62), WallTime::min()) ==
            WallTime::min());
}

void tst_NtpPacket::pivotIsNeverBeforeThisProgram()
{
    const WallTime in1970{5s};
    QCOMPARE(ntpEraPivot(Now + 8766h * 20), Now + 8766h * 20);
    // A machine that woke up in 1970 still reads a server of 2080 rightly.
    const WallTime in2080{std::chrono::seconds(3'471'292'800)};
    QCOMPARE(fromNtpTimestamp(toNtpTimestamp(in2080), ntpEraPivot(in1970)), in2080);
}

void tst_NtpPacket::crossesTheEra()
{
    const WallTime rollover{std::chrono::seconds(2'085'978'496)};
    ReferenceSnapshot snapshot;
    const auto answer =
        replyToNtpRequest(header(4, 3), rollover - 1ms, snapshot, {rollover + 1ms, MonoTime(1h)});
    const auto packet = decodeNtpHeader(*answer);
    QVERIFY(packet->receive > packet->transmit); // as unsigned numbers
    const WallTime received = fromNtpTimestamp(packet->receive, rollover + 5s);
    const WallTime sent = fromNtpTimestamp(packet->transmit, rollover + 5s);
    QCOMPARE(sent - received, Nanos(2ms));
    QCOMPARE(received, rollover - 1ms);
}

void tst_NtpPacket::shortFormatNeverShrinks()
{
    for (const qint64 nanos :
         {0LL, 1LL, 15'258LL, 15'259LL, 999'999'999LL, 1'000'000'000LL, 16'000'000'001LL}) {
        const quint32 value = toNtpShort(Nanos(nanos));
        QVERIFY(fromNtpShort(value) >= Nanos(nanos));
        QVERIFY(fromNtpShort(value) <= Nanos(nanos + 15'260));
    }
    QCOMPARE(toNtpShort(-5s), quint32(0));
    QCOMPARE(toNtpShort(48h), quint32(0xFFFF'FFFF));
    QCOMPARE(fromNtpShort(0x0001'8000), Nanos(1500ms));
}

void tst_NtpPacket::precisionIsBounded_data()
{
    QTest::addColumn<int>("exponent");
    QTest::addColumn<qint64>("nanos");
    QTest::newRow("a-microsecond") << -20 << qint64(953);
    QTest::newRow("a-second") << 0 << qint64(1'000'000'000);
    QTest::newRow("absurd-large") << 127 << qint64(1'000'000'000);
    QTest::newRow("absurd-small") << -128 << qint64(1);
}

void tst_NtpPacket::precisionIsBounded()
{
    QFETCH(int, exponent);
    QFETCH(qint64, nanos);
    QCOMPARE(fromNtpPrecision(static_cast<qint8>(exponent)).count(), nanos);
}

void tst_NtpPacket::echoesAndStamps()
{
    const ClockReading now{Now, MonoTime(1h)};
    const auto bytes = replyToNtpRequest(header(3, 3), Now - 1500us, noSources(), now);
    const auto answer = decodeNtpHeader(*bytes);
    QCOMPARE(answer->origin, Cookie);
    QCOMPARE(fromNtpTimestamp(answer->receive, Now), Now - 1500us);
    QCOMPARE(fromNtpTimestamp(answer->transmit, Now), Now);
}

void tst_NtpPacket::servesTheOffsetClock()
{
    ReferenceSnapshot snapshot;
    snapshot.at = MonoTime(1h);
    snapshot.wallAt = Now;
    snapshot.offset = Interval::around(250ms, 2ms);
    snapshot.state = StampState::Ok;
    snapshot.stratum = 3;
    snapshot.referenceId = 0xC000'0201;
    snapshot.leap = 1;
    snapshot.sourcesConfigured = true;
    snapshot.lastUpdate = MonoTime(1h) - 4s;
    auto answer = reply(header(4, 3), snapshot);
    QCOMPARE(answer->leap, 1);
    QCOMPARE(int(answer->stratum), 3);
    QCOMPARE(answer->referenceId, quint32(0xC000'0201));
    QCOMPARE(fromNtpTimestamp(answer->receive, Now), Now + 250ms - 10us);
    QCOMPARE(fromNtpTimestamp(answer->transmit, Now), Now + 250ms);
    QCOMPARE(fromNtpTimestamp(answer->reference, Now), Now + 250ms - 4s);
    QVERIFY(fromNtpShort(answer->rootDispersion) >= Nanos(2ms));
    QVERIFY(fromNtpShort(answer->rootDispersion) <= Nanos(2ms + 20us));
    QCOMPARE(answer->rootDelay, quint32(0));
    // Our own clock is stepped after the snapshot: what is served does not jump with it.
    answer = reply(header(4, 3), snapshot, {Now + 1s - 3700ms, MonoTime(1h) + 1s});
    const Nanos error = fromNtpTimestamp(answer->transmit, Now) - (Now + 1s + 250ms);
    QVERIFY(std::abs(error.count()) < 10'000);
}

void tst_NtpPacket::servesALocalClockWithoutSources()
{
    const auto answer = reply(header(4, 3));
    QCOMPARE(answer->leap, 0);
    QCOMPARE(int(answer->stratum), 10);
    QVERIFY(answer->reference != 0);
    QVERIFY(answer->transmit != 0);
    QVERIFY(fromNtpShort(answer->rootDispersion) < Nanos(1s));
}

void tst_NtpPacket::saysUnsynchronisedUntilASourceIsHeard()
{
    ReferenceSnapshot snapshot;
    snapshot.sourcesConfigured = true;
    const auto answer = reply(header(4, 3), snapshot);
    QCOMPARE(answer->leap, 3);
    QCOMPARE(int(answer->stratum), 0);
    QCOMPARE(answer->referenceId, quint32(0x494E'4954));
}

void tst_NtpPacket::saysUnsynchronisedWhenTheBoundIsUseless()
{
    ReferenceSnapshot snapshot;
    snapshot.at = MonoTime(1h);
    snapshot.wallAt = Now;
    snapshot.offset = Interval::around(0s, 900ms);
    snapshot.state = StampState::Ok;
    snapshot.stratum = 3;
    snapshot.sourcesConfigured = true;
    QCOMPARE(reply(header(4, 3), snapshot)->leap, 0);
    // 100 ppm of 1100 s are another 110 ms.
    const auto later = reply(header(4, 3), snapshot, {Now + 1100s, MonoTime(1h) + 1100s});
    QCOMPARE(later->leap, 3);
    QVERIFY(fromNtpShort(later->rootDispersion) > Nanos(1s));
}

void tst_NtpPacket::rootDispersionAges()
{
    ReferenceSnapshot snapshot;
    snapshot.at = MonoTime(1h);
    snapshot.wallAt = Now;
    snapshot.offset = Interval::around(0s, 1ms);
    snapshot.state = StampState::Ok;
    const auto later = reply(header(4, 3), snapshot, {Now + 100s, MonoTime(1h) + 100s});
    QVERIFY(fromNtpShort(later->rootDispersion) >= Nanos(11ms));
    QVERIFY(fromNtpShort(later->rootDispersion) <= Nanos(11ms + 20us));
}

QTEST_APPLESS_MAIN(tst_NtpPacket)
#include "tst_ntppacket.moc"
