// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <chrono>
#include <optional>

namespace Synchat {

// Who plays in the demo, and who says what when. Pure.

/// One who talks, with what is wrong with the clock.
struct DemoAuthor
{
    QString name;
    QString fault;      ///< as --clock-fault takes it; empty: none
    bool isFar = false; ///< behind the relay that takes longer one way than the other
    QString remark;     ///< for the audience: what to see
};

const QList<DemoAuthor> &demoCast();

struct DemoLine
{
    std::chrono::milliseconds at{}; ///< since everybody is there
    qsizetype author = 0;           ///< in demoCast()
    QString text;
};

/// After these there is silence, however long the window stays open.
constexpr int MostDemoLines = 150;

/// The line with this number, from 0: a conversation at first, then one line now and then. Nothing: all has
/// been said.
std::optional<DemoLine> demoLine(int number);

} // namespace Synchat
