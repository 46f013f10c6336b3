// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/bridge/bridgefixture.h"

#include "common/messagechain.h"

using namespace Qt::StringLiterals;

namespace Synchat {

BridgeConfig bridgeConfig(const QString &uri, const QString &user, const QString &password)
{
    auto address = BridgeAddress::parse(uri);
    BridgeConfig config;
    if (address)
        config.address = std::move(*address);
    config.user = user;
    config.password = password;
    return config;
}

ShippedMessage shippedMessage(qint64 seq, const QString &room, const QString &epoch)
{
    constexpr WireMicros Time = 1764000000123456;
    ShippedMessage shipped;
    Message &message = shipped.message;
    message.room = room;
    message.seq = seq;
    message.id = QUuid::createUuidV5(QUuid(), room + epoch + QString::number(seq));
    message.from = {u"u%1"_s.arg(seq % 7), u"Zoë %1"_s.arg(seq % 7)};
    message.text = u"message %1 of \"%2\" \U0001F4BE\n$set {\"$date\":1}"_s.arg(seq).arg(room);
    message.stamps.live = {.t = Time + seq * 1000, .offset = -seq, .bound = 900, .state = StampState::Ok};
    message.stamps.local = {.t = Time + seq * 1000 + 7,
                            .offset = 3,
                            .bound = 450,
                            .state = StampState::Ok,
                            .boot = u"k3f9"_s,
                            .up = seq};
    message.stamps.best = {.t = Time + seq * 1000 + 10, .bound = 450, .state = StampState::Ok};
    shipped.epoch = epoch;
    shipped.arrival = seq;
    shipped.chain = chainNext(chainStart(room, epoch), canonicalMessage(message));
    return shipped;
}

QList<QByteArray> messageDocuments(qint64 first, qint64 last, const QString &room, const QString &epoch)
{
    QList<QByteArray> documents;
    for (qint64 seq = first; seq <= last; ++seq)
        documents.append(messageDocument(shippedMessage(seq, room, epoch)));
    return documents;
}

Result<StoreDone, StoreFailure> prepare(DocumentStore &store)
{
    return await<StoreDone>([&](auto answer) { store.prepare(answer); });
}

Result<StoreDone, StoreFailure> health(DocumentStore &store)
{
    return await<StoreDone>([&](auto answer) { store.health(answer); });
}

Result<UpsertOutcome, StoreFailure> upsert(DocumentStore &store, const QList<QByteArray> &documents)
{
    return await<UpsertOutcome>([&](auto answer) { store.upsertMessages(documents, answer); });
}

Result<QList<QJsonObject>, StoreFailure> find(DocumentStore &store, const DocumentQuery &query)
{
    return await<QList<QJsonObject>>([&](auto answer) { store.findMessages(query, answer); });
}

Result<qint64, StoreFailure> count(DocumentStore &store, const QString &room, const QString &epoch)
{
    return await<qint64>([&](auto answer) { store.countMessages(room, epoch, answer); });
}

namespace {

QString problemWithPages(DocumentStore &store)
{
    DocumentQuery query{.room = u"general"_s, .epoch = u"e1"_s, .after = 0, .limit = 40};
    for (qint64 due = 1; due <= 100;) {
        query.after = due - 1;
        const auto page = find(store, query);
        if (!page || page->isEmpty())
            return page ? u"no page after %1"_s.arg(query.after) : page.error().reason;
        for (const QJsonObject &document : *page) {
            const auto read = messageFromDocument(document);
            if (!read || !(*read == shippedMessage(due)))
                return u"message %1 came back changed"_s.arg(due);
            ++due;
        }
    }
    return {};
}

} // namespace

QString problemWithRoundTrip(DocumentStore &store)
{
    const auto first = upsert(store, messageDocuments(1, 60));
    if (!first || first->taken != 60)
        return first ? u"taken %1"_s.arg(first->taken) : first.error().reason;
    const auto again = upsert(store, messageDocuments(40, 100)); // some of them twice
    if (!again || again->taken != 61)
        return again ? u"taken again %1"_s.arg(again->taken) : again.error().reason;
    if (const auto other = upsert(store, messageDocuments(1, 5, u"general"_s, u"e2"_s)); !other)
        return other.error().reason;
    const auto counted = count(store);
    if (!counted || *counted != 100)
        return counted ? u"counted %1"_s.arg(*counted) : counted.error().reason;
    return problemWithPages(store);
}

} // namespace Synchat
