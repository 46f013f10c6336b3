// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ntp/referencesnapshot.h"

#include <QJsonObject>

namespace Synchat {

/// The answer to GET /api/v1/time (common/PROTOCOL.md, HTTP): the reference's time at `reading`, and every
/// source. Beside the contract's fields there is `note`, a sentence on how far the reference can be trusted.
QJsonObject timeReport(const SharedSnapshot &snapshot, const ClockReading &reading);

} // namespace Synchat
