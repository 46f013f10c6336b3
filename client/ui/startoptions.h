// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clockfault.h"
#include "common/names.h"
#include "common/result.h"

#include <QCoreApplication>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace Synchat {

/// What the command line asks for, checked.
struct StartOptions
{
    std::optional<QUrl> server;
    std::optional<UserName> name;
    std::optional<RoomName> room;
    QString key;                ///< empty: none
    ClockFault clockFault = {}; ///< none: the machine's own clock
};

/// Reads `synchat [--server URL] [--name NAME] [--room ROOM] [--key KEY] [--clock-fault FAULT]`.
/// Pure.
class StartOptionsParser
{
    Q_DECLARE_TR_FUNCTIONS(StartOptionsParser)
public:
    /// Why there is nothing to start: something to print, and with which status to leave.
    struct Stop
    {
        QString text;
        int exitStatus = 0;
    };
    /// Our own words among the arguments, the program's name first; they must be taken out before Qt sees
    /// them, since its X11 part takes `--name` for its own. What is left over for Qt is in `forQt`.
    struct Shares
    {
        QStringList ours;
        QList<int> forQt; ///< positions, that of the program's name first
    };
    static Shares shares(const QStringList &arguments);
    /// `arguments` with the program's name first.
    static Result<StartOptions, Stop> parse(const QStringList &arguments);
};

} // namespace Synchat
