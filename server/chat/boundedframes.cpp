// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/boundedframes.h"

#include <algorithm>

namespace Synchat {
namespace {

/// Shortens the list until the frame fits; almost always it does at once.
template <typename List, typename Encode>
QByteArray encodeCut(List &list, Encode encode, qsizetype maxBytes)
{
    QByteArray bytes = encode();
    while (bytes.size() > maxBytes && !list.isEmpty()) {
        list.resize(list.size() * 3 / 4);
        bytes = encode();
    }
    return bytes;
}

} // namespace

QByteArray encodeRoomList(QList<RoomInfo> rooms, const QString &ref, qsizetype maxBytes)
{
    RoomListFrame frame{std::move(rooms)};
    return encodeCut(
        frame.rooms, [&] { return encodeServerFrame(frame, ref); }, maxBytes);
}

QByteArray encodeJoined(JoinedFrame joined, const QString &selfId, const QString &ref, qsizetype maxBytes)
{
    const auto self = std::find_if(joined.members.begin(), joined.members.end(),
                                   [&selfId](const Author &member) { return member.id == selfId; });
    if (self != joined.members.end())
        std::rotate(joined.members.begin(), self, self + 1);
    return encodeCut(
        joined.members, [&] { return encodeServerFrame(joined, ref); }, maxBytes);
}

QByteArray encodeClocks(ClocksFrame clocks, qsizetype maxBytes)
{
    return encodeCut(
        clocks.members, [&] { return encodeServerFrame(clocks); }, maxBytes);
}

} // namespace Synchat
