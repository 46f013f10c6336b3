// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/httpheaders.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace Synchat {

std::optional<qint64> secondsFromHttpDate(const QByteArray &text)
{
    const QString form = QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'");
    const QDateTime time = QLocale::c().toDateTime(QString::fromLatin1(text.trimmed()), form);
    if (!time.isValid())
        return std::nullopt;
    return QDateTime(time.date(), time.time(), Qt::UTC).toSecsSinceEpoch();
}

std::optional<std::chrono::seconds> readRetryAfter(const QByteArray &retryAfter, const QByteArray &date)
{
    constexpr std::chrono::seconds Longest{86'400};
    bool isNumber = false;
    const qint64 seconds = retryAfter.trimmed().toLongLong(&isNumber);
    if (isNumber && seconds >= 0)
        return std::min(std::chrono::seconds(seconds), Longest);
    const auto until = secondsFromHttpDate(retryAfter);
    const auto from = secondsFromHttpDate(date);
    if (!until || !from || *until < *from)
        return std::nullopt;
    return std::min(std::chrono::seconds(*until - *from), Longest);
}

} // namespace Synchat
