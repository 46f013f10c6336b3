// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/messagedocument.h"

#include <QJsonObject>

namespace Synchat {

/// The rooms of one of the histories that a bridge holds.
struct KeptHistory
{
    QString name; ///< ShippedRoom::history
    QList<ShippedRoom> rooms;
};

/// All that there are, the newest first, as the rooms' documents say. What is no document of ours is left
/// out; so is a room whose name or number another one of the same history has, of which the newest counts.
/// Pure.
QList<KeptHistory> keptHistories(const QList<QJsonObject> &roomDocuments);

} // namespace Synchat
