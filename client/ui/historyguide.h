// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/message.h"

#include <QObject>
#include <QTimeZone>

namespace Synchat {

class ChatClient;
class RoomPage;

/// Leads the reader of a room to a place in its history, and says when the place is not what they asked for.
/// Not for what is loaded as one scrolls.
class HistoryGuide : public QObject
{
    Q_OBJECT
public:
    HistoryGuide(ChatClient &client, RoomPage &page, QObject *parent = nullptr);

    void setRoom(const QString &room); ///< the one that is open
    /// In any room that the person may read; `roomWanted` comes first when it is not the open one.
    void showMessage(const QString &room, qint64 seq);
    void showTime(WireMicros time, const QTimeZone &zone);
    void showFirstUnread();

Q_SIGNALS:
    void roomWanted(const QString &room);

private:
    struct Asked
    {
        QString room; ///< empty: nothing is awaited
        std::optional<qint64> seq;
        WireMicros time = 0;
        QTimeZone zone;
    };
    void ask();
    void takePlace(const QString &room, qint64 seq);
    void takeFailure(const QString &room, const QString &sentence);

    ChatClient &m_client;
    RoomPage &m_page;
    QString m_room;
    Asked m_asked;
};

} // namespace Synchat
