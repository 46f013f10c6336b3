// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/openedhistory.h"

#include "common/logging.h"
#include "server/store/cleanend.h"
#include "server/store/lastpages.h"
#include "server/store/outboxtable.h"
#include "server/store/postgresschema.h"
#include "server/store/roomtable.h"
#include "server/store/schema.h"
#include "server/store/writerlock.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QVariant>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::OpenedHistory)
};

QString withAdvice(const QString &problem)
{
    return Text::tr("%1 See \"synchatd check\"; \"synchatd restore\" puts a backup back.").arg(problem);
}

/// What every start reads first cannot be read, because the file is damaged or is no database. Tables that
/// are not there yet are no damage.
std::optional<QString> problemOfFirstPages(const StoreConnection &connection)
{
    for (const QString &columns : {u"max(length(sql)) FROM sqlite_master"_s,
                                   u"max(length(value)) FROM meta"_s, u"max(length(title)) FROM room"_s}) {
        const auto read = connection.run(u"SELECT "_s + columns);
        if (!read && isDamage(read.error()))
            return withAdvice(explainSqlError(read.error()));
    }
    return std::nullopt;
}

/// After an unclean end what was written last is looked at before anything is written.
Result<LastEnd, QString> lookAtLastEnd(const StoreConnection &connection, const QList<StoredRoom> &rooms)
{
    const auto lastEnd = takeLastEnd(connection);
    if (!lastEnd || *lastEnd == LastEnd::Clean)
        return lastEnd;
    if (const auto problem = problemOfLastPages(connection, rooms))
        return Failure(withAdvice(*problem));
    return lastEnd;
}

/// Nothing: it is not half taken back.
std::optional<QString> problemOfTakeBack(const StoreConnection &connection)
{
    const auto unfinished = connection.run(u"SELECT 1 FROM meta WHERE name = 'take_back'"_s);
    if (!unfinished)
        return explainSqlError(unfinished.error());
    if (unfinished->isNull())
        return std::nullopt;
    return Text::tr(
        "It was being taken back from a bridge, and is not whole. Please start the daemon with the "
        "bridge, so that it goes on, or with [bridge] take_back = no, so that what is there is served.");
}

/// The room that always exists is made where it is missing.
std::optional<QString> seeToGeneral(const StoreConnection &connection, QList<StoredRoom> &rooms)
{
    const QString general = RoomName::general().text();
    const auto isGeneral = [&](const StoredRoom &room) { return room.name == general; };
    if (std::any_of(rooms.cbegin(), rooms.cend(), isGeneral))
        return std::nullopt;
    const auto made = insertRoom(connection, general, {});
    if (!made)
        return made.error().reason;
    rooms.append(*made);
    return std::nullopt;
}

/// Of PostgreSQL, by whoever set it after the chat had begun.
void warnOfOtherHistory(const QString &dataDir)
{
    const QFileInfo file(dataDir + u"/synchat.db"_s);
    if (file.size() > 0)
        qCWarning(
            logStore, "%ls",
            qUtf16Printable(
                Text::tr("The history is in PostgreSQL; the one in %1 is not shown.").arg(file.filePath())));
}

bool holdsMessages(const QList<StoredRoom> &rooms)
{
    return std::any_of(rooms.cbegin(), rooms.cend(), [](const StoredRoom &room) { return room.lastSeq > 0; });
}

} // namespace

Result<OpenedHistory, QString> openHistory(const StoreAddress &address, const StoreConfig &config)
{
    const auto connection = StoreConnection::open(address, StoreConnection::Access::ReadWrite);
    if (!connection)
        return Failure(connection.error());
    if (const auto problem = takeWriterLock(**connection))
        return Failure(*problem);
    if (!address.isPostgresql()) { // a server looks after its own files
        if (const auto problem = problemOfFirstPages(**connection))
            return Failure(*problem);
    }
    if (const auto problem = bringSchemaUpToDate(**connection))
        return Failure(*problem);
    if (address.isPostgresql()) {
        warnOfOtherHistory(config.dataDir);
        for (const QString &warning : postgresqlWarnings(**connection))
            qCWarning(logStore, "%ls", qUtf16Printable(warning));
    }
    if (const auto problem = problemOfTakeBack(**connection))
        return Failure(*problem);
    const auto secret = readOrMakeSecret(**connection);
    if (!secret)
        return Failure(secret.error());
    auto rooms = readRooms(**connection);
    if (!rooms)
        return Failure(rooms.error());
    const auto lastEnd = lookAtLastEnd(**connection, *rooms);
    if (!lastEnd)
        return Failure(lastEnd.error());
    if (const auto problem = seeToGeneral(**connection, *rooms))
        return Failure(*problem);
    if (const auto problem = setShippingTarget(**connection, config.ships ? config.shipsTo : QString()))
        return Failure(*problem);
    const bool isWhole = *lastEnd == LastEnd::Clean || !holdsMessages(*rooms);
    return OpenedHistory{std::move(*rooms), *secret, isWhole};
}

} // namespace Synchat
