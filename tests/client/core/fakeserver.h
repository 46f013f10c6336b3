// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/protocol.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>
#include <QUrl>
#include <QWebSocketServer>

#include <functional>

namespace Synchat {

/// A daemon of one room, `general`, that keeps to the protocol until a test tells it to misbehave. It is
/// there for faults that the real one cannot show.
class FakeServer : public QObject
{
    Q_OBJECT
public:
    FakeServer();
    ~FakeServer() override;

    QUrl url() const;
    bool listen(quint16 port = 0);
    void close(); ///< nobody listens any more, all links are cut

    // What a test may turn.
    QString epoch = QStringLiteral("e1");
    QList<Message> history;
    int pageLimit = 500;
    int ratePerSecond = 0;
    bool answersHello = true;
    bool broadcasts = true;
    /// True: the frame is taken; the server does nothing more with it.
    std::function<bool(QWebSocket *, const ParsedClientFrame &)> hook;

    // What a test may look at.
    QList<ParsedClientFrame> received;
    int connections() const { return static_cast<int>(m_sockets.size()); }
    int hellos = 0;
    template <typename Frame>
    QList<Frame> all() const
    {
        QList<Frame> frames;
        for (const ParsedClientFrame &parsed : received) {
            if (const auto *frame = std::get_if<Frame>(&parsed.frame))
                frames.append(*frame);
        }
        return frames;
    }

    // What a test may do.
    Message say(const QString &text, const QUuid &id = QUuid::createUuid(), const Author &from = {});
    void fill(int count);
    void send(QWebSocket *socket, const ServerFrame &frame, const QString &ref = {});
    void sendAll(const ServerFrame &frame);
    void sendRaw(const QString &text);
    void sendBinary(const QByteArray &bytes);
    void cutAll(); ///< as when the daemon is killed
    void closeAll(int code, const QString &reason);
    HistoryPage page(const HistoryFrame &request) const;
    Author userOf(QWebSocket *socket) const { return m_users.value(socket); }

private:
    void accept();
    void take(QWebSocket *socket, const QString &text);
    void greet(QWebSocket *socket, const HelloFrame &hello);
    void takeJoin(QWebSocket *socket, const JoinFrame &join, const QString &ref);
    void takePost(QWebSocket *socket, const PostFrame &post);

    QWebSocketServer m_server;
    QList<QWebSocket *> m_sockets;
    QSet<QWebSocket *> m_joined;
    QHash<QWebSocket *, Author> m_users;
    QHash<QString, Author> m_tokens;
};

Message testMessage(qint64 seq, const QString &text, const Author &from, const QUuid &id);

} // namespace Synchat
