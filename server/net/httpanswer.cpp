// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/httpanswer.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

namespace Synchat {

using namespace Qt::StringLiterals;

namespace {

QByteArray reasonPhrase(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 204:
        return "No Content";
    case 301:
        return "Moved Permanently";
    case 302:
        return "Found";
    case 304:
        return "Not Modified";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 413:
        return "Content Too Large";
    case 414:
        return "URI Too Long";
    case 415:
        return "Unsupported Media Type";
    case 417:
        return "Expectation Failed";
    case 426:
        return "Upgrade Required";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 503:
        return "Service Unavailable";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return "Status";
    }
}

QByteArray httpDate(WallTime time)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
    const QDateTime date = QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC);
    return QLocale::c().toString(date, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'").toLatin1();
}

bool isOneLine(const QByteArray &text)
{
    return !text.contains('\r') && !text.contains('\n') && !text.contains('\0');
}

void appendHeader(QByteArray &answer, const QByteArray &name, const QByteArray &value)
{
    if (isOneLine(name) && isOneLine(value))
        answer += name + ": " + value + "\r\n";
}

} // namespace

QByteArray makeHttpAnswer(const HttpResponse &response, AnswerForm form, WallTime now)
{
    const bool bodiless = response.status == 204 || response.status == 304;
    QByteArray answer =
        "HTTP/1.1 " + QByteArray::number(response.status) + ' ' + reasonPhrase(response.status) + "\r\n";
    appendHeader(answer, "Date", httpDate(now));
    appendHeader(answer, "Server", "synchatd");
    if (!bodiless) {
        appendHeader(answer, "Content-Type", response.contentType);
        appendHeader(answer, "Content-Length", QByteArray::number(response.body.size()));
    }
    appendHeader(answer, "X-Content-Type-Options", "nosniff");
    for (const auto &[name, value] : response.headers)
        appendHeader(answer, name, value);
    if (!form.keepAlive)
        appendHeader(answer, "Connection", "close");
    answer += "\r\n";
    if (!form.headOnly && !bodiless)
        answer += response.body;
    return answer;
}

HttpResponse problemResponse(const HttpRefusal &refusal)
{
    const QJsonObject problem{{u"type"_s, u"about:blank"_s},
                              {u"title"_s, QString::fromLatin1(reasonPhrase(refusal.status))},
                              {u"status"_s, refusal.status},
                              {u"detail"_s, refusal.detail}};
    HttpResponse response;
    response.status = refusal.status;
    response.contentType = "application/problem+json";
    response.body = QJsonDocument(problem).toJson(QJsonDocument::Compact);
    response.headers = refusal.headers;
    return response;
}

} // namespace Synchat
