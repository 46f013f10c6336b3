// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "nettestkit.h"

#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

using namespace Synchat;
using namespace Qt::StringLiterals;

class tst_NetServer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void echoes();
    void answersHttp();
};

void tst_NetServer::echoes()
{
    EchoServer server;
    QWebSocket client;
    QStringList received;
    connect(&client, &QWebSocket::textMessageReceived, this,
            [&](const QString &text) { received.append(text); });
    QWebSocketHandshakeOptions options;
    options.setSubprotocols({u"other"_s, u"synchat.v1"_s});
    client.open(QUrl(u"ws://127.0.0.1:%1/ws"_s.arg(server.port())), options);
    QTRY_COMPARE(server.opened.size(), 1);
    QCOMPARE(client.subprotocol(), u"synchat.v1"_s);
    client.sendTextMessage(u"{\"type\":\"typing\",\"room\":\"general\"}"_s);
    QTRY_COMPARE(received, QStringList{u"echo general"_s});
    QCOMPARE(server.net().connectionCount(), 1);
    client.close();
    QTRY_COMPARE(server.closed, server.opened);
    QTRY_COMPARE(server.net().connectionCount(), 0);
}

void tst_NetServer::answersHttp()
{
    EchoServer server;
    RawClient client(server.port());
    client.send("GET /a%20b?x=1 HTTP/1.1\r\nHost: here\r\n\r\n");
    QTRY_VERIFY(client.received.endsWith("path /a b body "));
    QVERIFY(client.received.startsWith("HTTP/1.1 200 OK\r\nDate: "));
    QVERIFY(client.isOpen());
}

QTEST_GUILESS_MAIN(tst_NetServer)
#include "tst_netserver.moc"
