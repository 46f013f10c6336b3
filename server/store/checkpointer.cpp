// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/checkpointer.h"

#include "common/logging.h"

#include <QVariant>

using namespace Qt::StringLiterals;

namespace Synchat {

Checkpointer::Checkpointer(StoreAddress address)
    : m_address(std::move(address))
{}

Checkpointer::~Checkpointer() = default;

bool Checkpointer::connectToDatabase()
{
    auto connection = StoreConnection::open(m_address, StoreConnection::Access::ReadWrite);
    if (!connection) {
        qCDebug(logStore, "no checkpoint: %ls", qUtf16Printable(connection.error()));
        return false;
    }
    m_connection = std::move(*connection);
    m_connection->setBusyTimeout(0);
    (void)m_connection->run(u"PRAGMA synchronous = FULL"_s);
    return true;
}

void Checkpointer::checkpoint()
{
    if (!m_connection && !connectToDatabase())
        return;
    if (const auto done = m_connection->run(u"PRAGMA wal_checkpoint(PASSIVE)"_s); !done) {
        qCDebug(logStore, "no checkpoint: %ls", qUtf16Printable(explainSqlError(done.error())));
        m_connection.reset();
    }
}

void Checkpointer::finish()
{
    m_connection.reset();
}

} // namespace Synchat
