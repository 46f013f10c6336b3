// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace Synchat {

/// `bytes` as one gzip member (RFC 1952), without name and time, so that the same bytes come out each time.
QByteArray gzipped(const QByteArray &bytes);

} // namespace Synchat
