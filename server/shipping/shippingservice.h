// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/shipping/shipper.h"

#include <QThread>

namespace Synchat {

class History;

/// A Shipper on a thread of its own, joined to a history. Decides nothing.
class ShippingService : public QObject
{
    Q_OBJECT
public:
    using MakeStore = std::function<std::unique_ptr<DocumentStore>()>;

    /// `makeStore` is called on the shipper's thread, and so is `chance` (0 to 1). The history must outlive
    /// this.
    ShippingService(const Clock &clock, const ShippingConfig &config, MakeStore makeStore, History &history,
                    std::function<double()> chance = randomChance);
    /// Ends at once, unless finish() came first; what was not taken waits in the outbox.
    ~ShippingService() override;

    /// Ships for so long, while the bridge takes it; then finished(), with all of it told to the history.
    void finish(std::chrono::milliseconds within);
    const BridgeState &state() const { return m_state; }

Q_SIGNALS:
    /// Nothing waited any more, at that moment.
    void drained();
    void stateChanged(const Synchat::BridgeState &state);
    void finished();

private:
    static double randomChance();
    void post(std::function<void(Shipper &)> call);

    std::unique_ptr<Shipper> m_shipper;
    QThread m_thread;
    BridgeState m_state;
};

/// What people are told when something is not as it should be; empty: all is well.
QString bridgeWords(const BridgeState &state);

} // namespace Synchat
