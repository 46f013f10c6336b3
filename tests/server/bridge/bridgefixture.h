// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/bridge/restheart.h"
#include "server/store/messagedocument.h"
#include "tests/support/programs.h"

#include <QTest>

namespace Synchat {

BridgeConfig bridgeConfig(const QString &uri, const QString &user, const QString &password);

/// A message as it is shipped; each seq has its own text, author and times.
ShippedMessage shippedMessage(qint64 seq, const QString &room = QStringLiteral("general"),
                              const QString &epoch = QStringLiteral("e1"));
QList<QByteArray> messageDocuments(qint64 first, qint64 last, const QString &room = QStringLiteral("general"),
                                   const QString &epoch = QStringLiteral("e1"));

/// Starts a call and waits for its answer: `await<qint64>([&](auto answer) { store.countMessages(…, answer);
/// })`.
template <typename T>
Result<T, StoreFailure> await(const std::function<void(DocumentStore::Answer<T>)> &call)
{
    std::optional<Result<T, StoreFailure>> answer;
    call([&answer](const Result<T, StoreFailure> &result) { answer = result; });
    if (answer.has_value())
        return Failure(
            StoreFailure{StoreFailure::Kind::Misplaced, QStringLiteral("answered from within"), {}});
    if (!waitUntil([&] { return answer.has_value(); }, 60000))
        return Failure(StoreFailure{StoreFailure::Kind::Misplaced, QStringLiteral("never answered"), {}});
    return *answer;
}

Result<StoreDone, StoreFailure> prepare(DocumentStore &store);
Result<StoreDone, StoreFailure> health(DocumentStore &store);
Result<UpsertOutcome, StoreFailure> upsert(DocumentStore &store, const QList<QByteArray> &documents);
Result<QList<QJsonObject>, StoreFailure> find(DocumentStore &store, const DocumentQuery &query);
Result<qint64, StoreFailure> count(DocumentStore &store, const QString &room = QStringLiteral("general"),
                                   const QString &epoch = QStringLiteral("e1"));

/// What every bridge must show, whichever version it is. Empty; else what is wrong.
QString problemWithRoundTrip(DocumentStore &store);

#define VERIFY_ANSWER(result)                                                                                \
    do {                                                                                                     \
        const auto &checked = (result);                                                                      \
        QVERIFY2(checked, checked ? "" : qPrintable(checked.error().reason));                                \
    } while (false)

} // namespace Synchat
