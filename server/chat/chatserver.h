// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ntp/referencesnapshot.h"
#include "server/net/netserver.h"
#include "server/store/history.h"

#include <QObject>

#include <memory>

namespace Synchat {

/// Section [chat] of the configuration, checked.
struct ChatConfig
{
    QString serverName = QStringLiteral("Synchat");
    int ratePerSecond = Limits::PostsPerSecond; ///< posts a person; 0: no limit
    int rateBurst = Limits::PostBurst;
    int maxRooms = 1000;
};

/// The chat between the network and the history: carries frames to the rules and decisions to the wire.
/// Wires, does not decide: what is allowed stands in room.h and its neighbours.
/// Lives on the main thread. NetServer and History must outlive it. Its tickets with the History count from
/// 1; whoever else reads pages there uses tickets with the highest bit set (FirstForeignTicket).
class ChatServer : public QObject
{
    Q_OBJECT
public:
    static constexpr quint64 FirstForeignTicket = quint64(1) << 63;

    ChatServer(const Clock &clock, ChatConfig config, NetServer &net, History &history,
               QObject *parent = nullptr);
    ~ChatServer() override;

    void setNtpPort(std::optional<quint16> port); ///< told in `welcome`
    void setPublicKey(const QString &base64);     ///< told in `welcome`
    void setSnapshot(const SharedSnapshot &snapshot);

    QList<RoomInfo> publicRooms() const;
    /// Nothing: no such (public) room.
    std::optional<RoomInfo> publicRoom(const QString &name) const;
    /// The room's number in the history, for readings by others; nothing as above.
    std::optional<qint64> publicRoomNumber(const QString &name) const;
    /// The public rooms in which somebody without a name searches. Empty: no such room.
    QList<SearchedRoom> searchedRooms(const Search &search) const;

    /// From now on posts and joins are refused with `busy`; allSettled() when every post taken before is
    /// answered.
    void beginStop();

Q_SIGNALS:
    /// A post was stamped and goes to the history: what the next one's stamps rest on may be made fresh.
    void postAccepted();
    void allSettled();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Synchat
