// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/comparison.h"

#include "common/microsmath.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

WireMicros middleOf(const MomentRange &range)
{
    return range.earliest + (range.latest - range.earliest) / 2;
}

OptionalMicros zeroFor(const Message &first, const Message &second)
{
    for (const auto &range :
         {writtenRange(first), takenRange(first), writtenRange(second), takenRange(second)}) {
        if (range)
            return middleOf(*range);
    }
    return std::nullopt;
}

} // namespace

Comparison::Comparison(const Message &first, const Message &second, const FindMessage &find)
    : m_first(first)
    , m_second(second)
    , m_verdict(orderOf(first, second, find))
    , m_words(OrderText::verdict(first, second, m_verdict))
    , m_zero(zeroFor(first, second))
{
    for (const Message *message : {&m_first, &m_second})
        addReadings(*message, message->seq > 0 ? tr("%1 · %2").arg(message->seq).arg(message->from.name)
                                               : message->from.name);
    findOverlap();
}

void Comparison::add(const QString &source, const std::optional<MomentRange> &range, Mark mark)
{
    ReadingDetail detail;
    detail.source = source;
    detail.mark = range ? mark : Mark::Unknown;
    detail.state = range ? QString() : tr("not measured");
    if (range) {
        const WireMicros middle = middleOf(*range);
        detail.time = isoUtc(middle);
        detail.position = differenceOf(middle, m_zero);
        if (range->latest > range->earliest) {
            detail.halfWidth = differenceOf(range->latest, middle);
            detail.bound = detail.halfWidth ? StampText::bound(*detail.halfWidth) : QString();
        }
    }
    m_readings.append(detail);
}

void Comparison::addReadings(const Message &message, const QString &name)
{
    // Without a bounded reference a bar stands on the daemon's clock, which nothing confirms.
    const Mark mark = message.stamps.best.bound ? Mark::Fine : Mark::Unknown;
    add(tr("%1: written").arg(name), writtenRange(message), mark);
    // The raw reading is shown where it is the one that contradicts.
    const bool isEffect = m_verdict.contradiction && message.seq != m_verdict.contradiction->cause;
    if (isEffect && message.stamps.live.t)
        add(tr("%1: by their clock").arg(name), MomentRange{*message.stamps.live.t, *message.stamps.live.t},
            Mark::Contradiction);
    add(tr("%1: taken by the daemon").arg(name), takenRange(message), mark);
}

void Comparison::findOverlap()
{
    const auto one = writtenRange(m_first);
    const auto other = writtenRange(m_second);
    if (m_verdict.doubt != OrderDoubt::Overlap || !one || !other)
        return;
    const OptionalMicros lo = differenceOf(std::max(one->earliest, other->earliest), m_zero);
    const OptionalMicros hi = differenceOf(std::min(one->latest, other->latest), m_zero);
    if (lo && hi && *lo <= *hi)
        m_overlap = DetailOverlap{*lo, *hi};
}

QString Comparison::copyText() const
{
    QStringList lines{m_words.text()};
    for (const ReadingDetail &reading : m_readings) {
        QString line = reading.source + u": "_s + (reading.time.isEmpty() ? reading.state : reading.time);
        if (!reading.bound.isEmpty())
            line += u' ' + reading.bound;
        lines.append(line);
    }
    return lines.join(u'\n');
}

} // namespace Synchat
