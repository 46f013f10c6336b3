// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/chat/chatstate.h"
#include "server/chat/ratelimiter.h"

#include <QHash>
#include <QObject>

namespace Synchat {

/// Carries posts to the history and what came of them to the rooms. What is allowed stands in postrules.h and
/// ratelimiter.h.
class PostDesk : public QObject
{
    Q_OBJECT
public:
    explicit PostDesk(ChatState &state, QObject *parent = nullptr);

    /// From a connection that has been greeted. Answers for NetServer::frameHandled too, now or later.
    void post(ConnectionId connection, Session &session, const PostFrame &post, const QString &ref);
    bool isIdle() const { return m_pending.isEmpty(); }

Q_SIGNALS:
    /// A post was taken and goes to the history.
    void accepted();
    /// Every post that was taken has been answered.
    void becameIdle();

private:
    struct Pending
    {
        ConnectionId connection = 0;
        qint64 room = 0;
        QString ref;
        QString postId;
    };
    std::optional<ErrorFrame> append(ConnectionId connection, Session &session, const PostFrame &post,
                                     const QString &ref);
    void announce(const QList<CommittedMessage> &messages);
    void repeatOriginal(quint64 ticket, const Message &original);
    void refuseAll(const QList<quint64> &tickets, const QString &reason);
    void answerIfNotLive(const Pending &pending, const QByteArray &message);
    void finish(const Pending &pending);

    ChatState &m_state;
    RateLimiter m_limiter;
    QHash<quint64, Pending> m_pending; // by ticket
};

} // namespace Synchat
