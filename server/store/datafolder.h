// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/result.h"

#include <QString>

#include <optional>

namespace Synchat {

/// The folder that holds one daemon's data, made when missing (0700) and locked for this process: a second
/// daemon on the same folder is refused. The lock hangs on an open descriptor, so that it is gone with the
/// process, however that ends.
class DataFolder
{
public:
    /// The error is a whole sentence for people.
    static Result<DataFolder, QString> open(const QString &path);
    ~DataFolder();
    DataFolder(DataFolder &&other) noexcept;
    DataFolder &operator=(DataFolder &&other) noexcept;
    DataFolder(const DataFolder &) = delete;
    DataFolder &operator=(const DataFolder &) = delete;

    /// Whether some process holds the folder just now. Makes and changes nothing.
    static bool isInUse(const QString &path);

    QString path() const { return m_path; }
    /// Makes the file of SQLite where there is none, so that it and its side files are private. Nothing:
    /// fine, else a whole sentence.
    std::optional<QString> makeDatabaseFile() const;
    QString databasePath() const;
    /// Where SQLite's file is in such a folder.
    static QString databasePathIn(const QString &path);

private:
    DataFolder(QString path, int lock);
    QString m_path;
    int m_lock = -1;
};

} // namespace Synchat
