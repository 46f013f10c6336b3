// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/connectionbreaker.h"

#include "server/store/storeconnection.h"

#include <QLibrary>
#include <QSqlDriver>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

/// Of the driver's connection; -1: it cannot be had. libpq is there, the driver has loaded it.
int socketOf(const QSqlDatabase &database)
{
    using PQsocket = int (*)(const void *);
    const auto ask = reinterpret_cast<PQsocket>(QLibrary(u"pq"_s, 5).resolve("PQsocket"));
    const QVariant handle = database.driver()->handle();
    if (!ask || !handle.isValid() || qstrcmp(handle.typeName(), "pg_conn*") != 0)
        return -1;
    const void *connection = *static_cast<void *const *>(handle.constData());
    return connection ? ask(connection) : -1;
}

} // namespace

/// A descriptor of our own for the driver's socket, so that its number is nobody else's when it is used.
struct ConnectionBreaker::Socket
{
    explicit Socket(int original)
        : descriptor(::fcntl(original, F_DUPFD_CLOEXEC, 0))
    {}
    ~Socket()
    {
        if (descriptor >= 0)
            ::close(descriptor);
    }
    Socket(const Socket &) = delete;
    Socket &operator=(const Socket &) = delete;
    const int descriptor;
};

void ConnectionBreaker::watch(const StoreConnection &connection)
{
    const int original = connection.isPostgresql() ? socketOf(connection.database()) : -1;
    m_socket.store(original >= 0 ? std::make_shared<const Socket>(original) : nullptr);
}

bool ConnectionBreaker::breakNow()
{
    const auto socket = m_socket.exchange(nullptr);
    return socket && ::shutdown(socket->descriptor, SHUT_RDWR) == 0;
}

} // namespace Synchat
