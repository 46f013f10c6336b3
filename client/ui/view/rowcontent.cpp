// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/view/rowcontent.h"

#include "client/core/ordertext.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

QString initialOf(const QString &name)
{
    if (name.isEmpty())
        return {};
    const bool pair = name.at(0).isHighSurrogate() && name.size() > 1;
    return name.first(pair ? 2 : 1).toUpper();
}

QString joined(const QStringList &parts)
{
    QStringList filled;
    for (const QString &part : parts) {
        if (!part.isEmpty())
            filled.append(part);
    }
    return filled.join(u'\n');
}

} // namespace

QList<ClockCell> RowContentWriter::clockCells(const Stamps &stamps, const QTimeZone &zone, Density density)
{
    QList<ClockCell> cells = ClockCells::of(stamps, zone);
    for (ClockCell &cell : cells) {
        if (density != Density::AllFour && cell.hasMark)
            cell.reading.clear();
    }
    // The author's clock, when it is off, is said beside the name already.
    if (density == Density::Compact)
        cells.removeIf(
            [](const ClockCell &cell) { return !cell.loud() || cell.column == ClockColumn::Author; });
    return cells;
}

QString RowContentWriter::missing(qint64 count)
{
    return count == 1 ? tr("1 message missing") : tr("%1 messages missing").arg(QLocale().toString(count));
}

QString RowContentWriter::earlier(qint64 count)
{
    return count == 1 ? tr("1 earlier message") : tr("%1 earlier messages").arg(QLocale().toString(count));
}

QString RowContentWriter::copyLine(const RoomRow &row, const QString &text, const QTimeZone &zone,
                                   const RowTimeline &timeline)
{
    if (row.kind == RoomRow::Kind::Gap)
        return u'[' + missing(row.gapSize()) + u']';
    const OptionalMicros time = shownTime(row.message);
    const QString &name = row.message.from.name;
    QString copy;
    for (const QString &line : linesInWords(timeline))
        copy += u'[' + line + u"]\n"_s;
    copy += (time ? u"%1, %2: "_s.arg(name, clockText(*time, zone, 0)) : u"%1: "_s.arg(name)) + text;
    for (const QString &note : notesInWords(timeline, row.message, name))
        copy += u"\n["_s + note + u']';
    return copy;
}

void RowContentWriter::writeHeader(const RoomRow &row, const ContentContext &context, RowContent &content)
{
    const Message &message = row.message;
    content.authorId = message.from.id;
    content.name = content.own ? tr("you") : message.from.name;
    content.initial = initialOf(content.name);
    if (const OptionalMicros time = shownTime(message)) {
        content.time = clockText(*time, context.decor.zone, 0);
        content.timeToolTip = joined(
            {isoUtc(*time), message.stamps.best.t ? StampText::referenceInWords(message.stamps.best.state,
                                                                                message.stamps.best.bound)
                                                  : QString()});
    }
    if (row.kind == RoomRow::Kind::Pending)
        content.note = tr("sending…");
    if (row.kind == RoomRow::Kind::Failed)
        content.note = tr("not sent");
    if (row.kind == RoomRow::Kind::Message) {
        content.remark = StampText::authorRemark(message.stamps);
        content.remarkMark = StampText::authorMark(message.stamps);
    }
}

void RowContentWriter::writeGap(const RoomRow &row, bool first, RowContent &content)
{
    content.gapText = first ? earlier(row.gapSize()) : missing(row.gapSize());
    switch (row.gapState) {
    case RoomRow::GapState::Missing:
        content.gapAction = tr("Load");
        return;
    case RoomRow::GapState::Loading:
        content.gapText += u" · "_s + tr("loading…");
        return;
    case RoomRow::GapState::Failed:
        content.gapAction = tr("Try again");
        content.failure = row.failure;
        return;
    case RoomRow::GapState::Gone:
        content.gapText += u" · "_s + tr("the server keeps them no more");
        return;
    }
}

void RowContentWriter::writeReply(const Message &message, const Message *answered, RowContent &content)
{
    content.replyTo = message.replyTo;
    if (!message.replyTo)
        return;
    content.replyHeld = answered != nullptr;
    if (!answered) {
        content.quoteText = tr("message %1").arg(*message.replyTo);
        return;
    }
    content.quoteName = answered->from.name;
    content.quoteText = answered->text.left(400).simplified();
}

RowSurroundings RowSurroundings::of(const RoomModel &model, int row)
{
    RowSurroundings around;
    around.above = row > 0 ? &model.row(row - 1) : nullptr;
    if (around.above && around.above->kind == RoomRow::Kind::Gap && row > 1)
        around.beforeGap = &model.row(row - 2);
    const std::optional<qint64> replyTo = model.row(row).message.replyTo;
    const int answered = replyTo ? model.rowOfSeq(*replyTo) : -1;
    around.answered = answered >= 0 ? &model.row(answered).message : nullptr;
    around.timeline = timelineOf(model, row);
    return around;
}

void RowContentWriter::writeTimeline(const RowTimeline &timeline, const Message &message, RowContent &content)
{
    content.timeline = timeline;
    for (const TimeEvent &line : timeline.lines)
        content.lines.append({line.kind, OrderText::event(line, {})});
    for (const TimeEvent &note : timeline.notes)
        content.notes.append({note.kind, OrderText::event(note, message.from.name)});
    if (timeline.contradiction)
        content.contradiction = OrderText::contradiction(*timeline.contradiction, message);
}

RowContent RowContentWriter::write(const RowSurroundings &around, const RoomRow &row,
                                   const ContentContext &context)
{
    RowContent content;
    content.kind = row.kind;
    content.decor = decorBetween(around.above, row, context.decor, around.beforeGap);
    content.decor.eventLines = static_cast<int>(around.timeline.lines.size());
    if (content.decor.eventLines > 0)
        content.decor.header = true;
    content.own = isOwn(row, context.decor.ownUserId);
    if (content.decor.day)
        content.dayText =
            QLocale().toString(*content.decor.day, tr("dddd d MMMM yyyy", "date of a day line"));
    if (content.decor.laterBy)
        content.laterText = tr("%1 later").arg(StampText::duration(*content.decor.laterBy));
    if (content.isGap()) {
        writeGap(row, !around.above, content);
        return content;
    }
    writeHeader(row, context, content);
    writeReply(row.message, around.answered, content);
    writeTimeline(around.timeline, row.message, content);
    content.text = row.message.text;
    content.links = findLinks(content.text);
    content.clocks = clockCells(row.message.stamps, context.decor.zone, context.density);
    if (row.kind == RoomRow::Kind::Failed)
        content.failure = row.failure;
    return content;
}

} // namespace Synchat
