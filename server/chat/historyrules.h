// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/protocol.h"
#include "server/chat/room.h"
#include "server/store/history.h"

namespace Synchat {

/// The reading that answers a `history` frame; never beyond what the room has announced.
PageRequest pageRequestFor(const HistoryFrame &frame, const Room &room);

/// The page as the member gets it. `complete` is true when nothing lies between what was asked for and the
/// end in that direction: the first message for `before` and for the newest page, the last for `after`, both
/// for `around` and `at`.
HistoryPage historyPage(const PageRequest &asked, const StoredPage &read, const Room &room);

/// Cut to fit into one frame, at the end that is farther from the anchor; around an anchor at both ends.
EncodedPage encodePageFor(const PageRequest &asked, HistoryPage page, const QString &ref,
                          qsizetype maxBytes = Limits::ServerFrameBytes);

/// The next page of somebody who catches up as far as `upTo`, which is the room's last message for them:
/// `complete` exactly when it ends there. `reached`: the seq up to which nothing is missing with these
/// messages.
HistoryPage catchUpPage(const QList<Message> &messages, qint64 reached, qint64 upTo, const Room &room);

} // namespace Synchat
