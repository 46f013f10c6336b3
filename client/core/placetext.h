// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/historyplace.h"

#include <QTimeZone>

namespace Synchat {

/// What a person should know when they were led to `shown` while they asked for `seq`: it is another message,
/// since that one is not kept any more. Empty: it is the one.
QString remarkOnSeq(qint64 seq, const Message &shown);

/// The same for a moment: nothing was said on its day, in `zone`. Empty: something was.
QString remarkOnTime(WireMicros time, const Message &shown, const QTimeZone &zone);

} // namespace Synchat
