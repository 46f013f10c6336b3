// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/shipping/memorystore.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

template <typename T, typename Work>
void MemoryStore::reply(const QList<QByteArray> &documents, const Answer<T> &answer, Work work)
{
    QMetaObject::invokeMethod(
        this,
        [this, documents, answer, work] {
            ++m_bridge.requests;
            const auto failure = m_bridge.fault ? m_bridge.fault(documents) : std::nullopt;
            if (failure && m_bridge.worksSecretly)
                (void)work();
            if (failure)
                answer(Failure(*failure));
            else
                answer(work());
        },
        Qt::QueuedConnection);
}

UpsertOutcome MemoryStore::put(QMap<QString, QJsonObject> &collection, const QList<QByteArray> &documents)
{
    UpsertOutcome outcome;
    for (qsizetype index = 0; index < documents.size(); ++index) {
        const QJsonObject document = QJsonDocument::fromJson(documents.at(index)).object();
        const QString id = document.value(u"_id"_s).toString();
        if (m_bridge.refused.contains(id)) {
            outcome.refusals.append({index, 121, u"Document failed validation"_s});
            continue;
        }
        collection.insert(id, document);
        ++outcome.taken;
    }
    return outcome;
}

void MemoryStore::prepare(Answer<StoreDone> answer)
{
    reply({}, answer, [this] {
        ++m_bridge.prepared;
        return StoreDone();
    });
}

void MemoryStore::health(Answer<StoreDone> answer)
{
    reply({}, answer, [] { return StoreDone(); });
}

void MemoryStore::upsertMessages(const QList<QByteArray> &documents, Answer<UpsertOutcome> answer)
{
    reply(documents, answer, [this, documents] {
        m_bridge.batches.append(documents.size());
        return put(m_bridge.messages, documents);
    });
}

void MemoryStore::upsertRooms(const QList<QByteArray> &documents, Answer<UpsertOutcome> answer)
{
    reply(documents, answer, [this, documents] { return put(m_bridge.rooms, documents); });
}

void MemoryStore::findMessages(const DocumentQuery &query, Answer<QList<QJsonObject>> answer)
{
    reply({}, answer, [this, query] {
        QList<QJsonObject> found;
        for (const QJsonObject &document : std::as_const(m_bridge.messages)) {
            if (document.value(u"room"_s).toString() == query.room &&
                document.value(u"epoch"_s).toString() == query.epoch &&
                document.value(u"seq"_s).toInteger() > query.after)
                found.append(document);
        }
        std::sort(found.begin(), found.end(), [](const QJsonObject &one, const QJsonObject &other) {
            return one.value(u"seq"_s).toInteger() < other.value(u"seq"_s).toInteger();
        });
        return found.first(qMin(found.size(), qsizetype(query.limit)));
    });
}

void MemoryStore::findRooms(Answer<QList<QJsonObject>> answer)
{
    reply({}, answer, [this] { return m_bridge.rooms.values(); });
}

void MemoryStore::countMessages(const QString &room, const QString &epoch, Answer<qint64> answer)
{
    reply({}, answer, [this, room, epoch] {
        return qint64(std::count_if(m_bridge.messages.cbegin(), m_bridge.messages.cend(),
                                    [&](const QJsonObject &document) {
                                        return document.value(u"room"_s).toString() == room &&
                                               document.value(u"epoch"_s).toString() == epoch;
                                    }));
    });
}

} // namespace Synchat
