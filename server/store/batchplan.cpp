// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/batchplan.h"

#include "common/messagechain.h"

namespace Synchat {

NumberedMessage numberMessage(const CommittedMessage &item, RoomEnd &room, qint64 &lastArrival)
{
    NumberedMessage numbered{item, {}};
    numbered.item.message.room = room.name;
    numbered.item.message.seq = ++room.lastSeq;
    numbered.item.arrival = ++lastArrival;
    room.chain = chainNext(room.chain, canonicalMessage(numbered.item.message));
    numbered.chain = room.chain;
    return numbered;
}

size_t qHash(const PostKey &key, size_t seed)
{
    return qHashMulti(seed, key.room, key.author, key.id);
}

PostKey postKeyOf(const CommittedMessage &item)
{
    return {item.room, item.message.from.id, item.message.id};
}

BatchPlan planBatch(const QList<CommittedMessage> &batch, const QHash<qint64, RoomEnd> &rooms,
                    qint64 lastArrival, const QSet<PostKey> &stored)
{
    BatchPlan plan;
    plan.progress.lastArrival = lastArrival;
    QSet<PostKey> taken = stored;
    for (const CommittedMessage &item : batch) {
        const auto known = rooms.constFind(item.room);
        if (known == rooms.cend()) {
            plan.unknownRoom.append(item.ticket);
            continue;
        }
        const PostKey key = postKeyOf(item);
        if (taken.contains(key)) {
            plan.repeats.append(item);
            continue;
        }
        taken.insert(key);
        auto room = plan.progress.rooms.find(item.room);
        if (room == plan.progress.rooms.end())
            room = plan.progress.rooms.insert(item.room, *known);
        plan.messages.append(numberMessage(item, *room, plan.progress.lastArrival));
    }
    return plan;
}

} // namespace Synchat
