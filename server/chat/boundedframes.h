// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/protocol.h"

namespace Synchat {

// Frames whose length goes with the number of rooms or members, cut so that they stay within a server's
// frame.

QByteArray encodeRoomList(QList<RoomInfo> rooms, const QString &ref,
                          qsizetype maxBytes = Limits::ServerFrameBytes);
/// Who joins is kept in any case.
QByteArray encodeJoined(JoinedFrame joined, const QString &selfId, const QString &ref,
                        qsizetype maxBytes = Limits::ServerFrameBytes);
QByteArray encodeClocks(ClocksFrame clocks, qsizetype maxBytes = Limits::ServerFrameBytes);

} // namespace Synchat
