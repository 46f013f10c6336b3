// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/shipping/shippingservice.h"
#include "server/store/messagedocument.h"
#include "server/store/outboxreader.h"
#include "tests/server/shipping/memorystore.h"
#include "tests/server/store/historyfixture.h"
#include "tests/support/programs.h"

#include <QTest>

namespace Synchat {

inline ShippingConfig quickConfig()
{
    ShippingConfig config;
    config.alarmRows = 50;
    config.alarmAge = std::chrono::hours(100000);
    config.pause = std::chrono::milliseconds(20);
    config.lookAround = std::chrono::milliseconds(50);
    return config;
}

/// A history that ships to a store in memory. The bridge is looked at after stop().
class Rig
{
public:
    Rig()
    {
        fixture.config().ships = true;
        isOpen = fixture.open();
    }
    ~Rig() { stop(); }

    void start(const ShippingConfig &config = quickConfig())
    {
        const auto makeStore = [this] { return std::make_unique<MemoryStore>(bridge); };
        service = std::make_unique<ShippingService>(clock, config, makeStore, fixture.history(),
                                                    [] { return 0.02; });
    }
    void append(int count)
    {
        for (int i = 0; i < count; ++i)
            fixture.append(sampleMessage(QString::number(i)));
        appended += count;
        QVERIFY(fixture.waitForAnswers(appended));
    }
    qint64 waiting() const
    {
        const auto reader = OutboxReader::open(fixture.history().address());
        return (*reader)->state()->rows;
    }
    bool waitUntilEmpty() const
    {
        return waitUntil([this] { return waiting() == 0; });
    }
    void stop() { service.reset(); }
    QString idOf(qint64 seq) const
    {
        const auto rooms = fixture.history().rooms();
        return messageDocumentId(QStringLiteral("general"), rooms.constFirst().epoch, seq);
    }

    SystemClock clock;
    mutable HistoryFixture fixture;
    MemoryBridge bridge;
    std::unique_ptr<ShippingService> service;
    bool isOpen = false;
    int appended = 0;
};

} // namespace Synchat
