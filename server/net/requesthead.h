// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>
#include <QStringList>

#include "common/result.h"

#include <optional>
#include <utility>

// The head of an HTTP request, from its bytes to what is done with it. Pure. Stricter than RFC 9112 allows
// where leniency has let requests be smuggled past other programs: what two readers could read in two ways is
// refused.

namespace Synchat {

namespace HttpLimits {
constexpr qsizetype HeadBytes = 16 * 1024;
constexpr qsizetype LineBytes = 8 * 1024; ///< also what QWebSocketServer takes
constexpr int HeaderLines = 100;
constexpr qint64 BodyBytes = 64 * 1024;
constexpr int RequestsPerConnection = 1000;
} // namespace HttpLimits

/// Why a request is not served: an HTTP status and a sentence.
struct HttpRefusal
{
    int status = 400;
    QString detail;
    QList<std::pair<QByteArray, QByteArray>> headers = {}; ///< that the answer must carry
};

struct HeadScan
{
    qsizetype length = 0; ///< 0: not complete yet; else up to and with the blank line
    std::optional<HttpRefusal> refusal;
};
/// Looks for the end of a head in what has come so far. Limits are enforced before the end has come.
HeadScan scanHead(QByteArrayView received);

struct RequestHead
{
    QByteArray method;
    QByteArray path;  ///< as sent, percent-encoded, starts with /
    QByteArray query; ///< as sent, without the question mark
    int minorVersion = 1;
    QList<std::pair<QByteArray, QByteArray>> headers; ///< names in lower case, values trimmed

    int count(QByteArrayView lowerCaseName) const;
    /// The first of that name, or empty.
    QByteArray value(QByteArrayView lowerCaseName) const;
    /// The comma-separated members of all headers of that name, trimmed, empty ones left out.
    QList<QByteArray> members(QByteArrayView lowerCaseName) const;
    /// One of the members is `token`, whatever its case.
    bool hasMember(QByteArrayView lowerCaseName, QByteArrayView token) const;
};
/// `head` is complete as scanHead found it. Checks the form of every line, exactly one Host, and how the body
/// is delimited (RFC 9112 §6).
Result<RequestHead, HttpRefusal> parseRequestHead(QByteArrayView head);

enum class HeadVerdict : quint8 { Http, Upgrade, Refuse };
struct HeadDecision
{
    HeadVerdict verdict = HeadVerdict::Refuse;
    HttpRefusal refusal; ///< with Refuse
};
/// What becomes of a well-formed request: WebSocket, HTTP, or neither.
HeadDecision decideRequest(const RequestHead &head, const QStringList &allowedOrigins);

/// HTTP/1.1 and not told to close. A 1.0 connection is always closed.
bool wantsKeepAlive(const RequestHead &head);
bool hasBody(const RequestHead &head);

/// Percent-decoding of a path. Nothing: a broken escape, a control character, or not UTF-8.
std::optional<QString> decodePath(const QByteArray &path);

} // namespace Synchat
