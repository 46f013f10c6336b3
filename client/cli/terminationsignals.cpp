// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cli/terminationsignals.h"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace Synchat {

namespace {

constexpr std::array Numbers{SIGINT, SIGTERM, SIGHUP};
// A signal handler may do little more than write into a pipe.
std::array<int, 2> pipeEnds{-1, -1};

extern "C" void writeIntoPipe(int)
{
    const char byte = 0;
    [[maybe_unused]] const ssize_t written = write(pipeEnds[1], &byte, 1);
}

} // namespace

TerminationSignals::TerminationSignals(QObject *parent)
    : QObject(parent)
{
    if (pipe2(pipeEnds.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return; // the signals keep their default: they end the program
    m_notifier = std::make_unique<QSocketNotifier>(pipeEnds[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        m_notifier->setEnabled(false);
        Q_EMIT arrived();
    });
    for (const int number : Numbers) {
        struct sigaction action = {};
        action.sa_handler = writeIntoPipe;
        action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND);
        sigaction(number, &action, nullptr);
    }
}

TerminationSignals::~TerminationSignals()
{
    if (!m_notifier)
        return;
    for (const int number : Numbers)
        std::signal(number, SIG_DFL);
    m_notifier.reset();
    for (int &end : pipeEnds) {
        close(end);
        end = -1;
    }
}

} // namespace Synchat
