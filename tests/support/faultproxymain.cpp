// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// faultproxy BRIDGE-PORT [PORT]: stands on loopback in front of the bridge. Prints `ready PORT`, then obeys
// each line of standard input and says `ok` or `what?`: a fault (see bridgefault.h), `flap 3 pass, 2 answer
// 500`, `down`, `up`, `count` (says `ok REQUESTS FAULTS`). Ends with its input.
#include "tests/support/faultproxy.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <cstdio>
#include <unistd.h>

using namespace Synchat;

namespace {

bool obey(FaultProxy &proxy, const QByteArray &line)
{
    if (line == "down" || line == "up") {
        proxy.setDown(line == "down");
        return true;
    }
    if (line.startsWith("flap ")) {
        const auto steps = parseFaultSchedule(line.mid(5));
        if (steps)
            proxy.setSchedule(*steps);
        return steps.has_value();
    }
    const auto fault = BridgeFault::parse(line);
    if (fault)
        proxy.setFault(*fault);
    return fault.has_value();
}

void obeyAndSay(FaultProxy &proxy, const QByteArray &line)
{
    if (line == "count")
        std::printf("ok %d %d\n", proxy.requests(), proxy.faults());
    else
        std::puts(obey(proxy, line) ? "ok" : "what?");
    std::fflush(stdout);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const quint16 bridge = argc > 1 ? QByteArray(argv[1]).toUShort() : 0;
    FaultProxy proxy(bridge);
    if (bridge == 0 || !proxy.start(argc > 2 ? QByteArray(argv[2]).toUShort() : 0)) {
        std::fputs("usage: faultproxy BRIDGE-PORT [PORT] (which must be free)\n", stderr);
        return 2;
    }
    std::printf("ready %d\n", proxy.port());
    std::fflush(stdout);

    QByteArray pending;
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &proxy, [&] {
        char bytes[4096];
        const ssize_t count = ::read(STDIN_FILENO, bytes, sizeof bytes);
        if (count <= 0)
            QCoreApplication::quit();
        pending.append(bytes, std::max<ssize_t>(count, 0));
        for (qsizetype end = pending.indexOf('\n'); end >= 0; end = pending.indexOf('\n')) {
            obeyAndSay(proxy, pending.left(end).trimmed());
            pending.remove(0, end + 1);
        }
    });
    return QCoreApplication::exec();
}
