// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/historyreader.h"

#include "common/logging.h"

namespace Synchat {

HistoryReader::HistoryReader(StoreAddress address)
    : m_address(std::move(address))
{}

HistoryReader::~HistoryReader() = default;

std::optional<QString> HistoryReader::start()
{
    auto reader = PageReader::open(m_address);
    if (!reader)
        return reader.error();
    m_reader = std::move(*reader);
    m_breaker.watch(m_reader->connection());
    return std::nullopt;
}

void HistoryReader::readPage(quint64 ticket, const PageRequest &request)
{
    const bool isOld = m_reader != nullptr;
    auto page = tryRead(request);
    if (!page && isOld)
        page = tryRead(request); // a server that was started again is there, but not on the old connection
    if (page) {
        Q_EMIT pageRead(ticket, *page);
        return;
    }
    qCWarning(logStore, "reading fails: %ls", qUtf16Printable(page.error()));
    Q_EMIT pageFailed(ticket, page.error());
}

Result<StoredPage, QString> HistoryReader::tryRead(const PageRequest &request)
{
    if (!m_reader) {
        if (const auto problem = start())
            return Failure(*problem);
    }
    auto page = m_reader->read(request);
    if (!page)
        m_reader.reset(); // the next request opens the database again
    return page;
}

void HistoryReader::finish()
{
    m_reader.reset();
}

} // namespace Synchat
