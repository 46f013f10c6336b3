// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/documentstore.h"

namespace Synchat {

// What RESTHeart's answers mean. Pure; 3.2 and 9.x are told apart by the answer itself, never asked for.

/// An answer that came completely.
struct BridgeReply
{
    int status = 0;
    QByteArray body;
    QByteArray retryAfter; ///< headers, empty when missing
    QByteArray date;
};

/// MongoDB's code for a document whose key is taken. By two requests that make the same document at once,
/// too: then sending it again settles it.
constexpr int DuplicateKeyCode = 11000;

/// Nothing: 2xx. Else what it means when a whole request is answered like that.
std::optional<StoreFailure> failureOf(const BridgeReply &reply);

/// Of `sent` documents. A 2xx that does not account for each of them is a failure (Unclear): something else
/// than a bridge may have said it. Refusals that pass by themselves (MongoDB's own trouble) make the whole a
/// Retryable failure, since sending all again changes nothing.
Result<UpsertOutcome, StoreFailure> readUpsert(const BridgeReply &reply, qsizetype sent);

/// A list of documents, in JSON's own spelling (plainJson): `[…]` (9.x) or `{"_embedded":[…]}` (3.2).
Result<QList<QJsonObject>, StoreFailure> readDocuments(const BridgeReply &reply);

/// `{"_size":N}`.
Result<qint64, StoreFailure> readCount(const BridgeReply &reply);

} // namespace Synchat
