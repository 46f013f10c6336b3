// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/demo/delayrelay.h"

#include <QElapsedTimer>
#include <QNetworkDatagram>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;
using namespace std::chrono_literals;

/// What goes through comes out whole and in order, and no earlier than the line is long.
class tst_DelayRelay : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void carriesBytes();
    void carriesDatagrams();
    void endsWithTheOtherEnd();

private:
    static constexpr LineDelays Delays{60ms, 5ms};
    std::unique_ptr<QTcpServer> m_tcp;
    std::unique_ptr<QUdpSocket> m_udp;
    std::unique_ptr<DelayRelay> m_relay;
    const QHostAddress m_address{u"127.0.0.2"_s};
};

void tst_DelayRelay::init()
{
    m_tcp = std::make_unique<QTcpServer>();
    m_udp = std::make_unique<QUdpSocket>();
    m_relay = std::make_unique<DelayRelay>(Delays);
    QVERIFY(m_tcp->listen(QHostAddress::LocalHost));
    QVERIFY(m_udp->bind(QHostAddress::LocalHost));
    QVERIFY2(m_relay->listen(m_address, m_udp->localPort()), qPrintable(m_relay->errorString()));
    m_relay->setDaemon(m_tcp->serverPort(), m_udp->localPort());
}

void tst_DelayRelay::carriesBytes()
{
    QTcpSocket client;
    client.connectToHost(m_address, m_relay->tcpPort());
    QTRY_VERIFY(m_tcp->hasPendingConnections());
    QTcpSocket *daemon = m_tcp->nextPendingConnection();
    QElapsedTimer timer;
    timer.start();
    QByteArray sent;
    for (int i = 0; i < 200; ++i) {
        const QByteArray part = QByteArray::number(i) + ' ';
        client.write(part);
        client.flush();
        sent += part;
    }
    QTRY_VERIFY(daemon->bytesAvailable() > 0);
    QVERIFY(timer.elapsed() >= Delays.there.count() - 1);
    QTRY_COMPARE(daemon->bytesAvailable(), sent.size());
    QCOMPARE(daemon->readAll(), sent);
    timer.restart();
    daemon->write("back");
    QTRY_COMPARE(client.bytesAvailable(), 4);
    QVERIFY(timer.elapsed() >= Delays.back.count() - 1);
}

void tst_DelayRelay::carriesDatagrams()
{
    QUdpSocket client;
    QVERIFY(client.bind(QHostAddress::LocalHost));
    QElapsedTimer timer;
    timer.start();
    client.writeDatagram("ask", m_address, m_udp->localPort());
    QTRY_VERIFY(m_udp->hasPendingDatagrams());
    QVERIFY(timer.elapsed() >= Delays.there.count() - 1);
    const QNetworkDatagram request = m_udp->receiveDatagram();
    QCOMPARE(request.data(), QByteArray("ask"));
    timer.restart();
    m_udp->writeDatagram(request.makeReply("answer"));
    QTRY_VERIFY(client.hasPendingDatagrams());
    QVERIFY(timer.elapsed() >= Delays.back.count() - 1);
    const QNetworkDatagram reply = client.receiveDatagram();
    QCOMPARE(reply.data(), QByteArray("answer"));
    QCOMPARE(reply.senderAddress(), m_address);
    QCOMPARE(quint16(reply.senderPort()), m_udp->localPort());
}

void tst_DelayRelay::endsWithTheOtherEnd()
{
    QTcpSocket client;
    client.connectToHost(m_address, m_relay->tcpPort());
    QTRY_VERIFY(m_tcp->hasPendingConnections());
    m_tcp->nextPendingConnection()->disconnectFromHost();
    QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
}

QTEST_GUILESS_MAIN(tst_DelayRelay)
#include "tst_delayrelay.moc"
