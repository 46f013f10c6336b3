// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/rowtimeline.h"
#include "client/ui/view/messageview.h"
#include "client/ui/view/rowdecor.h"
#include "common/clockcells.h"
#include "common/linkfinder.h"

#include <QCoreApplication>

namespace Synchat {

/// Something that happened to a clock, as it is shown.
struct EventText
{
    TimeEvent::Kind kind = TimeEvent::Kind::DaemonRestarted;
    QString text;
};

/// What of a model a row's words depend on.
struct RowSurroundings
{
    const RoomRow *above = nullptr;     ///< null for the first row
    const RoomRow *beforeGap = nullptr; ///< the row above that when it is a gap
    const Message *answered = nullptr;  ///< the message that it answers, when it is held
    RowTimeline timeline = {};

    static RowSurroundings of(const RoomModel &model, int row);
};

/// Everything that one row says, in words; nothing about where it stands.
struct RowContent
{
    RoomRow::Kind kind = RoomRow::Kind::Message;
    RowDecor decor;
    bool own = false;
    QString dayText, laterText;
    QList<EventText> lines; ///< above the row
    QString authorId, name, initial;
    QString time; ///< of the header: by the reference
    QString timeToolTip;
    QString note;   ///< "sending…" in place of the time
    QString remark; ///< "clock 1.80 s behind"
    Mark remarkMark = Mark::Unknown;
    std::optional<qint64> replyTo;
    bool replyHeld = false; ///< the model holds the message that it answers
    QString quoteName, quoteText;
    QString text;
    QList<TextLink> links;
    QList<ClockCell> clocks;
    QString contradiction;
    QList<EventText> notes; ///< under the message
    RowTimeline timeline;   ///< what was said of it: to see whether it is to be said anew
    QString failure;
    QString gapText, gapAction; ///< the action is empty when there is nothing to do

    bool isGap() const { return kind == RoomRow::Kind::Gap; }
};

struct ContentContext
{
    DecorContext decor;
    Density density = Density::AllFour;
};

/// Writes the words of rows. Pure.
class RowContentWriter
{
    Q_DECLARE_TR_FUNCTIONS(RowContentWriter)
public:
    static RowContent write(const RowSurroundings &around, const RoomRow &row, const ContentContext &context);
    /// Denser than AllFour a cell has no reading, in Compact only what is off has a cell.
    static QList<ClockCell> clockCells(const Stamps &stamps, const QTimeZone &zone, Density density);
    /// A line of a copy of several rows: "ana, 14:03:25: text", with what is said above and under it in
    /// square brackets.
    static QString copyLine(const RoomRow &row, const QString &text, const QTimeZone &zone,
                            const RowTimeline &timeline = {});
    static QString missing(qint64 count);
    /// The same of what lies before all that is held.
    static QString earlier(qint64 count);

private:
    static void writeHeader(const RoomRow &row, const ContentContext &context, RowContent &content);
    static void writeGap(const RoomRow &row, bool first, RowContent &content);
    static void writeReply(const Message &message, const Message *answered, RowContent &content);
    static void writeTimeline(const RowTimeline &timeline, const Message &message, RowContent &content);
};

} // namespace Synchat
