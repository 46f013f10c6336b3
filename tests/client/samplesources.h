// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/sourcesreport.h"

namespace Synchat {

/// An NTP server as a daemon tells of it, heard four seconds ago.
inline TimeSourceRow sampleSource(const QString &name, QChar mark, OptionalMicros offset)
{
    using namespace Qt::StringLiterals;
    TimeSourceRow row;
    row.name = name;
    row.kind = u"ntp"_s;
    row.mark = mark;
    row.state = mark == u'x' ? StampState::Falseticker : StampState::Ok;
    row.offset = offset;
    row.bound = 900;
    row.age = 4'000'000;
    row.reach = 0377;
    row.stratum = 2;
    row.delay = 12'300;
    return row;
}

} // namespace Synchat
