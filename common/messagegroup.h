// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/message.h"

#include <QDate>
#include <QTimeZone>

#include <optional>

namespace Synchat {

// Under which time a message is shown, and with which others under one name. For window and page. Pure.

constexpr WireMicros GroupBreak = 5LL * 60 * 1'000'000; ///< silence after which a header is repeated

/// The moment under which a message is shown and grouped: the reference, else the daemon's clock, else the
/// author's.
OptionalMicros shownTime(const Message &message);
/// The day of a time in a zone; nothing outside the years 0001 to 9999.
std::optional<QDate> dayOf(WireMicros time, const QTimeZone &zone);
/// `message` stands under the same name as `above`, the one before it: same author, no long silence, and
/// nothing new to say of the author's clock.
bool continuesGroup(const Message &above, const Message &message);

} // namespace Synchat
