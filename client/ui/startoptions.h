// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
    QString key; ///< empty: none
};

/// Reads `synchat [--server URL] [--name NAME] [--room ROOM] [--key KEY]`. Pure.
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
    /// `arguments` with the program's name first.
    static Result<StartOptions, Stop> parse(const QStringList &arguments);
};

} // namespace Synchat
