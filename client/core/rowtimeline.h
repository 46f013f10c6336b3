// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/roommodel.h"
#include "common/messageorder.h"
#include "common/timeevents.h"

namespace Synchat {

/// What is to be said about time at one row, from what the model holds. Facts; the words are OrderText's.
struct RowTimeline
{
    QList<TimeEvent> lines; ///< about the daemon: above the row
    QList<TimeEvent> notes; ///< about the message and its author's clock: under it
    std::optional<ClockContradiction> contradiction;

    bool isEmpty() const { return lines.isEmpty() && notes.isEmpty() && !contradiction; }
    friend bool operator==(const RowTimeline &, const RowTimeline &) = default;
};

/// Precondition: 0 <= row < model.rowCount(). Of one kind not more than three are told within
/// `TimelineWindow` rows, restarts of the daemon apart: a reference that comes and goes makes no wall.
RowTimeline timelineOf(const RoomModel &model, int row);
constexpr int TimelineWindow = 20;
/// How far up an earlier message of the same author is looked for.
constexpr int AuthorWindow = 300;

/// Each as a sentence, for screen readers, copies and the terminal; `author` as it may be printed there.
QStringList linesInWords(const RowTimeline &timeline);
QStringList notesInWords(const RowTimeline &timeline, const Message &message, const QString &author);

/// What a screen reader says of a row: what stands above it, the message, and what stands under it.
QString screenReaderRow(const RoomModel &model, int row);

} // namespace Synchat
