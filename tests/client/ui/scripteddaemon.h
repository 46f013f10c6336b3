// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/protocol.h"

#include <QHash>
#include <QObject>
#include <QUrl>
#include <QWebSocketServer>

#include <optional>

namespace Synchat {

/// A daemon of one test's making: speaks the protocol as far as the window needs it, keeps nothing, and does
/// what the test tells it (holds answers back, refuses posts, lets others speak, goes away). No rules of a
/// real one.
class ScriptedDaemon : public QObject
{
    Q_OBJECT
public:
    explicit ScriptedDaemon(QObject *parent = nullptr);
    ~ScriptedDaemon() override;

    QUrl url() const;
    void addRoom(const QString &room, const QString &title = {});
    /// A message by somebody else, told to all that joined.
    Message say(const QString &room, const QString &name, const QString &text);
    void setMembers(const QString &room, const QList<Author> &members);
    void sendToAll(const ServerFrame &frame);

    void holdPosts(bool hold); ///< letting go answers what was held
    void refusePosts(std::optional<ErrorCode> code) { m_refusal = code; }
    void setUnsynced(bool unsynced) { m_unsynced = unsynced; }
    /// It says that its clock is an injected fault.
    void setFault(bool fault) { m_fault = fault; }
    /// Added to this daemon's clock: the other side's looks off by the opposite.
    void setAhead(WireMicros ahead) { m_ahead = ahead; }
    /// From here on such frames are answered so: by this error, or not at all.
    void endSearchesEarly(bool early) { m_endsSearchesEarly = early; } ///< finding nothing, with a cursor
    void refuseSearch(std::optional<ErrorFrame> error) { m_searchError = error; }
    void holdHistory(bool hold) { m_holdHistory = hold; } ///< pages are not answered
    /// Of all that is kept, as if it had been said long ago.
    void setTime(const QString &room, qint64 seq, WireMicros time);
    QList<SearchFrame> searches() const { return m_searches; }
    void goAway();   ///< closes all and refuses new ones
    void comeBack(); ///< on the same port

    QStringList postedTexts() const { return m_posted; }

private:
    struct Peer
    {
        Author person;
        QStringList rooms;
    };
    struct Room
    {
        RoomInfo info;
        QList<Author> members;
        QList<Message> messages;
    };
    void accept();
    void take(QWebSocket *socket, const QString &text);
    void answer(QWebSocket *socket, const ClientFrame &frame, const QString &ref);
    void join(QWebSocket *socket, const JoinFrame &frame, const QString &ref);
    void search(QWebSocket *socket, const SearchFrame &frame, const QString &ref);
    void showHistory(QWebSocket *socket, const HistoryFrame &frame, const QString &ref);
    void post(QWebSocket *socket, const PostFrame &frame);
    void store(Message message);
    HistoryPage page(const Room &room, qint64 after) const;
    Stamps stampsNow() const;
    WireMicros now() const;
    static void send(QWebSocket *socket, const ServerFrame &frame, const QString &ref = {});

    QWebSocketServer m_server;
    quint16 m_port = 0;
    QHash<QWebSocket *, Peer> m_peers;
    QHash<QString, Room> m_rooms;
    QList<Message> m_held;
    QStringList m_posted;
    std::optional<ErrorCode> m_refusal;
    WireMicros m_ahead = 0;
    std::optional<ErrorFrame> m_searchError;
    bool m_endsSearchesEarly = false;
    QList<SearchFrame> m_searches;
    bool m_hold = false;
    bool m_holdHistory = false;
    bool m_unsynced = false;
    bool m_fault = false;
};

} // namespace Synchat
