// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/sourcesreport.h"

#include <QObject>
#include <QTimer>
#include <QUrl>

#include <memory>

class QNetworkAccessManager;

namespace Synchat {

/// Asks the daemon now and then which sources its reference has (`GET /api/v1/time`). Only for the status
/// line: nothing depends on it, and silence just means that nothing is known.
class SourcesPoll : public QObject
{
    Q_OBJECT
public:
    explicit SourcesPoll(QObject *parent = nullptr);
    ~SourcesPoll() override;

    /// `server` as in ClientConfig. Asks at once and then every 30 s.
    void start(const QUrl &server);
    void stop();
    /// The last answer; nothing while there is none.
    const std::optional<SourcesReport> &report() const { return m_report; }

Q_SIGNALS:
    void sourcesChanged();

private:
    void ask();
    void take(const std::optional<SourcesReport> &report);

    QUrl m_url;
    QTimer m_timer;
    std::optional<SourcesReport> m_report;
    std::unique_ptr<QNetworkAccessManager> m_network;
};

} // namespace Synchat
