// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ntp/httpsourcekit.h"

#include <QTcpSocket>

namespace Synchat {

using namespace std::chrono_literals;

ScriptedWeb::ScriptedWeb(QList<QByteArray> replies)
    : m_replies(std::move(replies))
{
    listen(QHostAddress(QHostAddress::LocalHost), 0);
    connect(this, &QTcpServer::newConnection, this, [this] {
        QTcpSocket *socket = nextPendingConnection();
        ++connections;
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
            const QByteArray head = socket->readAll();
            if (!head.contains("\r\n\r\n"))
                return;
            requests.append(head);
            const qsizetype index = std::min(requests.size(), m_replies.size()) - 1;
            socket->write(m_replies.at(index));
            if (!m_replies.at(index).contains("Connection: keep-alive"))
                socket->disconnectFromHost();
        });
    });
}

QByteArray http(const QByteArray &statusAndHeaders, const QByteArray &body)
{
    return "HTTP/1.1 " + statusAndHeaders + "\r\nContent-Length: " + QByteArray::number(body.size()) +
           "\r\nConnection: close\r\n\r\n" + body;
}

QByteArray httpKeptOpen(const QByteArray &statusAndHeaders, const QByteArray &body)
{
    return http(statusAndHeaders, body).replace("Connection: close", "Connection: keep-alive");
}

QByteArray jsonNow(Nanos ahead)
{
    const qint64 micros = toWire(SystemClock().now() + ahead);
    return R"({"utc_datetime":")" + isoUtc(micros).toLatin1() + R"("})";
}

TimeTimings quick()
{
    TimeTimings timings;
    timings.httpPoll = 20ms;
    timings.httpProviderGap = 5ms;
    timings.httpLongestPoll = 40ms;
    timings.httpTimeout = 500ms;
    timings.httpSteadyPoll = 20ms;
    timings.httpWarmUp = 10ms;
    return timings;
}

Setup::Setup(const QUrl &url, TimeTimings timings, const QString &words)
    : gaps(timings.httpProviderGap)
    , source(clock, entry(url, words), 100ms, timings, network, gaps)
    , polled(&source, &HttpTimeSource::polled)
{
    source.start();
}

} // namespace Synchat
