// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/udpbatch.h"

#include "common/clock.h"
#include "tests/ntp/oddrequests.h"

#include <QNetworkDatagram>
#include <QTest>
#include <QUdpSocket>

using namespace Synchat;
using namespace std::chrono_literals;

namespace {

QByteArray toArray(std::span<const unsigned char> bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size())};
}

NtpTimestamp transmitTimeOf(const QByteArray &reply)
{
    return decodeNtpHeader(
               {reinterpret_cast<const unsigned char *>(reply.constData()), std::size_t(reply.size())})
        ->transmit;
}

} // namespace

/// The socket that serves and the one that asks.
class tst_UdpBatch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void takesInManyWithTheirStamps();
    void stampsEachOnItsOwn();
    void isFreshForEachBatch();
    void seesWhatIsTooLong();
    void adoptsWhatTheSocketRead_data();
    void adoptsWhatTheSocketRead();
};

void tst_UdpBatch::initTestCase()
{
    if (!UdpBatch::isSupported())
        QSKIP("only Linux sends and receives many at once");
}

void tst_UdpBatch::takesInManyWithTheirStamps()
{
    QUdpSocket served;
    QUdpSocket asking;
    QVERIFY(served.bind(QHostAddress(QHostAddress::AnyIPv4), 0));
    QVERIFY(asking.bind(QHostAddress(QHostAddress::LocalHost), 0));
    UdpBatch batch;
    batch.prepare(served.socketDescriptor());
    QCOMPARE(batch.receive(served.socketDescriptor()), 0);
    const WallTime before = SystemClock().now();
    for (int i = 0; i < UdpBatch::Size + 1; ++i)
        asking.writeDatagram(toArray(ntpRequestHeader(4, 3, 0, NtpTimestamp(i))),
                             QHostAddress(QHostAddress::LocalHost), served.localPort());
    QCOMPARE(batch.receive(served.socketDescriptor()), UdpBatch::Size);
    for (int i = 0; i < UdpBatch::Size; ++i) {
        QCOMPARE(decodeNtpHeader(*batch.bytes(i))->transmit, NtpTimestamp(i));
        QVERIFY(batch.kernelStamp(i) && *batch.kernelStamp(i) >= before - 1s);
        QCOMPARE(batch.peer(i), NtpPeer::fromIpv4(0x7F00'0001));
    }
    QCOMPARE(batch.receive(served.socketDescriptor()), 1);
    QCOMPARE(batch.receive(served.socketDescriptor()), 0);
}

void tst_UdpBatch::stampsEachOnItsOwn()
{
    QUdpSocket served;
    QUdpSocket asking;
    QVERIFY(served.bind(QHostAddress(QHostAddress::LocalHost), 0));
    QVERIFY(asking.bind(QHostAddress(QHostAddress::LocalHost), 0));
    UdpBatch batch;
    batch.prepare(served.socketDescriptor());
    constexpr int Count = 9;
    for (int i = 0; i < Count; ++i)
        asking.writeDatagram(toArray(ntpRequestHeader(4, 3)), QHostAddress(QHostAddress::LocalHost),
                             served.localPort());
    QCOMPARE(batch.receive(served.socketDescriptor()), Count);
    for (int i = 1; i < Count; i += 2) // the others are not answered
        batch.answer(i, {});
    QCOMPARE(batch.answerCount(), Count / 2);
    for (int i = 0; i < batch.answerCount(); ++i)
        batch.putTransmitTime(i, NtpTimestamp(i + 1));
    QCOMPARE(batch.sendAnswers(served.socketDescriptor()), 0);
    for (int i = 0; i < Count / 2; ++i) {
        QVERIFY(asking.hasPendingDatagrams());
        QCOMPARE(transmitTimeOf(asking.receiveDatagram().data()), NtpTimestamp(i + 1));
    }
    QVERIFY(!asking.hasPendingDatagrams());
    QCOMPARE(batch.receive(served.socketDescriptor()), 0);
    QCOMPARE(batch.answerCount(), 0);
}

void tst_UdpBatch::isFreshForEachBatch()
{
    // IPv6 after IPv4 would need another length of the sender's address; here a shorter datagram does.
    QUdpSocket served;
    QUdpSocket asking;
    QVERIFY(served.bind(QHostAddress(QHostAddress::LocalHost), 0));
    QVERIFY(asking.bind(QHostAddress(QHostAddress::LocalHost), 0));
    UdpBatch batch;
    batch.prepare(served.socketDescriptor());
    for (const int length : {3000, 48, 0, 100}) {
        asking.writeDatagram(QByteArray(length, 'x'), QHostAddress(QHostAddress::LocalHost),
                             served.localPort());
        QCOMPARE(batch.receive(served.socketDescriptor()), 1);
        QCOMPARE(batch.bytes(0).has_value(), length <= 2048);
        if (length <= 2048)
            QCOMPARE(int(batch.bytes(0)->size()), length);
        QVERIFY(batch.kernelStamp(0));
    }
}

void tst_UdpBatch::seesWhatIsTooLong()
{
    UdpBatch batch;
    QNetworkDatagram datagram(QByteArray(2048, 'x'));
    batch.adopt(datagram);
    QVERIFY(batch.bytes(0));
    datagram.setData(QByteArray(2049, 'x'));
    batch.adopt(datagram);
    QVERIFY(!batch.bytes(0));
}

void tst_UdpBatch::adoptsWhatTheSocketRead_data()
{
    QTest::addColumn<QString>("bind");
    QTest::addColumn<QString>("asked");
    QTest::newRow("v4") << QStringLiteral("0.0.0.0") << QStringLiteral("127.0.0.2");
    QTest::newRow("v4-bound-to-one") << QStringLiteral("127.0.0.2") << QStringLiteral("127.0.0.2");
    QTest::newRow("v6") << QStringLiteral("::") << QStringLiteral("::1");
}

void tst_UdpBatch::adoptsWhatTheSocketRead()
{
    QFETCH(QString, bind);
    QFETCH(QString, asked);
    QUdpSocket served;
    QUdpSocket asking;
    QVERIFY(served.bind(QHostAddress(bind), 0));
    QVERIFY(asking.bind(QHostAddress(bind), 0));
    UdpBatch batch;
    batch.prepare(served.socketDescriptor());
    asking.writeDatagram(toArray(ntpRequestHeader(4, 3)), QHostAddress(asked), served.localPort());
    QTRY_VERIFY(served.hasPendingDatagrams());
    const QNetworkDatagram datagram = served.receiveDatagram();
    batch.adopt(datagram);
    QCOMPARE(batch.peer(0), NtpPeer::from(datagram.senderAddress()));
    QVERIFY(!batch.kernelStamp(0));
    QCOMPARE(kindOfNtpRequest(*batch.bytes(0)), NtpRequestKind::Plain);
    batch.answer(0, {});
    batch.putTransmitTime(0, 5);
    QCOMPARE(batch.sendAnswers(served.socketDescriptor()), 0);
    QTRY_VERIFY(asking.hasPendingDatagrams());
    const QNetworkDatagram reply = asking.receiveDatagram();
    QCOMPARE(reply.senderAddress(), QHostAddress(asked));
    QCOMPARE(reply.senderPort(), int(served.localPort()));
    QCOMPARE(transmitTimeOf(reply.data()), NtpTimestamp(5));
}

QTEST_GUILESS_MAIN(tst_UdpBatch)
#include "tst_udpbatch.moc"
