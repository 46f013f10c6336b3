// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/shipping/shipment.h"
#include "server/store/outboxreader.h"

namespace Synchat {

/// What is sent as one: read from the outbox bit by bit, since a request is under way meanwhile. Not for
/// sending; what became of its documents it turns into what is to be written down.
class Parcel
{
public:
    bool isEmpty() const { return m_ranges.isEmpty(); }
    bool isFull(qsizetype documents) const;
    qsizetype size() const { return m_documents.size(); }
    void add(const OutboxPart &part);

    QList<QByteArray> documents(const Shipment::Slice &slice) const;
    /// The number of the room of one of its messages.
    qint64 roomOf(qint64 arrival) const { return m_rooms.at(m_arrivals.indexOf(arrival)); }
    /// What was taken and refused, as the shipment has it since the last time; all that the parcel covers
    /// once the shipment is done.
    OutboxChange changeBy(Shipment &shipment, WireMicros now) const;

private:
    QList<qint64> m_rooms;
    QList<qint64> m_arrivals;
    QList<QByteArray> m_documents;
    QList<ArrivalRange> m_ranges;
    qsizetype m_bytes = 0;
};

} // namespace Synchat
