// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ntp/clockestimator.h"
#include "ntp/ntpclient.h"
#include "ntp/ownserver.h"
#include "ntp/polling.h"
#include "ntp/referencesnapshot.h"
#include "ntp/sourceaddress.h"

#include <QTimer>

#include <deque>

namespace Synchat {

/// One configured NTP server: resolves its name (anew when it stops answering), asks it again and again, and
/// keeps the running estimate. After this machine slept it asks at once. What its word is worth beside others
/// is decided by selectSources().
class NtpSource : public QObject
{
    Q_OBJECT
public:
    NtpSource(const Clock &clock, QString name, SourceKind kind, SourceAddress address,
              const TimeTimings &timings, QObject *parent = nullptr);

    /// `own` is not asked (unless this source is of the kind `self`), and who follows it is not believed.
    void start(const OwnServer &own);
    SourceStatus status(const ClockReading &now) const;
    int leap() const { return m_leap; }
    /// What names this server in the reference id of who follows it (RFC 5905 §7.3).
    quint32 referenceId() const;

Q_SIGNALS:
    void polled();

private:
    void poll();
    void resolve();
    void ask();
    void take(const NtpSample &sample);
    void miss(NtpFailure failure, const QString &kiss, Nanos pollWanted = Nanos::zero());
    void watchForSleep();
    void finishPoll(bool good);
    QHostAddress current() const;
    void find(const QList<QHostAddress> &addresses);
    bool followsUs(const NtpSample &sample) const;
    void endMissedPoll(bool wasAsked);

    const Clock &m_clock;
    const QString m_name;
    const SourceKind m_kind;
    const SourceAddress m_address;
    TimeTimings m_timings;
    NtpPolling m_polling;
    NtpClient m_client;
    QTimer m_timer;
    QList<QHostAddress> m_found;
    AddressTurns m_turns;
    OwnServer m_own;
    bool m_resolving = false;
    ClockEstimator m_estimator;
    std::deque<Nanos> m_delays;
    QTimer m_sleepWatch;
    ClockReading m_awake; ///< at the last look
    Nanos m_rootDelay{};
    Nanos m_rootDispersion{};
    std::optional<MonoTime> m_fedAt;
    std::optional<int> m_stratum;
    QString m_failure; ///< of the last poll
    QString m_barred;  ///< why it is never asked again
    quint8 m_reach = 0;
    quint8 m_contradictions = 0; ///< which of the last eight polls, newest in bit 0
    int m_leap = 0;
};

} // namespace Synchat
