// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace Synchat {

enum class ContentCoding : quint8 { Identity, Gzip };

/// What an answer may be coded as, by `Accept-Encoding` (RFC 9110 §12.5.3): gzip where it is named (or `*`)
/// with a weight above zero, unless `identity` is named with a greater one. Empty, malformed members and
/// codings that we don't have count for nothing; what refuses everything gets the plain bytes all the same.
ContentCoding codingFor(const QByteArray &acceptEncoding);

} // namespace Synchat
