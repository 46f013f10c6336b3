// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/result.h"
#include "server/store/sqlerrors.h"
#include "server/store/storeaddress.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

#include <memory>
#include <optional>

namespace Synchat {

/// One connection to the database, for the thread that makes it (QtSql forbids any other).
/// Every query on it must be gone before it is, or after close().
class StoreConnection
{
public:
    enum class Access { ReadOnly, ReadWrite };

    /// A file must exist, and so must a database on a server. The error is a whole sentence.
    static Result<std::unique_ptr<StoreConnection>, QString> open(const StoreAddress &address, Access access);
    /// A file of SQLite.
    static Result<std::unique_ptr<StoreConnection>, QString> open(const QString &path, Access access)
    {
        return open(StoreAddress::sqliteFile(path), access);
    }
    ~StoreConnection();
    StoreConnection(const StoreConnection &) = delete;
    StoreConnection &operator=(const StoreConnection &) = delete;

    bool isPostgresql() const { return m_isPostgresql; }
    QSqlDatabase database() const;
    /// Prepared, forward only. A failure shows at exec(). PostgreSQL prepares only statements that read or
    /// change rows.
    QSqlQuery prepared(const QString &sql) const;
    /// Runs one statement; its first value, or the error.
    Result<QVariant, QSqlError> run(const QString &sql) const;

    // Transactions, begun and ended alike in both databases. Nothing: fine.
    std::optional<QSqlError> beginWriting() const;
    /// All that is read in it is of one moment.
    std::optional<QSqlError> beginReading() const;
    std::optional<QSqlError> commit() const;
    void rollback() const; ///< may fail where the database has done it by itself, and that is well

    /// How long to wait for a lock that another program holds.
    void setBusyTimeout(int milliseconds) const;
    /// Ends it while its queries are still there: they can do nothing any more but go.
    void close();

private:
    StoreConnection(QString name, bool isPostgresql);
    std::optional<QString> openFile(const QString &path, Access access);
    std::optional<QString> openServer(const StoreAddress &address, Access access);

    const QString m_name;
    const bool m_isPostgresql;
};

} // namespace Synchat
