// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/message.h"
#include "common/names.h"
#include "common/protocol.h"

#include <QHash>

#include <optional>

namespace Synchat {

/// Somebody who has at least one connection.
struct Person
{
    Author author;
    UserKind kind = UserKind::Guest;
    int connections = 0;
    QString foldedName;
    std::optional<LiveStamp> clock; ///< what they last reported of their own clock
    MonoTime clockAt{};             ///< when they did
};

/// Who is here, and whose name is whose. A person is here from the first to the last of their connections; a
/// guest's name is free afterwards. Not for membership: that is each room's own.
class People
{
public:
    /// False: another person who is here has this name.
    bool isFree(const UserName &name, const QString &userId) const;
    /// One more connection of this person; `name` is free for them. The latest `hello` names the person.
    /// True: they were here under another name.
    bool enter(const QString &userId, const UserName &name);
    void leave(const QString &userId);

    /// Null: not here. Valid until the next enter() or leave().
    const Person *find(const QString &userId) const;
    /// A report that says the same again is news to the others only when the last is older than this.
    static constexpr Nanos SameAgainIsNews = std::chrono::seconds(30);
    /// False: it is no news to the others, or they are not here.
    bool reportClock(const QString &userId, const LiveStamp &clock, MonoTime now);

private:
    QHash<QString, Person> m_people;     // by user id
    QHash<QString, QString> m_idsByName; // folded name to user id
};

} // namespace Synchat
