// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/messagehtml.h"

#include "common/consistenthue.h"
#include "common/linkfinder.h"
#include "common/messagegroup.h"
#include "server/web/historyrequest.h"

#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr int HueClasses = 24;
constexpr qsizetype QuoteUnits = 120;

QString timeWords(const Message &message, int decimals = 0)
{
    const OptionalMicros time = shownTime(message);
    return time ? clockText(*time, QTimeZone::utc(), decimals) : QString();
}

QString initialOf(const QString &name)
{
    const bool pair = name.size() > 1 && name.at(0).isHighSurrogate();
    return name.first(std::min<qsizetype>(name.size(), pair ? 2 : 1)).toUpper();
}

std::optional<QDate> shownDay(const Message &message)
{
    const OptionalMicros time = shownTime(message);
    return time ? dayOf(*time, QTimeZone::utc()) : std::nullopt;
}

/// Whether what the reference was worth is another thing than before; how much, apart.
bool sameReference(const BestStamp &one, const BestStamp &other)
{
    return one.state == other.state && one.bound.has_value() == other.bound.has_value();
}

/// A part of `text`, with those of `marks` (ascending, of the whole text) that lie in it.
void writeMarked(HtmlWriter &html, QStringView text, qsizetype start, qsizetype end,
                 const QList<TextRange> &marks)
{
    qsizetype at = start;
    for (const TextRange &mark : marks) {
        const qsizetype from = std::clamp(mark.start, at, end);
        const qsizetype to = std::clamp(mark.start + mark.length, from, end);
        if (from == to)
            continue;
        html.text(text.sliced(at, from - at));
        html.element("mark"_L1, {}, text.sliced(from, to - from));
        at = to;
    }
    html.text(text.sliced(at, end - at));
}

} // namespace

void writeTime(HtmlWriter &html, WireMicros time, const QString &words)
{
    if (dayOf(time, QTimeZone::utc()))
        html.element("time"_L1, {{"datetime"_L1, isoUtc(time)}}, words);
    else
        html.text(words);
}

QString MessageHtml::markClass(Mark mark)
{
    switch (mark) {
    case Mark::Fine:
        return u"fine"_s;
    case Mark::Off:
        return u"off"_s;
    case Mark::Contradiction:
        return u"bad"_s;
    case Mark::HeldOver:
        return u"held"_s;
    case Mark::Unknown:
        break;
    }
    return u"unknown"_s;
}

QString MessageHtml::authorClass(const QString &userId)
{
    const int hue = static_cast<int>(consistentHue(userId) * HueClasses / 360.0);
    return u"h%1"_s.arg(std::clamp(hue, 0, HueClasses - 1));
}

QString MessageHtml::referenceRemark(const Stamps &stamps)
{
    const BestStamp &best = stamps.best;
    if (best.state == StampState::Ok)
        return {};
    if (best.state == StampState::Unsynced && !best.bound)
        return tr("Skews are against the daemon’s own clock, which nothing confirms.");
    return StampText::referenceSentence(best.state, best.bound);
}

void MessageHtml::writeText(HtmlWriter &html, const QString &text, const SearchQuery *search)
{
    const QList<TextRange> marks = search ? search->highlights(text) : QList<TextRange>();
    qsizetype at = 0;
    const QList<TextLink> links = findLinks(text);
    for (const TextLink &link : links) {
        writeMarked(html, text, at, link.start, marks);
        html.open("a"_L1, {{"href"_L1, QString::fromLatin1(link.url.toEncoded())},
                           {"rel"_L1, u"nofollow noopener noreferrer"_s}});
        writeMarked(html, text, link.start, link.start + link.length, marks);
        html.close();
        at = link.start + link.length;
    }
    writeMarked(html, text, at, text.size(), marks);
}

void MessageHtml::writeLines(HtmlWriter &html, const Message &message, const MessageSurroundings &around)
{
    const std::optional<QDate> day = shownDay(message);
    if (day && (!around.above || shownDay(*around.above) != day)) {
        html.open("h2"_L1, {{"class"_L1, u"day"_s}});
        html.element("time"_L1, {{"datetime"_L1, day->toString(Qt::ISODate)}},
                     QLocale::c().toString(*day, tr("dddd d MMMM yyyy", "date of a day line")));
        html.close();
    }
    const BestStamp &best = message.stamps.best;
    const QString remark = referenceRemark(message.stamps);
    const bool isNew = !around.above || !sameReference(around.above->stamps.best, best);
    if (isNew && !remark.isEmpty())
        html.element("p"_L1, {{"class"_L1, u"reference"_s}}, remark);
    if (isNew && remark.isEmpty() && around.above)
        html.element("p"_L1, {{"class"_L1, u"reference"_s}},
                     StampText::referenceSentence(best.state, best.bound));
}

void MessageHtml::writeRemark(HtmlWriter &html, const Stamps &stamps)
{
    const QString remark = StampText::authorRemark(stamps);
    if (remark.isEmpty())
        return;
    const Mark mark = StampText::authorMark(stamps);
    html.open("span"_L1, {{"class"_L1, u"remark "_s + markClass(mark)}});
    html.element("span"_L1, {{"aria-hidden"_L1, u"true"_s}}, QString(markGlyph(mark)));
    html.text(u' ' + remark);
    html.close();
}

void MessageHtml::writeHeader(HtmlWriter &html, const Message &message, bool isFound)
{
    html.element("span"_L1, {{"class"_L1, u"avatar"_s}, {"aria-hidden"_L1, u"true"_s}},
                 initialOf(message.from.name));
    html.open(isFound ? "h2"_L1 : "h3"_L1, {{"class"_L1, u"who"_s}}); // under the day, or the page's title
    html.element("bdi"_L1, {}, message.from.name);
    html.text(u" ");
    if (const OptionalMicros time = shownTime(message)) {
        QString words = timeWords(message);
        if (const auto day = isFound ? shownDay(message) : std::nullopt)
            words = u"%1, %2"_s.arg(QLocale::c().toString(*day, tr("d MMMM yyyy", "date")), words);
        writeTime(html, *time, words);
        html.text(u" ");
    }
    if (isFound) {
        html.element(
            "a"_L1,
            {{"href"_L1, historyAddress({{u"room"_s, message.room}}, u"end"_s)}, {"class"_L1, u"room"_s}},
            u"# "_s + message.room);
        html.text(u" ");
    }
    writeRemark(html, message.stamps);
    html.close();
}

void MessageHtml::writeReply(HtmlWriter &html, const Message &message, const Message *answered)
{
    if (!message.replyTo)
        return;
    const qint64 seq = *message.replyTo;
    html.open("p"_L1, {{"class"_L1, u"reply"_s}, {"dir"_L1, u"auto"_s}});
    html.element("span"_L1, {{"class"_L1, u"vh"_s}}, tr("In reply to") + u' ');
    html.open("a"_L1, {{"href"_L1, answered ? u"#m%1"_s.arg(seq) : messageAddress(message.room, seq)}});
    if (answered) {
        html.element("bdi"_L1, {}, answered->from.name);
        html.text(u' ' + answered->text.left(QuoteUnits).simplified());
    } else {
        html.text(tr("message %1").arg(seq));
    }
    html.close();
    html.close();
}

void MessageHtml::writeClock(HtmlWriter &html, const ClockCell &cell)
{
    html.open("div"_L1, {{"class"_L1, cell.hasMark ? markClass(cell.mark) : u"none"_s}});
    html.element("dt"_L1, {}, cell.name);
    html.text(u" ");
    html.open("dd"_L1, {{"title"_L1, cell.toolTip}});
    if (cell.time) {
        writeTime(html, *cell.time, cell.reading);
        html.open("span"_L1, {{"class"_L1, u"skew"_s}});
        html.element("span"_L1, {{"aria-hidden"_L1, u"true"_s}}, u" %1 "_s.arg(markGlyph(cell.mark)));
        html.element("span"_L1, {{"class"_L1, u"vh"_s}}, u", %1, "_s.arg(markWord(cell.mark)));
        html.text(cell.skew);
        html.close();
        if (!cell.bound.isEmpty())
            html.element("span"_L1, {{"class"_L1, u"bound"_s}}, u' ' + cell.bound);
    } else {
        html.text(tr("no reading"));
    }
    html.close();
    html.close();
}

void MessageHtml::writeClocks(HtmlWriter &html, const Stamps &stamps)
{
    html.open("dl"_L1, {{"class"_L1, u"clocks"_s}});
    const QList<ClockCell> cells = ClockCells::of(stamps, QTimeZone::utc());
    for (const ClockCell &cell : cells)
        writeClock(html, cell);
    html.close();
}

QString MessageHtml::spoken(const Message &message)
{
    const QString time = timeWords(message);
    return time.isEmpty() ? message.from.name : u"%1, %2"_s.arg(message.from.name, time);
}

void MessageHtml::write(HtmlWriter &html, const Message &message, const MessageSurroundings &around)
{
    if (!around.isFound)
        writeLines(html, message, around);
    const bool isFirst = !around.above || !continuesGroup(*around.above, message) ||
                         shownDay(*around.above) != shownDay(message);
    QStringList classes{u"message"_s, authorClass(message.from.id)};
    if (isFirst)
        classes << u"first"_s;
    if (around.isTarget)
        classes << u"target"_s;
    html.open("article"_L1, {{"class"_L1, classes.join(u' ')},
                             {"id"_L1, around.isFound ? QString() : u"m%1"_s.arg(message.seq)},
                             {"aria-label"_L1, spoken(message)}});
    if (isFirst)
        writeHeader(html, message, around.isFound);
    writeReply(html, message, around.answered);
    html.open("p"_L1, {{"class"_L1, u"text"_s}, {"dir"_L1, u"auto"_s}});
    writeText(html, message.text, around.search);
    html.close();
    writeClocks(html, message.stamps);
    html.element("a"_L1,
                 {{"class"_L1, u"permalink"_s},
                  {"href"_L1, messageAddress(message.room, message.seq)},
                  {"aria-label"_L1, tr("Message %1 in its context").arg(message.seq)}},
                 u"#%1"_s.arg(message.seq));
    html.close();
    html.newLine();
}

} // namespace Synchat
