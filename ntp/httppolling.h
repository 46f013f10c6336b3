// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ntp/polling.h"

#include <QHash>
#include <QNetworkReply>
#include <QString>
#include <QUrl>

#include <optional>

namespace Synchat {

// When to ask a web server for the time again. Pure.

/// A poll that ended with this error said nothing of the server, and was no burden to it: its name was not
/// found, or there was no way to it. `isSent`: the request had left.
bool isUnreached(QNetworkReply::NetworkError error, bool isSent);

/// One web server: often at first, steady while it answers, ever more seldom while it does not.
class HttpPolling
{
public:
    explicit HttpPolling(const TimeTimings &timings)
        : m_timings(timings)
    {}

    void answered();
    void failed();
    /// 429 or 503, with what it says of when to come back.
    void askedForLess(std::optional<std::chrono::seconds> retryAfter);
    /// Nothing could be sent, as when the daemon starts before the network: soon again.
    void unreached();
    /// What was known is void (this machine slept): as at first, unless the server has asked for less.
    void startOver();
    /// `chance` from 0 to 1 spreads those who back off from one another: up to half as long again.
    std::chrono::milliseconds untilNext(double chance) const;
    /// It may be asked before its turn: nothing is known to be wrong with it.
    bool mayHurry() const { return m_failures == 0; }
    /// And the last poll reached it.
    bool isWell() const { return mayHurry() && m_unreached == 0; }
    /// From one question to the next while all is well.
    std::chrono::milliseconds interval() const;
    /// What comes no later than this is fresh.
    Nanos freshFor() const;

private:
    TimeTimings m_timings;
    int m_failures = 0;
    int m_answers = 0;
    bool m_isHushed = false; ///< asked for less
    int m_unreached = 0;     ///< in a row, until now
    std::chrono::milliseconds m_notBefore{};
};

/// Whose clock a web address shows: its host. On this machine every port is somebody else.
QString providerOf(const QUrl &url);

/// Keeps requests to one provider apart, also when several sources are the same provider.
class ProviderGaps
{
public:
    explicit ProviderGaps(std::chrono::milliseconds gap)
        : m_gap(gap)
    {}
    /// Zero: now is fine, and is noted as asked. Else: how long to wait before trying again.
    Nanos admit(const QString &provider, MonoTime now);
    /// The same without asking.
    Nanos untilFree(const QString &provider, MonoTime now) const;
    /// The provider asked to be left alone, by whichever source.
    void notBefore(const QString &provider, MonoTime until);

private:
    std::chrono::milliseconds m_gap;
    QHash<QString, MonoTime> m_free; ///< from when on each may be asked again
};

} // namespace Synchat
