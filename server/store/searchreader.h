// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/searchterms.h"
#include "server/store/searchwindows.h"
#include "server/store/storeconnection.h"

namespace Synchat {

/// A search that is under way: what was found and where it goes on.
struct SearchRun
{
    explicit SearchRun(SearchRequest asked);

    SearchRequest request;
    IndexTerms terms;
    QHash<qint64, SearchedRoom> rooms; ///< by number
    std::optional<SearchWindows> windows;
    QList<FoundMessage> finds; ///< one more than the limit when there are more
    /// For a beginning of a word the index first gathers all of its messages. When these are many, the newest
    /// are soon found by reading texts, so some of these are tried before.
    bool triesTexts = false;
    bool looksAtTimes = false; ///< what was found was of another time, and took long

    bool isFull() const { return finds.size() > request.limit; }
    bool isFinished() const { return isFull() || (windows && windows->isDone()); }
    StoredFinds result() const;
};

/// Searches the history on a connection of its own that cannot write, piece by piece. No thread of its own.
class SearchReader
{
public:
    /// Errors are whole sentences.
    static Result<std::unique_ptr<SearchReader>, QString> open(const StoreAddress &address);

    ~SearchReader();
    const StoreConnection &connection() const { return *m_connection; }

    /// Goes on until the run is finished or time is up; at least one piece. Nothing: fine; else a whole
    /// sentence, and neither is of use any more.
    std::optional<QString> goOn(SearchRun &run, std::chrono::nanoseconds time);

private:
    using Moment = std::chrono::steady_clock::time_point;
    /// What one statement looked at.
    struct Look
    {
        ArrivalWindow range;
        qint64 reached = 0; ///< everything of the range from here on has been looked at
    };
    explicit SearchReader(std::unique_ptr<StoreConnection> connection);
    std::optional<QSqlError> goOnUntil(SearchRun &run, Moment end);
    std::optional<QSqlError> begin(SearchRun &run);
    std::optional<QSqlError> lookOnce(SearchRun &run, Moment end);
    std::optional<QSqlError> passOtherTimes(SearchRun &run, Moment end);
    Result<TimeBlocks::Times, QSqlError> timesAt(qint64 arrival);
    std::optional<QSqlError> look(SearchRun &run, const IndexTerms &terms, Look &look, Moment end);
    std::optional<QSqlError> takeRows(QSqlQuery &rows, SearchRun &run, Look &look, Moment end);

    std::unique_ptr<StoreConnection> m_connection; // outlives the queries below
    QSqlQuery m_ends;
    QSqlQuery m_times;
    QSqlQuery m_byWords;
    QSqlQuery m_byArrival;
    TimeBlocks m_blocks;
    qint64 m_lastArrival = 0;
};

} // namespace Synchat
