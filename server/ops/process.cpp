// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/ops/process.h"

#include <csignal>
#include <sys/resource.h>
#include <unistd.h>

namespace Synchat {

namespace {

volatile sig_atomic_t exitStatus = 0;

extern "C" void endProcess(int)
{
    // Nothing but a system call is safe here.
    constexpr char Words[] = "the stop took too long: leaving at once\n";
    if (::write(STDERR_FILENO, Words, sizeof Words - 1) < 0)
        _exit(exitStatus);
    _exit(exitStatus);
}

} // namespace

void ignoreBrokenPipes()
{
    std::signal(SIGPIPE, SIG_IGN);
}

long raiseFileLimit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return -1;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    return ::getrlimit(RLIMIT_NOFILE, &limit) == 0 ? long(limit.rlim_cur) : -1;
}

void exitAfter(std::chrono::seconds time, int status)
{
    exitStatus = status;
    std::signal(SIGALRM, endProcess);
    ::alarm(unsigned(time.count()));
}

} // namespace Synchat
