// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/searchquery.h"

#include <QUrlQuery>

namespace Synchat {

/// What `?q=&room=&from=&since=&until=&cursor=&limit=` asks for, as the frame `search` does. Without a room
/// all public ones are searched. The error is a whole sentence for people.
Result<Search, QString> parseWebSearch(const QUrlQuery &query);

} // namespace Synchat
