// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Synchat {

class ClockStrip;
class PeoplePanel;
class RoomPage;
class RoomPanel;
class StatusLine;

/// The parts of the window that show a chat; made and owned by the window, filled by a ChatBinding.
struct WindowParts
{
    ClockStrip &clockStrip;
    RoomPanel &rooms;
    RoomPage &page;
    PeoplePanel &people;
    StatusLine &status;
};

} // namespace Synchat
