// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/requesthead.h"

#include "server/net/origin.h"

#include <QStringDecoder>

#include <algorithm>

namespace Synchat {

using namespace Qt::StringLiterals;

namespace {

HttpRefusal badRequest(const QString &detail)
{
    return {400, detail};
}

bool isTokenChar(char c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
        return true;
    return QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenChar);
}

bool isFieldValue(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
    });
}

HttpRefusal lineTooLong(int linesBefore)
{
    if (linesBefore == 0)
        return {414, u"The request line is too long."_s};
    return {431, u"A header line is too long."_s};
}

/// Origin form, or absolute form, whose authority a server must take for the host (RFC 9112 §3.2).
std::optional<HttpRefusal> parseTarget(QByteArrayView target, RequestHead &head, QByteArray &authority)
{
    const bool plain = std::all_of(target.begin(), target.end(), [](char c) { return c > 0x20 && c < 0x7f; });
    if (!plain || target.contains('#'))
        return badRequest(u"The request target holds a character that must be escaped."_s);
    if (target.size() > 7 && target.first(7).compare("http://", Qt::CaseInsensitive) == 0) {
        const QByteArrayView rest = target.sliced(7);
        const auto end = std::find_if(rest.begin(), rest.end(), [](char c) { return c == '/' || c == '?'; });
        const qsizetype length = end - rest.begin();
        authority = rest.first(length).toByteArray();
        head.path = rest.sliced(length).toByteArray();
        if (!head.path.startsWith('/'))
            head.path.prepend('/');
    } else {
        head.path = target.toByteArray();
    }
    if (!head.path.startsWith('/'))
        return badRequest(u"The request target is not a path."_s);
    if (const qsizetype mark = head.path.indexOf('?'); mark >= 0) {
        head.query = head.path.sliced(mark + 1);
        head.path.truncate(mark);
    }
    if (!decodePath(head.path))
        return badRequest(u"The path is not valid percent-encoded UTF-8."_s);
    return std::nullopt;
}

std::optional<HttpRefusal> parseVersion(QByteArrayView version, RequestHead &head)
{
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (version.size() != 8 || !version.startsWith("HTTP/") || !isDigit(version[5]) || version[6] != '.' ||
        !isDigit(version[7]))
        return badRequest(u"The request line does not end in an HTTP version."_s);
    if (version[5] != '1' || version[7] > '1')
        return HttpRefusal{505, u"Only HTTP/1.0 and HTTP/1.1 are spoken here."_s};
    head.minorVersion = version[7] - '0';
    return std::nullopt;
}

std::optional<HttpRefusal> parseRequestLine(QByteArrayView line, RequestHead &head, QByteArray &authority)
{
    const qsizetype first = line.indexOf(' ');
    const qsizetype last = line.lastIndexOf(' ');
    if (first <= 0 || last <= first + 1 || line.sliced(first + 1, last - first - 1).contains(' '))
        return badRequest(u"The request line is not a method, a target and a version."_s);
    if (!isToken(line.first(first)))
        return badRequest(u"The method is not a token."_s);
    head.method = line.first(first).toByteArray();
    if (const auto refusal = parseVersion(line.sliced(last + 1), head))
        return refusal;
    return parseTarget(line.sliced(first + 1, last - first - 1), head, authority);
}

std::optional<HttpRefusal> parseHeaderLine(QByteArrayView line, RequestHead &head)
{
    const qsizetype colon = line.indexOf(':');
    if (colon <= 0 || !isToken(line.first(colon)))
        return badRequest(u"A header line has no proper name."_s);
    const QByteArray value = line.sliced(colon + 1).toByteArray();
    if (!isFieldValue(value))
        return badRequest(u"A header holds a control character."_s);
    head.headers.append({line.first(colon).toByteArray().toLower(), value.trimmed()});
    return std::nullopt;
}

std::optional<HttpRefusal> checkHost(RequestHead &head, const QByteArray &authority)
{
    const int hosts = head.count("host");
    if (hosts > 1 || (hosts == 0 && head.minorVersion == 1))
        return badRequest(u"A request needs exactly one Host."_s);
    if (hosts == 1 && !isHostAndPort(head.value("host")))
        return badRequest(u"The Host is not a host name or an address with an optional port."_s);
    if (authority.isNull())
        return std::nullopt;
    if (!isHostAndPort(authority))
        return badRequest(u"The request target names no proper host."_s);
    for (auto &[name, value] : head.headers) {
        if (name == "host")
            value = authority;
    }
    return std::nullopt;
}

/// RFC 9112 §6: what could be read in two ways is refused.
std::optional<HttpRefusal> checkBodyFraming(const RequestHead &head)
{
    const int encodings = head.count("transfer-encoding");
    const int lengths = head.count("content-length");
    if (encodings > 0 && lengths > 0)
        return badRequest(u"A request has either a Content-Length or a Transfer-Encoding."_s);
    if (encodings > 0 && head.minorVersion == 0)
        return badRequest(u"HTTP/1.0 has no Transfer-Encoding."_s);
    if (encodings > 1 ||
        (encodings == 1 && head.value("transfer-encoding").compare("chunked", Qt::CaseInsensitive)))
        return HttpRefusal{501, u"The only transfer encoding that is known here is chunked."_s};
    if (lengths == 0)
        return std::nullopt;
    const QByteArray length = head.value("content-length");
    const bool digits =
        std::all_of(length.begin(), length.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (lengths > 1 || length.isEmpty() || !digits)
        return badRequest(u"The Content-Length is not one number."_s);
    if (length.size() > 18 || length.toLongLong() > HttpLimits::BodyBytes)
        return HttpRefusal{413, u"The body is too large."_s};
    return std::nullopt;
}

std::optional<HttpRefusal> checkMethod(const QByteArray &method)
{
    static const QList<QByteArray> served{"GET", "HEAD", "POST"};
    static const QList<QByteArray> known{"PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"};
    if (served.contains(method))
        return std::nullopt;
    if (known.contains(method))
        return HttpRefusal{405, u"This method is not served here."_s, {{"Allow", "GET, HEAD, POST"}}};
    return HttpRefusal{501, u"This method is not known here."_s};
}

bool isWebSocketKey(const QByteArray &key)
{
    const auto decoded = QByteArray::fromBase64Encoding(key, QByteArray::AbortOnBase64DecodingErrors);
    return key.size() == 24 && decoded && decoded.decoded.size() == 16;
}

/// RFC 6455 §4.2.1.
std::optional<HttpRefusal> checkUpgrade(const RequestHead &head, const QStringList &allowedOrigins)
{
    if (head.path != "/ws")
        return HttpRefusal{404, u"WebSocket is spoken on /ws only."_s};
    if (head.method != "GET" || head.minorVersion != 1 || hasBody(head))
        return badRequest(u"A WebSocket handshake is a GET of HTTP/1.1 without a body."_s);
    if (!head.hasMember("connection", "upgrade") || !head.hasMember("upgrade", "websocket") ||
        head.count("upgrade") != 1 || head.members("upgrade").size() != 1)
        return badRequest(u"A WebSocket handshake needs `Connection: Upgrade` and `Upgrade: websocket`."_s);
    if (head.count("sec-websocket-key") != 1 || !isWebSocketKey(head.value("sec-websocket-key")))
        return badRequest(u"The Sec-WebSocket-Key is not the base64 of 16 bytes."_s);
    if (head.count("sec-websocket-version") != 1)
        return badRequest(u"A WebSocket handshake needs one Sec-WebSocket-Version."_s);
    if (head.value("sec-websocket-version") != "13")
        return HttpRefusal{426,
                           u"Only version 13 of WebSocket is spoken here."_s,
                           {{"Upgrade", "websocket"}, {"Sec-WebSocket-Version", "13"}}};
    const QList<QByteArray> offered = head.members("sec-websocket-protocol");
    if (!offered.isEmpty() && !offered.contains("synchat.v1"))
        return badRequest(u"None of the offered subprotocols is synchat.v1."_s);
    if (head.count("origin") > 1 ||
        (head.count("origin") == 1 &&
         !isOriginAllowed(head.value("origin"), head.value("host"), allowedOrigins)))
        return HttpRefusal{403, u"Pages of this origin may not connect."_s};
    return std::nullopt;
}

} // namespace

HeadScan scanHead(QByteArrayView received)
{
    if (!received.isEmpty() && !isTokenChar(received.front()))
        return {0, badRequest(u"This is not an HTTP request."_s)};
    qsizetype lineStart = 0;
    int lines = 0;
    for (qsizetype end = received.indexOf('\n'); end >= 0; end = received.indexOf('\n', lineStart)) {
        if (end == lineStart || received[end - 1] != '\r')
            return {0, badRequest(u"A line does not end in CR and LF."_s)};
        const qsizetype length = end - 1 - lineStart;
        if (length > HttpLimits::LineBytes)
            return {0, lineTooLong(lines)};
        if (end + 1 > HttpLimits::HeadBytes)
            return {0, HttpRefusal{431, u"The headers are too long."_s}};
        if (length == 0)
            return {end + 1, std::nullopt};
        lineStart = end + 1;
        if (++lines > 1 + HttpLimits::HeaderLines)
            return {0, HttpRefusal{431, u"There are too many headers."_s}};
    }
    if (received.size() - lineStart > HttpLimits::LineBytes + 1)
        return {0, lineTooLong(lines)};
    if (received.size() >= HttpLimits::HeadBytes)
        return {0, HttpRefusal{431, u"The headers are too long."_s}};
    return {};
}

int RequestHead::count(QByteArrayView lowerCaseName) const
{
    return static_cast<int>(std::count_if(headers.begin(), headers.end(),
                                          [&](const auto &header) { return header.first == lowerCaseName; }));
}

QByteArray RequestHead::value(QByteArrayView lowerCaseName) const
{
    for (const auto &[name, value] : headers) {
        if (name == lowerCaseName)
            return value;
    }
    return {};
}

QList<QByteArray> RequestHead::members(QByteArrayView lowerCaseName) const
{
    QList<QByteArray> found;
    for (const auto &[name, value] : headers) {
        if (name != lowerCaseName)
            continue;
        for (const QByteArray &member : value.split(',')) {
            if (const QByteArray trimmed = member.trimmed(); !trimmed.isEmpty())
                found.append(trimmed);
        }
    }
    return found;
}

bool RequestHead::hasMember(QByteArrayView lowerCaseName, QByteArrayView token) const
{
    const QList<QByteArray> all = members(lowerCaseName);
    return std::any_of(all.begin(), all.end(), [&](const QByteArray &member) {
        return member.compare(token, Qt::CaseInsensitive) == 0;
    });
}

Result<RequestHead, HttpRefusal> parseRequestHead(QByteArrayView head)
{
    RequestHead parsed;
    QByteArray authority;
    qsizetype start = 0;
    for (qsizetype end = head.indexOf('\n'); end > start + 1; end = head.indexOf('\n', start)) {
        const QByteArrayView line = head.sliced(start, end - 1 - start);
        const auto refusal =
            start == 0 ? parseRequestLine(line, parsed, authority) : parseHeaderLine(line, parsed);
        if (refusal)
            return Failure(*refusal);
        start = end + 1;
    }
    if (const auto refusal = checkHost(parsed, authority))
        return Failure(*refusal);
    if (const auto refusal = checkBodyFraming(parsed))
        return Failure(*refusal);
    return parsed;
}

HeadDecision decideRequest(const RequestHead &head, const QStringList &allowedOrigins)
{
    if (const auto refusal = checkMethod(head.method))
        return {HeadVerdict::Refuse, *refusal};
    const bool triesUpgrade = head.hasMember("upgrade", "websocket") || head.count("sec-websocket-key") > 0 ||
                              head.count("sec-websocket-version") > 0;
    if (triesUpgrade) {
        if (const auto refusal = checkUpgrade(head, allowedOrigins))
            return {HeadVerdict::Refuse, *refusal};
        return {HeadVerdict::Upgrade, {}};
    }
    if (head.path == "/ws")
        return {HeadVerdict::Refuse,
                {426, u"WebSocket is spoken on this path."_s, {{"Upgrade", "websocket"}}}};
    if (head.count("expect") > 0 && !head.hasMember("expect", "100-continue"))
        return {HeadVerdict::Refuse, {417, u"This expectation is not known here."_s}};
    return {HeadVerdict::Http, {}};
}

bool wantsKeepAlive(const RequestHead &head)
{
    return head.minorVersion == 1 && !head.hasMember("connection", "close");
}

bool hasBody(const RequestHead &head)
{
    return head.count("transfer-encoding") > 0 || head.value("content-length").toLongLong() > 0;
}

std::optional<QString> decodePath(const QByteArray &path)
{
    QByteArray decoded;
    decoded.reserve(path.size());
    for (qsizetype i = 0; i < path.size(); ++i) {
        char c = path[i];
        if (c == '%') {
            bool ok = false;
            const QByteArray digits = path.sliced(i + 1, qMin<qsizetype>(2, path.size() - i - 1));
            c = static_cast<char>(digits.toUInt(&ok, 16));
            if (!ok || digits.size() != 2 || !isxdigit(static_cast<unsigned char>(digits[0])))
                return std::nullopt;
            i += 2;
        }
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            return std::nullopt;
        decoded.append(c);
    }
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(decoded);
    if (decoder.hasError())
        return std::nullopt;
    return text;
}

} // namespace Synchat
