// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cli/typedline.h"

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr QLatin1StringView Command = "/search"_L1;

bool isCommand(QStringView line)
{
    return line.startsWith(Command) && (line.size() == Command.size() || line[Command.size()].isSpace());
}

} // namespace

TypedLine TypedLine::read(const QString &line)
{
    if (isCommand(line))
        return {true, line.sliced(Command.size()).trimmed()};
    if (line.startsWith(u'/') && isCommand(QStringView(line).sliced(1)))
        return {false, line.sliced(1)};
    return {false, line};
}

} // namespace Synchat
