// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/bridge/bridgeurls.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

/// `key=value`, all but letters and digits encoded.
QString queryPart(const QString &key, const QByteArray &value)
{
    return key + u'=' + QString::fromLatin1(value.toPercentEncoding());
}

QString queryPart(const QString &key, const QJsonObject &value)
{
    return queryPart(key, QJsonDocument(value).toJson(QJsonDocument::Compact));
}

QUrl withQuery(const QUrl &url, const QStringList &parts)
{
    QUrl asked = url;
    asked.setQuery(parts.join(u'&'), QUrl::StrictMode);
    return asked;
}

QJsonObject ofHistory(const QString &room, const QString &epoch)
{
    return {{u"room"_s, room}, {u"epoch"_s, epoch}};
}

} // namespace

QUrl below(const QUrl &collection, const QString &path)
{
    QUrl url = collection;
    url.setPath(collection.path(QUrl::FullyEncoded) + u'/' + path, QUrl::StrictMode);
    return url;
}

QUrl probeUrl(const QUrl &collection)
{
    return withQuery(collection, {u"pagesize=1"_s, queryPart(u"keys"_s, QJsonObject{{u"_id"_s, 1}})});
}

QUrl upsertUrl(const QUrl &collection)
{
    return withQuery(collection, {u"wm=upsert"_s});
}

QUrl findUrl(const QUrl &collection, const DocumentQuery &query)
{
    QJsonObject filter = ofHistory(query.room, query.epoch);
    filter.insert(u"seq"_s, QJsonObject{{u"$gt"_s, query.after}});
    QStringList parts{queryPart(u"filter"_s, filter), queryPart(u"sort"_s, QJsonObject{{u"seq"_s, 1}}),
                      u"pagesize=%1"_s.arg(std::clamp(query.limit, 1, 1000))};
    if (!query.fields.isEmpty()) {
        QJsonObject keys;
        for (const QString &field : query.fields)
            keys.insert(field, 1);
        parts.append(queryPart(u"keys"_s, keys));
    }
    return withQuery(collection, parts);
}

QUrl walkUrl(const QUrl &collection, const QString &after, int limit)
{
    const QJsonObject filter{{u"_id"_s, QJsonObject{{u"$gt"_s, after}}}};
    return withQuery(collection,
                     {queryPart(u"filter"_s, filter), queryPart(u"sort"_s, QJsonObject{{u"_id"_s, 1}}),
                      u"pagesize=%1"_s.arg(limit)});
}

QUrl sizeUrl(const QUrl &collection, const QString &room, const QString &epoch)
{
    return withQuery(below(collection, u"_size"_s), {queryPart(u"filter"_s, ofHistory(room, epoch))});
}

QUrl countUrl(const QUrl &collection, const QString &room, const QString &epoch)
{
    return withQuery(collection,
                     {queryPart(u"filter"_s, ofHistory(room, epoch)), u"count=true"_s, u"pagesize=0"_s});
}

} // namespace Synchat
