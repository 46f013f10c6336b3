// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/startoptions.h"

#include "client/core/serverurl.h"

#include <QCommandLineParser>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr int BadArguments = 2;

} // namespace

StartOptionsParser::Shares StartOptionsParser::shares(const QStringList &arguments)
{
    static const QStringList names{u"--server"_s, u"--name"_s, u"--room"_s, u"--key"_s, u"--clock-fault"_s};
    Shares shares{arguments.mid(0, 1), {0}};
    for (qsizetype i = 1; i < arguments.size(); ++i) {
        const QString &argument = arguments.at(i);
        if (names.contains(argument.section(u'=', 0, 0))) {
            shares.ours.append(argument);
            if (!argument.contains(u'=') && i + 1 < arguments.size())
                shares.ours.append(arguments.at(++i));
        } else {
            shares.forQt.append(static_cast<int>(i));
        }
    }
    return shares;
}

Result<StartOptions, StartOptionsParser::Stop> StartOptionsParser::parse(const QStringList &arguments)
{
    const QCommandLineOption server(u"server"_s, tr("The daemon to connect to, such as ws://localhost:8737."),
                                    u"URL"_s);
    const QCommandLineOption name(u"name"_s, tr("The name that others see."), u"NAME"_s);
    const QCommandLineOption room(u"room"_s, tr("The room to open."), u"ROOM"_s);
    const QCommandLineOption key(u"key"_s, tr("The key of that room, when it is private."), u"KEY"_s);
    const QCommandLineOption clockFault(u"clock-fault"_s,
                                        tr("Makes the clock wrong on purpose, such as "
                                           "offset=+250ms,drift=40ppm,jitter=5ms,freeze@30s,step=-3.7s@60s; "
                                           "no real clock is touched."),
                                        u"FAULT"_s);
    QCommandLineParser parser;
    parser.setApplicationDescription(tr("A chat that shows what time it really is."));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    parser.addOptions({server, name, room, key, clockFault});
    if (!parser.parse(arguments))
        return Failure(Stop{parser.errorText(), BadArguments});
    if (parser.isSet(help))
        return Failure(Stop{parser.helpText().trimmed(), 0});
    if (parser.isSet(version))
        return Failure(Stop{u"synchat " SYNCHAT_VERSION ""_s, 0});
    if (!parser.positionalArguments().isEmpty())
        return Failure(
            Stop{tr("“%1” is not understood.").arg(parser.positionalArguments().constFirst()), BadArguments});

    StartOptions options;
    if (parser.isSet(server)) {
        const auto url = serverFromText(parser.value(server));
        if (!url)
            return Failure(Stop{url.error(), BadArguments});
        options.server = *url;
    }
    if (parser.isSet(name)) {
        const auto parsed = UserName::parse(parser.value(name));
        if (!parsed)
            return Failure(
                Stop{tr("The name makes no sense: %1").arg(explain(parsed.error())), BadArguments});
        options.name = *parsed;
    }
    if (parser.isSet(room)) {
        const auto parsed = RoomName::parse(parser.value(room));
        if (!parsed)
            return Failure(
                Stop{tr("The room makes no sense: %1").arg(explain(parsed.error())), BadArguments});
        options.room = *parsed;
    }
    options.key = parser.value(key);
    const auto fault = ClockFault::parse(parser.value(clockFault));
    if (!fault)
        return Failure(Stop{fault.error(), BadArguments});
    options.clockFault = *fault;
    return options;
}

} // namespace Synchat
