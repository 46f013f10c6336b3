// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ntp/referencesnapshot.h"

#include <QJsonObject>

namespace Synchat {

/// The answer of `GET /api/v1/time` (common/PROTOCOL.md): the reference at `reading` and its sources. Pure.
QJsonObject timeReport(const ReferenceSnapshot &snapshot, const ClockReading &reading);

} // namespace Synchat
