// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QObject>
#include <QThread>
#include <QTimer>

#include <chrono>
#include <functional>

namespace Synchat {

struct TimeReportTimes
{
    std::chrono::milliseconds first{10'000}; ///< the sources want to be heard before
    std::chrono::milliseconds interval{60'000};
};

/// Keeps `time.json` in the data folder up to date while the daemon runs: a while after the start, then again
/// and again, and when it goes. On a thread of its own, since a slow disk must not hold the chat up.
class TimeReportKeeper : public QObject
{
    Q_OBJECT
public:
    /// `report`: the answer to `GET /api/v1/time`; asked on the thread where this lives.
    TimeReportKeeper(const QString &dataDir, std::function<QJsonObject()> report, TimeReportTimes times = {});
    ~TimeReportKeeper() override; ///< writes once more, and waits for it

private:
    void keep();

    const QString m_dataDir;
    const std::function<QJsonObject()> m_report;
    QTimer m_timer;
    QThread m_thread;
    QObject m_writer; ///< lives on m_thread
};

} // namespace Synchat
