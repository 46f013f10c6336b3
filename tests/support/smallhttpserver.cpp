// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/smallhttpserver.h"

#include "tests/support/httplength.h"

#include <QTcpSocket>

#include <memory>

namespace Synchat {

QByteArray httpReplyText(const SmallHttpReply &reply)
{
    if (!reply.raw.isEmpty())
        return reply.raw;
    QByteArray text = "HTTP/1.1 " + QByteArray::number(reply.status) + " Said\r\n";
    for (const QByteArray &header : reply.headers)
        text += header + "\r\n";
    return text + "Content-Length: " + QByteArray::number(reply.body.size()) + "\r\n\r\n" + reply.body;
}

SmallHttpServer::SmallHttpServer(Handler handler)
    : m_handler(std::move(handler))
{
    connect(this, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = nextPendingConnection()) {
            const auto pending = std::make_shared<QByteArray>();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket, pending] {
                *pending += socket->readAll();
                answerFrom(socket, *pending);
            });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    });
    listen(QHostAddress::LocalHost);
}

void SmallHttpServer::answerFrom(QTcpSocket *socket, QByteArray &pending)
{
    while (const auto length = httpMessageLength(pending)) {
        const QByteArray whole = pending.left(*length);
        pending.remove(0, *length);
        const QList<QByteArray> words = whole.left(whole.indexOf("\r\n")).split(' ');
        const SmallHttpRequest request{words.value(0), words.value(1), whole, httpBody(whole)};
        requests.append(request);
        const SmallHttpReply reply = m_handler(request);
        socket->write(httpReplyText(reply));
        if (!reply.raw.isEmpty())
            socket->disconnectFromHost();
    }
}

} // namespace Synchat
