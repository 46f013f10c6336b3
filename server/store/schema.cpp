// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/schema.h"

#include "server/store/chainfill.h"
#include "server/store/postgresschema.h"

#include <QCoreApplication>
#include <QStringList>
#include <QVariant>

#include <array>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::Schema)
};

/// What brings one version to the next: statements, what only code can do, statements.
struct Migration
{
    QStringList first;
    std::optional<QString> (*fill)(const StoreConnection &) = nullptr;
    QStringList last = {};
};

QStringList firstTables()
{
    return {
        u"CREATE TABLE meta (name TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID"_s,
        u"CREATE TABLE room (number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE,"
        " title TEXT NOT NULL, epoch TEXT NOT NULL, last_seq INTEGER NOT NULL DEFAULT 0)"_s,
        u"CREATE TABLE message (position INTEGER PRIMARY KEY,"
        " room INTEGER GENERATED ALWAYS AS (position >> 40) VIRTUAL,"
        " seq INTEGER GENERATED ALWAYS AS (position & 1099511627775) VIRTUAL,"
        " id BLOB NOT NULL, kind TEXT NOT NULL, author TEXT NOT NULL, author_name TEXT NOT NULL,"
        " text TEXT NOT NULL, seen INTEGER, reply_to INTEGER,"
        " time INTEGER NOT NULL,"   // best.t, else local.t, in microseconds: what `at` looks for
        " stamps TEXT NOT NULL)"_s, // JSON as on the wire
        u"CREATE UNIQUE INDEX message_post ON message (room, author, id)"_s,
    };
}

QStringList arrivalChainAndOutbox()
{
    return {
        u"ALTER TABLE message ADD COLUMN arrival INTEGER"_s,
        u"ALTER TABLE message ADD COLUMN chain BLOB"_s,
        u"ALTER TABLE room ADD COLUMN cut_seq INTEGER NOT NULL DEFAULT 0"_s,
        u"ALTER TABLE room ADD COLUMN cut_chain BLOB"_s,
        u"ALTER TABLE room ADD COLUMN shipped INTEGER NOT NULL DEFAULT 0"_s,
        u"CREATE TABLE outbox (first INTEGER PRIMARY KEY, last INTEGER NOT NULL)"_s,
        u"CREATE TABLE outbox_dead (arrival INTEGER PRIMARY KEY, reason TEXT NOT NULL, since INTEGER NOT "
        "NULL)"_s,
        // The index's own splitting leaves tokens of ours as they are.
        u"CREATE VIRTUAL TABLE message_words USING fts5 (words, content='', detail=none, columnsize=0,"
        " tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc Me'\")"_s,
    };
}

/// Step n brings version n to n + 1. A step that was released is never changed.
const std::array<Migration, SchemaVersion> &migrations()
{
    static const std::array<Migration, SchemaVersion> steps{
        Migration{firstTables()},
        Migration{arrivalChainAndOutbox(),
                  &fillArrivalsAndChains,
                  {u"CREATE UNIQUE INDEX message_arrival ON message (arrival)"_s,
                   u"CREATE INDEX message_time ON message (arrival, time)"_s}},
    };
    return steps;
}

std::optional<QString> setUp(const StoreConnection &connection, const QStringList &statements)
{
    for (const QString &statement : statements) {
        if (const auto result = connection.run(statement); !result)
            return explainSqlError(result.error());
    }
    return std::nullopt;
}

std::optional<QString> runMigration(const StoreConnection &connection, int from)
{
    const Migration &migration = migrations().at(size_t(from));
    if (const auto problem = setUp(connection, QStringList{u"BEGIN IMMEDIATE"_s} + migration.first))
        return problem;
    if (migration.fill) {
        if (const auto problem = migration.fill(connection))
            return problem;
    }
    return setUp(connection,
                 migration.last + QStringList{u"PRAGMA application_id = %1"_s.arg(SchemaApplicationId),
                                              u"PRAGMA user_version = %1"_s.arg(from + 1), u"COMMIT"_s});
}

std::optional<QString> migrate(const StoreConnection &connection, int from)
{
    const auto problem = runMigration(connection, from);
    if (problem)
        (void)connection.run(u"ROLLBACK"_s);
    return problem;
}

} // namespace

std::optional<QString> prepareForWriting(const StoreConnection &connection)
{
    if (connection.isPostgresql())
        return preparePostgresqlForWriting(connection);
    const auto mode = connection.run(u"PRAGMA journal_mode = WAL"_s);
    if (!mode)
        return explainSqlError(mode.error());
    if (mode->toString() != u"wal"_s)
        return Text::tr("The disk that holds the history does not support write-ahead logging.");
    return setUp(connection,
                 {
                     u"PRAGMA synchronous = FULL"_s,
                     u"PRAGMA cache_size = -16384"_s, // 16 MiB
                     // A checkpoint in the way of a commit only when the checkpointer falls behind.
                     u"PRAGMA wal_autocheckpoint = 16384"_s,
                     u"PRAGMA journal_size_limit = 67108864"_s,
                 });
}

Result<int, QString> schemaVersionOf(const StoreConnection &connection)
{
    if (connection.isPostgresql())
        return postgresqlSchemaVersion(connection);
    const auto applicationId = connection.run(u"PRAGMA application_id"_s);
    if (!applicationId)
        return Failure(explainSqlError(applicationId.error()));
    const auto version = connection.run(u"PRAGMA user_version"_s);
    const auto tables = connection.run(u"SELECT count(*) FROM sqlite_master"_s);
    if (!version || !tables)
        return Failure(explainSqlError(version ? tables.error() : version.error()));

    const bool isNew = applicationId->toInt() == 0 && version->toInt() == 0 && tables->toInt() == 0;
    if (!isNew && applicationId->toInt() != SchemaApplicationId)
        return Failure(Text::tr("The file of the history is a database of some other program."));
    if (version->toInt() > SchemaVersion)
        return Failure(newerSchemaText(version->toInt()));
    return version->toInt();
}

QString newerSchemaText(int version)
{
    return Text::tr("The history was written by a newer version of this program "
                    "(schema %1; this one knows up to %2). Please update the program.")
        .arg(version)
        .arg(SchemaVersion);
}

std::optional<QString> bringSchemaUpToDate(const StoreConnection &connection)
{
    if (connection.isPostgresql())
        return bringPostgresqlUpToDate(connection);
    const auto version = schemaVersionOf(connection);
    if (!version)
        return version.error();
    for (int from = *version; from < SchemaVersion; ++from) {
        if (const auto problem = migrate(connection, from))
            return problem;
    }
    return std::nullopt;
}

} // namespace Synchat
