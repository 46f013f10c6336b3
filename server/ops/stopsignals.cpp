// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/ops/stopsignals.h"

#include "common/logging.h"

#include <csignal>
#include <sys/signalfd.h>
#include <unistd.h>

namespace Synchat {

StopSignals::StopSignals(QObject *parent)
    : QObject(parent)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    m_descriptor = ::signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
    if (m_descriptor < 0) {
        pthread_sigmask(SIG_UNBLOCK, &signals, nullptr); // ended at once is better than not at all
        qCWarning(logDaemon, "signals end the program without draining");
        return;
    }
    m_notifier.emplace(m_descriptor, QSocketNotifier::Read);
    connect(&*m_notifier, &QSocketNotifier::activated, this, &StopSignals::read);
}

StopSignals::~StopSignals()
{
    m_notifier.reset();
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

void StopSignals::read()
{
    signalfd_siginfo info;
    while (::read(m_descriptor, &info, sizeof info) == ssize_t(sizeof info))
        Q_EMIT stopRequested();
}

} // namespace Synchat
