// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/entitytag.h"

#include <QCryptographicHash>

#include <optional>

namespace Synchat {
namespace {

constexpr qsizetype TagBytes = 16; ///< of the hash: nobody finds two contents with one tag by accident

/// Takes `"abc"` or `W/"abc"` off the front of `rest`, without the `W/`.
std::optional<QByteArray> takeTag(QByteArrayView &rest)
{
    if (rest.startsWith("W/"))
        rest = rest.sliced(2);
    if (!rest.startsWith('"'))
        return std::nullopt;
    const qsizetype end = rest.toByteArray().indexOf('"', 1);
    if (end < 0)
        return std::nullopt;
    const QByteArray tag = rest.first(end + 1).toByteArray();
    rest = rest.sliced(end + 1).trimmed();
    return tag;
}

} // namespace

QByteArray entityTag(const QByteArray &content, ContentCoding coding)
{
    // On the main thread: Qt's SHA-256 takes eleven times as long.
    const QByteArray hash =
        QCryptographicHash::hash(content, QCryptographicHash::Blake2b_256).first(TagBytes);
    const QByteArray name = hash.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    return '"' + name + (coding == ContentCoding::Gzip ? "-gzip\"" : "\"");
}

bool namesTag(const QByteArray &ifNoneMatch, const QByteArray &tag)
{
    QByteArrayView rest = QByteArrayView(ifNoneMatch).trimmed();
    if (rest == QByteArrayView("*"))
        return true;
    while (!rest.isEmpty()) {
        const std::optional<QByteArray> candidate = takeTag(rest);
        if (!candidate)
            return false;
        if (*candidate == tag)
            return true;
        if (!rest.startsWith(','))
            return false;
        rest = rest.sliced(1).trimmed();
    }
    return false;
}

} // namespace Synchat
