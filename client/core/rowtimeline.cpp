// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/rowtimeline.h"

#include "client/core/ordertext.h"
#include "client/core/roomrowtext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr int ToldOfAKind = 3;

/// Null for rows that are no message with a place.
const Message *messageAt(const RoomModel &model, int row)
{
    if (row < 0)
        return nullptr;
    const RoomRow &shown = model.row(row);
    return shown.kind == RoomRow::Kind::Message ? &shown.message : nullptr;
}

/// The row of the last message above that is held: straight above, or behind one gap.
int rowBefore(const RoomModel &model, int row)
{
    if (messageAt(model, row - 1))
        return row - 1;
    return messageAt(model, row - 2) ? row - 2 : -1;
}

int rowOfAuthorBefore(const RoomModel &model, int row)
{
    const QString &author = model.row(row).message.from.id;
    const int last = std::max(0, row - AuthorWindow);
    for (int above = row - 1; above >= last; --above) {
        const Message *candidate = messageAt(model, above);
        if (candidate && candidate->from.id == author)
            return above;
    }
    return -1;
}

/// What comes and goes together counts as one kind.
int familyOf(const TimeEvent &event)
{
    if (event.isOfReference())
        return static_cast<int>(TimeEvent::Kind::ReferenceBack);
    if (event.kind == TimeEvent::Kind::DaemonFaultEnded)
        return static_cast<int>(TimeEvent::Kind::DaemonFaultBegan);
    if (event.kind == TimeEvent::Kind::AuthorFaultEnded)
        return static_cast<int>(TimeEvent::Kind::AuthorFaultBegan);
    return static_cast<int>(event.kind);
}

bool holdsFamily(const QList<TimeEvent> &events, int family)
{
    return std::any_of(events.begin(), events.end(),
                       [family](const TimeEvent &event) { return familyOf(event) == family; });
}

QList<TimeEvent> rawLines(const RoomModel &model, int row)
{
    const int above = rowBefore(model, row);
    const Message *after = messageAt(model, row);
    return after && above >= 0 ? daemonEventsBetween(model.row(above).message, *after) : QList<TimeEvent>();
}

/// `above` is handed on to who walks up.
QList<TimeEvent> rawNotes(const RoomModel &model, int row, int &above)
{
    const Message &message = model.row(row).message;
    above = rowOfAuthorBefore(model, row);
    QList<TimeEvent> notes;
    if (above >= 0)
        notes = authorEventsBetween(model.row(above).message, message);
    if (const auto wait = waitOf(message))
        notes.append(*wait);
    return notes;
}

/// Leaves out what was told often enough; `told` says how often a family was told lately.
template <typename Told>
void collapse(QList<TimeEvent> &events, Told told)
{
    QList<TimeEvent> kept;
    for (TimeEvent event : std::as_const(events)) {
        const int before = event.kind == TimeEvent::Kind::DaemonRestarted ? 0 : told(familyOf(event));
        if (before >= ToldOfAKind)
            continue;
        event.repeated = before == ToldOfAKind - 1;
        kept.append(event);
    }
    events = kept;
}

QList<TimeEvent> linesAt(const RoomModel &model, int row)
{
    QList<TimeEvent> lines = rawLines(model, row);
    collapse(lines, [&](int family) {
        int told = 0;
        for (int above = row - 1; above > std::max(0, row - TimelineWindow) && told < ToldOfAKind; --above)
            told += holdsFamily(rawLines(model, above), family) ? 1 : 0;
        return told;
    });
    return lines;
}

QList<TimeEvent> notesAt(const RoomModel &model, int row)
{
    int first = -1;
    QList<TimeEvent> notes = rawNotes(model, row, first);
    collapse(notes, [&](int family) {
        int told = 0;
        int above = first;
        for (int step = 0; above >= 0 && step < TimelineWindow && told < ToldOfAKind; ++step) {
            int next = -1;
            told += holdsFamily(rawNotes(model, above, next), family) ? 1 : 0;
            above = next;
        }
        return told;
    });
    return notes;
}

/// The newest message that is held of those that the author had seen.
const Message *newestSeen(const RoomModel &model, const Message &message)
{
    const qint64 seen =
        message.seq > 0 ? std::min(message.seen.value_or(0), message.seq - 1) : message.seen.value_or(0);
    int low = 0; // rows before it are seen
    int high = model.rowCount();
    while (low < high) {
        const int middle = low + (high - low) / 2;
        const RoomRow &row = model.row(middle);
        const bool gap = row.kind == RoomRow::Kind::Gap;
        const qint64 seq = gap ? row.gapFrom : row.message.seq;
        if ((gap || row.kind == RoomRow::Kind::Message) && seq <= seen)
            low = middle + 1;
        else
            high = middle;
    }
    // It may be missing; two gaps never touch.
    const Message *newest = messageAt(model, low - 1);
    return newest ? newest : messageAt(model, low - 2);
}

std::optional<ClockContradiction> contradictionAt(const RoomModel &model, const Message &message)
{
    const int answered = message.replyTo ? model.rowOfSeq(*message.replyTo) : -1;
    const Message *const causes[]{messageAt(model, answered), newestSeen(model, message)};
    for (const Message *cause : causes) {
        if (!cause || causeBetween(*cause, message) == Cause::None)
            continue;
        if (const auto found = contradictionBetween(*cause, message))
            return found;
    }
    return std::nullopt;
}

QString asSentence(const QString &words)
{
    return words.isEmpty() ? words : words.at(0).toUpper() + words.sliced(1) + u'.';
}

} // namespace

RowTimeline timelineOf(const RoomModel &model, int row)
{
    RowTimeline timeline;
    const RoomRow &shown = model.row(row);
    if (shown.kind == RoomRow::Kind::Gap)
        return timeline;
    timeline.contradiction = contradictionAt(model, shown.message);
    if (shown.kind != RoomRow::Kind::Message)
        return timeline;
    timeline.lines = linesAt(model, row);
    timeline.notes = notesAt(model, row);
    return timeline;
}

QStringList linesInWords(const RowTimeline &timeline)
{
    QStringList words;
    for (const TimeEvent &line : timeline.lines)
        words.append(asSentence(OrderText::event(line, {})));
    return words;
}

QStringList notesInWords(const RowTimeline &timeline, const Message &message, const QString &author)
{
    QStringList words;
    if (timeline.contradiction)
        words.append(asSentence(OrderText::contradiction(*timeline.contradiction, message)));
    for (const TimeEvent &note : timeline.notes)
        words.append(note.kind == TimeEvent::Kind::Waited ? asSentence(OrderText::event(note, author))
                                                          : OrderText::event(note, author) + u'.'); // a name
    return words;
}

QString screenReaderRow(const RoomModel &model, int row)
{
    const RoomRow &shown = model.row(row);
    const RowTimeline timeline = timelineOf(model, row);
    QStringList words = linesInWords(timeline);
    words << screenReaderText(shown) << notesInWords(timeline, shown.message, shown.message.from.name);
    return words.join(u' ');
}

} // namespace Synchat
