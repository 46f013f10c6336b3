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
    explicit Checkpointer(StoreAddress address);
    ~Checkpointer() override;

    // On its thread.
    void checkpoint();
    void finish();

private:
    bool connectToDatabase();

    const StoreAddress m_address;
    std::unique_ptr<StoreConnection> m_connection;
};

} // namespace Synchat
