// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/checkpointer.h"

#include "common/logging.h"

#include <QVariant>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

/// 16 MiB of log. More often takes the disk from the commits, less often makes one checkpoint long.
constexpr qsizetype PagesBetween = 4096;
/// A commit touches the room's page, the end of its messages and one place in the index of posts for each.
constexpr qsizetype PagesPerCommit = 3;

} // namespace

Checkpointer::Checkpointer(QString path)
    : m_path(std::move(path))
{}

Checkpointer::~Checkpointer() = default;

void Checkpointer::count(qsizetype messages)
{
    m_pages += PagesPerCommit + messages;
    if (m_pages >= PagesBetween)
        checkpoint();
}

void Checkpointer::checkpoint()
{
    m_pages = 0;
    if (!m_connection) {
        auto connection = StoreConnection::open(m_path, StoreConnection::Access::ReadWrite);
        if (!connection) {
            qCDebug(logStore, "no checkpoint: %ls", qUtf16Printable(connection.error()));
            return;
        }
        m_connection = std::move(*connection);
        m_connection->setBusyTimeout(0);
        (void)m_connection->run(u"PRAGMA synchronous = FULL"_s);
    }
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
