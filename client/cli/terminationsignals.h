// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace Synchat {

/// SIGINT, SIGTERM and SIGHUP as a Qt signal. A second one ends the program at once. One for a process.
class TerminationSignals : public QObject
{
    Q_OBJECT
public:
    explicit TerminationSignals(QObject *parent = nullptr);
    ~TerminationSignals() override;

Q_SIGNALS:
    void arrived();

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace Synchat
