// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/chatclient.h"
#include "client/ui/historyguide.h"
#include "client/ui/linkwatch.h"
#include "client/ui/peopleclocks.h"
#include "client/ui/roomlistmodel.h"
#include "client/ui/skewwatch.h"
#include "client/ui/sourcespoll.h"
#include "client/ui/windowparts.h"

#include <QObject>
#include <QStringList>

namespace Synchat {

/// Ties one ChatClient to the parts of the window: what happens there is shown here, what is asked here is
/// done there. Lives as long as the connection to one daemon under one name; the window makes a new one for
/// another.
class ChatBinding : public QObject
{
    Q_OBJECT
public:
    ChatBinding(const Clock &clock, ChatClient &client, const WindowParts &parts, QObject *parent = nullptr);
    ~ChatBinding() override;

    /// Joins these rooms and opens the first of them.
    void begin(const QStringList &rooms, const QString &keyOfFirst);

    const QString &room() const { return m_room; }
    QStringList joinedRooms() const { return m_wanted; }
    QList<RoomEntry> roomEntries() const;
    ChatClient &client() { return m_client; }
    HistoryGuide &guide() { return m_guide; }
    SourcesPoll &sources() { return m_sources; }
    SkewWatch &skews() { return m_skews; }

    void openRoom(const QString &room);
    void joinRoom(const RoomName &room, const QString &key);
    void createRoom(const RoomName &room, const QString &title);
    void leaveRoom();
    /// All of the open room: the badge and the unread line go.
    void markRead();
    void replyToCurrent();
    /// The person looks at the window: what is on the screen is read.
    void look();
    /// Once a second: ages and round trips move on.
    void tick();

Q_SIGNALS:
    void roomOpened(const QString &room);
    void roomsChanged();
    void refused(const QString &sentence);

private:
    void connectClient();
    void connectView();
    void post(const QString &text, std::optional<qint64> replyTo);
    void startReply(qint64 seq);
    void takeMessage(const Message &message, bool live);
    void takeJoinFailure(const QString &room, const ErrorFrame &error);
    void refreshLink();
    void sayEmpty(); ///< without a connection nobody knows whether the room is empty
    void refreshRooms();
    void refreshHeader();
    void refreshPeople();
    void refreshReference();
    void refreshLastMessage();
    void showUnreadLine();
    void tellStorageProblem();
    void clearNotice();
    bool beingRead() const;

    ChatClient &m_client;
    WindowParts m_parts;
    PeopleClocks m_clocks;
    SourcesPoll m_sources;
    SkewWatch m_skews;
    LinkWatch m_linkWatch;
    HistoryGuide m_guide;
    QString m_room;
    QString m_openWhenJoined;
    QStringList m_wanted;
    bool m_lineStands = false;
};

} // namespace Synchat
