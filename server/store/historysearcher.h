// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/connectionbreaker.h"
#include "server/store/searchreader.h"

#include <QObject>

namespace Synchat {

/// The history's end for searches, on a thread of its own: each gets a short turn, then the next one, so that
/// a long search keeps nobody waiting, pages least of all.
class HistorySearcher : public QObject
{
    Q_OBJECT
public:
    HistorySearcher(StoreAddress address, SearchPace pace);
    ~HistorySearcher() override;

    /// On any thread.
    ConnectionBreaker &breaker() { return m_breaker; }

    // On the searcher's thread.
    /// Always answered from the event loop.
    void search(quint64 ticket, const SearchRequest &request);
    /// What is under way is answered as failed.
    void finish();

Q_SIGNALS:
    void searched(quint64 ticket, const Synchat::StoredFinds &finds);
    void searchFailed(quint64 ticket, const QString &reason);

private:
    struct Search
    {
        quint64 ticket = 0;
        SearchRun run;
        int turns = 0;
    };
    void scheduleTurn();
    void giveTurn();
    std::optional<QString> goOn(SearchRun &run);
    std::optional<QString> tryToGoOn(SearchRun &run);
    bool hasHadItsTurns(const Search &search) const;

    const StoreAddress m_address;
    const SearchPace m_pace;
    ConnectionBreaker m_breaker;
    std::unique_ptr<SearchReader> m_reader;
    QList<Search> m_searches;
    bool m_isScheduled = false;
};

} // namespace Synchat
