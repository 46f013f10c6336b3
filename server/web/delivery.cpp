// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/delivery.h"

#include "server/web/entitytag.h"
#include "server/web/gzip.h"

#include <QByteArrayList>

namespace Synchat {
namespace {

/// All headers of that name as one list (RFC 9110 §5.3).
QByteArray headerList(const HttpRequest &request, const QByteArray &lowerCaseName)
{
    QByteArrayList values;
    for (const auto &[name, value] : request.headers) {
        if (name == lowerCaseName)
            values.append(value);
    }
    return values.join(", ");
}

bool shrinks(const HttpResponse &answer)
{
    const QByteArray &type = answer.contentType;
    const bool isText = type.startsWith("text/") || type.startsWith("application/json") ||
                        type.startsWith("application/problem+json");
    return isText && answer.body.size() >= LeastGzippedBytes;
}

bool mayBeKept(const HttpResponse &answer)
{
    return answer.status == 200 &&
           !answer.headers.contains(std::pair<QByteArray, QByteArray>("Cache-Control", "no-store"));
}

} // namespace

DeliveryTerms DeliveryTerms::of(const HttpRequest &request)
{
    return {codingFor(headerList(request, "accept-encoding")), headerList(request, "if-none-match")};
}

HttpResponse delivered(HttpResponse answer, const DeliveryTerms &terms)
{
    const bool varies = shrinks(answer);
    const ContentCoding coding = varies ? terms.coding : ContentCoding::Identity;
    if (varies)
        answer.headers.emplaceBack("Vary", "Accept-Encoding");
    if (mayBeKept(answer)) {
        const QByteArray tag = entityTag(answer.body, coding);
        answer.headers.emplaceBack("ETag", tag);
        if (namesTag(terms.ifNoneMatch, tag)) {
            answer.status = 304;
            answer.body.clear();
            return answer;
        }
    }
    if (coding == ContentCoding::Gzip) {
        answer.body = gzipped(answer.body);
        answer.headers.emplaceBack("Content-Encoding", "gzip");
    }
    return answer;
}

} // namespace Synchat
