// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/skewscale.h"

#include <algorithm>
#include <array>

namespace Synchat {

namespace {

constexpr WireMicros Second = 1'000'000;
constexpr WireMicros Minute = 60 * Second;
constexpr WireMicros Hour = 60 * Minute;
constexpr WireMicros Day = 24 * Hour;
constexpr WireMicros Farthest = 365 * Day;
constexpr WireMicros Least = 10; ///< a picture of less than 10 µs shows nothing but the clock's own reading

constexpr std::array Rounds{20 * Second, 30 * Second, Minute,   2 * Minute, 5 * Minute, 10 * Minute,
                            20 * Minute, 30 * Minute, Hour,     2 * Hour,   3 * Hour,   6 * Hour,
                            12 * Hour,   Day,         2 * Day,  5 * Day,    10 * Day,   20 * Day,
                            50 * Day,    100 * Day,   200 * Day};

/// Away from zero.
WireMicros roundEnd(SkewScale::Kind kind, WireMicros end, WireMicros step)
{
    if (kind == SkewScale::Kind::NearAndFar)
        return SkewScale::roundUp(end);
    return (end + step - 1) / step * step;
}

} // namespace

QString SkewScale::name(Kind kind)
{
    return kind == Kind::Linear ? tr("Linear") : tr("Near and far");
}

WireMicros SkewScale::roundUp(WireMicros length)
{
    if (length <= 0)
        return 0;
    for (WireMicros decade = 1; decade <= 10 * Second; decade *= 10) {
        for (const WireMicros factor : {1, 2, 5}) {
            const WireMicros round = factor * decade;
            if (round >= length && round <= 10 * Second)
                return round;
        }
    }
    const auto *found = std::lower_bound(Rounds.begin(), Rounds.end(), length);
    return found == Rounds.end() ? Farthest : *found;
}

SkewScale::SkewScale(Kind kind, WireMicros lo, WireMicros hi, WireMicros unit)
    : m_kind(kind)
{
    lo = std::clamp<WireMicros>(lo, -Farthest, 0);
    hi = std::clamp<WireMicros>(hi, 0, Farthest);
    if (hi - lo < Least) {
        lo -= Least / 2;
        hi += Least / 2;
    }
    constexpr int parts = 8;
    const WireMicros step = roundUp((hi - lo) / parts + 1);
    m_lo = -roundEnd(kind, -lo, step);
    m_hi = roundEnd(kind, hi, step);
    m_bent = NumberScale(m_lo, m_hi, unit);
}

double SkewScale::at(WireMicros skew) const
{
    if (m_kind == Kind::NearAndFar)
        return m_bent.at(skew);
    const auto lo = static_cast<double>(m_lo);
    return std::clamp((static_cast<double>(skew) - lo) / (static_cast<double>(m_hi) - lo), 0.0, 1.0);
}

QList<WireMicros> SkewScale::ticks(int most) const
{
    if (m_kind == Kind::NearAndFar)
        return m_bent.ticks(most);
    const WireMicros step = std::max<WireMicros>(roundUp((m_hi - m_lo) / std::max(most - 1, 1) + 1), 1);
    QList<WireMicros> ticks;
    for (WireMicros tick = m_lo / step * step; tick <= m_hi; tick += step)
        ticks.append(tick);
    return ticks;
}

} // namespace Synchat
