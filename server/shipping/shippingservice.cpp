// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/shipping/shippingservice.h"

#include "server/store/history.h"

#include <QCoreApplication>
#include <QRandomGenerator>

namespace Synchat {

double ShippingService::randomChance()
{
    return QRandomGenerator::global()->generateDouble();
}

ShippingService::ShippingService(const Clock &clock, const ShippingConfig &config, MakeStore makeStore,
                                 History &history, std::function<double()> chance)
    : m_shipper(std::make_unique<Shipper>(
          clock, config, Shipper::Parts{std::move(makeStore), history.address(), std::move(chance)}))
{
    Shipper *shipper = m_shipper.get();
    shipper->moveToThread(&m_thread);
    connect(shipper, &Shipper::settleWanted, &history, &History::settleOutbox);
    connect(shipper, &Shipper::growthWanted, &history, &History::awaitOutbox);
    connect(&history, &History::outboxGrew, shipper, &Shipper::wake);
    connect(&history, &History::outboxSettled, shipper, &Shipper::settle);
    connect(shipper, &Shipper::stateChanged, this, [this](const BridgeState &state) {
        m_state = state;
        Q_EMIT stateChanged(state);
    });
    connect(shipper, &Shipper::drained, this, &ShippingService::drained);
    connect(shipper, &Shipper::finished, this, &ShippingService::finished);
    m_thread.setObjectName(QStringLiteral("bridge"));
    m_thread.start();
    post([](Shipper &object) { object.start(); });
}

ShippingService::~ShippingService()
{
    post([](Shipper &object) {
        object.end();
        // Behind what end() has put off.
        QMetaObject::invokeMethod(
            &object, [] { QThread::currentThread()->quit(); }, Qt::QueuedConnection);
    });
    m_thread.wait();
}

void ShippingService::finish(std::chrono::milliseconds within)
{
    post([within](Shipper &object) { object.finish(within); });
}

void ShippingService::post(std::function<void(Shipper &)> call)
{
    Shipper *shipper = m_shipper.get();
    QMetaObject::invokeMethod(
        shipper, [shipper, call = std::move(call)] { call(*shipper); }, Qt::QueuedConnection);
}

QString bridgeWords(const BridgeState &state)
{
    if (!state.problem.isEmpty())
        return state.problem;
    if (state.isAlarm)
        return QCoreApplication::translate("Synchat::ShippingService",
                                           "%n message(s) wait for the bridge to MongoDB.", nullptr,
                                           int(qMin(state.outbox.rows, qint64(1000000000))));
    if (state.outbox.dead > 0)
        return QCoreApplication::translate("Synchat::ShippingService",
                                           "The bridge to MongoDB refused %n message(s) for good.", nullptr,
                                           int(qMin(state.outbox.dead, qint64(1000000000))));
    return {};
}

} // namespace Synchat
