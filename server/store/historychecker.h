// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/filewalk.h"

#include <QObject>

namespace Synchat {

/// Reads the whole history after an unclean end, on a thread of its own that only takes what time is left
/// over. Step by step, so that it can be ended between two.
class HistoryChecker : public QObject
{
    Q_OBJECT
public:
    explicit HistoryChecker(StoreAddress address);
    ~HistoryChecker() override;

    // On its thread.
    void begin();
    void finish();

Q_SIGNALS:
    void progressed(int percent);
    void foundWhole(qint64 messages);
    void foundDamage(const QString &sentence);
    /// It could not be read to the end; nothing is known.
    void gaveUp(const QString &sentence);

private:
    void step();

    const StoreAddress m_address;
    std::unique_ptr<StoreConnection> m_connection; // outlives the walk
    std::unique_ptr<FileWalk> m_walk;
    int m_percent = -1;
};

} // namespace Synchat
