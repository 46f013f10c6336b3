// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/daemonquery.h"
#include "common/protocol.h"

namespace Synchat {

/// Searches a daemon's public rooms (`GET /api/v1/search`) without taking part in the chat, page after page.
class FindQuery : public QObject
{
    Q_OBJECT
public:
    static constexpr qint64 MaxAnswer = 2 * Limits::ServerFrameBytes;

    explicit FindQuery(QObject *parent = nullptr);

    /// As many as `most`; the frame's limit and cursor are not looked at. `server` as in ClientConfig.
    void ask(const QUrl &server, const SearchFrame &search, qsizetype most);

Q_SIGNALS:
    /// Once a question: the newest first, or a whole sentence.
    void finished(const Result<QList<Message>, QString> &found);

private:
    void askOn();
    void take(const Result<DaemonAnswer, DaemonSilence> &answer);
    QString refusalFrom(const DaemonAnswer &answer) const;

    DaemonQuery m_query;
    QUrl m_server;
    SearchFrame m_search;
    qsizetype m_most = 0;
    QList<Message> m_found;
};

/// `/api/v1/search?q=...` of a daemon.
QUrl searchUrl(const QUrl &server, const SearchFrame &search);

} // namespace Synchat
