// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/protocol.h"

#include <QUrlQuery>

namespace Synchat {

/// What `?before=&after=&limit=` asks for. Parameters that are not known are ignored, like fields of frames.
struct PageQuery
{
    HistoryAnchor anchor = HistoryAnchor::Newest;
    qint64 value = 0;
    int limit = Limits::DefaultPage; ///< 1 to MaxPage; more counts as MaxPage

    /// The error is a whole sentence for people.
    static Result<PageQuery, QString> parse(const QUrlQuery &query);
};

} // namespace Synchat
