// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/people.h"

namespace Synchat {

bool People::isFree(const UserName &name, const QString &userId) const
{
    const auto owner = m_idsByName.constFind(name.folded());
    return owner == m_idsByName.cend() || *owner == userId;
}

bool People::enter(const QString &userId, const UserName &name)
{
    Person &person = m_people[userId];
    const bool renamed = person.connections > 0 && person.author.name != name.text();
    if (person.connections > 0)
        m_idsByName.remove(person.foldedName);
    person.author = {userId, name.text()};
    person.foldedName = name.folded();
    ++person.connections;
    m_idsByName.insert(person.foldedName, userId);
    return renamed;
}

void People::leave(const QString &userId)
{
    const auto person = m_people.find(userId);
    if (person == m_people.end() || --person->connections > 0)
        return;
    m_idsByName.remove(person->foldedName);
    m_people.erase(person);
}

const Person *People::find(const QString &userId) const
{
    const auto person = m_people.constFind(userId);
    return person == m_people.cend() ? nullptr : &*person;
}

bool People::reportClock(const QString &userId, const LiveStamp &clock, MonoTime now)
{
    const auto person = m_people.find(userId);
    if (person == m_people.end())
        return false;
    const bool isNews = person->clock != clock || now - person->clockAt >= SameAgainIsNews;
    person->clock = clock;
    person->clockAt = now;
    return isNews;
}

} // namespace Synchat
