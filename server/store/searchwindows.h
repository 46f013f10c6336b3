// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/message.h"

#include <QHash>

#include <chrono>

namespace Synchat {

/// Numbers of arrival, both ends included.
struct ArrivalWindow
{
    qint64 first = 1;
    qint64 last = 0;

    bool isEmpty() const { return last < first; }
    friend bool operator==(const ArrivalWindow &, const ArrivalWindow &) = default;
};

/// Cuts what is searched, newest first, into pieces that take a bounded time each: the index cannot be
/// stopped while it looks for the next message. Pieces grow while they are quick.
class SearchWindows
{
public:
    static constexpr qint64 FirstWidth = 65536;
    static constexpr qint64 LeastWidth = 8192;
    static constexpr std::chrono::milliseconds Quick{10};
    static constexpr std::chrono::milliseconds Slow{50};

    SearchWindows() = default;
    explicit SearchWindows(const ArrivalWindow &all)
        : m_rest(all)
    {}

    const ArrivalWindow &rest() const { return m_rest; }
    bool isDone() const { return m_rest.isEmpty(); }
    ArrivalWindow next() const; ///< the newest piece of the rest
    /// Everything from `first` on has been looked at.
    void lookedAt(qint64 first) { m_rest.last = first - 1; }
    void took(std::chrono::nanoseconds time);

private:
    ArrivalWindow m_rest;
    qint64 m_width = FirstWidth;
};

/// Which pieces of the history can hold messages of a time. They are nearly in order of time, but for a
/// daemon whose clock was wrong, so it is looked up for each block of arrivals, once, and kept: rows are
/// never changed, and deleting some leaves it true.
class TimeBlocks
{
public:
    static constexpr qint64 Size = 8192;

    struct Times
    {
        WireMicros earliest = 1;
        WireMicros latest = 0; ///< before the earliest: no messages
    };

    static ArrivalWindow blockOf(qint64 arrival);
    /// Null: not known yet.
    const Times *find(qint64 arrival) const;
    void keep(qint64 arrival, const Times &times) { m_blocks.insert(arrival / Size, times); }

private:
    QHash<qint64, Times> m_blocks;
};

} // namespace Synchat
