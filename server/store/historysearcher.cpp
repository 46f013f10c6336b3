// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/historysearcher.h"

#include "common/logging.h"

namespace Synchat {

HistorySearcher::HistorySearcher(StoreAddress address, SearchPace pace)
    : m_address(std::move(address))
    , m_pace(pace)
{}

HistorySearcher::~HistorySearcher() = default;

void HistorySearcher::search(quint64 ticket, const SearchRequest &request)
{
    m_searches.append({ticket, SearchRun(request)});
    scheduleTurn();
}

void HistorySearcher::scheduleTurn()
{
    if (m_searches.isEmpty() || std::exchange(m_isScheduled, true))
        return;
    QMetaObject::invokeMethod(this, &HistorySearcher::giveTurn, Qt::QueuedConnection);
}

void HistorySearcher::giveTurn()
{
    m_isScheduled = false;
    if (m_searches.isEmpty())
        return;
    Search search = m_searches.takeFirst();
    ++search.turns;
    if (const auto problem = goOn(search.run)) {
        qCWarning(logStore, "searching fails: %ls", qUtf16Printable(*problem));
        Q_EMIT searchFailed(search.ticket, *problem);
    } else if (search.run.isFinished() || hasHadItsTurns(search)) {
        Q_EMIT searched(search.ticket, search.run.result());
    } else {
        m_searches.append(std::move(search));
    }
    scheduleTurn();
}

std::optional<QString> HistorySearcher::goOn(SearchRun &run)
{
    const bool isOld = m_reader != nullptr;
    auto problem = tryToGoOn(run);
    if (!problem || !isOld)
        return problem;
    run = SearchRun(run.request); // a server that was started again is there, but not on the old connection
    return tryToGoOn(run);
}

std::optional<QString> HistorySearcher::tryToGoOn(SearchRun &run)
{
    if (!m_reader) {
        auto reader = SearchReader::open(m_address);
        if (!reader)
            return reader.error();
        m_reader = std::move(*reader);
        m_breaker.watch(m_reader->connection());
    }
    auto problem = m_reader->goOn(run, m_pace.turn);
    if (problem)
        m_reader.reset(); // the next turn opens the database again
    return problem;
}

bool HistorySearcher::hasHadItsTurns(const Search &search) const
{
    return search.turns >= (search.run.finds.isEmpty() ? m_pace.turns : m_pace.turnsWithFinds);
}

void HistorySearcher::finish()
{
    const QList<Search> given = std::exchange(m_searches, {});
    for (const Search &search : given)
        Q_EMIT searchFailed(search.ticket, tr("The history is closed."));
    m_reader.reset();
}

} // namespace Synchat
