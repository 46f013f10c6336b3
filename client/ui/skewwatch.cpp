// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/skewwatch.h"

#include "client/core/chatclient.h"
#include "client/ui/sourcespoll.h"

namespace Synchat {

namespace {

constexpr int TicksPerOwn = 5; ///< our own bound grows with age, also while no exchange succeeds

} // namespace

SkewWatch::SkewWatch(const Clock &clock, ChatClient &client, const SourcesPoll &sources, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_sources(sources)
    , m_recorder(clock)
{
    connect(&client.clockProbe(), &ClockProbe::statusChanged, this, &SkewWatch::takeOwn);
    connect(&client, &ChatClient::clocksChanged, this, &SkewWatch::takeClocks);
    connect(&client, &ChatClient::membersChanged, this, &SkewWatch::takeMembers);
    connect(&client, &ChatClient::left, this, &SkewWatch::takeMembers);
    connect(&client, &ChatClient::linkChanged, this, &SkewWatch::takeLink);
    connect(&sources, &SourcesPoll::answered, this, [this] { m_recorder.takeSources(m_sources.report()); });
}

void SkewWatch::tick()
{
    m_recorder.tick();
    if (++m_ticks % TicksPerOwn == 0)
        takeOwn();
}

void SkewWatch::takeOwn()
{
    if (const auto &welcome = m_client.welcome())
        m_recorder.takeOwn({welcome->userId, welcome->userName}, m_client.clockProbe().status());
}

void SkewWatch::takeClocks(const QString &room)
{
    const QList<Author> members = m_client.members(room);
    for (const Author &member : members) {
        if (member.id == m_client.userId())
            continue; // our own is known better here
        if (const auto clock = m_client.memberClock(room, member.id))
            m_recorder.takeMember(member, *clock);
    }
}

void SkewWatch::takeMembers()
{
    QSet<QString> present;
    const QList<RoomInfo> rooms = m_client.rooms();
    for (const RoomInfo &info : rooms) {
        if (!m_client.isJoined(info.room))
            continue;
        const QList<Author> members = m_client.members(info.room);
        for (const Author &member : members)
            present.insert(member.id);
    }
    m_recorder.keepMembers(present);
}

void SkewWatch::takeLink()
{
    if (m_client.linkState() == LinkState::Offline)
        m_recorder.takeLostLink();
}

} // namespace Synchat
