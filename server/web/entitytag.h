// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/web/acceptencoding.h"

namespace Synchat {

/// A strong tag (RFC 9110 §8.8.3): the same bytes in the same coding have the same one, others another one.
/// `content` is what is coded, not the coded bytes, so that a tag can be compared before anything is coded.
QByteArray entityTag(const QByteArray &content, ContentCoding coding);

/// `If-None-Match` (RFC 9110 §13.1.2): `*`, or one of the list is `tag`, whether weak or not. What follows
/// something malformed is not looked at.
bool namesTag(const QByteArray &ifNoneMatch, const QByteArray &tag);

} // namespace Synchat
