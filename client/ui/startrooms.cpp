// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/startrooms.h"

namespace Synchat {

QStringList roomsAtStart(const std::optional<RoomName> &wanted, const Remembered &known, const QUrl &server)
{
    QStringList rooms;
    if (wanted)
        rooms.append(wanted->text());
    if (QUrl(known.server).authority() == server.authority()) {
        rooms.append(known.room);
        rooms.append(known.rooms);
    }
    rooms.append(RoomName::general().text());
    rooms.removeAll(QString());
    rooms.removeDuplicates();
    return rooms;
}

} // namespace Synchat
