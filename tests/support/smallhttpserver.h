// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QTcpServer>

#include <functional>

namespace Synchat {

struct SmallHttpRequest
{
    QByteArray method;
    QByteArray target; ///< path and query, as sent
    QByteArray whole;  ///< head and body
    QByteArray body = {};
};

struct SmallHttpReply
{
    int status = 200;
    QByteArray body = {};
    QList<QByteArray> headers = {}; ///< `Name: value` besides Content-Length
    QByteArray raw = {};            ///< sent instead of all that, and the connection is closed
};

/// An HTTP server of a test, on loopback and a free port: answers each request by what `handler` says.
class SmallHttpServer : public QTcpServer
{
public:
    using Handler = std::function<SmallHttpReply(const SmallHttpRequest &)>;
    explicit SmallHttpServer(Handler handler);

    QList<SmallHttpRequest> requests; ///< all that came

private:
    void answerFrom(QTcpSocket *socket, QByteArray &pending);

    Handler m_handler;
};

/// As it goes over the wire.
QByteArray httpReplyText(const SmallHttpReply &reply);

} // namespace Synchat
