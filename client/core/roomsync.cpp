// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/roomsync.h"

#include <algorithm>

namespace Synchat {

RoomSync::RoomSync(RoomName room, int initialHistory)
    : m_room(std::move(room))
    , m_initialHistory(std::max(initialHistory, 0))
{}

JoinFrame RoomSync::joinFrame(const QString &key) const
{
    JoinFrame frame{m_room, std::nullopt, std::nullopt, std::nullopt};
    if (!key.isEmpty())
        frame.key = key;
    if (m_known) {
        frame.after = m_last;
        frame.epoch = m_epoch;
    }
    return frame;
}

RoomSync::Step RoomSync::takeJoined(const JoinedFrame &joined)
{
    Step step;
    const bool otherEpoch = !m_epoch.isEmpty() && joined.epoch != m_epoch;
    if (isJoined() && !otherEpoch && !joined.reset)
        return step; // joining again repeats it
    const bool wasKnown = m_known;
    m_epoch = joined.epoch;
    m_target = joined.lastSeq;
    m_asked.reset();
    if (wasKnown && (joined.reset || otherEpoch)) {
        step.reset = true;
        m_waiting.clear();
        m_last = std::max<qint64>(joined.firstSeq - 1, 0);
        m_state = m_last < m_target ? State::CatchingUp : State::Live;
        if (!joined.reset && m_state == State::CatchingUp) {
            // The daemon took our place for its own and sends only what lies behind it.
            m_state = State::Filling;
            ask(step, HistoryAnchor::After, m_last, Limits::MaxPage);
        }
        return step;
    }
    if (wasKnown) {
        m_state = m_last < m_target ? State::CatchingUp : State::Live;
        return step;
    }
    step.reset = otherEpoch;
    m_gathered.clear();
    m_waiting.clear();
    if (m_initialHistory == 0 || joined.lastSeq == 0) {
        m_known = true;
        m_last = joined.lastSeq;
        m_state = State::Live;
        return step;
    }
    m_state = State::Initial;
    ask(step, HistoryAnchor::Newest, 0, std::min(m_initialHistory, Limits::MaxPage));
    return step;
}

RoomSync::Step RoomSync::takePage(const HistoryPage &page, bool asked)
{
    Step step;
    if (!isJoined() || (!page.epoch.isEmpty() && page.epoch != m_epoch))
        return step;
    if (m_state == State::Initial) {
        if (asked)
            takeInitialPage(page, step);
        return step;
    }
    takeLaterPage(page, asked, step);
    return step;
}

RoomSync::Step RoomSync::takeLive(const Message &message)
{
    Step step;
    if (!isJoined() || message.seq <= 0)
        return step;
    if (m_state == State::Initial) {
        keepWaiting(message);
        return step;
    }
    if (message.seq <= m_last)
        return step;
    m_target = std::max(m_target, message.seq);
    if (message.seq == m_last + 1) {
        m_last = message.seq;
        step.arrived.append({message, true});
        drain(step);
        settle(step);
        return step;
    }
    keepWaiting(message);
    if (!m_asked) {
        m_state = State::Filling;
        ask(step, HistoryAnchor::After, m_last, Limits::MaxPage);
    }
    return step;
}

RoomSync::Step RoomSync::askAgain()
{
    Step step;
    if (isJoined() && m_asked)
        step.ask = m_asked;
    else if (m_state == State::CatchingUp)
        ask(step, HistoryAnchor::After, m_last, Limits::MaxPage);
    return step;
}

void RoomSync::linkLost()
{
    m_state = State::Away;
    m_gathered.clear();
    m_waiting.clear();
    m_asked.reset();
}

void RoomSync::takeInitialPage(const HistoryPage &page, Step &step)
{
    m_gathered = page.messages + m_gathered;
    const auto missing = static_cast<qint64>(m_initialHistory) - m_gathered.size();
    if (missing > 0 && !page.complete && !page.messages.isEmpty()) {
        ask(step, HistoryAnchor::Before, m_gathered.first().seq,
            static_cast<int>(std::min<qint64>(missing, Limits::MaxPage)));
        return;
    }
    m_asked.reset();
    m_known = true;
    m_last = m_gathered.isEmpty() ? m_target : m_gathered.last().seq;
    for (const Message &message : std::as_const(m_gathered))
        step.arrived.append({message, false});
    m_gathered.clear();
    m_state = State::Live;
    if (!m_waiting.isEmpty())
        m_target = std::max(m_target, m_waiting.last().seq);
    drain(step);
    settle(step);
}

void RoomSync::takeLaterPage(const HistoryPage &page, bool asked, Step &step)
{
    const qint64 before = m_last;
    if (page.firstSeq > m_last + 1)
        m_last = page.firstSeq - 1; // older ones exist no more
    for (const Message &message : page.messages) {
        if (message.seq == m_last + 1) {
            m_last = message.seq;
            step.arrived.append({message, false});
        } else if (message.seq > m_last) {
            m_target = std::max(m_target, message.seq);
            keepWaiting(message);
        }
    }
    drain(step);
    if (asked) {
        const bool askedFromHere =
            m_asked && m_asked->anchor == HistoryAnchor::After && m_asked->value == before;
        m_asked.reset();
        if (askedFromHere && m_last == before && m_last < m_target) {
            // Asked in vain: what nobody can give must not stop the rest.
            m_last = m_waiting.isEmpty() ? m_target : m_waiting.first().seq - 1;
            drain(step);
        }
    } else if (m_state == State::CatchingUp && m_last < m_target && !page.complete) {
        return; // the next page is on its way
    }
    settle(step);
}

void RoomSync::keepWaiting(const Message &message)
{
    const auto place = std::lower_bound(m_waiting.begin(), m_waiting.end(), message.seq,
                                        [](const Message &held, qint64 seq) { return held.seq < seq; });
    if (place != m_waiting.end() && place->seq == message.seq)
        return;
    m_target = std::max(m_target, message.seq);
    if (m_waiting.size() >= MaxWaiting) {
        if (place == m_waiting.end())
            return;
        const auto index = place - m_waiting.begin();
        m_waiting.removeLast();
        m_waiting.insert(index, message);
        return;
    }
    m_waiting.insert(place, message);
}

void RoomSync::drain(Step &step)
{
    qsizetype done = 0;
    for (const Message &message : std::as_const(m_waiting)) {
        if (message.seq > m_last + 1)
            break;
        if (message.seq == m_last + 1) {
            m_last = message.seq;
            step.arrived.append({message, true});
        }
        ++done;
    }
    m_waiting.remove(0, done);
}

/// Decides whether anything is missing yet.
void RoomSync::settle(Step &step)
{
    if (m_last >= m_target) {
        m_state = State::Live;
        m_asked.reset();
        return;
    }
    if (m_asked)
        return;
    m_state = State::Filling;
    ask(step, HistoryAnchor::After, m_last, Limits::MaxPage);
}

void RoomSync::ask(Step &step, HistoryAnchor anchor, qint64 value, int limit)
{
    m_asked = HistoryFrame{m_room, anchor, value, limit};
    step.ask = m_asked;
}

} // namespace Synchat
