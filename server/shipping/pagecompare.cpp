// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/shipping/pagecompare.h"

#include "common/messagechain.h"

namespace Synchat {

namespace {

using Kind = Difference::Kind;

Difference missingAtBridge(const ShippedMessage &sql)
{
    return {Kind::MissingAtBridge, sql.message.seq, sql.arrival};
}

std::optional<Difference> compareOne(const ShippedMessage &sql, const QJsonObject &document, ChainWalk &walk)
{
    const auto kept = messageFromDocument(document);
    if (!kept)
        return Difference{Kind::NoMessage, sql.message.seq, sql.arrival};
    if (kept->message.seq > sql.message.seq)
        return missingAtBridge(sql);
    if (kept->message.seq < sql.message.seq)
        return Difference{Kind::MissingInSql, kept->message.seq, 0};
    const bool isSame = kept->arrival == sql.arrival && kept->chain == sql.chain &&
                        kept->epoch == sql.epoch &&
                        canonicalMessage(kept->message) == canonicalMessage(sql.message);
    if (!isSame)
        return Difference{Kind::Changed, sql.message.seq, sql.arrival};
    if (walk.step(*kept))
        return Difference{Kind::BrokenChain, sql.message.seq, sql.arrival};
    return std::nullopt;
}

} // namespace

std::optional<Difference> comparePages(const QList<ShippedMessage> &sql, const QList<QJsonObject> &documents,
                                       qsizetype pageSize, ChainWalk &walk)
{
    const qsizetype both = qMin(sql.size(), documents.size());
    for (qsizetype i = 0; i < both; ++i) {
        if (const auto difference = compareOne(sql.at(i), documents.at(i), walk))
            return difference;
    }
    if (sql.size() > both && both < pageSize)
        return missingAtBridge(sql.at(both));
    if (documents.size() > both && both < pageSize) {
        const auto kept = messageFromDocument(documents.at(both));
        return Difference{kept ? Kind::MissingInSql : Kind::NoMessage,
                          kept ? kept->message.seq : walk.lastSeq() + 1, 0};
    }
    return std::nullopt;
}

} // namespace Synchat
