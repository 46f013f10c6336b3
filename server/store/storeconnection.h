// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/result.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>

#include <memory>

namespace Synchat {

/// A whole sentence for people about what went wrong in the database.
QString explainSqlError(const QSqlError &error);

/// One connection to the database file, for the thread that makes it (QtSql forbids any other).
/// Every query on it must be gone before it is.
class StoreConnection
{
public:
    enum class Access { ReadOnly, ReadWrite };

    /// The file must exist. The error is a whole sentence.
    static Result<std::unique_ptr<StoreConnection>, QString> open(const QString &path, Access access);
    ~StoreConnection();
    StoreConnection(const StoreConnection &) = delete;
    StoreConnection &operator=(const StoreConnection &) = delete;

    QSqlDatabase database() const;
    /// Prepared, forward only. A failure shows at exec().
    QSqlQuery prepared(const QString &sql) const;
    /// Runs one statement; its first value, or the error.
    Result<QVariant, QSqlError> run(const QString &sql) const;
    /// How long to wait for a lock that another program holds.
    void setBusyTimeout(int milliseconds) const;

private:
    explicit StoreConnection(QString name);
    QString m_name;
};

} // namespace Synchat
