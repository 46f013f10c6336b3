// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/documentstore.h"

#include <QList>

namespace Synchat {

/// The way of one batch of documents into a store, whatever comes back: what is sent next, and what became
/// of each document. Pure; who asks sends, waits, and tells what came of it.
///
/// Nothing is given up for the store's own troubles. A document is refused for good only when
/// - the store names it in its answer, twice; or
/// - it stands alone, behind all others, and is refused (or the store chokes on it) again and again, while
///   between these times the store takes another document.
class Shipment
{
public:
    struct Slice
    {
        qsizetype first = 0;
        qsizetype count = 0;

        friend bool operator==(const Slice &, const Slice &) = default;
    };
    struct Refused
    {
        qsizetype index = 0;
        QString reason;
    };
    enum class Next {
        GoOn,  ///< send the current slice, at once
        Later, ///< after a back-off
        Pause, ///< nothing gets better by itself: after a long while, with an alarm
        Probe, ///< see whether the store takes another document, and tell probed()
    };

    explicit Shipment(qsizetype documents);

    bool isDone() const { return m_segments.isEmpty(); }
    /// Only when not done; at most `most` documents.
    Slice current(qsizetype most);

    // What came of sending the current slice.
    Next taken(const QList<DocumentRefusal> &refusals);
    Next failed(const StoreFailure &failure);
    /// What came of Next::Probe; `failure`: none.
    Next probed(const StoreFailure *failure);

    /// Since the last call.
    QList<Slice> takeTaken();
    QList<Refused> takeRefused();

private:
    struct Segment
    {
        Slice slice;
        int choked = 0;          ///< times that the store choked on it
        bool wasRefused = false; ///< by name
        int doubts = 0;          ///< times that the store took another document instead of this one
    };
    Next halve(int choked);
    Next choked();
    void doubt();
    void addTaken(const Slice &slice);

    QList<Segment> m_segments; ///< the last one is the current
    QString m_reason;          ///< for which the current one is doubted
    QList<Slice> m_taken;
    QList<Refused> m_refused;
};

} // namespace Synchat
