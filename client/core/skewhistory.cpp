// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/skewhistory.h"

#include <algorithm>

namespace Synchat {

void SkewHistory::add(const QString &key, const SkewPoint &point)
{
    if (m_series.size() >= MaxSeries && !m_series.contains(key) && !dropMostSilent(point.at))
        return;
    m_series[key].add(point);
}

void SkewHistory::end(const QString &key, MonoTime at)
{
    const auto series = m_series.find(key);
    if (series != m_series.end() && series->newest().skew)
        series->add({at, {}, {}, StampState::None, false});
}

void SkewHistory::endAll(MonoTime at)
{
    const QStringList all = keys();
    for (const QString &key : all)
        end(key, at);
}

bool SkewHistory::dropMostSilent(MonoTime now)
{
    const auto silent = std::min_element(m_series.begin(), m_series.end(), [](const auto &a, const auto &b) {
        return a.newest().at < b.newest().at;
    });
    if (silent == m_series.end() || now - silent->newest().at < SilentFor)
        return false;
    m_series.erase(silent);
    return true;
}

QStringList SkewHistory::keys() const
{
    QStringList keys = m_series.keys();
    keys.sort();
    return keys;
}

std::optional<SkewPoint> SkewHistory::newest(const QString &key) const
{
    const auto series = m_series.constFind(key);
    return series == m_series.constEnd() ? std::nullopt : std::optional(series->newest());
}

QList<SkewPoint> SkewHistory::last(const QString &key, Nanos span, MonoTime now) const
{
    return m_series.value(key).last(span, now);
}

std::optional<SkewPercentiles> SkewHistory::percentiles(const QString &key, Nanos span, MonoTime now) const
{
    return m_series.value(key).percentiles(span, now);
}

} // namespace Synchat
