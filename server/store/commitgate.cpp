// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/commitgate.h"

#include <algorithm>

namespace Synchat {

namespace {

bool isSame(const Message &one, const Message &other)
{
    return one.room == other.room && one.seq == other.seq;
}

} // namespace

CommitGate::Released CommitGate::hold(const QList<CommittedMessage> &committed)
{
    for (const CommittedMessage &item : committed) {
        m_held.append({item, takeEarly(item.arrival)});
        m_lastHeld = item.arrival;
    }
    return takeFront();
}

bool CommitGate::takeEarly(qint64 arrival)
{
    while (!m_early.isEmpty() && m_early.constFirst().last < arrival)
        m_early.removeFirst();
    return std::any_of(m_early.cbegin(), m_early.cend(), [arrival](const ArrivalRange &range) {
        return range.first <= arrival && arrival <= range.last;
    });
}

bool CommitGate::holdOriginal(quint64 ticket, const Message &original)
{
    const bool isHeld = std::any_of(m_held.cbegin(), m_held.cend(),
                                    [&](const Held &held) { return isSame(held.item.message, original); });
    if (isHeld)
        m_originals.append({ticket, original});
    return isHeld;
}

CommitGate::Released CommitGate::release(const OutboxChange &change)
{
    for (const ArrivalRange &range : change.taken)
        take(range);
    for (const DeadLetter &letter : change.dead)
        take({letter.arrival, letter.arrival});
    return takeFront();
}

void CommitGate::take(const ArrivalRange &range)
{
    const auto isBefore = [](const Held &held, qint64 arrival) { return held.item.arrival < arrival; };
    auto held = std::lower_bound(m_held.begin(), m_held.end(), range.first, isBefore);
    for (; held != m_held.end() && held->item.arrival <= range.last; ++held)
        held->isTaken = true;
    if (range.last > m_lastHeld)
        appendRange(m_early, {qMax(range.first, m_lastHeld + 1), range.last});
}

CommitGate::Released CommitGate::takeFront()
{
    const auto end =
        std::find_if(m_held.cbegin(), m_held.cend(), [](const Held &held) { return !held.isTaken; });
    Released released;
    for (auto held = m_held.cbegin(); held != end; ++held) {
        released.committed.append(held->item);
        for (qsizetype i = 0; i < m_originals.size();) {
            if (isSame(m_originals.at(i).message, held->item.message))
                released.originals.append(m_originals.takeAt(i));
            else
                ++i;
        }
    }
    m_held.erase(m_held.cbegin(), end);
    return released;
}

} // namespace Synchat
