// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ntp/osclock.h"
#include "ntp/ownserver.h"
#include "ntp/polling.h"
#include "ntp/referencesnapshot.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <memory>

namespace Synchat {

/// Section [time] of the configuration, checked.
struct TimeConfig
{
    QStringList ntpServers;  ///< `host[:port]`, IPv6 in brackets when a port follows
    QStringList httpSources; ///< as in httpsourceentry.h
    bool useOsClock = true;  ///< the OS clock counts while the OS says that it is synchronised
    /// What is assumed of the OS clock's error beside what the OS says, shown as unverified: the OS need not
    /// know the way to its server, and half a round trip of 100 ms can be hidden in that.
    Nanos osClockError = std::chrono::milliseconds(50);
    /// Assumed error of an HTTP provider's own clock, shown as unverified.
    Nanos httpSourceError = std::chrono::milliseconds(100);
    /// How old an HTTP sample may be when a message comes, before a fresh one is fetched (for the next
    /// message: none ever waits). Zero: messages change nothing.
    std::chrono::milliseconds httpRefresh = std::chrono::seconds(60);
    int localStratum = 10; ///< what is served where no NTP server is followed
};

/// Nothing: fine. Else a whole sentence that names the entry which makes no sense.
std::optional<QString> problemIn(const TimeConfig &config);

/// Asks the sources in the background and combines them into snapshots; a message never waits for it.
/// Lives on the thread where it is made; snapshots cross by signal. Not a server: see ntpserver.h.
class TimeReference : public QObject
{
    Q_OBJECT
public:
    TimeReference(const Clock &clock, TimeConfig config, QString boot, QObject *parent = nullptr);
    ~TimeReference() override;

    /// Both before start(), for tests.
    void setTimings(const TimeTimings &timings);
    void setOsClock(OsClockReader reader);

    /// `own`: our NTP server. Its answer is shown as source `self` when there is nothing else, and never
    /// counts.
    void start(const OwnServer &own);
    /// A message came: HTTP sources whose last sample is older than the configuration says are asked again as
    /// soon as manners allow. Cheap, returns at once.
    void refreshSoon();
    SharedSnapshot snapshot() const; ///< never null, also before start()

Q_SIGNALS:
    /// After every exchange, and at least once in 16 s (ages and states move on).
    void snapshotChanged(const Synchat::SharedSnapshot &snapshot);

private:
    void publish();

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Synchat
