// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/result.h"

#include <QList>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace Synchat {

/// How a time is written in JSON.
enum class HttpTimeFormat : quint8 { Iso, UnixSeconds, UnixMillis, UnixMicros, UnixNanos };

/// One entry of `[time] http_sources`, checked: an address, and words behind it on how to read the answer.
///
///     https://time.example/api/timezone/Etc/UTC             what its shape says, else the Date header
///     https://api.example/now json=/data/now format=unix-ms  a place in its JSON (RFC 6901) and how it is
///                                                            written: iso, unix, unix-ms, unix-us, unix-ns
///     https://www.example/ date                             the Date header alone, asked for by HEAD
///     https://lan.example/now error=5ms                     what its own clock may be wrong by
struct HttpSourceEntry
{
    enum class Reading : quint8 { ByShape, Pointer, DateHeader };

    QUrl url;
    QString name; ///< its host, and port when one is given
    Reading reading = Reading::ByShape;
    QStringList pointer; ///< unescaped steps into the JSON
    HttpTimeFormat format = HttpTimeFormat::Iso;
    std::optional<Nanos> error; ///< nothing: what the configuration says for all

    /// The error is a whole sentence that names the entry.
    static Result<HttpSourceEntry, QString> parse(const QString &text);
    /// Entries of one host get their paths into their names, so that people can tell them apart.
    static void distinguish(QList<HttpSourceEntry> &entries);
};

} // namespace Synchat
