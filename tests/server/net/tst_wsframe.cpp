// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/wsframe.h"

#include <QTest>

using namespace Synchat;

class tst_WsFrame : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void lengths_data();
    void lengths();
    void controlFrames();
    void longReasonIsCutAtACodePoint();
};

void tst_WsFrame::lengths_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("0") << 0 << QByteArray::fromHex("8100");
    QTest::newRow("1") << 1 << QByteArray::fromHex("8101");
    QTest::newRow("125") << 125 << QByteArray::fromHex("817d");
    QTest::newRow("126") << 126 << QByteArray::fromHex("817e007e");
    QTest::newRow("65535") << 65535 << QByteArray::fromHex("817effff");
    QTest::newRow("65536") << 65536 << QByteArray::fromHex("817f0000000000010000");
    QTest::newRow("1 MiB") << 1024 * 1024 << QByteArray::fromHex("817f0000000000100000");
}

void tst_WsFrame::lengths()
{
    QFETCH(int, size);
    QFETCH(QByteArray, header);
    const QByteArray payload(size, 'x');
    const QByteArray frame = makeWsFrame(WsOpcode::Text, payload);
    QCOMPARE(frame.first(header.size()).toHex(), header.toHex());
    QCOMPARE(frame.sliced(header.size()), payload);
}

void tst_WsFrame::controlFrames()
{
    QCOMPARE(makeWsFrame(WsOpcode::Ping, {}).toHex(), "8900");
    QCOMPARE(makeCloseFrame(1001, QStringLiteral("bye")).toHex(), "880503e9627965");
    QCOMPARE(makeCloseFrame(1000, {}).toHex(), "880203e8");
}

void tst_WsFrame::longReasonIsCutAtACodePoint()
{
    const QByteArray frame = makeCloseFrame(1001, QStringLiteral("x") + QString(100, QChar(0x20ac)));
    QCOMPARE(frame.size(), 2 + 2 + 1 + 40 * 3); // 121 of at most 123
    QCOMPARE(QString::fromUtf8(frame.sliced(5)), QString(40, QChar(0x20ac)));
}

QTEST_APPLESS_MAIN(tst_WsFrame)
#include "tst_wsframe.moc"
