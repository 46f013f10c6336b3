// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/writerlock.h"

#include "server/store/schema.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::WriterLock)
};

constexpr int WaitForLock = 3000;
constexpr int UsualWait = 1000;

// The process number alone may have gone to somebody else.
constexpr auto SessionId = "pid || ' ' || backend_start"_L1;

} // namespace

QString sessionIdOf(const StoreConnection &connection)
{
    if (!connection.isPostgresql())
        return {};
    const auto id =
        connection.run(u"SELECT %1 FROM pg_stat_activity WHERE pid = pg_backend_pid()"_s.arg(SessionId));
    return id ? id->toString() : QString();
}

std::optional<QString> takeWriterLock(const StoreConnection &connection, const QString &previous)
{
    if (!connection.isPostgresql())
        return std::nullopt;
    if (!previous.isEmpty()) {
        const auto ended =
            connection.run(u"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE %1 = '%2'"_s.arg(
                SessionId, previous));
        if (!ended)
            return explainSqlError(ended.error());
    }
    connection.setBusyTimeout(WaitForLock);
    const auto locked = connection.run(
        u"SELECT pg_advisory_lock(%1, current_schema()::regnamespace::oid::int)"_s.arg(SchemaApplicationId));
    connection.setBusyTimeout(UsualWait);
    if (locked)
        return std::nullopt;
    if (locked.error().nativeErrorCode() == u"55P03"_s)
        return Text::tr("Another daemon already uses this database.");
    return explainSqlError(locked.error());
}

} // namespace Synchat
