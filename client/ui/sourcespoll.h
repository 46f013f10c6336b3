// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/sourcesquery.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <QUrl>

#include <chrono>

namespace Synchat {

/// Asks the daemon now and then which sources its reference has (`GET /api/v1/time`): seldom for the status
/// line, often while somebody looks at them. Nothing depends on it, and silence just means that nothing is
/// known.
class SourcesPoll : public QObject
{
    Q_OBJECT
public:
    /// Why there is no report.
    enum class Trouble : quint8 {
        None,
        NotAsked,  ///< there is no connection
        NoAnswer,  ///< not yet, or it failed
        NotOffered ///< the daemon answers, but tells nothing of its sources: an older one
    };

    struct Pace
    {
        std::chrono::milliseconds seldom = std::chrono::seconds(30);
        std::chrono::milliseconds often = std::chrono::seconds(5);
    };

    explicit SourcesPoll(QObject *parent = nullptr);
    explicit SourcesPoll(Pace pace, QObject *parent = nullptr);

    /// `server` as in ClientConfig. Asks at once and then at its pace.
    void start(const QUrl &server);
    void stop();
    /// Somebody looks: asks often, and now, when the last answer is older than that.
    void setWatched(bool watched);
    /// The last answer; nothing while there is none.
    const std::optional<SourcesReport> &report() const { return m_report; }
    Trouble trouble() const { return m_trouble; }

Q_SIGNALS:
    void sourcesChanged(); ///< report or trouble are others than before
    /// Each time that it answered, or did not; also when that is the same as before.
    void answered();

private:
    void ask();
    void take(const std::optional<SourcesReport> &report, Trouble trouble);

    Pace m_pace;
    QUrl m_server;
    SourcesQuery m_query;
    QTimer m_timer;
    QElapsedTimer m_sinceAsked;
    std::optional<SourcesReport> m_report;
    Trouble m_trouble = Trouble::NotAsked;
};

} // namespace Synchat
