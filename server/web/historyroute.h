// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/web/router.h"

namespace Synchat {

/// `GET /history`: reads what is asked for and answers with a page, errors included. `respond` is called
/// once, now or later; nothing given here needs to live until then.
void answerHistory(const HttpRequest &request, const WebSources &sources, const Router::Respond &respond);

} // namespace Synchat
