// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ntp/referencesnapshot.h"

namespace Synchat {

/// What all the sources say together.
struct SourceSelection
{
    QList<SourceStatus> sources;    ///< as given, with mark, state and reason filled in
    std::optional<Interval> offset; ///< nothing: nobody was heard, or there is no majority
    StampState state = StampState::Unsynced;
    int best = -1; ///< into `sources`: the one marked `*`
    int votes = 0; ///< how many had one
    QString note;  ///< how far this can be trusted, sentences; empty: several agree and nobody disagrees
};

/// Marzullo's algorithm in the form of RFC 5905 §11.2.1: the largest set of sources whose intervals overlap,
/// if it is a majority; the result is where they overlap, never an average that hides a disagreement. Pure.
/// Each source comes with `interval` as of one moment, and `state` `ok` (heard lately), `holdover` (heard
/// once) or `none`. A source of kind `self`, or with a reason already, never counts. Sources of one provider
/// have one vote, which the sharpest of the fresh ones gives. One whose own readings contradict one another
/// has none.
/// Marks are chrony's: `*` the sharpest of those that agree, `+` another of them, `x` one that does not
/// agree, `-` one that is not asked for its vote, `~` one that is unsteady, `?` one that was not heard or is
/// too vague to use.
/// What the result promises and what not: see ARCHITECTURE.md, Time.
SourceSelection selectSources(QList<SourceStatus> sources);

} // namespace Synchat
