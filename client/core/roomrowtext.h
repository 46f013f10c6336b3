// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/roommodel.h"

namespace Synchat {

/// A row as a screen reader says it: "ana, 14:03:25 UTC, clock 1.80 s behind: disk alarm".
QString screenReaderText(const RoomRow &row);

} // namespace Synchat
