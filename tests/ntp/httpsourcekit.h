// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ntp/httptimesource.h"
#include "tests/ntp/offsetclock.h"

#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTcpServer>

namespace Synchat {

/// Answers each request with the next of its replies, then with the last one again and again.
class ScriptedWeb : public QTcpServer
{
public:
    explicit ScriptedWeb(QList<QByteArray> replies);
    QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1/api").arg(serverPort())); }
    QList<QByteArray> requests;
    int connections = 0;

private:
    QList<QByteArray> m_replies;
};

/// A whole reply, after which the connection is closed or kept open.
QByteArray http(const QByteArray &statusAndHeaders, const QByteArray &body);
QByteArray httpKeptOpen(const QByteArray &statusAndHeaders, const QByteArray &body);
/// A body that tells the time.
QByteArray jsonNow(Nanos ahead);

/// As usual, but in milliseconds rather than minutes.
TimeTimings quick();

/// A source that asks `url`, started, and all that it stands on.
struct Setup
{
    explicit Setup(const QUrl &url, TimeTimings timings = quick(), const QString &words = {});
    SourceStatus status() const { return source.status(clock.read()); }
    static HttpSourceEntry entry(const QUrl &url, const QString &words = {})
    {
        return *HttpSourceEntry::parse(url.toString() + words);
    }

    HurriedClock clock;
    QNetworkAccessManager network;
    ProviderGaps gaps;
    HttpTimeSource source;
    QSignalSpy polled;
};

} // namespace Synchat
