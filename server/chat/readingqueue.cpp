// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/readingqueue.h"

#include <algorithm>

namespace Synchat {

template <typename Kind>
bool ReadingQueue::addUpTo(int most, const Kind &reading)
{
    const auto waiting = std::count_if(m_waiting.cbegin(), m_waiting.cend(), [](const Reading &other) {
        return std::holds_alternative<Kind>(other);
    });
    if (waiting >= most)
        return false;
    m_waiting.append(reading);
    return true;
}

bool ReadingQueue::add(const HistoryReading &reading)
{
    return addUpTo(MaxHistory, reading);
}

bool ReadingQueue::add(const SearchReading &reading)
{
    return addUpTo(MaxSearches, reading);
}

void ReadingQueue::add(const CatchUpReading &reading)
{
    m_waiting.removeIf([&reading](const Reading &other) {
        const auto *const catchUp = std::get_if<CatchUpReading>(&other);
        return catchUp && catchUp->room == reading.room;
    });
    m_waiting.append(reading);
}

} // namespace Synchat
