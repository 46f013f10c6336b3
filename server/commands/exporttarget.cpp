// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/commands/exporttarget.h"

#include "server/store/durable.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <cerrno>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::ExportTarget)
};

constexpr qsizetype PieceBytes = 256 * 1024;

QString alreadyThere(const QString &path)
{
    return Text::tr("The file %1 exists already. Give another name, or --force to replace it.").arg(path);
}

QString cannotWrite(const QString &path, int error)
{
    return Text::tr("The file %1 cannot be written: %2.").arg(path, qt_error_string(error));
}

} // namespace

ExportTarget::ExportTarget(const CommandOutput &output)
    : m_output(&output)
{}

ExportTarget::ExportTarget(const QString &path, bool mayReplace)
    : m_path(path)
    , m_file(u"%1.%2.part"_s.arg(path).arg(QCoreApplication::applicationPid()))
    , m_mayReplace(mayReplace)
{}

Result<std::unique_ptr<ExportTarget>, QString> ExportTarget::toFile(const QString &path, bool mayReplace)
{
    const QFileInfo there(path);
    if (there.exists() && !there.isFile())
        return Failure(Text::tr("%1 is no file that could be written.").arg(path));
    if (!mayReplace && (there.exists() || there.isSymLink()))
        return Failure(alreadyThere(path));
    std::unique_ptr<ExportTarget> target(new ExportTarget(path, mayReplace));
    if (const int error = makeEmptyFile(target->m_file.fileName()))
        return Failure(cannotWrite(path, error));
    if (!target->m_file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return Failure(cannotWrite(path, EACCES));
    return Result<std::unique_ptr<ExportTarget>, QString>(std::move(target));
}

ExportTarget::~ExportTarget()
{
    if (m_file.isOpen())
        m_file.remove();
}

bool ExportTarget::write(const QByteArray &bytes)
{
    m_pending.append(bytes);
    return m_pending.size() < PieceBytes || flush();
}

bool ExportTarget::flush()
{
    errno = 0;
    const bool written =
        m_output != nullptr ? m_output->write(m_pending) : m_file.write(m_pending) == m_pending.size();
    if (!written)
        return giveUp(errno);
    m_pending.clear();
    return true;
}

bool ExportTarget::finish()
{
    if (!flush())
        return false;
    if (m_output != nullptr)
        return true;
    if (const int error = syncFile(m_file.fileName()))
        return giveUp(error);
    const int error = moveFile(m_file.fileName(), m_path, m_mayReplace);
    if (error != 0)
        return giveUp(error);
    m_file.close();
    return true;
}

bool ExportTarget::giveUp(int error)
{
    if (m_output == nullptr)
        m_problem = error == EEXIST ? alreadyThere(m_path) : cannotWrite(m_path, error);
    else if (error != EPIPE)
        m_problem = Text::tr("Standard output takes nothing more: %1.").arg(qt_error_string(error));
    return false;
}

} // namespace Synchat
