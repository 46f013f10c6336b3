// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/shipping/keptrooms.h"

#include <algorithm>

namespace Synchat {

QList<KeptHistory> keptHistories(const QList<QJsonObject> &roomDocuments)
{
    QList<ShippedRoom> rooms;
    for (const QJsonObject &document : roomDocuments) {
        if (const auto room = roomFromDocument(document))
            rooms.append(*room);
    }
    std::stable_sort(rooms.begin(), rooms.end(), [](const ShippedRoom &one, const ShippedRoom &other) {
        return one.since > other.since;
    });
    QList<KeptHistory> histories;
    for (const ShippedRoom &shipped : rooms) {
        auto history = std::find_if(histories.begin(), histories.end(),
                                    [&](const KeptHistory &known) { return known.name == shipped.history; });
        if (history == histories.end())
            history = histories.insert(histories.end(), {shipped.history, {}});
        const bool isTwice =
            std::any_of(history->rooms.cbegin(), history->rooms.cend(), [&](const ShippedRoom &known) {
                return known.room.name == shipped.room.name || known.room.number == shipped.room.number;
            });
        if (!isTwice)
            history->rooms.append(shipped);
    }
    return histories;
}

} // namespace Synchat
