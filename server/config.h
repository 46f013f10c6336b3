// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clockfault.h"
#include "common/result.h"
#include "ntp/ntpratelimiter.h"
#include "ntp/timereference.h"
#include "server/bridge/bridgeconfig.h"
#include "server/chat/chatserver.h"
#include "server/net/netserver.h"
#include "server/shipping/shippingconfig.h"
#include "server/store/history.h"

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

namespace Synchat {

enum class LogLevel { Debug, Info, Warning, Error };

/// Section [ntp] of the configuration, checked.
struct NtpConfig
{
    bool enabled = true;
    std::optional<quint16> port; ///< nothing: 123 where that is allowed, else 11123; 0: a free one
    NtpRateLimits limits;
};

/// Everything that can be set, checked, with defaults that need no file.
struct Config
{
    NetConfig net;
    NtpConfig ntp;
    TimeConfig time;
    StoreConfig store;
    BridgeConfig bridge;
    ShippingConfig shipping;
    ChatConfig chat;
    QByteArray signingSeed; ///< 32 bytes; empty: the key is a file in the data folder
    ClockFault clockFault;  ///< what is made wrong with the daemon's clock, on purpose
    LogLevel logLevel = LogLevel::Info;
    QStringList warnings; ///< sentences for the log
};

/// What the start of the program is given; handed in, so that reading is a pure function.
struct ConfigInputs
{
    QStringList arguments; ///< without the program's name
    QMap<QString, QString> environment;
    QString defaultDataDir;
    /// The content of a file, or why it cannot be read.
    std::function<Result<QByteArray, QString>(const QString &path)> readFile;
};

/// What the program was asked to do.
struct Invocation
{
    enum class Task { Serve, ShowHelp, ShowVersion };
    Task task = Task::Serve;
    Config config; ///< with Serve
};

/// Flags win over environment, environment over file, file over defaults. An environment variable that is
/// empty counts as not set. The error is one whole sentence that names the place: `file:line`, a variable,
/// a flag.
Result<Invocation, QString> readConfig(const ConfigInputs &inputs);

/// The settings alone. `flags`: those of the command line that were given, by name without the dashes;
/// `config` names the file. The arguments of `inputs` are not looked at.
Result<Config, QString> readSettings(const ConfigInputs &inputs, const QMap<QString, QString> &flags);

QString helpText();

} // namespace Synchat
