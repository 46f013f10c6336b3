// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/result.h"

#include <QString>

namespace Synchat {

/// Where a history is kept: a file of SQLite, or a database of PostgreSQL. Checked once; who holds one need
/// not check it again.
class StoreAddress
{
public:
    static StoreAddress sqliteFile(const QString &path);
    /// `postgresql://[user[:password]@][host][:port]/database`, optionally with `?` and `sslmode=`,
    /// `sslrootcert=FILE`, `host=/FOLDER` (of a local socket), divided by `&`; special characters are
    /// percent-encoded. What is left out is what libpq takes (postgresql.org/docs/15/libpq-connect.html).
    /// The error says what is wrong, to go on from "must be an address ... (", and holds no password.
    static Result<StoreAddress, QString> parse(const QString &url);

    bool isPostgresql() const { return m_isPostgresql; }
    QString file() const { return m_file; } ///< of SQLite
    /// For people and logs: the file, or the address without the password.
    QString text() const;

    // Of PostgreSQL; empty: libpq's own choice.
    QString host() const { return m_host; } ///< a name, an address, or a folder with a socket
    int port() const { return m_port; }     ///< -1: libpq's own choice
    QString database() const { return m_database; }
    QString user() const { return m_user; }
    QString password() const { return m_password; }
    QString sslMode() const { return m_sslMode; }
    QString sslRootCertificate() const { return m_sslRootCertificate; } ///< a file

private:
    StoreAddress() = default;
    bool m_isPostgresql = false;
    int m_port = -1;
    QString m_file;
    QString m_host;
    QString m_database;
    QString m_user;
    QString m_password;
    QString m_sslMode;
    QString m_sslRootCertificate;
};

} // namespace Synchat
