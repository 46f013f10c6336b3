// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"

#include <QHash>
#include <QString>

#include <optional>

namespace Synchat {

/// A token bucket for each person, shared by all their connections. A bucket that is full again is forgotten,
/// so that the table holds only who posted lately, and leaving and coming back fills nobody's bucket.
class RateLimiter
{
public:
    /// `perSecond` 0: no limit. A burst below 1 counts as 1.
    RateLimiter(int perSecond, int burst);

    /// Nothing: taken. Else the seconds until it is worth another try.
    std::optional<double> take(const QString &userId, MonoTime now);
    qsizetype size() const { return m_buckets.size(); }

private:
    struct Bucket
    {
        double tokens = 0;
        MonoTime at;
    };
    double tokensAt(const Bucket &bucket, MonoTime now) const;
    void forgetFull(MonoTime now);

    double m_perSecond;
    double m_burst;
    QHash<QString, Bucket> m_buckets;
    qsizetype m_forgetAt = 1024;
};

} // namespace Synchat
