// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/searchquery.h"
#include "server/store/history.h"

#include <QList>
#include <QString>

#include <optional>
#include <variant>

namespace Synchat {

/// A `history` frame that waits for its page.
struct HistoryReading
{
    HistoryFrame frame;
    QString ref;
};
/// The next page of a `join` with `after`.
struct CatchUpReading
{
    qint64 room = 0;
    quint64 joining = 0; ///< Membership::joining
};
/// A `search` frame that waits for what is found.
struct SearchReading
{
    Search search;
    QString ref;
};
using Reading = std::variant<HistoryReading, CatchUpReading, SearchReading>;

/// What one connection wants to read: one page at a time, in turn, so that nobody's long history keeps others
/// from the reader. Bounded: MaxHistory pages and MaxSearches searches asked for, and one catch-up for each
/// room joined.
class ReadingQueue
{
public:
    static constexpr int MaxHistory = 256; // what the network lets through unhandled

    static constexpr int MaxSearches = 4; // of which only the last is of interest to a person

    /// False: too many wait.
    bool add(const HistoryReading &reading);
    bool add(const SearchReading &reading);
    /// Takes the place of an earlier one for the same room.
    void add(const CatchUpReading &reading);
    /// Back to the front: it could not be started.
    void putBack(const Reading &reading) { m_waiting.prepend(reading); }
    bool isEmpty() const { return m_waiting.isEmpty(); }
    Reading takeNext() { return m_waiting.takeFirst(); } ///< not when empty

    /// While a page is being read, or sent and not yet taken by the client's side, nothing else is started.
    bool isBusy() const { return m_isBusy; }
    void setBusy(bool busy) { m_isBusy = busy; }

private:
    template <typename Kind>
    bool addUpTo(int most, const Kind &reading);

    QList<Reading> m_waiting;
    bool m_isBusy = false;
};

} // namespace Synchat
