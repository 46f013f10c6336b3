// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/daemonquery.h"
#include "client/core/sourcesreport.h"

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

/// Asks a daemon what it knows of the time (`GET /api/v1/time`), one question at a time.
class SourcesQuery : public QObject
{
    Q_OBJECT
public:
    static constexpr qint64 MaxAnswer = 256 * 1024;

    explicit SourcesQuery(QObject *parent = nullptr);
    explicit SourcesQuery(std::chrono::milliseconds deadline, QObject *parent = nullptr);

    /// `server` as in ClientConfig. A question that is still open is forgotten.
    void ask(const QUrl &server);
    /// Forgets the open question: finished() does not come.
    void cancel() { m_query.cancel(); }
    bool isOpen() const { return m_query.isOpen(); }

Q_SIGNALS:
    void finished(const Result<SourcesAnswer, SourcesRefusal> &answer); ///< once a question

private:
    void take(const Result<DaemonAnswer, DaemonSilence> &answer);
    void refuse(SourcesRefusal::Cause cause, const QString &sentence);

    DaemonQuery m_query;
};

} // namespace Synchat
