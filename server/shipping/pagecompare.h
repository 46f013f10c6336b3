// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/shipping/chainwalk.h"

#include <QJsonObject>

#include <optional>

namespace Synchat {

/// The first place where SQL and the bridge do not hold the same of a room.
struct Difference
{
    enum class Kind {
        MissingAtBridge, ///< SQL alone has it
        MissingInSql,    ///< the bridge alone has it
        Changed,         ///< both have it, and it is not the same
        NoMessage,       ///< a document that is none of ours
        BrokenChain,     ///< the same in both, and does not follow from the one before
    };
    Kind kind = Kind::Changed;
    qint64 seq = 0;
    qint64 arrival = 0; ///< in SQL; 0: it is not there

    friend bool operator==(const Difference &, const Difference &) = default;
};

/// Compares what SQL and the bridge hold behind the walk's last message: the first `pageSize` of each, fewer
/// at the end. The chain is computed from the documents. Nothing: the same, and the walk stands behind the
/// page. Pure.
std::optional<Difference> comparePages(const QList<ShippedMessage> &sql, const QList<QJsonObject> &documents,
                                       qsizetype pageSize, ChainWalk &walk);

} // namespace Synchat
