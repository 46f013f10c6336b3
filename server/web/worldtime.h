// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/message.h"

#include <QHostAddress>
#include <QJsonArray>
#include <QJsonObject>
#include <QTimeZone>

#include <optional>

namespace Synchat {

// What `/api/timezone` answers, in the JSON shape of worldtimeapi.org. Pure.

/// A time zone that is told of, by the name that it was asked for.
struct ServedZone
{
    QString name;
    QTimeZone zone;

    /// Those that this machine knows, and `Etc/UTC`, which every machine does. Nothing: any other name.
    static std::optional<ServedZone> find(const QString &name);
    /// Their names, sorted.
    static QJsonArray names();
};

/// The reference's time, which must be known, in the zone, with its own word on it beside the shape's fields:
/// `state`, and `bound` in microseconds, null when it has none. `raw_offset` and `dst_offset` are seconds as
/// the time zone database has them, `dst_from` and `dst_until` null outside daylight saving time. `client_ip`
/// is left out when `peer` is null.
QJsonObject worldTime(const BestStamp &best, const ServedZone &served, const QHostAddress &peer);

} // namespace Synchat
