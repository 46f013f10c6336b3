// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/result.h"

#include <QByteArray>
#include <QObject>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <memory>

class QNetworkAccessManager;
class QNetworkReply;

namespace Synchat {

/// What a daemon answered, with whatever status.
struct DaemonAnswer
{
    int status = 0;
    QByteArray body;
};
/// Why there is no answer, or none that could be one of a daemon's.
struct DaemonSilence
{
    bool wasTooLong = false;
    QString sentence;
};

/// Asks a daemon over HTTP, one question at a time. Never follows a redirect, and gives up on an answer that
/// is late, however it trickles, or too long.
class DaemonQuery : public QObject
{
    Q_OBJECT
public:
    DaemonQuery(std::chrono::milliseconds deadline, qint64 maxAnswer, QObject *parent = nullptr);
    ~DaemonQuery() override;

    /// `url` as apiUrl() gives it. A question that is still open is forgotten.
    void ask(const QUrl &server, const QUrl &url);
    /// Forgets the open question: finished() does not come.
    void cancel();
    bool isOpen() const { return m_reply != nullptr; }
    QString label() const { return m_label; } ///< of the server asked last, for people

Q_SIGNALS:
    void finished(const Result<DaemonAnswer, DaemonSilence> &answer); ///< once a question

private:
    void takeReply();
    void checkLength();
    void finish(const Result<DaemonAnswer, DaemonSilence> &answer);

    const qint64 m_maxAnswer;
    std::unique_ptr<QNetworkAccessManager> m_network;
    QNetworkReply *m_reply = nullptr; ///< the manager's; nothing: no question is open
    QString m_label;
    QTimer m_deadline;
};

} // namespace Synchat
