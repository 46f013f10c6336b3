// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <optional>

namespace Synchat {

/// SIGTERM and SIGINT as events. Made before any thread is, so that all of them leave the two signals to it.
class StopSignals : public QObject
{
    Q_OBJECT
public:
    explicit StopSignals(QObject *parent = nullptr);
    ~StopSignals() override;

Q_SIGNALS:
    /// Each time one of them came.
    void stopRequested();

private:
    void read();

    int m_descriptor = -1;
    std::optional<QSocketNotifier> m_notifier;
};

} // namespace Synchat
