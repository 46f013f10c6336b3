// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ntp/timereferencekit.h"

#include <QTcpSocket>

namespace Synchat {

using namespace std::chrono_literals;

TimeTimings quick()
{
    TimeTimings timings;
    timings.nearbyBurst = 2;
    timings.nearbyBurstGap = 5ms;
    timings.minPoll = 20ms;
    timings.maxPoll = 20ms;
    timings.ntpTimeout = 100ms;
    timings.httpPoll = 20ms;
    timings.httpProviderGap = 5ms;
    timings.httpTimeout = 500ms;
    timings.refresh = 20ms;
    return timings;
}

Upstream::Upstream(Nanos skew)
    : clock(skew)
    , server(clock)
{
    server.listen(QHostAddress(QHostAddress::LocalHost), 0);
}

Web::Web(Nanos skew)
{
    server.listen(QHostAddress(QHostAddress::LocalHost), 0);
    QObject::connect(&server, &QTcpServer::newConnection, &server, [this, skew] {
        QTcpSocket *socket = server.nextPendingConnection();
        const int number = ++connections;
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, number, socket, skew] {
            if (number <= lost || !socket->readAll().contains("\r\n\r\n"))
                return;
            const QByteArray now = isoUtc(toWire(SystemClock().now() + skew)).toLatin1();
            const QByteArray body = R"({"utc_datetime":")" + now + R"("})";
            socket->write("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(body.size()) +
                          "\r\n\r\n" + body);
        });
    });
}

QString deadServer()
{
    return Upstream().name();
}

std::unique_ptr<TimeReference> reference(const Clock &clock, const QStringList &ntp, const QStringList &http,
                                         OsClockReader os, Nanos osClockError)
{
    TimeConfig config;
    config.ntpServers = ntp;
    config.httpSources = http;
    config.useOsClock = bool(os);
    config.osClockError = osClockError;
    auto made = std::make_unique<TimeReference>(clock, config, QStringLiteral("boot"));
    made->setTimings(quick());
    if (os)
        made->setOsClock(std::move(os));
    return made;
}

const SourceStatus *find(const SharedSnapshot &snapshot, const QString &name)
{
    for (const SourceStatus &source : snapshot->sources) {
        if (source.name == name)
            return &source;
    }
    return nullptr;
}

} // namespace Synchat
