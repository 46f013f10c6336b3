// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <memory>

namespace Synchat {

class StoreConnection;

/// Ends the connection of a thread that waits for a server which answers nothing, ever: frozen, while its
/// machine still acknowledges what it gets, so that no time limit of server or network is of use. libpq waits
/// without a limit, but when its socket is shut down the wait ends as with any connection that is lost.
class ConnectionBreaker
{
public:
    /// On the thread of the connection: the one that breakNow() ends. SQLite: none.
    void watch(const StoreConnection &connection);
    /// On any thread, once for each connection. False: there was none to break.
    bool breakNow();

private:
    struct Socket;
    std::atomic<std::shared_ptr<const Socket>> m_socket;
};

} // namespace Synchat
