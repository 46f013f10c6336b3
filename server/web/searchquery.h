// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/protocol.h"

#include <QUrlQuery>

namespace Synchat {

/// What is searched for, as in the frame `search`. Without `room` in all public rooms; an empty `from` means
/// anybody, an empty `cursor` from the newest on.
using WebSearch = SearchFrame;

constexpr qsizetype SearchUnits = 256; ///< of the words that are searched for, UTF-16

/// What `?q=&room=&from=&since=&until=&cursor=&limit=` asks for: checked, so that the words hold at least one
/// to search for, `from` is a name and `cursor` a number. The error is a whole sentence for people.
Result<WebSearch, QString> parseSearchQuery(const QUrlQuery &query);

} // namespace Synchat
