// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <chrono>
#include <optional>

namespace Synchat {

// Headers of other people's web servers.

/// Seconds since 1970 of `Mon, 23 Nov 2026 14:03:25 GMT` (RFC 9110 §5.6.7, the one form that is still
/// written).
std::optional<qint64> secondsFromHttpDate(const QByteArray &text);

/// What Retry-After says (RFC 9110 §10.2.3): seconds, or a date, which is measured against the reply's own
/// Date. At most a day.
std::optional<std::chrono::seconds> readRetryAfter(const QByteArray &retryAfter, const QByteArray &date);

} // namespace Synchat
