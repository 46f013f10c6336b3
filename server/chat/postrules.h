// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/protocol.h"
#include "ntp/referencesnapshot.h"
#include "server/chat/room.h"

namespace Synchat {

/// What is wrong with a post in this room as it stands. Nothing: it may be stored. Form, membership and rate
/// are checked elsewhere.
std::optional<ErrorFrame> problemWithPost(const PostFrame &post, const Room &room);

/// The message without its seq, stamped now; `seen` beyond the room's last counts as the last.
Message messageFromPost(const PostFrame &post, const Room &room, const Author &author,
                        const ReferenceSnapshot &snapshot, const ClockReading &now);

} // namespace Synchat
