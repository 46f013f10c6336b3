// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/roommodel.h"
#include "common/messagegroup.h"

namespace Synchat {

/// What stands between a row and the one above it.
struct RowDecor
{
    std::optional<QDate> day;  ///< a line with the date
    OptionalMicros laterBy;    ///< a line "2 h later"
    int eventLines = 0;        ///< lines about the daemon and its clock
    bool unreadLine = false;   ///< the line "new"
    bool header = false;       ///< a new group begins: avatar, name, time
    bool afterOwnWash = false; ///< the row above lies on the wash of own messages

    bool hasLine() const { return day || laterBy || unreadLine || eventLines > 0; }
    friend bool operator==(const RowDecor &, const RowDecor &) = default;
};

constexpr WireMicros LaterBreak = 60LL * 60 * 1'000'000; ///< silence that is worth a line

bool isOwn(const RoomRow &row, const QString &ownUserId);

struct DecorContext
{
    QTimeZone zone;
    qint64 unreadAfter = 0; ///< the line stands behind this seq; 0: none
    QString ownUserId;
};

/// `above` is null for the first row; when it is a gap, `beforeGap` is the row above that, as far as it is
/// held. Order is the model's; times decide about lines only.
RowDecor decorBetween(const RoomRow *above, const RoomRow &row, const DecorContext &context,
                      const RoomRow *beforeGap = nullptr);

} // namespace Synchat
