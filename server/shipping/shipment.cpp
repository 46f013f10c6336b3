// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/shipping/shipment.h"

namespace Synchat {

namespace {

constexpr int ChokesBeforeDoubt = 3;
constexpr int DoubtsBeforeRefusal = 3;

} // namespace

Shipment::Shipment(qsizetype documents)
{
    if (documents > 0)
        m_segments.append(Segment{{0, documents}});
}

Shipment::Slice Shipment::current(qsizetype most)
{
    Segment &last = m_segments.last();
    most = qMax(qsizetype(1), most);
    if (last.slice.count > most) {
        Segment first = last;
        first.slice.count = most;
        last.slice = {last.slice.first + most, last.slice.count - most};
        m_segments.append(first);
    }
    return m_segments.constLast().slice;
}

Shipment::Next Shipment::taken(const QList<DocumentRefusal> &refusals)
{
    const Segment sent = m_segments.takeLast();
    Slice rest = sent.slice;
    for (const DocumentRefusal &refusal : refusals) {
        const qsizetype index = sent.slice.first + refusal.index;
        if (index < rest.first || index >= rest.first + rest.count)
            continue; // no document of this slice
        addTaken({rest.first, index - rest.first});
        rest = {index + 1, rest.first + rest.count - index - 1};
        if (sent.wasRefused)
            m_refused.append({index, refusal.reason});
        else
            m_segments.prepend(Segment{{index, 1}, 0, true}); // once more, behind all others
    }
    addTaken(rest);
    return Next::GoOn;
}

Shipment::Next Shipment::failed(const StoreFailure &failure)
{
    m_reason = failure.reason;
    switch (failure.kind) {
    case StoreFailure::Kind::Retryable:
        return Next::Later;
    case StoreFailure::Kind::Unauthorized:
    case StoreFailure::Kind::Misplaced:
        return Next::Pause;
    case StoreFailure::Kind::Unclear:
        return choked();
    case StoreFailure::Kind::TooLarge:
    case StoreFailure::Kind::Poison:
        break;
    }
    return halve(0);
}

Shipment::Next Shipment::choked()
{
    if (++m_segments.last().choked < ChokesBeforeDoubt)
        return Next::Later;
    return halve(ChokesBeforeDoubt - 1); // a half that it chokes on, too, is halved at once
}

Shipment::Next Shipment::halve(int chokedHalves)
{
    Segment &segment = m_segments.last();
    const Slice whole = segment.slice;
    if (whole.count == 1)
        return Next::Probe;
    const auto part = [chokedHalves](qsizetype first, qsizetype count) {
        return Segment{{first, count}, count > 1 ? chokedHalves : 0};
    };
    const qsizetype half = whole.count / 2;
    segment = part(whole.first + half, whole.count - half);
    m_segments.append(part(whole.first, half));
    return Next::GoOn;
}

Shipment::Next Shipment::probed(const StoreFailure *failure)
{
    if (!failure) {
        doubt();
        return Next::GoOn;
    }
    Segment &segment = m_segments.last();
    segment.choked = 0; // it is the store's own trouble
    segment.doubts = 0;
    switch (failure->kind) {
    case StoreFailure::Kind::Retryable:
    case StoreFailure::Kind::Unclear:
        return Next::Later;
    default:
        return Next::Pause;
    }
}

void Shipment::doubt()
{
    Segment segment = m_segments.takeLast();
    if (++segment.doubts == DoubtsBeforeRefusal) {
        m_refused.append({segment.slice.first, m_reason});
        return;
    }
    if (segment.doubts > 1) {
        segment.choked = ChokesBeforeDoubt - 1;
        m_segments.append(segment);
        return;
    }
    segment.choked = 0;
    m_segments.prepend(segment); // the others first: they may show that the store is well
}

void Shipment::addTaken(const Slice &slice)
{
    if (slice.count > 0)
        m_taken.append(slice);
}

QList<Shipment::Slice> Shipment::takeTaken()
{
    return std::exchange(m_taken, {});
}

QList<Shipment::Refused> Shipment::takeRefused()
{
    return std::exchange(m_refused, {});
}

} // namespace Synchat
