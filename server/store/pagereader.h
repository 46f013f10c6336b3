// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/history.h"
#include "server/store/pagespan.h"
#include "server/store/storeconnection.h"

#include <QHash>

namespace Synchat {

/// Reads pages of the history on a connection of its own that cannot write. No thread of its own.
class PageReader
{
public:
    /// Errors are whole sentences.
    static Result<std::unique_ptr<PageReader>, QString> open(const StoreAddress &address);

    ~PageReader();
    const StoreConnection &connection() const { return *m_connection; }

    Result<StoredPage, QString> read(const PageRequest &request);

private:
    explicit PageReader(std::unique_ptr<StoreConnection> connection);
    Result<StoredPage, QSqlError> readInTransaction(const PageRequest &request);
    Result<QString, QSqlError> roomName(qint64 room);
    Result<SeqRange, QSqlError> range(qint64 room, qint64 upTo);
    /// By halving: the first seq at or after that time, `last + 1` when all are before. Where the clock
    /// jumped back there are several such places, and it is one of them.
    Result<qint64, QSqlError> seqAtTime(qint64 room, WireMicros time, const SeqRange &range);
    Result<qint64, QSqlError> firstValue(QSqlQuery &query, qint64 lo, qint64 hi);

    std::unique_ptr<StoreConnection> m_connection; // outlives the queries below
    QSqlQuery m_room;
    QSqlQuery m_first;
    QSqlQuery m_last;
    QSqlQuery m_time;
    QSqlQuery m_page;
    QHash<qint64, QString> m_roomNames;
};

} // namespace Synchat
