// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/timestamp.h"

#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

namespace Synchat {

// What waits for the bridge, as values. Messages are named by their arrival.

/// Both ends belong to it.
struct ArrivalRange
{
    qint64 first = 0;
    qint64 last = 0;

    qint64 count() const { return last - first + 1; }
    friend bool operator==(const ArrivalRange &, const ArrivalRange &) = default;
};

/// Appends; one that goes on where the last one ends makes that one longer.
void appendRange(QList<ArrivalRange> &ranges, const ArrivalRange &range);

/// A message that the bridge refuses for good.
struct DeadLetter
{
    qint64 arrival = 0;
    QString reason;
    WireMicros since = 0;
    // When read: where it is; empty and 0: it was deleted.
    QString room = {};
    qint64 seq = 0;

    friend bool operator==(const DeadLetter &, const DeadLetter &) = default;
};

/// What the bridge has taken or refused, for the writer to write down with its next transaction.
struct OutboxChange
{
    QList<ArrivalRange> taken = {};
    QList<DeadLetter> dead = {};
    QList<qint64> rooms = {}; ///< numbers of those whose own documents were taken

    bool isEmpty() const { return taken.isEmpty() && dead.isEmpty() && rooms.isEmpty(); }
    void append(const OutboxChange &later);
};

/// How much waits.
struct OutboxState
{
    qint64 rows = 0; ///< messages
    /// When the oldest of them was accepted, by the daemon's own clock; nothing: none waits.
    std::optional<WireMicros> oldest;
    qint64 dead = 0;

    friend bool operator==(const OutboxState &, const OutboxState &) = default;
};

} // namespace Synchat

Q_DECLARE_METATYPE(Synchat::OutboxChange)
