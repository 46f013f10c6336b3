// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/bridge/restclient.h"
#include "server/store/documentstore.h"

namespace Synchat {

/// MongoDB behind RESTHeart, 3.2 or 9.x, without being told which. Lives on the thread where it was made.
class RestHeart final : public DocumentStore
{
public:
    /// `config.address` must be there.
    explicit RestHeart(const BridgeConfig &config, const RestLimits &limits = {});

    void prepare(Answer<StoreDone> answer) override;
    void health(Answer<StoreDone> answer) override;
    void upsertMessages(const QList<QByteArray> &documents, Answer<UpsertOutcome> answer) override;
    void upsertRooms(const QList<QByteArray> &documents, Answer<UpsertOutcome> answer) override;
    void findMessages(const DocumentQuery &query, Answer<QList<QJsonObject>> answer) override;
    void findRooms(Answer<QList<QJsonObject>> answer) override;
    void countMessages(const QString &room, const QString &epoch, Answer<qint64> answer) override;

private:
    using Reply = Result<BridgeReply, StoreFailure>;

    void upsert(const QUrl &collection, const QList<QByteArray> &documents, Answer<UpsertOutcome> answer);
    void upsertAgain(const QUrl &collection, const QList<QByteArray> &documents, UpsertOutcome first,
                     Answer<UpsertOutcome> answer);
    void walkRooms(QList<QJsonObject> found, Answer<QList<QJsonObject>> answer);

    BridgeAddress m_address;
    RestClient m_client;
};

} // namespace Synchat
