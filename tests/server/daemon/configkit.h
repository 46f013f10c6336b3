// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/config.h"

#include <QMap>

namespace Synchat {

using namespace Qt::StringLiterals;

using Environment = QMap<QString, QString>;

/// What the daemon would be given. The file is there for who asks by WithFile.
inline ConfigInputs inputs(const QStringList &arguments, const Environment &environment = {},
                           const QByteArray &file = {})
{
    return {.arguments = arguments,
            .environment = environment,
            .defaultDataDir = u"/home/ana/.local/share/synchatd"_s,
            .readFile = [file](const QString &path) -> Result<QByteArray, QString> {
                if (path != u"/etc/synchat.ini"_s)
                    return Failure(u"No such file or directory"_s);
                return file;
            }};
}

inline const QStringList WithFile{u"--config"_s, u"/etc/synchat.ini"_s};

} // namespace Synchat

Q_DECLARE_METATYPE(Synchat::Environment)
