// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/statuslinetext.h"

#include <QObject>
#include <QTimer>
#include <QUrl>

#include <memory>

class QNetworkAccessManager;

namespace Synchat {

/// Asks the daemon now and then which sources its reference has (`GET /api/v1/time`). Only for the status
/// line: nothing depends on it, and silence just empties the list.
class SourcesPoll : public QObject
{
    Q_OBJECT
public:
    explicit SourcesPoll(QObject *parent = nullptr);
    ~SourcesPoll() override;

    /// `server` as in ClientConfig. Asks at once and then every 30 s.
    void start(const QUrl &server);
    void stop();
    const QList<SourceReport> &sources() const { return m_sources; }

    /// The same host over HTTP. Pure.
    static QUrl timeUrl(const QUrl &server);
    /// The sources of an answer; the daemon's own server is none. Pure, lenient.
    static QList<SourceReport> parse(const QByteArray &json);

Q_SIGNALS:
    void sourcesChanged();

private:
    void ask();
    void take(const QList<SourceReport> &sources);

    QUrl m_url;
    QTimer m_timer;
    QList<SourceReport> m_sources;
    std::unique_ptr<QNetworkAccessManager> m_network;
};

} // namespace Synchat
