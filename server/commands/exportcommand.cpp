// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/commands/exportcommand.h"

#include "common/exportformat.h"
#include "common/timeinput.h"
#include "server/commands/exportshape.h"
#include "server/commands/exporttarget.h"
#include "server/store/exportrange.h"
#include "server/store/roomrows.h"
#include "server/store/roomtable.h"
#include "server/store/schema.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::ExportCommand)
};

constexpr int RowsOfPage = 500;

/// What a person asked for, read from the line. The error is for people.
Result<ExportRequest, QString> readRequest(const CommandLine &line)
{
    const auto time = [&line](const QString &option) -> Result<OptionalMicros, QString> {
        if (!line.has(option))
            return OptionalMicros();
        const OptionalMicros read = timeFromText(line.options.value(option));
        if (!read)
            return Failure(
                Text::tr("--%1 must be a time such as 2026-11-25, 2026-11-25T14:03:25Z or a number of "
                         "microseconds, not \"%2\".")
                    .arg(option, line.options.value(option)));
        return read;
    };
    ExportRequest request;
    request.room = line.options.value(u"room"_s, RoomName::general().text());
    request.format = line.options.value(u"format"_s, exportFormatName(ExportFormat::JsonLines));
    if (!exportFormatNames().contains(request.format) && request.format != BundleName)
        return Failure(Text::tr("--format must be one of %1, not \"%2\".")
                           .arg((exportFormatNames() << QString(BundleName)).join(u", "_s), request.format));
    const auto from = time(u"from"_s);
    const auto to = time(u"to"_s);
    if (!from || !to)
        return Failure(from ? to.error() : from.error());
    request.from = *from;
    request.to = *to;
    if (request.from && request.to && *request.from >= *request.to)
        return Failure(Text::tr("--from must be before --to."));
    if (line.has(u"for-spreadsheets"_s)) {
        if (request.format != exportFormatName(ExportFormat::Csv))
            return Failure(Text::tr("--for-spreadsheets makes sense with --format csv only."));
        request.cells = CsvCells::ForSpreadsheets;
    }
    request.config = line.config;
    return request;
}

/// Which room, or a sentence that says which there are.
Result<StoredRoom, QString> findRoom(const StoreConnection &connection, const QString &name)
{
    const auto rooms = readRooms(connection);
    if (!rooms)
        return Failure(rooms.error());
    QStringList names;
    for (const StoredRoom &room : *rooms) {
        if (room.name == name)
            return room;
        names << room.name;
    }
    return Failure(Text::tr("There is no room \"%1\"; there are: %2.").arg(name, names.join(u", "_s)));
}

Result<std::unique_ptr<StoreConnection>, QString> openHistory(const StoreConfig &config)
{
    const StoreAddress address = config.address();
    if (!address.isPostgresql() && !QFileInfo::exists(address.file()))
        return Failure(Text::tr("There is no history at %1.").arg(address.text()));
    auto connection = StoreConnection::open(address, StoreConnection::Access::ReadOnly);
    if (!connection)
        return connection;
    const auto version = schemaVersionOf(**connection);
    if (!version)
        return Failure(version.error());
    if (*version != SchemaVersion)
        return Failure(
            Text::tr("The history has schema %1. Start the daemon once: it brings it to schema %2.")
                .arg(*version)
                .arg(SchemaVersion));
    return connection;
}

/// Writes all of the range. The error is for people; an empty one: nobody reads any more.
std::optional<QString> writeRange(const StoreConnection &connection, const StoredRoom &room,
                                  const ExportRange &range, ExportShape &shape, ExportTarget &target)
{
    if (!target.write(shape.begin()))
        return target.problem();
    RoomRows rows(connection);
    for (qint64 seq = range.first - 1; seq < range.last;) {
        const auto page = rows.read(room, seq, range.last, RowsOfPage);
        if (!page)
            return explainSqlError(page.error());
        if (page->isEmpty() || page->first().message.seq != seq + 1)
            return Text::tr("Message %1 is not in the history any more. If retention took it away meanwhile, "
                            "try again; "
                            "else see \"synchatd check\".")
                .arg(seq + 1);
        for (const ChainedMessage &each : *page) {
            const auto bytes = shape.row(each);
            if (!bytes)
                return Text::
                    tr("Message %1 does not fit its hash: the history was changed after it had been stored. "
                       "Nothing is signed for that; see \"synchatd check\".")
                        .arg(each.message.seq);
            if (!target.write(*bytes))
                return target.problem();
        }
        seq = page->last().message.seq;
    }
    if (!target.write(shape.end()) || !target.finish())
        return target.problem();
    return std::nullopt;
}

int exportRoom(const CommandLine &line, const CommandOutput &output, const Clock &clock,
               const ExportRequest &request)
{
    const auto connection = openHistory(request.config.store);
    if (!connection)
        return output.complain(connection.error());
    const auto room = findRoom(**connection, request.room);
    if (!room)
        return output.complain(room.error());
    const auto range = findExportRange(**connection, *room, request.from, request.to);
    if (!range)
        return output.complain(range.error());
    if (range->isEmpty())
        return output.complain(request.from || request.to
                                   ? Text::tr("No message of the room %1 lies in that time.").arg(room->name)
                                   : Text::tr("The room %1 has no messages.").arg(room->name));
    const auto shape = ExportShape::make(request, *room, *range, toWire(clock.read().wall));
    if (!shape)
        return output.complain(shape.error());
    const QString file = line.options.value(u"out"_s);
    auto target = file.isEmpty()
                      ? Result<std::unique_ptr<ExportTarget>, QString>(std::make_unique<ExportTarget>(output))
                      : ExportTarget::toFile(file, line.has(u"force"_s));
    if (!target)
        return output.complain(target.error());
    const auto problem = writeRange(**connection, *room, *range, **shape, **target);
    if (!problem)
        return Done;
    return problem->isEmpty() ? Failed : output.complain(*problem);
}

} // namespace

CommandUsage exportUsage()
{
    return {.words = {},
            .options = {
                {u"room"_s, Text::tr("Which room (general)."), Text::tr("ROOM")},
                {u"from"_s,
                 Text::tr("From this time on: ISO 8601 (2026-11-25T14:03Z; UTC without a zone), or "
                          "microseconds since 1970."),
                 Text::tr("TIME")},
                {u"to"_s, Text::tr("Up to this time, which is not in it any more."), Text::tr("TIME")},
                {u"format"_s, Text::tr("jsonl (the default), csv, html, or bundle: signed evidence."),
                 Text::tr("FORMAT")},
                {u"out"_s, Text::tr("Write to this file instead of standard output."), Text::tr("FILE")},
                {u"force"_s, Text::tr("Replace the file if it is there."), {}},
                {u"for-spreadsheets"_s,
                 Text::tr("With csv: texts that a program of tables would take for formulas get an "
                          "apostrophe in front."),
                 {}},
            }};
}

int runExport(const CommandLine &line, const CommandOutput &output, const Clock &clock)
{
    const auto request = readRequest(line);
    if (!request) {
        (void)output.complain(request.error());
        return BadUse;
    }
    return exportRoom(line, output, clock, *request);
}

} // namespace Synchat
