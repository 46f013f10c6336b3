// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ntp/clockestimator.h"
#include "ntp/httppolling.h"
#include "ntp/httptimereply.h"
#include "ntp/referencesnapshot.h"

#include <QTimer>
#include <QUrl>

#include <deque>

class QNetworkAccessManager;
class QNetworkReply;

namespace Synchat {

/// One web server that tells the time, asked in the background and politely. Thin shell: what its reply says
/// is decided in httptimereply.h, when it is asked again in polling.h.
class HttpTimeSource : public QObject
{
    Q_OBJECT
public:
    HttpTimeSource(const Clock &clock, QUrl url, Nanos sourceError, const TimeTimings &timings,
                   QNetworkAccessManager &network, ProviderGaps &gaps, QObject *parent = nullptr);
    ~HttpTimeSource() override;

    void start();
    SourceStatus status(const ClockReading &now) const;

Q_SIGNALS:
    void polled();

private:
    void poll();
    void noteArrival();
    void stopWhenTooLong();
    void readReply();
    HttpReply takeReply();
    void take(const HttpTime &time);
    void miss(HttpRefusal refusal);

    const Clock &m_clock;
    const QUrl m_url;
    const Nanos m_sourceError;
    TimeTimings m_timings;
    HttpPolling m_polling;
    QNetworkAccessManager &m_network;
    ProviderGaps &m_gaps;
    QTimer m_timer;
    QNetworkReply *m_reply = nullptr; ///< the network's, asked to go when it has finished
    ClockReading m_sent;
    std::optional<ClockReading> m_arrived;
    bool m_tooLong = false;
    ClockEstimator m_estimator;
    std::deque<Nanos> m_delays;
    std::optional<MonoTime> m_fedAt;
    QString m_failure;
    quint8 m_reach = 0;
};

} // namespace Synchat
