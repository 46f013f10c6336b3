// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/roomsync.h"
#include "common/protocol.h"

#include <QHash>
#include <QList>

namespace Synchat {

class RoomModel;

/// What a client knows of one room. No I/O: chatclient.h feeds it.
class ClientRoom
{
public:
    ClientRoom(RoomName roomName, int initialHistory, RoomModel *roomModel);

    const RoomName name;
    RoomModel *const model; ///< owned by the client
    RoomSync sync;

    // What the program wants of it.
    bool wanted = false;
    QString key;
    bool creating = false;   ///< `create` instead of `join`, until one of them was answered
    QString title;           ///< for creating
    bool createSent = false; ///< on this link
    bool createLost = false; ///< it was sent on an earlier link and may have been done
    bool rejoined = false;   ///< once on this link, after `not_joined`

    qint64 lookedAt = 0;  ///< of the history asked for last: what is near it is kept
    QString placeRef;     ///< of the last question for a place; answers to earlier ones lead nowhere
    qint64 lastKnown = 0; ///< highest seq that exists
    qint64 shown = 0;     ///< highest seq that was on the screen in this run
    MonoTime lastProgress{};

    void takeMembers(const QList<Author> &members);
    void takePresence(const PresenceFrame &presence);
    const QList<Author> &members() const { return m_members; } ///< sorted by name
    void takeClocks(const ClocksFrame &frame, MonoTime now);
    /// As it was reported, its age brought up to `now`.
    std::optional<MemberClock> clockOf(const QString &userId, MonoTime now) const;

private:
    QList<Author> m_members;
    struct HeardClock
    {
        MemberClock clock;
        MonoTime at;
    };
    QHash<QString, HeardClock> m_clocks;
};

} // namespace Synchat
