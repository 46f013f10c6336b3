// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/documentstore.h"

#include <QJsonObject>
#include <QMap>
#include <QObject>

namespace Synchat {

/// What a MemoryStore holds and how it behaves. Outlives the stores, which belong to other threads: looked at
/// only while these are still, or within `fault`.
struct MemoryBridge
{
    QMap<QString, QJsonObject> messages;
    QMap<QString, QJsonObject> rooms;
    QList<qsizetype> batches; ///< documents in each request with messages
    int requests = 0;
    int prepared = 0;

    /// Asked before each request, on the store's thread; `documents` is empty but for an upsert. Nothing: it
    /// works.
    std::function<std::optional<StoreFailure>(const QList<QByteArray> &documents)> fault;
    /// The `_id` of messages that are refused by name.
    QStringList refused;
    /// What failed had been done all the same.
    bool worksSecretly = false;
};

/// A store of documents in memory, with the faults that a test wants.
class MemoryStore : public QObject, public DocumentStore
{
    Q_OBJECT
public:
    explicit MemoryStore(MemoryBridge &bridge)
        : m_bridge(bridge)
    {}

    void prepare(Answer<StoreDone> answer) override;
    void health(Answer<StoreDone> answer) override;
    void upsertMessages(const QList<QByteArray> &documents, Answer<UpsertOutcome> answer) override;
    void upsertRooms(const QList<QByteArray> &documents, Answer<UpsertOutcome> answer) override;
    void findMessages(const DocumentQuery &query, Answer<QList<QJsonObject>> answer) override;
    void findRooms(Answer<QList<QJsonObject>> answer) override;
    void countMessages(const QString &room, const QString &epoch, Answer<qint64> answer) override;

private:
    template <typename T, typename Work>
    void reply(const QList<QByteArray> &documents, const Answer<T> &answer, Work work);
    UpsertOutcome put(QMap<QString, QJsonObject> &collection, const QList<QByteArray> &documents);

    MemoryBridge &m_bridge;
};

} // namespace Synchat
