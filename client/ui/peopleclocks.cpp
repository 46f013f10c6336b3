// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/peopleclocks.h"

#include "client/ui/peoplemodel.h"

#include <algorithm>

namespace Synchat {

namespace {

constexpr Micros LongestAge = std::chrono::hours(24 * 365); ///< whatever a daemon says

} // namespace

PeopleClocks::PeopleClocks(const Clock &clock, const ChatClient &client, PeopleModel &model)
    : m_clock(clock)
    , m_client(client)
    , m_model(model)
{}

void PeopleClocks::takeMessage(const Message &message, const QString &room)
{
    // What a person reports here counts for more than what one message of theirs carries, wherever it was
    // said.
    const bool reports = m_client.memberClock(room, message.from.id) || message.from.id == m_client.userId();
    if (reports)
        return;
    const LiveStamp &clock = message.stamps.live;
    m_model.setClocks(
        {{message.from.id,
          {liveSkew(message.stamps), clock.bound, clock.state, clock.fault, m_clock.monotonic()}}});
}

void PeopleClocks::takeReports(const QString &room)
{
    const QList<Author> members = m_client.members(room);
    const MonoTime now = m_clock.monotonic();
    PeopleModel::Clocks clocks;
    for (const Author &member : members) {
        if (member.id == m_client.userId())
            continue; // our own is known better here
        if (const auto clock = m_client.memberClock(room, member.id))
            clocks.insert(member.id, {clock->skew, clock->bound, clock->state, clock->fault,
                                      now - std::min(Micros(clock->age.value_or(0)), LongestAge)});
    }
    m_model.setClocks(clocks);
}

void PeopleClocks::takeOwn(const ClockStatus &status)
{
    if (!m_client.userId().isEmpty())
        m_model.setClocks({{m_client.userId(),
                            {status.skew(), status.bound, status.state, status.fault, m_clock.monotonic()}}});
}

void PeopleClocks::tick()
{
    m_model.setNow(m_clock.monotonic());
}

} // namespace Synchat
