// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QString>

// Small files that must survive: a kill, a power failure, a curious neighbour.
namespace Synchat {

/// Opens for reading and appending, made when missing, mode 0600.
bool openForOwner(QFile &file);
/// The file's data are on the disk when it returns true.
bool syncFile(QFile &file);
/// The whole new content or the whole old one, mode 0600. Empty when done, else a sentence.
QString replaceFile(const QString &path, const QByteArray &bytes);
/// Writes `bytes` into a new file beside `path`. Its name; empty: it could not be made.
QString setAside(const QString &path, const QByteArray &bytes);

} // namespace Synchat
