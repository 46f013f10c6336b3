// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/httpanswers.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace Synchat {
namespace {

using namespace Qt::StringLiterals;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(HttpAnswers)
};

QByteArray cacheControl(Caching caching)
{
    switch (caching) {
    case Caching::Revalidate:
        return "no-cache";
    case Caching::Forever:
        return "public, max-age=31536000, immutable";
    case Caching::Never:
        break;
    }
    return "no-store";
}

constexpr auto NothingAtAll = "default-src 'none'; frame-ancestors 'none'";
constexpr auto OurStylesOnly = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
                               "base-uri 'none'; frame-ancestors 'none'";

HttpResponse answer(int status, const QByteArray &contentType, const QByteArray &body,
                    Caching caching = Caching::Never, const QByteArray &policy = NothingAtAll)
{
    HttpResponse response;
    response.status = status;
    response.contentType = contentType;
    response.body = body;
    response.headers = {
        {"Cache-Control", cacheControl(caching)},
        {"Content-Security-Policy", policy},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Referrer-Policy", "no-referrer"},
    };
    return response;
}

/// RFC 9110's phrase, which `about:blank` problems have as their title.
QString reasonPhrase(int status)
{
    switch (status) {
    case 400:
        return u"Bad Request"_s;
    case 404:
        return u"Not Found"_s;
    case 405:
        return u"Method Not Allowed"_s;
    case 503:
        return u"Service Unavailable"_s;
    default:
        return u"Internal Server Error"_s;
    }
}

} // namespace

HttpResponse textAnswer(const QByteArray &text)
{
    return answer(200, "text/plain; charset=utf-8", text);
}

HttpResponse jsonAnswer(const QJsonObject &json, Caching caching)
{
    return answer(200, "application/json", QJsonDocument(json).toJson(QJsonDocument::Compact), caching);
}

HttpResponse jsonListAnswer(const QJsonArray &json)
{
    return answer(200, "application/json", QJsonDocument(json).toJson(QJsonDocument::Compact));
}

HttpResponse htmlAnswer(int status, const QByteArray &html)
{
    const Caching caching = status == 200 ? Caching::Revalidate : Caching::Never;
    return answer(status, "text/html; charset=utf-8", html, caching, OurStylesOnly);
}

HttpResponse assetAnswer(const QByteArray &contentType, const QByteArray &content)
{
    return answer(200, contentType, content, Caching::Forever);
}

HttpResponse problemAnswer(int status, const QString &detail)
{
    const QJsonObject problem{
        {u"type"_s, u"about:blank"_s},
        {u"title"_s, reasonPhrase(status)},
        {u"status"_s, status},
        {u"detail"_s, detail},
    };
    return answer(status, "application/problem+json", QJsonDocument(problem).toJson(QJsonDocument::Compact));
}

HttpResponse methodNotAllowed(const QByteArray &allow)
{
    HttpResponse response =
        problemAnswer(405, Words::tr("This path answers to %1 only.").arg(QString::fromLatin1(allow)));
    response.headers.append({"Allow", allow});
    return response;
}

HttpResponse withRetryAfter(HttpResponse response, std::chrono::seconds wait)
{
    response.headers.append({"Retry-After", QByteArray::number(qint64(wait.count()))});
    return response;
}

HttpResponse pageAnswer(const HistoryPage &page, bool keepNewest, qsizetype maxBytes)
{
    HttpResponse whole = jsonAnswer(historyPageToJson(page), Caching::Revalidate);
    if (whole.body.size() <= maxBytes)
        return whole;
    return jsonAnswer(historyPageToJson(encodeHistoryPage(page, keepNewest, {}, maxBytes).page),
                      Caching::Revalidate);
}

HttpResponse foundAnswer(const FoundFrame &found)
{
    QJsonArray messages;
    for (const Message &message : found.messages)
        messages.append(messageToJson(message));
    const QJsonValue cursor =
        found.cursor.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(found.cursor);
    return jsonAnswer({{u"messages"_s, messages}, {u"cursor"_s, cursor}}, Caching::Revalidate);
}

} // namespace Synchat
