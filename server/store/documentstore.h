// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>
#include <optional>

namespace Synchat {

/// Why a request to a document store came to nothing as a whole.
struct StoreFailure
{
    enum class Kind {
        Retryable,    ///< not reached, too slow, overloaded: the same again later
        Unauthorized, ///< who we are is refused: nothing gets better by itself
        TooLarge,     ///< fewer documents at once
        Unclear,   ///< the store's own trouble, or one document that it chokes on: the same again later; when
                   ///< it stays while health() is fine, look for the document
        Poison,    ///< what was sent is refused: look for the document
        Misplaced, ///< the address leads nowhere, or to what is no document store
    };
    Kind kind = Kind::Retryable;
    QString reason;                                      ///< a whole sentence for logs and people; no secrets
    std::optional<std::chrono::milliseconds> retryAfter; ///< how long the store wants to be left alone

    friend bool operator==(const StoreFailure &, const StoreFailure &) = default;
};

/// One document that was refused while the others were taken.
struct DocumentRefusal
{
    qsizetype index = 0; ///< in the list that was sent
    int code = 0;        ///< MongoDB's; 0: none was given
    QString reason;

    friend bool operator==(const DocumentRefusal &, const DocumentRefusal &) = default;
};

struct UpsertOutcome
{
    qsizetype taken = 0;             ///< everything that was sent but the refusals
    QList<DocumentRefusal> refusals; ///< ascending by index
};

/// Documents of one room's history, ascending by seq.
struct DocumentQuery
{
    QString room;
    QString epoch;
    qint64 after = 0; ///< seq, exclusive
    int limit = 1000; ///< 1 to 1000
    /// Only these fields (`_id` is always there); empty: whole documents.
    QStringList fields = {};
};

struct StoreDone
{};

/// Where history is kept besides SQL: a MongoDB behind a bridge. Messages and rooms are documents of two
/// collections; what is in them is messagedocument.h's matter. A document that is sent again replaces itself,
/// by its `_id`.
///
/// Every call returns at once; its answer comes once, later, on the thread of the call, never from within the
/// call. An answer comes for certain, since every request has a time-out. A store that is destroyed answers
/// nothing any more. Several calls may be under way; nothing is said about their order.
class DocumentStore
{
public:
    template <typename T>
    using Answer = std::function<void(const Result<T, StoreFailure> &)>;

    DocumentStore() = default;
    DocumentStore(const DocumentStore &) = delete;
    DocumentStore &operator=(const DocumentStore &) = delete;
    virtual ~DocumentStore() = default;

    /// Makes the database, both collections and their indexes where they are missing.
    virtual void prepare(Answer<StoreDone> answer) = 0;
    /// Whether the store answers us, without changing anything there.
    virtual void health(Answer<StoreDone> answer) = 0;

    /// Each document is the text of a JSON object with `_id`. Unordered: a refused one stops no other.
    virtual void upsertMessages(const QList<QByteArray> &documents, Answer<UpsertOutcome> answer) = 0;
    virtual void upsertRooms(const QList<QByteArray> &documents, Answer<UpsertOutcome> answer) = 0;

    virtual void findMessages(const DocumentQuery &query, Answer<QList<QJsonObject>> answer) = 0;
    /// All of them, whatever their epoch, ascending by `_id`. None when there is no such collection.
    virtual void findRooms(Answer<QList<QJsonObject>> answer) = 0;
    /// Messages of this room and epoch. 0 when there is no such collection.
    virtual void countMessages(const QString &room, const QString &epoch, Answer<qint64> answer) = 0;
};

} // namespace Synchat
