// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/ntppacket.h"

#include <QTest>

#include <vector>

using namespace Synchat;
using namespace std::chrono_literals;

namespace {

const WallTime Now{1'764'000'000s};

} // namespace

class tst_NtpPacket : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void decodesNothingThatIsTooShort();
    void readsBackWhatItWrites();
    void convertsTimes_data();
    void convertsTimes();
    void choosesTheEraNearestToThePivot();
    void pivotIsNeverBeforeThisProgram();
    void shortFormatNeverShrinks();
    void precisionIsBounded_data();
    void precisionIsBounded();
};

void tst_NtpPacket::decodesNothingThatIsTooShort()
{
    for (std::size_t length = 0; length <= 100; ++length)
        QCOMPARE(decodeNtpHeader(std::vector<unsigned char>(length, 0x23)).has_value(), length >= 48);
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

QTEST_APPLESS_MAIN(tst_NtpPacket)
#include "tst_ntppacket.moc"
