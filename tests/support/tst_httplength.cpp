// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/httplength.h"

#include <QTest>

using namespace Synchat;

class tst_HttpLength : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void lengths_data();
    void lengths();
    void headers();
};

void tst_HttpLength::lengths_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("no-body") << QByteArray("GET / HTTP/1.1\r\nHost: x\r\n\r\n") << QByteArray();
    QTest::newRow("content-length") << QByteArray("HTTP/1.1 200 OK\r\ncontent-LENGTH:  5\r\n\r\nhello")
                                    << QByteArray("hello");
    QTest::newRow("chunks") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: "
                                          "chunked\r\n\r\n5\r\nhello\r\nb;x=1\r\n, you there\r\n0\r\n\r\n")
                            << QByteArray("hello, you there");
}

void tst_HttpLength::lengths()
{
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, body);
    QCOMPARE(httpMessageLength(message), message.size());
    QCOMPARE(httpMessageLength(message + "GET"), message.size()); // what follows is another's
    QCOMPARE(httpBody(message), body);
    for (qsizetype cut = 0; cut < message.size(); ++cut)
        QVERIFY2(!httpMessageLength(message.left(cut)), qPrintable(QString::number(cut)));
}

void tst_HttpLength::headers()
{
    const QByteArray message = "HTTP/1.1 200 OK\r\nRetry-After:  7 \r\nX: a: b\r\n\r\nRetry-After: 9";
    QCOMPARE(httpHeader(message, "retry-after"), QByteArray("7"));
    QCOMPARE(httpHeader(message, "x"), QByteArray("a: b"));
    QCOMPARE(httpHeader(message, "y"), QByteArray());
    QCOMPARE(httpMessageLength("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", false), 38); // as HEAD has it
}

QTEST_GUILESS_MAIN(tst_HttpLength)
#include "tst_httplength.moc"
