// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/chatclient.h"

namespace Synchat {

class PeopleModel;

/// Fills in what is known of the clocks of the people in the open room: what they report, what their messages
/// carry, and what we measured of our own. Who is in the room is not for it to say.
class PeopleClocks
{
public:
    /// All three outlive it.
    PeopleClocks(const Clock &clock, const ChatClient &client, PeopleModel &model);

    /// What a message that has just been said tells of its author's clock. The open room is `room`.
    void takeMessage(const Message &message, const QString &room);
    /// What the others in the open room report.
    void takeReports(const QString &room);
    /// What we know of our own clock; nothing before the daemon has said who we are.
    void takeOwn(const ClockStatus &status);
    /// Once a second: reports grow old.
    void tick();

private:
    const Clock &m_clock;
    const ChatClient &m_client;
    PeopleModel &m_model;
};

} // namespace Synchat
