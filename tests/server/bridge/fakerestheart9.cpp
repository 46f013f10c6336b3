// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/bridge/fakerestheart9.h"

#include "tests/support/httplength.h"

#include <QJsonDocument>
#include <QUrlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

SmallHttpReply json(int status, const QJsonValue &value)
{
    const QByteArray body = value.isArray() ? QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact)
                                            : QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
    return {.status = status, .body = body, .headers = {"Content-Type: application/json"}};
}

SmallHttpReply refuse(int status, const QString &words)
{
    return json(status, QJsonObject{{u"http status code"_s, status}, {u"message"_s, words}});
}

QJsonObject queryObject(const QUrl &url, const QString &key)
{
    return QJsonDocument::fromJson(QUrlQuery(url).queryItemValue(key, QUrl::FullyDecoded).toUtf8()).object();
}

bool hasDollarKey(const QJsonObject &document)
{
    const QStringList keys = document.keys();
    return std::any_of(keys.cbegin(), keys.cend(), [](const QString &key) { return key.startsWith(u'$'); });
}

QString placeOf(const QJsonObject &document)
{
    return document.value(u"room"_s).toString() + u'/' + document.value(u"epoch"_s).toString() + u'/' +
           QString::number(document.value(u"seq"_s).toInteger(-1));
}

bool matches(const QJsonObject &document, const QJsonObject &filter)
{
    for (auto part = filter.begin(); part != filter.end(); ++part) {
        const QJsonValue value = document.value(part.key());
        if (!part.value().isObject()) {
            if (value != part.value())
                return false;
            continue;
        }
        const QJsonValue bound = part.value().toObject().value(u"$gt"_s);
        const bool isAbove =
            bound.isString() ? value.toString() > bound.toString() : value.toInteger() > bound.toInteger();
        if (!isAbove)
            return false;
    }
    return true;
}

} // namespace

FakeRestHeart9::FakeRestHeart9()
    : m_server([this](const SmallHttpRequest &request) { return answer(request); })
{}

QString FakeRestHeart9::uri(const QString &path) const
{
    return u"http://127.0.0.1:%1/%2"_s.arg(m_server.serverPort()).arg(path);
}

SmallHttpReply FakeRestHeart9::answer(const SmallHttpRequest &request)
{
    if (httpHeader(request.whole, "authorization") != "Basic " + QByteArray("ana:hush").toBase64())
        return {.status = 401, .body = {}, .headers = {"WWW-Authenticate: Basic realm=\"RESTHeart Realm\""}};
    const QUrl url = QUrl::fromEncoded(request.target);
    QStringList path = url.path().split(u'/', Qt::SkipEmptyParts);
    if (mountsDatabase)
        path.prepend(u"restheart"_s);
    if (request.method == "PUT")
        return put(path, QJsonDocument::fromJson(request.body).object());
    const auto collection = m_collections.find(path.mid(0, 2).join(u'/'));
    if (collection == m_collections.end())
        return refuse(404, u"no such collection"_s);
    return request.method == "POST" ? post(*collection, url.query(), request.body)
                                    : get(*collection, path.mid(2), url);
}

SmallHttpReply FakeRestHeart9::put(const QStringList &path, const QJsonObject &body)
{
    if (path.size() == 1) {
        const bool isNew = !m_databases.contains(path.first());
        if (isNew)
            m_databases.append(path.first());
        return json(isNew ? 201 : 200, QJsonObject());
    }
    if (path.isEmpty() || !m_databases.contains(path.first()))
        return refuse(404, u"no such database"_s);
    const QString name = path.mid(0, 2).join(u'/');
    if (path.size() == 2) {
        const bool isNew = !m_collections.contains(name);
        m_collections[name];
        return json(isNew ? 201 : 200, QJsonObject());
    }
    if (path.at(1) == u"_indexes"_s)
        return refuse(403, u"reserved resource"_s);
    if (path.size() != 4 || path.at(2) != u"_indexes"_s || !m_collections.contains(name) ||
        !body.contains(u"keys"_s))
        return refuse(404, u"no such place"_s);
    m_collections[name].indexes.append(path.at(3));
    return json(201, QJsonObject());
}

/// The unique index.
bool FakeRestHeart9::isTaken(const Collection &collection, const QJsonObject &document)
{
    return std::any_of(
        collection.documents.cbegin(), collection.documents.cend(),
        [place = placeOf(document)](const QJsonObject &other) { return placeOf(other) == place; });
}

SmallHttpReply FakeRestHeart9::post(Collection &collection, const QString &query, const QByteArray &body)
{
    QJsonParseError error;
    const QJsonArray documents = QJsonDocument::fromJson(body, &error).array();
    if (error.error != QJsonParseError::NoError)
        return refuse(400, u"bad JSON"_s);
    for (const QJsonValue &document : documents) {
        if (hasDollarKey(document.toObject()))
            return refuse(500, u"bad key"_s);
    }
    int inserted = 0;
    int matched = 0;
    QJsonArray errors;
    for (qsizetype i = 0; i < documents.size(); ++i) {
        const QJsonObject document = documents.at(i).toObject();
        const QString id = document.value(u"_id"_s).toString();
        const bool isThere = collection.documents.contains(id);
        const bool isPlaceTaken = !isThere && document.contains(u"seq"_s) && isTaken(collection, document);
        if (isThere && query != u"wm=upsert"_s)
            errors.append(QJsonObject{{u"index"_s, i}, {u"httpStatus"_s, 409}});
        else if (isPlaceTaken)
            errors.append(
                QJsonObject{{u"index"_s, i}, {u"mongodbErrorCode"_s, 11000}, {u"httpStatus"_s, 404}});
        else
            collection.documents.insert(id, document);
        matched += isThere ? 1 : 0;
        inserted += isThere || isPlaceTaken ? 0 : 1;
    }
    QJsonObject reply{{u"inserted"_s, inserted},
                      {u"links"_s, QJsonArray()},
                      {u"deleted"_s, 0},
                      {u"modified"_s, matched},
                      {u"matched"_s, matched}};
    if (!errors.isEmpty())
        reply.insert(u"errors"_s, errors);
    return json(errors.isEmpty() ? 200 : 207, reply);
}

QList<QJsonObject> FakeRestHeart9::matching(const Collection &collection, const QJsonObject &filter) const
{
    QList<QJsonObject> found;
    for (QJsonObject document : collection.documents) {
        document.insert(u"_etag"_s, QJsonObject{{u"$oid"_s, u"5f0c"_s}});
        if (matches(document, filter))
            found.append(document);
    }
    return found;
}

SmallHttpReply FakeRestHeart9::get(Collection &collection, const QStringList &rest, const QUrl &url) const
{
    const QList<QJsonObject> found = matching(collection, queryObject(url, u"filter"_s));
    if (rest == QStringList{u"_size"_s})
        return json(200, QJsonObject{{u"_size"_s, found.size()}});
    QJsonArray list;
    if (rest == QStringList{u"_indexes"_s}) {
        for (const QString &name : collection.indexes)
            list.append(QJsonObject{{u"_id"_s, name}, {u"v"_s, 2}});
        return json(200, list);
    }
    QList<QJsonObject> sorted = found;
    if (queryObject(url, u"sort"_s).contains(u"seq"_s))
        std::sort(sorted.begin(), sorted.end(), [](const QJsonObject &a, const QJsonObject &b) {
            return a.value(u"seq"_s).toInteger() < b.value(u"seq"_s).toInteger();
        });
    const qsizetype limit = QUrlQuery(url).queryItemValue(u"pagesize"_s).toLongLong();
    for (const QJsonObject &document : sorted.mid(0, limit))
        list.append(document);
    return json(200, list);
}

} // namespace Synchat
