// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cli/sourcesprinter.h"

#include "client/cli/terminaltext.h"
#include "client/core/sourcestext.h"

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr qsizetype NameCell = 0;
constexpr qsizetype KindCell = 1;
constexpr qsizetype LongestKind = 12;
constexpr qsizetype LeastNameWidth = 8;
constexpr qsizetype MarkWidth = 2;

/// Without its middle, since the ends of two hosts' names tell them apart.
QString elided(const QString &text, qsizetype width)
{
    const qsizetype columns = columnsOf(text);
    if (columns <= width)
        return text;
    const qsizetype tail = (width - 1) / 2;
    qsizetype tailStart = unitsWithin(text, columns - tail);
    if (columnsOf(text.sliced(tailStart)) > tail) // a wide character lies across
        tailStart = unitsWithin(text, columns - tail + 1);
    return text.left(unitsWithin(text, width - 1 - tail)) + u'…' + text.sliced(tailStart);
}

/// In lines of at most `Columns`: the first behind `first`, the others indented as far.
QString wrapped(const QString &first, const QString &text)
{
    const QString indent(columnsOf(first), u' ');
    const qsizetype width = SourcesPrinter::Columns - columnsOf(first);
    QStringList lines;
    QString line;
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    for (QString word : words) {
        if (!line.isEmpty() && columnsOf(line) + 1 + columnsOf(word) <= width) {
            line += u' ' + word;
            continue;
        }
        if (!line.isEmpty())
            lines.append(line);
        while (columnsOf(word) > width) {
            const qsizetype units = unitsWithin(word, width);
            lines.append(word.left(units));
            word = word.sliced(units);
        }
        line = word;
    }
    lines.append(line);
    return first + lines.join(u'\n' + indent) + u'\n';
}

struct Layout
{
    QList<qsizetype> widths;
    qsizetype gap = 2;

    qsizetype total() const
    {
        return std::accumulate(widths.begin(), widths.end(), MarkWidth + gap * (widths.size() - 1));
    }
};

/// As wide as the widest cell; the names give what is too much, then the gaps.
Layout layoutOf(const QList<QStringList> &rows)
{
    Layout layout;
    layout.widths.resize(rows.constFirst().size());
    for (const QStringList &cells : rows) {
        for (qsizetype i = 0; i < cells.size(); ++i)
            layout.widths[i] = std::max(layout.widths.at(i), columnsOf(cells.at(i)));
    }
    qsizetype &name = layout.widths[NameCell];
    const qsizetype tooMuch = std::max<qsizetype>(layout.total() - SourcesPrinter::Columns, 0);
    name = std::max(name - tooMuch, std::min(name, LeastNameWidth));
    if (layout.total() > SourcesPrinter::Columns)
        layout.gap = 1;
    return layout;
}

/// Names and kinds from the left, numbers from the right.
QString row(const QString &mark, const QStringList &cells, const Layout &layout)
{
    QString line = mark.leftJustified(MarkWidth);
    for (qsizetype i = 0; i < cells.size(); ++i) {
        const qsizetype width = layout.widths.at(i);
        const QString cell = elided(cells.at(i), width);
        line += QString(i > 0 ? layout.gap : 0, u' ');
        const QString padding(width - columnsOf(cell), u' ');
        line += i <= KindCell ? cell + padding : padding + cell;
    }
    return line + u'\n';
}

QString legendLine()
{
    QStringList parts;
    for (const auto &[mark, word] : SourcesText::legend())
        parts.append(mark + u' ' + word);
    return parts.join(u"  "_s) + u'\n';
}

} // namespace

QStringList SourcesPrinter::header()
{
    return {tr("Source"), tr("Kind"),   tr("Str"),   tr("Reach"),
            tr("Age"),    tr("Offset"), tr("Bound"), tr("Delay")};
}

QStringList SourcesPrinter::cells(const SourcesReport &report, const TimeSourceRow &source)
{
    TimeSourceRow known = source;
    known.unverified = false; // a note says so
    return {plainLine(source.name),
            elided(plainLine(SourcesText::kind(known)), LongestKind),
            source.stratum ? QString::number(*source.stratum) : u"–"_s,
            SourcesText::reach(source.reach),
            SourcesText::age(source.age),
            SourcesText::offset(report, source),
            SourcesText::bound(source),
            source.delay ? StampText::span(*source.delay) : u"–"_s};
}

QStringList SourcesPrinter::notes(const TimeSourceRow &source)
{
    QStringList notes;
    if (!source.reason.isEmpty())
        notes.append(plainLine(source.reason));
    if (source.unverified)
        notes.append(SourcesText::boundInWords(source));
    return notes;
}

QByteArray SourcesPrinter::print(const SourcesReport &report, bool legend)
{
    const QString state = markGlyph(SourcesText::referenceMark(report)) + u' '; // as the window marks it
    QString out = wrapped(
        state, tr("%1: %2").arg(stampStateName(report.state), plainLine(SourcesText::reference(report))));
    if (legend)
        out += legendLine() + wrapped(u""_s, tr("Offset: %1").arg(SourcesText::offsetMeaning(report)));
    if (report.sources.isEmpty())
        return out.toUtf8();
    QList<QStringList> rows{header()};
    for (const TimeSourceRow &source : report.sources)
        rows.append(cells(report, source));
    const Layout layout = layoutOf(rows);
    out += u'\n' + row(u""_s, rows.constFirst(), layout);
    for (qsizetype i = 0; i < report.sources.size(); ++i) {
        const TimeSourceRow &source = report.sources.at(i);
        out += row(source.mark, rows.at(i + 1), layout);
        for (const QString &note : notes(source))
            out += wrapped(u"    "_s, note);
    }
    return out.toUtf8();
}

QByteArray SourcesPrinter::printJson(const QByteArray &json)
{
    QByteArray line = json.trimmed();
    // Outside of strings these can only be space, and inside they cannot be.
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c >= 0 && c < ' '; }, ' ');
    return terminalJson(line) + '\n';
}

} // namespace Synchat
