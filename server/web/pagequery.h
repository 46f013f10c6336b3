// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/protocol.h"

#include <QUrlQuery>

namespace Synchat {

/// What `?before=&after=&around=&at=&limit=` asks for: at most one of the first four.
struct PageQuery
{
    HistoryAnchor anchor = HistoryAnchor::Newest;
    qint64 value = 0;                ///< a seq, or with `At` a time in microseconds
    int limit = Limits::DefaultPage; ///< 1 to MaxPage; more counts as MaxPage

    /// The error is a whole sentence for people.
    static Result<PageQuery, QString> parse(const QUrlQuery &query);
};

} // namespace Synchat
