// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clockfault.h"
#include "common/names.h"
#include "common/protocol.h"
#include "common/result.h"

#include <QCoreApplication>
#include <QStringList>
#include <QTimeZone>
#include <QUrl>

#include <variant>

namespace Synchat {

/// What the command line asks for, checked.
struct CliOptions
{
    QUrl server;
    UserName name;
    RoomName room = RoomName::general();
    QString key;     ///< empty: none
    int history = 0; ///< newest messages that are printed first
    bool json = false;
    bool once = false;
    QTimeZone zone;
    ClockFault clockFault;
};

/// What `--sources` asks for.
struct SourcesOptions
{
    QUrl server;
    bool json = false;
};

/// What `--search` asks for.
struct SearchOptions
{
    QUrl server;
    SearchFrame search;
    int most = Limits::DefaultPage; ///< the newest of what is found
    bool json = false;
    QTimeZone zone;
};

/// A chat, a look at the daemon's sources of time, or a search.
using CliTask = std::variant<CliOptions, SourcesOptions, SearchOptions>;

/// Reads `synchat-cli [--server URL] [--name NAME] [--room ROOM] [--key KEY] [--json] [--history N] [--once]
/// [--utc | --time-zone ZONE] [--clock-fault FAULT]`, `synchat-cli --sources [--server URL] [--json]`, or
/// `synchat-cli --search WORDS [--server URL] [--room ROOM] [--from-name NAME] [--since TIME] [--until TIME]
/// [--history N] [--json] [--utc | --time-zone ZONE]`.
/// Pure: what the machine knows is handed in.
class CliOptionsParser
{
    Q_DECLARE_TR_FUNCTIONS(CliOptionsParser)
public:
    static constexpr int BadArguments = 2;
    static constexpr int MaxHistory = 1'000'000;

    /// Why there is nothing to start: something to print, and with which status to leave.
    struct Stop
    {
        QString text;
        int exitStatus = 0;
    };
    /// `arguments` with the program's name first; `login` is the name when none is given.
    static Result<CliTask, Stop> parse(const QStringList &arguments, const QString &login,
                                       const QTimeZone &systemZone);
};

} // namespace Synchat
