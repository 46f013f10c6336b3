// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cli/messageprinter.h"

#include "client/cli/terminaltext.h"
#include "client/core/ordertext.h"
#include "common/protocol.h"

#include <QDateTime>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr qsizetype ColumnWidth = 38;
constexpr char Dim[] = "2";
constexpr char Bold[] = "1";
constexpr char Warning[] = "33";
constexpr char Alarm[] = "1;31";

/// By what the headline of a message goes: the reference, else the daemon's clock, else the author's.
OptionalMicros headlineTime(const Stamps &stamps)
{
    if (stamps.best.t)
        return stamps.best.t;
    return stamps.local.t ? stamps.local.t : stamps.live.t;
}

const char *codeFor(Mark mark)
{
    switch (mark) {
    case Mark::Off:
        return Warning;
    case Mark::Contradiction:
        return Alarm;
    case Mark::Fine:
    case Mark::Unknown:
    case Mark::HeldOver:
        break;
    }
    return Dim;
}

} // namespace

QByteArray MessagePrinter::print(const Message &message, const RowTimeline &timeline)
{
    if (m_style.json)
        return terminalJson(encodeServerFrame(message)) + '\n';
    const OptionalMicros time = headlineTime(message.stamps);
    QString out = time ? dayLine(*time) : QString();
    out += eventLines(timeline);
    out += referenceLine(message.stamps.best);

    const QString clock = time ? clockText(*time, m_style.zone, 0) : u"--:--:--"_s;
    const QStringList lines = plainLines(message.text);
    out +=
        clock + u' ' + painted(plainLine(message.from.name), Bold) + u": "_s + lines.join(u"\n  "_s) + u'\n';
    out += clocks(message.stamps);
    out += notes(timeline, message);
    return out.toUtf8();
}

QString MessagePrinter::clocks(const Stamps &stamps) const
{
    const LiveStamp &live = stamps.live;
    const LocalStamp &local = stamps.local;
    const QString fault = tr("injected fault");
    const QString self = tr("the daemon's own");
    return row({u"live"_s, live.t, liveSkew(stamps), live.bound, StampText::liveMark(stamps),
                live.fault ? fault : QString()},
               {u"local"_s, local.t, localSkew(stamps), local.bound, StampText::localMark(stamps),
                local.fault ? fault : QString()}) +
           row({u"api"_s,
                stamps.api.t,
                sourceSkew(stamps.api, stamps.best),
                stamps.api.bound,
                StampText::sourceMark(stamps.api, stamps.best),
                {}},
               {u"ntp"_s, stamps.ntp.t, sourceSkew(stamps.ntp, stamps.best), stamps.ntp.bound,
                StampText::sourceMark(stamps.ntp, stamps.best),
                stamps.ntp.source == u"self"_s ? self : QString()});
}

QString MessagePrinter::row(const Reading &left, const Reading &right) const
{
    const QString first = words(left);
    const QString gap(std::max<qsizetype>(ColumnWidth - first.size(), 2), u' ');
    return u"  "_s + painted(first, codeFor(left.mark)) + gap + painted(words(right), codeFor(right.mark)) +
           u'\n';
}

QString MessagePrinter::words(const Reading &reading) const
{
    const QString head = reading.name.leftJustified(6);
    if (!reading.time)
        return head + tr("no reading");
    QString text = head + clockText(*reading.time, m_style.zone, 3) + u' ' + markGlyph(reading.mark) + u' ';
    text += reading.skew ? StampText::skew(*reading.skew) : tr("not measured");
    if (reading.skew && reading.bound)
        text += u' ' + StampText::bound(*reading.bound);
    return reading.note.isEmpty() ? text : text + u", "_s + reading.note;
}

QString MessagePrinter::dayLine(WireMicros time)
{
    const auto millis = std::chrono::floor<std::chrono::milliseconds>(Micros(time));
    const QDate day = QDateTime::fromMSecsSinceEpoch(millis.count(), m_style.zone).date();
    if (day == m_day)
        return {};
    m_day = day;
    const QString zone = QString::fromUtf8(m_style.zone.id());
    return painted(u"── "_s + day.toString(u"dddd yyyy-MM-dd"_s) + u", "_s + zone + u" ──"_s, Dim) + u'\n';
}

QString MessagePrinter::referenceLine(const BestStamp &best)
{
    if (m_hasReference && best.state == m_reference)
        return {};
    m_hasReference = true;
    m_reference = best.state;
    const QString words = StampText::referenceInWords(best.state, best.bound);
    const bool against = best.state == StampState::Unsynced && !best.bound;
    const QString text =
        against ? tr("clocks %1").arg(words) : tr("clocks against the reference: %1").arg(words);
    return painted(u"── "_s + text + u" ──"_s, Dim) + u'\n';
}

QString MessagePrinter::eventLines(const RowTimeline &timeline) const
{
    QString out;
    for (const TimeEvent &line : timeline.lines) {
        if (!line.isOfReference()) // the line of the reference says it
            out += painted(u"── "_s + OrderText::event(line, {}) + u" ──"_s, Warning) + u'\n';
    }
    return out;
}

QString MessagePrinter::notes(const RowTimeline &timeline, const Message &message) const
{
    QString out;
    if (timeline.contradiction)
        out += u"  "_s +
               painted(markGlyph(Mark::Contradiction) + u' ' +
                           OrderText::contradiction(*timeline.contradiction, message),
                       Alarm) +
               u'\n';
    for (const TimeEvent &note : timeline.notes)
        out += u"  "_s + painted(OrderText::event(note, plainLine(message.from.name)), Warning) + u'\n';
    return out;
}

QString MessagePrinter::painted(const QString &text, const char *code) const
{
    if (!m_style.colour)
        return text;
    return u"\u001b["_s + QLatin1StringView(code) + u'm' + text + u"\u001b[0m"_s;
}

} // namespace Synchat
