// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/clocksdesk.h"

#include "server/chat/boundedframes.h"

#include <algorithm>

namespace Synchat {

MemberClock memberClock(const QString &userId, const LiveStamp &report, Nanos age)
{
    Stamps stamps;
    stamps.live = report;
    return {userId,       liveSkew(stamps), report.bound,
            report.state, report.fault,     toWire(std::max(age, Nanos(0)))};
}

ClocksDesk::ClocksDesk(ChatState &state, QObject *parent)
    : QObject(parent)
    , m_state(state)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ClocksDesk::sendDue);
}

void ClocksDesk::report(const Session &session, const LiveStamp &clock)
{
    if (!m_state.people.reportClock(session.userId(), clock, m_state.clock.monotonic()))
        return;
    const QList<qint64> numbers = session.rooms();
    for (const qint64 number : numbers) {
        if (Room *const room = m_state.rooms.find(number))
            tell(*room);
    }
}

void ClocksDesk::tell(Room &room)
{
    room.markClocksChanged();
    m_timer.start(0);
}

QList<MemberClock> ClocksDesk::clocksOf(const Room &room) const
{
    QList<MemberClock> clocks;
    const MonoTime now = m_state.clock.monotonic();
    const QList<QString> ids = room.memberIds();
    for (const QString &id : ids) {
        const Person *const person = m_state.people.find(id);
        if (person && person->clock)
            clocks.append(memberClock(id, *person->clock, now - person->clockAt));
    }
    return clocks;
}

void ClocksDesk::sendDue()
{
    const MonoTime now = m_state.clock.monotonic();
    std::optional<MonoTime> next;
    for (auto &[number, room] : m_state.rooms) {
        const std::optional<MonoTime> due = room.clocksDue();
        if (!due)
            continue;
        if (*due > now) {
            next = std::min(next.value_or(*due), *due);
            continue;
        }
        send(room, now);
    }
    if (next)
        m_timer.start(std::chrono::ceil<std::chrono::milliseconds>(*next - now));
}

void ClocksDesk::send(Room &room, MonoTime now)
{
    const QList<MemberClock> clocks = clocksOf(room);
    if (clocks.isEmpty()) {
        room.clocksNotNeeded();
        return;
    }
    m_state.net.broadcast(eventChannel(room), encodeClocks({room.name(), clocks}));
    room.clocksSent(now);
}

} // namespace Synchat
