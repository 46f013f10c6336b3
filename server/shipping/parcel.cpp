// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/shipping/parcel.h"

#include "server/shipping/batchlimit.h"

namespace Synchat {

bool Parcel::isFull(qsizetype documents) const
{
    return size() >= documents || m_bytes >= BatchLimit::MostBytes;
}

void Parcel::add(const OutboxPart &part)
{
    for (const Letter &letter : part.letters) {
        m_rooms.append(letter.room);
        m_arrivals.append(letter.arrival);
        m_documents.append(letter.document);
        m_bytes += letter.document.size();
    }
    for (const ArrivalRange &range : part.ranges)
        appendRange(m_ranges, range);
}

QList<QByteArray> Parcel::documents(const Shipment::Slice &slice) const
{
    return m_documents.mid(slice.first, slice.count);
}

OutboxChange Parcel::changeBy(Shipment &shipment, WireMicros now) const
{
    OutboxChange change;
    for (const Shipment::Refused &refused : shipment.takeRefused())
        change.dead.append({m_arrivals.at(refused.index), refused.reason, now});
    const QList<Shipment::Slice> slices = shipment.takeTaken();
    if (shipment.isDone()) {
        change.taken = m_ranges;
        return change;
    }
    for (const Shipment::Slice &slice : slices) {
        for (qsizetype index = slice.first; index < slice.first + slice.count; ++index)
            appendRange(change.taken, {m_arrivals.at(index), m_arrivals.at(index)});
    }
    return change;
}

} // namespace Synchat
