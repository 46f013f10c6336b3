// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/storeconnection.h"

#include <QObject>

namespace Synchat {

/// Moves committed pages from the write-ahead log into the database, on a thread of its own, so that no
/// commit waits for it. What it fails to do the writer's own limit does later.
class Checkpointer : public QObject
{
    Q_OBJECT
public:
    explicit Checkpointer(QString path);
    ~Checkpointer() override;

    // On its thread.
    /// `messages` were committed in one transaction.
    void count(qsizetype messages);
    void finish();

private:
    void checkpoint();

    const QString m_path;
    std::unique_ptr<StoreConnection> m_connection;
    qsizetype m_pages = 0; ///< in the log since the last time, roughly
};

} // namespace Synchat
