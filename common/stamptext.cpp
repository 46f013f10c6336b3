// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/stamptext.h"

#include "common/lengthtext.h"

#include <algorithm>
#include <limits>

namespace Synchat {

using namespace Qt::StringLiterals;

namespace {

constexpr QChar Minus = u'\u2212';

constexpr qint64 Second = 1'000'000;
constexpr qint64 Minute = 60 * Second;
constexpr qint64 Hour = 60 * Minute;
constexpr qint64 Day = 24 * Hour;

/// One reading judged: `skew` against the reference, `bound` the half-width within which it may lie.
Mark judged(const OptionalMicros &time, StampState state, const OptionalMicros &skew,
            const OptionalMicros &bound)
{
    if (!time || state == StampState::None)
        return Mark::Unknown;
    if (state == StampState::Falseticker)
        return Mark::Contradiction;
    if (!skew)
        return Mark::Unknown;
    if (magnitudeOf(*skew) > std::max(bound.value_or(0), OffAbove))
        return Mark::Off;
    if (state == StampState::Unsynced || !bound)
        return Mark::Unknown;
    return state == StampState::Holdover ? Mark::HeldOver : Mark::Fine;
}

} // namespace

QChar markGlyph(Mark mark)
{
    switch (mark) {
    case Mark::Fine:
        return u'●';
    case Mark::Off:
        return u'▲';
    case Mark::Contradiction:
        return u'✖';
    case Mark::HeldOver:
        return u'◌';
    case Mark::Unknown:
        break;
    }
    return u'?';
}

QString markWord(Mark mark)
{
    switch (mark) {
    case Mark::Fine:
        return StampText::tr("fine");
    case Mark::Off:
        return StampText::tr("off");
    case Mark::Contradiction:
        return StampText::tr("contradiction");
    case Mark::HeldOver:
        return StampText::tr("held over");
    case Mark::Unknown:
        break;
    }
    return StampText::tr("not measured");
}

QString StampText::skew(WireMicros skew)
{
    const QString text = lengthText(skew, Rounding::Nearest);
    if (skew == 0)
        return text;
    return (skew > 0 ? u'+' : Minus) + text;
}

QString StampText::bound(WireMicros bound)
{
    return u'±' + lengthText(bound, Rounding::Up);
}

QString StampText::spacedBound(WireMicros bound)
{
    QString text = StampText::bound(bound);
    if (text.startsWith(u'±') && text.size() > 1 && text.at(1) != u' ')
        text.insert(1, u' ');
    return text;
}

QString StampText::skewInWords(WireMicros skew)
{
    if (skew == 0)
        return tr("exactly on time");
    const QString text = lengthText(skew, Rounding::Nearest);
    return skew > 0 ? tr("%1 ahead").arg(text) : tr("%1 behind").arg(text);
}

QString StampText::span(WireMicros span)
{
    return lengthText(span, Rounding::Nearest);
}

QString StampText::spanAtLeast(WireMicros span)
{
    return lengthText(span, Rounding::Down);
}

QString StampText::spanAtMost(WireMicros span)
{
    return lengthText(span, Rounding::Up);
}

QString StampText::duration(WireMicros duration)
{
    const qint64 value = std::max<qint64>(duration, 0);
    if (value < Minute)
        return tr("%1 s").arg(value / Second);
    if (value < Hour)
        return tr("%1 min").arg(value / Minute);
    if (value < 2 * Day)
        return tr("%1 h").arg(value / Hour);
    return tr("%1 d").arg(value / Day);
}

Mark StampText::liveMark(const Stamps &stamps)
{
    return judged(stamps.live.t, stamps.live.state, liveSkew(stamps), stamps.live.bound);
}

Mark StampText::localMark(const Stamps &stamps)
{
    return judged(stamps.local.t, stamps.local.state, localSkew(stamps), stamps.local.bound);
}

Mark StampText::sourceMark(const SourceStamp &source, const BestStamp &best)
{
    // Both may be wrong by their bounds: it is off only when the two intervals do not meet.
    OptionalMicros bound = source.bound;
    if (bound && __builtin_add_overflow(*bound, best.bound.value_or(0), &*bound))
        bound = std::numeric_limits<WireMicros>::max();
    return judged(source.t, source.state, sourceSkew(source, best), bound);
}

Mark StampText::authorMark(const Stamps &stamps)
{
    const Mark mark = liveMark(stamps);
    const bool calm = mark == Mark::Fine || mark == Mark::HeldOver;
    return stamps.live.fault && calm ? Mark::Off : mark;
}

QString StampText::authorRemark(const Stamps &stamps)
{
    const Mark mark = liveMark(stamps);
    const OptionalMicros skew = liveSkew(stamps);
    QString remark;
    if (mark == Mark::Off && skew)
        remark = tr("clock %1").arg(skewInWords(*skew));
    else if (mark != Mark::Fine)
        remark =
            tr("clock %1").arg(mark == Mark::Contradiction ? tr("contradicts the others") : markWord(mark));
    if (!stamps.live.fault)
        return remark;
    return remark.isEmpty() ? tr("injected clock fault") : tr("%1, injected fault").arg(remark);
}

QString StampText::referenceInWords(StampState state, OptionalMicros boundOfIt)
{
    switch (state) {
    case StampState::Ok:
        return boundOfIt ? tr("confirmed within %1").arg(bound(*boundOfIt)) : tr("confirmed");
    case StampState::Holdover:
        return boundOfIt ? tr("held over without a fresh sample, %1").arg(bound(*boundOfIt))
                         : tr("held over without a fresh sample");
    case StampState::Falseticker:
        return tr("the sources of time contradict each other");
    case StampState::Unsynced:
        return boundOfIt ? tr("known no better than %1").arg(bound(*boundOfIt))
                         : tr("against the daemon's clock, which nothing confirms");
    case StampState::None:
        break;
    }
    return tr("no reference");
}

QString StampText::referenceSentence(StampState state, OptionalMicros bound)
{
    if (state == StampState::Unsynced && !bound)
        return tr("The reference is the daemon's own clock, which nothing confirms.");
    if (state == StampState::None)
        return tr("There is no reference.");
    if (state == StampState::Falseticker)
        return tr("There is no reference that can be trusted: the sources of time contradict each other.");
    return tr("The reference is %1.").arg(referenceInWords(state, bound));
}

QString StampText::pathInWords(ProbePath via)
{
    switch (via) {
    case ProbePath::Udp:
        return tr("NTP over UDP");
    case ProbePath::WebSocket:
        return tr("time frames over the WebSocket");
    case ProbePath::None:
        break;
    }
    return tr("not measured");
}

} // namespace Synchat
