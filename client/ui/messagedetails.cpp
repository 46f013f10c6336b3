// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/messagedetails.h"

#include "client/ui/clockstriptext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

QString timeText(OptionalMicros t)
{
    return t ? isoUtc(*t) : u"–"_s;
}

QString skewText(OptionalMicros skew)
{
    return skew ? StampText::skew(*skew) : QString();
}

QString boundText(OptionalMicros bound)
{
    return bound ? StampText::bound(*bound) : QString();
}

} // namespace

QString MessageDetails::stateInWords(StampState state)
{
    switch (state) {
    case StampState::Ok:
        return tr("fine");
    case StampState::Falseticker:
        return tr("disagrees with the majority, not used");
    case StampState::Holdover:
        return tr("held over, no fresh sample");
    case StampState::Unsynced:
        return tr("not confirmed by anything");
    case StampState::None:
        break;
    }
    return tr("not measured");
}

ReadingDetail MessageDetails::source(const QString &name, const SourceStamp &stamp, const BestStamp &best)
{
    ReadingDetail detail;
    detail.source = name;
    if (stamp.source == "self"_L1)
        detail.source = tr("%1 (the daemon's own server)").arg(name);
    else if (!stamp.source.isEmpty())
        detail.source = tr("%1 (%2)").arg(name, stamp.source);
    detail.time = timeText(stamp.t);
    detail.position = sourceSkew(stamp, best);
    detail.halfWidth = stamp.bound;
    detail.skew = skewText(detail.position);
    detail.bound = boundText(stamp.bound);
    if (stamp.age)
        detail.age = StampText::duration(*stamp.age);
    detail.state = stateInWords(stamp.state);
    detail.mark = StampText::sourceMark(stamp, best);
    return detail;
}

MessageDetails::MessageDetails(const Message &message)
{
    const Stamps &stamps = message.stamps;
    ReadingDetail live;
    live.source = tr("author's clock (%1)").arg(message.from.name);
    live.time = timeText(stamps.live.t);
    live.position = liveSkew(stamps);
    live.halfWidth = stamps.live.bound;
    live.skew = skewText(live.position);
    live.bound = boundText(stamps.live.bound);
    live.mark = StampText::liveMark(stamps);
    live.state =
        live.position
            ? tr("%1; measured by %2").arg(markWord(live.mark), StampText::pathInWords(stamps.live.via))
            : tr("not measured");
    if (stamps.live.fault)
        live.state = tr("%1; under an injected clock fault").arg(live.state);

    ReadingDetail local;
    local.source = tr("daemon");
    local.time = timeText(stamps.local.t);
    local.position = localSkew(stamps);
    local.halfWidth = stamps.local.bound;
    local.skew = skewText(local.position);
    local.bound = boundText(stamps.local.bound);
    local.mark = StampText::localMark(stamps);
    local.state = stateInWords(stamps.local.state);
    if (stamps.local.fault)
        local.state = tr("%1; under an injected clock fault").arg(local.state);

    ReadingDetail best;
    best.source = tr("reference");
    best.time = timeText(stamps.best.t);
    best.halfWidth = stamps.best.bound;
    best.bound = boundText(stamps.best.bound);
    best.state = stateInWords(stamps.best.state);
    best.mark = stamps.best.state == StampState::Ok         ? Mark::Fine
                : stamps.best.state == StampState::Holdover ? Mark::HeldOver
                                                            : Mark::Unknown;
    if (stamps.best.t) {
        best.position = 0;
        best.skew = StampText::skew(0);
    }
    m_readings = {live, local, source(tr("time API"), stamps.api, stamps.best),
                  source(tr("NTP"), stamps.ntp, stamps.best), best};
    m_worth = StampText::referenceSentence(stamps.best.state, stamps.best.bound);
    if (const OptionalMicros way = timeOnTheWay(stamps))
        m_way =
            *way >= 0
                ? tr("By the reference it was %1 on its way to the daemon.").arg(StampText::span(*way))
                : tr("By the reference it arrived %1 before it was written, which cannot be: the clocks are "
                     "not known that well.")
                      .arg(StampText::span(*way));
}

std::optional<DetailOverlap> MessageDetails::overlap() const
{
    std::optional<DetailOverlap> common;
    int agreeing = 0;
    for (qsizetype i = 2; i < m_readings.size();
         ++i) { // the sources and the reference: not the clocks that are judged
        const ReadingDetail &reading = m_readings.at(i);
        if (!reading.position || !reading.halfWidth || reading.mark == Mark::Contradiction)
            continue;
        const DetailOverlap own{*reading.position - *reading.halfWidth,
                                *reading.position + *reading.halfWidth};
        common = common ? DetailOverlap{std::max(common->lo, own.lo), std::min(common->hi, own.hi)} : own;
        ++agreeing;
    }
    if (agreeing < 2 || common->lo > common->hi)
        return std::nullopt;
    return common;
}

} // namespace Synchat
