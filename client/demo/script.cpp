// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/demo/script.h"

#include <QCoreApplication>

#include <iterator>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

enum Role : qsizetype { Ana, Fabio, Silvia, Dario, Julia, Felix, Jonas, Remo };

struct Words
{
    std::chrono::milliseconds pause; ///< before it
    Role author;
    const char16_t *text;
};

using std::chrono::milliseconds;
using std::chrono::seconds;

// What the people say stays English in every language, as their names stay.
constexpr Words Opening[] = {
    {milliseconds(300), Ana, u"Morning! Does everybody's clock look right today?"},
    {milliseconds(600), Fabio, u"Mine should. I set it by the one in the kitchen."},
    {milliseconds(600), Silvia, u"Mine too. People say that I answer late, though."},
    {milliseconds(600), Dario, u"It was right when I sat down. It gains a little all the time."},
    {milliseconds(600), Jonas, u"Mine cannot make up its mind: it is off by something else at every look."},
    {milliseconds(600), Felix, u"What time is it? Mine has been saying the same ever since I came."},
    {milliseconds(600), Remo, u"I am on a slow line: 40 ms to the daemon, 2 ms back."},
    {milliseconds(600), Julia, u"Mine is perfect. So far."},
    {seconds(4), Ana, u"Silvia, by your clock you answered Fabio before he had written."},
    {seconds(4), Silvia, u"Then I am quick, not late!"},
    {seconds(4), Fabio, u"A quarter of a second ahead. Who would ever notice?"},
    {seconds(4), Ana,
     u"Anybody who reads the column of the author's clock. The order is counted, not timed."},
    {seconds(8), Julia, u"Oh. Mine has just jumped back by almost four seconds."},
    {seconds(4), Dario, u"And I am farther off than when we began. Open the plot and watch my line climb."},
    {seconds(4), Remo, u"Nobody can measure which way of my line is the slow one: see how wide my bound is."},
};
constexpr seconds TricklePause{12};
constexpr Words Trickle[] = {
    {TricklePause, Felix, u"Still the same minute here."},
    {TricklePause, Dario, u"A little farther off again."},
    {TricklePause, Jonas, u"Compare this one with my last: same clock, another error."},
    {TricklePause, Ana, u"Mine is right, as far as this machine's own clock is right."},
    {TricklePause, Julia, u"No jump since the last one."},
    {TricklePause, Remo, u"The line is as slow as ever."},
    {TricklePause, Fabio, u"Still a quarter of a second ahead, and steady."},
    {TricklePause, Silvia, u"Still behind, and steady too."},
};
constexpr int OpeningCount = static_cast<int>(std::size(Opening));
constexpr int TrickleCount = static_cast<int>(std::size(Trickle));

const Words &wordsOf(int number)
{
    return number < OpeningCount ? Opening[number] : Trickle[(number - OpeningCount) % TrickleCount];
}

QString tr(const char *text)
{
    return QCoreApplication::translate("Synchat::Demo", text);
}

} // namespace

const QList<DemoAuthor> &demoCast()
{
    static const QList<DemoAuthor> cast{
        {u"Ana"_s, {}, false, tr("right, as far as this machine is")},
        {u"Fabio"_s, u"offset=+250ms"_s, false, tr("fast by a quarter of a second")},
        {u"Silvia"_s, u"offset=-3.7s"_s, false, tr("slow by 3.7 s: answers before the question")},
        {u"Dario"_s, u"drift=2000ppm"_s, false, tr("drifting: 2 ms more in each second")},
        {u"Julia"_s, u"step=-3.7s@24s"_s, false, tr("jumping: 3.7 s back after 24 s")},
        {u"Felix"_s, u"freeze"_s, false, tr("frozen at the moment of the start")},
        {u"Jonas"_s, u"jitter=40ms"_s, false, tr("jittering: off by up to 40 ms, anew at each look")},
        {u"Remo"_s, {}, true, tr("right, behind a line of 40 ms one way and 2 ms back: a wide bound")},
    };
    return cast;
}

std::optional<DemoLine> demoLine(int number)
{
    if (number < 0 || number >= MostDemoLines)
        return std::nullopt;
    DemoLine line;
    for (int i = 0; i <= number; ++i)
        line.at += wordsOf(i).pause;
    const Words &words = wordsOf(number);
    line.author = words.author;
    line.text = QString::fromUtf16(words.text);
    return line;
}

} // namespace Synchat
