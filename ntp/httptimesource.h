// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ntp/clockestimator.h"
#include "ntp/httppolling.h"
#include "ntp/httptimereply.h"
#include "ntp/referencesnapshot.h"
#include "ntp/secondedge.h"

#include <QTimer>

#include <deque>

class QNetworkAccessManager;

namespace Synchat {

/// One web server that tells the time, asked in the background and politely over a connection that is opened
/// shortly before. Thin shell: what its reply says is decided in httptimereply.h, when it is asked again in
/// httppolling.h and secondedge.h.
class HttpTimeSource : public QObject
{
    Q_OBJECT
public:
    /// `assumedError`: what its clock may be wrong by, when neither it nor the entry says.
    HttpTimeSource(const Clock &clock, HttpSourceEntry entry, Nanos assumedError, const TimeTimings &timings,
                   QNetworkAccessManager &network, ProviderGaps &gaps, QObject *parent = nullptr);
    ~HttpTimeSource() override;

    void start();
    /// Somebody would like to know: when the last answer is older than this, it is asked as soon as manners
    /// allow. Returns at once. A server that fails or asked for less is left alone until its time.
    void refreshIfOlderThan(Nanos age);
    /// This machine slept: what was on its way is given up, and it is asked as soon as manners allow.
    void startOver();
    SourceStatus status(const ClockReading &now) const;

Q_SIGNALS:
    void polled();

private:
    void scheduleAt(MonoTime due);
    void step();
    void warmUp();
    void takeWarmConnection();
    void ask();
    void noteArrival();
    void noteEnd();
    void stopWhenTooLong();
    void readReply();
    HttpReply takeReply();
    void judge(const HttpReply &reply, QNetworkReply::NetworkError error);
    bool take(const HttpTime &time);
    void miss(HttpRefusal refusal);
    void abandon();
    MonoTime nextDue() const;

    const Clock &m_clock;
    const HttpSourceEntry m_entry;
    const QString m_provider;
    const Nanos m_assumedOfAll;
    TimeTimings m_timings;
    HttpPolling m_polling;
    QNetworkAccessManager &m_network;
    ProviderGaps &m_gaps;
    QTimer m_timer;
    QTimer m_deadline;                ///< of a whole reply, however it drips
    MonoTime m_due;                   ///< when the next request leaves
    bool m_isWarming = false;         ///< its connection is being opened
    QNetworkReply *m_reply = nullptr; ///< the network's, asked to go when it has finished
    ClockReading m_sent;
    std::optional<ClockReading> m_arrived; ///< what the time is read from was there
    bool m_tooLong = false;
    bool m_isSent = false; ///< the request has left
    ClockEstimator m_estimator;
    SecondEdge m_edge;
    std::deque<Nanos> m_delays;
    std::optional<ClockReading> m_fed;
    SourceError m_error; ///< as of the last answer
    QString m_failure;
    quint8 m_reach = 0;
    quint8 m_contradictions = 0; ///< which of the last eight polls, newest in bit 0
};

} // namespace Synchat
