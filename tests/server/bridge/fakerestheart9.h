// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/smallhttpserver.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QMap>
#include <QUrl>

namespace Synchat {

/// Answers as RESTHeart 9.7.2 was seen to answer, as far as we ask it: plain arrays, `/_size`, 207 with
/// `errors`, 500 for a whole batch with a key that begins with `$`, inserts without `wm=upsert`, plain 64-bit
/// numbers. Databases are mounted at `/`, user `ana` with password `hush`. Indexes are kept, unique keys are
/// checked.
class FakeRestHeart9
{
public:
    FakeRestHeart9();
    QString uri(const QString &path = QStringLiteral("synchat/messages")) const;
    const QList<SmallHttpRequest> &requests() const { return m_server.requests; }
    QStringList indexesOf(const QString &path) const { return m_collections.value(path).indexes; }
    bool hasDatabase(const QString &name) const { return m_databases.contains(name); }

    bool mountsDatabase = false; ///< as 9.x comes: one database at `/`, so that `/x` is a collection

private:
    struct Collection
    {
        QMap<QString, QJsonObject> documents; ///< by `_id`
        QStringList indexes;
    };

    SmallHttpReply answer(const SmallHttpRequest &request);
    static bool isTaken(const Collection &collection, const QJsonObject &document);
    SmallHttpReply put(const QStringList &path, const QJsonObject &body);
    SmallHttpReply post(Collection &collection, const QString &query, const QByteArray &body);
    SmallHttpReply get(Collection &collection, const QStringList &rest, const QUrl &url) const;
    QList<QJsonObject> matching(const Collection &collection, const QJsonObject &filter) const;

    QStringList m_databases;
    QMap<QString, Collection> m_collections; ///< by path
    SmallHttpServer m_server;
};

} // namespace Synchat
