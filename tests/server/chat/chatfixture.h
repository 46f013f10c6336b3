// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/chat/chatserver.h"
#include "server/net/netserver.h"
#include "server/store/history.h"
#include "tests/server/chat/wireclient.h"

#include <QTemporaryDir>

#include <memory>

namespace Synchat {

/// A chat over real sockets and a real history, on a free port of the loopback and in a folder of its own.
class ChatFixture
{
public:
    ChatFixture();
    ~ChatFixture();

    /// False: error(). Also again after stop(), with the same folder.
    bool start();
    void stop();
    QString error() const { return m_error; }

    ChatServer &chat() { return *m_chat; }
    NetServer &net() { return *m_net; }
    History &history() { return *m_history; }

    /// Connected, not greeted.
    std::unique_ptr<WireClient> connectClient();
    /// Greeted by `welcome`. Null: it was not.
    std::unique_ptr<WireClient> greet(const QString &name, const QString &token = {});
    /// Greeted and in the room, live.
    std::unique_ptr<WireClient> member(const QString &name, const QString &room = QStringLiteral("general"));
    /// Puts messages into the room past the network and waits until they are announced.
    bool fill(const QString &room, int count, qsizetype length = 10);

    ChatConfig chatConfig; ///< rate 0 (no limit) unless a test sets it
    StoreConfig storeConfig;
    NetConfig netConfig;

private:
    QTemporaryDir m_folder;
    SystemClock m_clock;
    QString m_error;
    std::unique_ptr<History> m_history;
    std::unique_ptr<NetServer> m_net;
    std::unique_ptr<ChatServer> m_chat;
    quint64 m_ticket = ChatServer::FirstForeignTicket;
};

} // namespace Synchat
