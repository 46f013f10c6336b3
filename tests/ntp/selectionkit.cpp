// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ntp/selectionkit.h"

namespace Synchat {

using namespace std::chrono_literals;

SourceStatus source(const char *name, Nanos middle, Nanos bound, SourceKind kind)
{
    SourceStatus status;
    status.name = QString::fromLatin1(name);
    status.kind = kind;
    status.state = StampState::Ok;
    status.interval = Interval::around(middle, bound);
    status.fedAt = MonoTime(1h);
    return status;
}

SourceStatus web(const char *name, const char *provider, Nanos middle, Nanos bound, StampState state)
{
    SourceStatus status = source(name, middle, bound, SourceKind::Http);
    status.provider = QString::fromLatin1(provider);
    status.state = state;
    return status;
}

SourceStatus stale(SourceStatus status)
{
    status.state = StampState::Holdover;
    return status;
}

SourceStatus unsteady(SourceStatus status)
{
    status.unsteady = true;
    return status;
}

SourceStatus unheard(const char *name)
{
    SourceStatus status;
    status.name = QString::fromLatin1(name);
    return status;
}

QString lettersOf(const SourceSelection &selection)
{
    QString letters;
    for (const SourceStatus &status : selection.sources)
        letters += status.mark;
    return letters;
}

} // namespace Synchat
