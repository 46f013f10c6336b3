// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/htmlexport.h"

#include "common/lengthtext.h"
#include "common/stamptext.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(HtmlExport)
};

// The colours are those of the window.
constexpr auto Style = R"(
:root{color-scheme:light dark;--text:#1d2330;--back:#fff;--muted:#69717f;--line:#dfe2e7;--off:#b05a00}
@media(prefers-color-scheme:dark){:root{--text:#e4e7ec;--back:#1b1e24;--muted:#98a1b0;--line:#2c313a;--off:#e9a23b}}
body{font:15px/1.45 system-ui,sans-serif;color:var(--text);background:var(--back);max-width:60rem;margin:auto;padding:1rem}
article{border-top:1px solid var(--line);padding:.5rem 0}
article p{margin:.2rem 0;white-space:pre-wrap;overflow-wrap:anywhere}
time,small,footer,.gap,a{color:var(--muted);font-variant-numeric:tabular-nums;font-size:.85rem}
small{display:block}.off{color:var(--off);font-weight:600}.gap{text-align:center}
)"_L1;

/// As text between tags and inside quotes; a lone return would be read as a new line.
QString escaped(const QString &text)
{
    return text.toHtmlEscaped().replace(u'\r', u"&#13;"_s);
}

/// What is worth a second look: a disagreement beyond the bound, or a state that is not fine.
bool isOff(StampState state, OptionalMicros skew, OptionalMicros bound)
{
    if (state != StampState::Ok)
        return true;
    return skew && magnitudeOf(*skew) > std::max(OffAbove, bound.value_or(0));
}

/// One clock: its name, the reading in the tip, the skew with its bound, the state when it is not `ok`.
QString clockCell(const QString &name, StampState state, OptionalMicros t, OptionalMicros skew,
                  OptionalMicros bound)
{
    QStringList words{name};
    if (t)
        words << (skew ? StampText::skew(*skew) : Text::tr("not measured"));
    if (skew && bound)
        words << StampText::bound(*bound);
    if (state != StampState::Ok)
        words << stampStateName(state);
    const QString mark = isOff(state, skew, bound) ? u" class=off"_s : QString();
    const QString tip = t ? u" title=\"%1\""_s.arg(isoUtc(*t)) : QString();
    return u"<span%1%2>%3</span>"_s.arg(mark, tip, words.join(u' '));
}

QString clocksLine(const Stamps &stamps)
{
    const BestStamp &best = stamps.best;
    const auto source = [&best](const QString &name, const SourceStamp &stamp) {
        return clockCell(name, stamp.state, stamp.t, sourceSkew(stamp, best), stamp.bound);
    };
    const QStringList cells{
        clockCell(u"live"_s, stamps.live.state, stamps.live.t, liveSkew(stamps), stamps.live.bound),
        clockCell(u"local"_s, stamps.local.state, stamps.local.t, localSkew(stamps), stamps.local.bound),
        source(u"api"_s, stamps.api),
        source(u"ntp"_s, stamps.ntp),
    };
    return cells.join(u" · "_s);
}

QString bestTime(const Stamps &stamps)
{
    const OptionalMicros shown = stamps.best.t ? stamps.best.t : stamps.local.t;
    if (!shown)
        return Text::tr("no time known");
    QString words = isoUtc(*shown);
    if (stamps.best.bound)
        words += u' ' + StampText::bound(*stamps.best.bound);
    if (stamps.best.state != StampState::Ok)
        words += u' ' + stampStateName(stamps.best.state);
    return words;
}

QString replyLink(std::optional<qint64> replyTo)
{
    return replyTo ? u" <a href=\"#m%1\">%2</a>"_s.arg(*replyTo).arg(Text::tr("answers #%1").arg(*replyTo))
                   : QString();
}

} // namespace

QByteArray htmlHeader(const ExportHeading &heading)
{
    const QString name =
        heading.title.isEmpty() ? heading.room : u"%1 (%2)"_s.arg(heading.title, heading.room);
    const QString from =
        heading.origin.isEmpty() ? QString() : Text::tr("From %1.").arg(heading.origin) + u' ';
    const QString note =
        from +
        Text::tr(
            "Written %1. Times are UTC; beside each clock stands how far it was ahead (+) or behind (−) of "
            "the reference; the reading itself is in its tip. This file proves nothing; a bundle does.")
            .arg(isoUtc(heading.madeAt));
    return (u"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
            "<meta name=\"viewport\" content=\"width=device-width\">"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
            "'unsafe-inline'\">"
            "<title>%1</title><style>%2</style></head><body>\n<h1>%1</h1>\n<p><small>%3</small></p>\n"_s)
        .arg(escaped(name), Style, escaped(note))
        .toUtf8();
}

QByteArray htmlRow(const Message &message, qint64 missing)
{
    const QString gap =
        missing > 0
            ? u"<p class=gap>%1</p>\n"_s.arg(Text::tr("%n message(s) missing here.", nullptr, int(missing)))
            : QString();
    return u"%1<article id=\"m%2\"><b><bdi>%3</bdi></b> <time>#%2 · %4</time>%5<p dir=auto>%6</p>"
           "<small>%7</small></article>\n"_s
               .arg(gap, QString::number(message.seq), escaped(message.from.name), bestTime(message.stamps),
                    replyLink(message.replyTo), escaped(message.text), clocksLine(message.stamps))
               .toUtf8();
}

QByteArray htmlFooter(qint64 rows)
{
    return u"<footer>%1</footer>\n</body></html>\n"_s.arg(Text::tr("%1 messages.").arg(rows)).toUtf8();
}

} // namespace Synchat
