// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace Synchat {

struct IniEntry
{
    QString section;
    QString key;
    QString value;
    int line = 0;

    friend bool operator==(const IniEntry &, const IniEntry &) = default;
};

struct IniProblem
{
    int line = 0;
    QString reason; ///< a sentence without the place
};

/// Reads `[section]` and `key = value` lines, strictly: what is neither, nor blank, nor a comment (`#` or
/// `;` first in its line) is an error, and so is a key given twice. Names are lower case. A value may stand
/// in double quotes, to keep spaces at its ends. Pure; what the keys mean is settings.h.
Result<QList<IniEntry>, IniProblem> parseIni(const QByteArray &content);

} // namespace Synchat
