// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cli/clioptions.h"

#include "client/core/serverurl.h"
#include "common/searchquery.h"

#include <QCommandLineParser>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

using Stop = CliOptionsParser::Stop;

struct Flags
{
    QCommandLineOption server{u"server"_s, CliOptionsParser::tr("The daemon to connect to."), u"URL"_s,
                              u"ws://127.0.0.1:8737"_s};
    QCommandLineOption name{
        u"name"_s, CliOptionsParser::tr("The name that others see; your login name by default."), u"NAME"_s};
    QCommandLineOption room{u"room"_s, CliOptionsParser::tr("The room to join."), u"ROOM"_s,
                            RoomName::general().text()};
    QCommandLineOption key{u"key"_s, CliOptionsParser::tr("The key of that room, when it is private."),
                           u"KEY"_s};
    QCommandLineOption json{u"json"_s,
                            CliOptionsParser::tr("Prints each message as a JSON object, one a line.")};
    QCommandLineOption history{u"history"_s, CliOptionsParser::tr("First prints the newest N messages."),
                               u"N"_s, u"0"_s};
    QCommandLineOption once{
        u"once"_s,
        CliOptionsParser::tr("Leaves when the input has ended and every message has been answered; exit "
                             "status 0 only if all were stored.")};
    QCommandLineOption utc{u"utc"_s, CliOptionsParser::tr("Shows times in UTC.")};
    QCommandLineOption zone{
        u"time-zone"_s,
        CliOptionsParser::tr("Shows times in this zone, such as Europe/Madrid; the system's by "
                             "default."),
        u"ZONE"_s};
    QCommandLineOption sources{
        u"sources"_s,
        CliOptionsParser::tr("Prints the daemon's sources of time as a table (with --json as it tells them) "
                             "and leaves; goes with --server and --json only.")};
    QCommandLineOption search{
        u"search"_s,
        CliOptionsParser::tr("Prints the messages that hold all of these words (ala* for a beginning, "
                             "\"disk alarm\" for words side by side), the newest 100 or --history N, and "
                             "leaves; exit status 1 when there are none. In --room, else in all."),
        u"WORDS"_s};
    QCommandLineOption fromName{u"from-name"_s, CliOptionsParser::tr("With --search: only of this author."),
                                u"NAME"_s};
    QCommandLineOption since{
        u"since"_s,
        CliOptionsParser::tr("With --search: not before this time, such as 2026-11-23 or 2026-11-23T14:03."),
        u"TIME"_s};
    QCommandLineOption until{u"until"_s,
                             CliOptionsParser::tr("With --search: not after this time; of a day, its end."),
                             u"TIME"_s};
    QCommandLineOption clockFault{u"clock-fault"_s,
                                  CliOptionsParser::tr("Makes the clock wrong on purpose, such as "
                                                       "offset=+250ms,drift=40ppm,jitter=5ms,freeze@30s,"
                                                       "step=-3.7s@60s; no real clock is touched."),
                                  u"FAULT"_s};
};

Failure<Stop> bad(const QString &text)
{
    return Failure(Stop{text, CliOptionsParser::BadArguments});
}

Result<QTimeZone, Stop> zoneFrom(const QCommandLineParser &parser, const Flags &flags,
                                 const QTimeZone &systemZone)
{
    const bool utc = parser.isSet(flags.utc);
    if (!parser.isSet(flags.zone))
        return utc ? QTimeZone::utc() : systemZone;
    if (utc)
        return bad(CliOptionsParser::tr("--utc and --time-zone exclude each other."));
    const QTimeZone zone(parser.value(flags.zone).toUtf8());
    if (!zone.isValid())
        return bad(CliOptionsParser::tr("There is no time zone \"%1\".").arg(parser.value(flags.zone)));
    return zone;
}

enum class Side { Begin, End };

/// ISO 8601, in `zone` unless it says another; a date alone is the whole day.
Result<OptionalMicros, Stop> timeFrom(const QCommandLineParser &parser, const QCommandLineOption &flag,
                                      const QTimeZone &zone, Side side)
{
    if (!parser.isSet(flag))
        return OptionalMicros();
    const QString text = parser.value(flag);
    constexpr qsizetype DateLength = 10; // Qt takes what follows one for nothing
    const QDate date = text.size() == DateLength ? QDate::fromString(text, Qt::ISODate) : QDate();
    QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (date.isValid())
        time = side == Side::Begin ? date.startOfDay(zone) : date.endOfDay(zone);
    else if (time.timeSpec() == Qt::LocalTime)
        time.setTimeZone(zone);
    if (!time.isValid())
        return bad(
            CliOptionsParser::tr("--%1 wants a time such as 2026-11-23 or 2026-11-23T14:03, not \"%2\".")
                .arg(flag.names().constFirst(), text));
    constexpr WireMicros PerMilli = 1000;
    return OptionalMicros(time.toMSecsSinceEpoch() * PerMilli + (side == Side::End ? PerMilli - 1 : 0));
}

Result<int, Stop> historyFrom(const QCommandLineParser &parser, const Flags &flags)
{
    bool isNumber = false;
    const int history = parser.value(flags.history).toInt(&isNumber);
    if (!isNumber || history < 0 || history > CliOptionsParser::MaxHistory)
        return bad(CliOptionsParser::tr("--history wants a number from 0 to %1, not \"%2\".")
                       .arg(QString::number(CliOptionsParser::MaxHistory), parser.value(flags.history)));
    return history;
}

Result<RoomName, Stop> roomFrom(const QCommandLineParser &parser, const Flags &flags)
{
    const auto room = RoomName::parse(parser.value(flags.room));
    if (!room)
        return bad(CliOptionsParser::tr("The room makes no sense: %1").arg(explain(room.error())));
    return *room;
}

/// Nothing that is about a person who takes part. Every public room, unless one is named.
Result<CliTask, Stop> checkSearch(const QCommandLineParser &parser, const Flags &flags, const QUrl &server,
                                  const QTimeZone &systemZone)
{
    for (const QCommandLineOption &other : {flags.name, flags.key, flags.once, flags.clockFault}) {
        if (parser.isSet(other))
            return bad(
                CliOptionsParser::tr("--search does not go with --%1.").arg(other.names().constFirst()));
    }
    const auto zone = zoneFrom(parser, flags, systemZone);
    if (!zone)
        return Failure(zone.error());
    const auto since = timeFrom(parser, flags.since, *zone, Side::Begin);
    const auto until = timeFrom(parser, flags.until, *zone, Side::End);
    if (!since || !until)
        return Failure(since ? until.error() : since.error());
    const auto room = roomFrom(parser, flags);
    const auto most = historyFrom(parser, flags);
    if (!room || !most)
        return Failure(room ? most.error() : room.error());
    SearchOptions options{server, {}, *most ? *most : Limits::DefaultPage, parser.isSet(flags.json), *zone};
    options.search.query = parser.value(flags.search);
    options.search.from = parser.value(flags.fromName);
    options.search.since = *since;
    options.search.until = *until;
    if (parser.isSet(flags.room))
        options.search.room = *room;
    if (const auto checked = checkedSearch(options.search); !checked)
        return bad(checked.error());
    return CliTask(options);
}

/// No person takes part, and no time of day is shown: what is about these makes no sense.
Result<CliTask, Stop> checkSources(const QCommandLineParser &parser, const Flags &flags, const QUrl &server)
{
    const QStringList fitting = flags.server.names() + flags.json.names() + flags.sources.names();
    const QStringList given = parser.optionNames();
    for (const QString &name : given) {
        if (!fitting.contains(name))
            return bad(CliOptionsParser::tr("--sources goes with --server and --json only, not with --%1.")
                           .arg(name));
    }
    return CliTask(SourcesOptions{server, parser.isSet(flags.json)});
}

Result<CliTask, Stop> check(const QCommandLineParser &parser, const Flags &flags, const QString &login,
                            const QTimeZone &systemZone)
{
    if (!parser.positionalArguments().isEmpty())
        return bad(
            CliOptionsParser::tr("\"%1\" is not understood.").arg(parser.positionalArguments().constFirst()));
    const auto server = serverFromText(parser.value(flags.server));
    if (!server)
        return bad(server.error());
    if (parser.isSet(flags.sources))
        return checkSources(parser, flags, *server);
    if (parser.isSet(flags.search))
        return checkSearch(parser, flags, *server, systemZone);
    for (const QCommandLineOption &other : {flags.fromName, flags.since, flags.until}) {
        if (parser.isSet(other))
            return bad(CliOptionsParser::tr("--%1 goes with --search only.").arg(other.names().constFirst()));
    }
    const bool named = parser.isSet(flags.name);
    const auto name = UserName::parse(named ? parser.value(flags.name) : login);
    if (!name && !named)
        return bad(CliOptionsParser::tr("Your login name cannot be used; give one with --name."));
    if (!name)
        return bad(CliOptionsParser::tr("The name makes no sense: %1").arg(explain(name.error())));
    const auto room = roomFrom(parser, flags);
    const auto history = historyFrom(parser, flags);
    if (!room || !history)
        return Failure(room ? history.error() : room.error());
    const auto zone = zoneFrom(parser, flags, systemZone);
    if (!zone)
        return Failure(zone.error());
    const auto fault = ClockFault::parse(parser.value(flags.clockFault));
    if (!fault)
        return bad(fault.error());
    return CliTask(CliOptions{*server, *name, *room, parser.value(flags.key), *history,
                              parser.isSet(flags.json), parser.isSet(flags.once), *zone, *fault});
}

} // namespace

Result<CliTask, Stop> CliOptionsParser::parse(const QStringList &arguments, const QString &login,
                                              const QTimeZone &systemZone)
{
    const Flags flags;
    QCommandLineParser parser;
    parser.setApplicationDescription(
        tr("A chat that shows what time it really is, in a terminal. Each line of the "
           "input is posted; each message is printed with its four clocks."));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    parser.addOptions({flags.server, flags.name, flags.room, flags.key, flags.json, flags.history, flags.once,
                       flags.utc, flags.zone, flags.clockFault, flags.sources, flags.search, flags.fromName,
                       flags.since, flags.until});
    if (!parser.parse(arguments))
        return bad(parser.errorText());
    if (parser.isSet(help) || parser.isSet(u"help-all"_s))
        return Failure(Stop{parser.helpText().trimmed(), 0});
    if (parser.isSet(version))
        return Failure(Stop{u"synchat-cli " SYNCHAT_VERSION ""_s, 0});
    return check(parser, flags, login, systemZone);
}

} // namespace Synchat
