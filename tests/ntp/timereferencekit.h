// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ntp/ntpserver.h"
#include "ntp/timereference.h"
#include "tests/ntp/offsetclock.h"

#include <QTcpServer>

namespace Synchat {

/// As usual, but in milliseconds rather than minutes.
TimeTimings quick();

/// An upstream server whose clock is beside the truth.
struct Upstream
{
    explicit Upstream(Nanos skew = Nanos::zero());
    QString name() const { return QStringLiteral("127.0.0.1:%1").arg(server.port()); }

    OffsetClock clock;
    NtpServer server;
};

/// A web server that tells the time as JSON, beside the truth by as much as a test says.
struct Web
{
    explicit Web(Nanos skew);
    QString url(const char *path = "") const
    {
        return QStringLiteral("http://127.0.0.1:%1/%2").arg(server.serverPort()).arg(QLatin1String(path));
    }

    QTcpServer server;
    int connections = 0;
    int lost = 0; ///< so many of the first are not answered on any more
};

/// Nobody answers there any more.
QString deadServer();

/// What a test looks at: not started yet, and `quick()`.
std::unique_ptr<TimeReference> reference(const Clock &clock, const QStringList &ntp,
                                         const QStringList &http = {}, OsClockReader os = {},
                                         Nanos osClockError = {});

/// The source of that name, or null.
const SourceStatus *find(const SharedSnapshot &snapshot, const QString &name);

} // namespace Synchat
