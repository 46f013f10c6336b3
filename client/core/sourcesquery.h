// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/sourcesreport.h"
#include "common/result.h"

#include <QObject>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <memory>

class QNetworkAccessManager;
class QNetworkReply;

namespace Synchat {

/// What a daemon told of its time, and the bytes in which it did.
struct SourcesAnswer
{
    SourcesReport report;
    QByteArray json;
};

/// Why there is no answer.
struct SourcesRefusal
{
    enum class Cause : quint8 {
        NoAnswer,  ///< it cannot be reached, or was silent for too long
        NotOffered ///< it answers, but tells nothing of its sources: an older daemon, or no daemon at all
    };
    Cause cause = Cause::NoAnswer;
    QString sentence;
};

/// Asks a daemon what it knows of the time (`GET /api/v1/time`), one question at a time. Never follows a
/// redirect, and gives up on an answer that is late, however it trickles, or longer than MaxAnswer.
class SourcesQuery : public QObject
{
    Q_OBJECT
public:
    static constexpr qint64 MaxAnswer = 256 * 1024;

    explicit SourcesQuery(QObject *parent = nullptr);
    explicit SourcesQuery(std::chrono::milliseconds deadline, QObject *parent = nullptr);
    ~SourcesQuery() override;

    /// `server` as in ClientConfig. A question that is still open is forgotten.
    void ask(const QUrl &server);
    /// Forgets the open question: finished() does not come.
    void cancel();
    bool isOpen() const { return m_reply != nullptr; }

Q_SIGNALS:
    void finished(const Result<SourcesAnswer, SourcesRefusal> &answer); ///< once a question

private:
    void takeReply();
    void checkLength();
    void refuse(SourcesRefusal::Cause cause, const QString &sentence);
    void finish(const Result<SourcesAnswer, SourcesRefusal> &answer);

    std::unique_ptr<QNetworkAccessManager> m_network;
    QNetworkReply *m_reply = nullptr; ///< the manager's; nothing: no question is open
    QString m_label;
    QTimer m_deadline;
};

} // namespace Synchat
