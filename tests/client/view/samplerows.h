// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/roommodel.h"

#include <QTimeZone>

namespace Synchat::Sample {

/// 2026-11-23T13:03:25Z, 14:03:25 in Madrid.
constexpr WireMicros Noon = 1'795'439'005'000'000;

inline QTimeZone zone()
{
    return QTimeZone("Europe/Madrid");
}

/// A message whose four clocks agree; the author's clock is ahead by `skew`.
Message message(qint64 seq, const QString &author, const QString &text, WireMicros at = Noon,
                WireMicros skew = 2000);
/// The rows of the design picture: ana, luis (behind), marta (not measured), one of ours on its way.
void fill(RoomModel &model);
/// What a room may hold besides: a gap, a failed row, links, long texts, a daemon whose clock nothing
/// confirms.
void fillOdd(RoomModel &model);
/// What may happen to clocks: a restart, clocks that were set, a fault, a lost reference, a wait, a
/// contradiction.
void fillEvents(RoomModel &model);
/// Many messages of two people, one a minute.
QList<Message> many(int count, qint64 firstSeq = 1);

} // namespace Synchat::Sample
