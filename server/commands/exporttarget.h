// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/commands/command.h"

#include <QFile>

#include <memory>

namespace Synchat {

/// Where a command's bytes go: standard output, or a file that is there under its name only when it is whole
/// and durable. Gathers small pieces. Errors are whole sentences; an empty one means that whoever read has
/// gone, of which nobody needs to be told.
class ExportTarget
{
public:
    explicit ExportTarget(const CommandOutput &output);
    /// `mayReplace`: whatever file has that name. The error is for people.
    static Result<std::unique_ptr<ExportTarget>, QString> toFile(const QString &path, bool mayReplace);
    ~ExportTarget(); ///< what was not finished is not there
    ExportTarget(const ExportTarget &) = delete;
    ExportTarget &operator=(const ExportTarget &) = delete;

    /// False: problem() says why, and nothing more can be written.
    bool write(const QByteArray &bytes);
    bool finish();
    const QString &problem() const { return m_problem; }

private:
    ExportTarget(const QString &path, bool mayReplace);
    bool flush();
    bool giveUp(int error);

    const CommandOutput *m_output = nullptr; ///< null: the file
    QString m_path;
    QFile m_file; ///< under a temporary name
    bool m_mayReplace = false;
    QByteArray m_pending;
    QString m_problem;
};

} // namespace Synchat
