// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/skewseries.h"

#include <QHash>
#include <QStringList>

namespace Synchat {

/// The skews of all members and sources over the last hour, by key; bounded whatever others send. For one
/// connection to one daemon. Pure: moments are handed in.
class SkewHistory
{
public:
    /// A new key beyond these takes the place of one that has been silent for SilentFor, or is not taken: in
    /// a huge room some are remembered well rather than all of them for a moment.
    static constexpr qsizetype MaxSeries = 256;
    static constexpr Nanos SilentFor = std::chrono::minutes(10);

    static QString memberKey(const QString &userId) { return QStringLiteral("m:") + userId; }
    static QString sourceKey(const QString &name) { return QStringLiteral("s:") + name; }
    static bool isMember(const QString &key) { return key.startsWith(QStringLiteral("m:")); }

    void add(const QString &key, const SkewPoint &point);
    /// From here on nothing is known of it: it left, or the link is down. Unknown keys stay unknown.
    void end(const QString &key, MonoTime at);
    void endAll(MonoTime at);
    void clear() { m_series.clear(); }

    /// Sorted.
    QStringList keys() const;
    std::optional<SkewPoint> newest(const QString &key) const;
    /// As SkewSeries; empty for an unknown key. At most the last hour.
    QList<SkewPoint> last(const QString &key, Nanos span, MonoTime now) const;
    std::optional<SkewPercentiles> percentiles(const QString &key, Nanos span, MonoTime now) const;

private:
    bool dropMostSilent(MonoTime now);

    QHash<QString, SkewSeries> m_series;
};

} // namespace Synchat
