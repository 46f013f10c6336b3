// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/remembered.h"
#include "common/names.h"

#include <QUrl>

#include <optional>

namespace Synchat {

/// Which rooms to join at the start, the one to open first: as the command line says, else as remembered for
/// this server; `general` always among them. Pure.
QStringList roomsAtStart(const std::optional<RoomName> &wanted, const Remembered &known, const QUrl &server);

} // namespace Synchat
