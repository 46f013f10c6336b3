// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/batchplan.h"
#include "server/store/storeconnection.h"

namespace Synchat {

/// PostgreSQL: all messages of a transaction, their words and the rooms' last numbers by one statement and
/// one round trip, whatever their number.
class BulkInsert
{
public:
    explicit BulkInsert(const StoreConnection &connection);

    /// The posts that were there before and stopped their message. If there are any, the numbers of the
    /// others are wrong: the transaction is to be rolled back and the batch planned again without them.
    Result<QSet<PostKey>, QSqlError> insert(const BatchPlan &plan);

private:
    void bind(const BatchPlan &plan);
    QSqlQuery m_query;
};

} // namespace Synchat
