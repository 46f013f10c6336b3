// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/bridge/restheart.h"

#include "server/bridge/bridgepreparation.h"
#include "server/bridge/bridgeurls.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr int NotFound = 404;
constexpr int WalkPage = 1000;

QByteArray arrayOf(const QList<QByteArray> &documents)
{
    return '[' + documents.join(',') + ']';
}

bool isDuplicate(const DocumentRefusal &refusal)
{
    return refusal.code == DuplicateKeyCode;
}

/// What is left of the first answer, and what the second said of those that were sent again.
UpsertOutcome merged(UpsertOutcome first, const UpsertOutcome &second)
{
    QList<qsizetype> sentAgain;
    for (const DocumentRefusal &refusal : first.refusals) {
        if (isDuplicate(refusal))
            sentAgain.append(refusal.index);
    }
    first.refusals.removeIf(isDuplicate);
    for (DocumentRefusal refusal : second.refusals) {
        refusal.index = sentAgain.at(refusal.index);
        first.refusals.append(refusal);
    }
    std::sort(first.refusals.begin(), first.refusals.end(),
              [](const DocumentRefusal &a, const DocumentRefusal &b) { return a.index < b.index; });
    first.taken += second.taken;
    return first;
}

} // namespace

RestHeart::RestHeart(const BridgeConfig &config, const RestLimits &limits)
    : m_address(*config.address)
    , m_client(config, limits)
{}

void RestHeart::prepare(Answer<StoreDone> answer)
{
    prepareBridge(m_client, m_address, std::move(answer));
}

void RestHeart::health(Answer<StoreDone> answer)
{
    m_client.get(probeUrl(m_address.messages()), [answer = std::move(answer)](const Reply &reply) {
        if (!reply)
            return answer(Failure(reply.error()));
        const auto documents = readDocuments(*reply);
        if (!documents)
            return answer(Failure(documents.error()));
        answer(StoreDone());
    });
}

void RestHeart::upsertMessages(const QList<QByteArray> &documents, Answer<UpsertOutcome> answer)
{
    upsert(m_address.messages(), documents, std::move(answer));
}

void RestHeart::upsertRooms(const QList<QByteArray> &documents, Answer<UpsertOutcome> answer)
{
    upsert(m_address.rooms(), documents, std::move(answer));
}

void RestHeart::upsert(const QUrl &collection, const QList<QByteArray> &documents,
                       Answer<UpsertOutcome> answer)
{
    m_client.post(upsertUrl(collection), arrayOf(documents),
                  [this, collection, documents, answer = std::move(answer)](const Reply &reply) {
                      if (!reply)
                          return answer(Failure(reply.error()));
                      const auto outcome = readUpsert(*reply, documents.size());
                      if (outcome &&
                          std::any_of(outcome->refusals.cbegin(), outcome->refusals.cend(), isDuplicate))
                          return upsertAgain(collection, documents, *outcome, answer);
                      answer(outcome);
                  });
}

/// A request whose answer was lost may still be at work over there, making the same documents. Those that met
/// it are sent once more; a key that is then still taken belongs to another document.
void RestHeart::upsertAgain(const QUrl &collection, const QList<QByteArray> &documents, UpsertOutcome first,
                            Answer<UpsertOutcome> answer)
{
    QList<QByteArray> again;
    for (const DocumentRefusal &refusal : first.refusals) {
        if (isDuplicate(refusal))
            again.append(documents.at(refusal.index));
    }
    m_client.post(
        upsertUrl(collection), arrayOf(again),
        [first = std::move(first), sent = again.size(), answer = std::move(answer)](const Reply &reply) {
            if (!reply)
                return answer(Failure(reply.error()));
            const auto second = readUpsert(*reply, sent);
            if (!second)
                return answer(second);
            answer(merged(first, *second));
        });
}

void RestHeart::findMessages(const DocumentQuery &query, Answer<QList<QJsonObject>> answer)
{
    m_client.get(findUrl(m_address.messages(), query), [answer = std::move(answer)](const Reply &reply) {
        if (!reply)
            return answer(Failure(reply.error()));
        answer(readDocuments(*reply));
    });
}

void RestHeart::findRooms(Answer<QList<QJsonObject>> answer)
{
    walkRooms({}, std::move(answer));
}

void RestHeart::walkRooms(QList<QJsonObject> found, Answer<QList<QJsonObject>> answer)
{
    const QString after = found.isEmpty() ? QString() : found.last().value("_id"_L1).toString();
    m_client.get(walkUrl(m_address.rooms(), after, WalkPage),
                 [this, found = std::move(found), answer = std::move(answer)](const Reply &reply) {
                     if (!reply)
                         return answer(Failure(reply.error()));
                     if (reply->status == NotFound && found.isEmpty())
                         return answer(QList<QJsonObject>());
                     const auto page = readDocuments(*reply);
                     if (!page || page->size() < WalkPage)
                         return answer(page ? Result<QList<QJsonObject>, StoreFailure>(found + *page) : page);
                     walkRooms(found + *page, answer);
                 });
}

void RestHeart::countMessages(const QString &room, const QString &epoch, Answer<qint64> answer)
{
    const QUrl byCount = countUrl(m_address.messages(), room, epoch);
    m_client.get(sizeUrl(m_address.messages(), room, epoch),
                 [this, byCount, answer = std::move(answer)](const Reply &reply) {
                     if (!reply)
                         return answer(Failure(reply.error()));
                     if (const auto count = readCount(*reply))
                         return answer(count);
                     // 3.2 keeps that address for itself, and counts otherwise.
                     m_client.get(byCount, [answer](const Reply &other) {
                         if (!other)
                             return answer(Failure(other.error()));
                         if (other->status == NotFound)
                             return answer(qint64(0));
                         answer(readCount(*other));
                     });
                 });
}

} // namespace Synchat
