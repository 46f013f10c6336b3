// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/searchquery.h"

#include <QUrlQuery>

namespace Synchat {

/// What `/history?…` asks for: a page of a room, or messages that are searched for.
struct HistoryRequest
{
    static constexpr int PageLength = 50;    ///< messages on a page
    static constexpr int ResultsLength = 25; ///< found messages on a page

    QString room = QStringLiteral("general"); ///< as given: there need not be one of that name
    HistoryAnchor anchor = HistoryAnchor::Newest;
    qint64 value = 0;
    std::optional<Search> search; ///< nothing: a page of the room

    // As they were typed, for the form.
    QString words;
    QString from;
    QString since;
    QString until;
    bool everywhere = false; ///< searched for in all rooms

    /// Parameters without a value count as not given: that is how forms send empty fields. The error is a
    /// whole sentence for people.
    static Result<HistoryRequest, QString> parse(const QUrlQuery &query);
};

/// `/history?room=general&before=51#end`; values are encoded, empty ones left out.
QString historyAddress(const QList<std::pair<QString, QString>> &parameters, const QString &fragment = {});
/// Where a message stands among its neighbours.
QString messageAddress(const QString &room, qint64 seq);

} // namespace Synchat
