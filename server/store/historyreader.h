// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/connectionbreaker.h"
#include "server/store/pagereader.h"

#include <QObject>

namespace Synchat {

/// The reader's end of the history, on the reader's thread: answers one request after the other.
class HistoryReader : public QObject
{
    Q_OBJECT
public:
    explicit HistoryReader(StoreAddress address);
    ~HistoryReader() override;

    /// On any thread.
    ConnectionBreaker &breaker() { return m_breaker; }

    // On the reader's thread.
    /// Nothing: fine; else a whole sentence.
    std::optional<QString> start();
    void readPage(quint64 ticket, const PageRequest &request);
    void finish();

Q_SIGNALS:
    void pageRead(quint64 ticket, const Synchat::StoredPage &page);
    void pageFailed(quint64 ticket, const QString &reason);

private:
    Result<StoredPage, QString> tryRead(const PageRequest &request);

    const StoreAddress m_address;
    ConnectionBreaker m_breaker;
    std::unique_ptr<PageReader> m_reader;
};

} // namespace Synchat
