// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ntp/sourceselection.h"

namespace Synchat {

/// A source that was heard and says `middle`, within `bound`; and others beside it.
SourceStatus source(const char *name, Nanos middle, Nanos bound, SourceKind kind = SourceKind::Ntp);
SourceStatus web(const char *name, const char *provider, Nanos middle, Nanos bound,
                 StampState state = StampState::Ok);
SourceStatus stale(SourceStatus status);
SourceStatus unsteady(SourceStatus status);
SourceStatus unheard(const char *name);

/// The marks of the sources, in their order.
QString lettersOf(const SourceSelection &selection);

} // namespace Synchat
