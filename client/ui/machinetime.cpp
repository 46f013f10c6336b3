// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/machinetime.h"

#include <QFile>
#include <QFileInfo>
#include <QSysInfo>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr qint64 LongestLine = 4096;

template <std::size_t N>
bool anyExists(const MachineTime::Traces &traces, const std::array<QLatin1StringView, N> &paths)
{
    return std::any_of(paths.begin(), paths.end(),
                       [&traces](QLatin1StringView path) { return traces.exists(path); });
}

/// What runs counts for more than what is merely installed: its runtime files are looked for first.
TimeService linuxService(const MachineTime::Traces &traces)
{
    if (anyExists(traces, std::array{"/run/chrony"_L1, "/var/run/chrony"_L1, "/run/chronyd.pid"_L1}))
        return TimeService::Chrony;
    if (anyExists(traces, std::array{"/run/ntpd.sock"_L1, "/var/run/ntpd.sock"_L1}))
        return TimeService::OpenNtpd;
    if (anyExists(traces, std::array{"/run/ntpd.pid"_L1, "/var/run/ntpd.pid"_L1, "/run/ntpsec"_L1}))
        return TimeService::Ntpd;
    if (traces.exists(u"/run/systemd/timesync"_s))
        return TimeService::Timesyncd;
    const bool systemd = traces.exists(u"/run/systemd/system"_s);
    if (systemd && anyExists(traces, std::array{"/usr/lib/systemd/systemd-timesyncd"_L1,
                                                "/lib/systemd/systemd-timesyncd"_L1}))
        return TimeService::TimesyncdOff;
    return TimeService::None;
}

MachineTime::Housing linuxHousing(const MachineTime::Traces &traces)
{
    using Housing = MachineTime::Housing;
    if (!traces.containerVariable.isEmpty() ||
        anyExists(traces, std::array{"/.dockerenv"_L1, "/run/.containerenv"_L1, "/run/systemd/container"_L1}))
        return Housing::Container;
    if (traces.firstLine(u"/proc/version"_s).contains("microsoft"_L1, Qt::CaseInsensitive))
        return Housing::Wsl;
    const QString hardware = traces.firstLine(u"/sys/class/dmi/id/sys_vendor"_s) + u' ' +
                             traces.firstLine(u"/sys/class/dmi/id/product_name"_s);
    constexpr std::array guests{
        "qemu"_L1,  "kvm"_L1,       "vmware"_L1,         "virtualbox"_L1, "xen"_L1,   "virtual machine"_L1,
        "bochs"_L1, "parallels"_L1, "google compute"_L1, "amazon ec2"_L1, "bhyve"_L1, "openstack"_L1};
    const bool guest = std::any_of(guests.begin(), guests.end(), [&hardware](QLatin1StringView name) {
        return hardware.contains(name, Qt::CaseInsensitive);
    });
    return guest || traces.exists(u"/sys/hypervisor/type"_s) ? Housing::VirtualMachine : Housing::Metal;
}

} // namespace

MachineTime MachineTime::from(const Traces &traces)
{
    if (traces.kernel == "darwin"_L1)
        return {TimeService::MacOs, Housing::Metal};
    if (traces.kernel == "winnt"_L1)
        return {TimeService::Windows, Housing::Metal};
    if (traces.kernel != "linux"_L1)
        return {};
    return {linuxService(traces), linuxHousing(traces)};
}

MachineTime MachineTime::here()
{
    Traces traces;
    traces.kernel = QSysInfo::kernelType();
    traces.exists = [](const QString &path) { return QFileInfo::exists(path); };
    traces.firstLine = [](const QString &path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readLine(LongestLine)) : QString();
    };
    traces.containerVariable = qEnvironmentVariable("container");
    return from(traces);
}

QString MendingAdvice::ofService(TimeService service)
{
    switch (service) {
    case TimeService::Timesyncd:
        return tr("This system sets its clock by systemd-timesyncd: “timedatectl timesync-status” says which "
                  "server it asks and how far off it is, and “sudo systemctl restart systemd-timesyncd” lets "
                  "it ask at once.");
    case TimeService::TimesyncdOff:
        return tr("This system can set its clock from the network, but does not: run “sudo timedatectl "
                  "set-ntp true” in a terminal, then “timedatectl” to see whether it is synchronised.");
    case TimeService::Chrony:
        return tr("This system keeps its clock by chrony: run “chronyc tracking” to see what it does, and "
                  "“sudo chronyc makestep” to set the clock at once.");
    case TimeService::Ntpd:
        return tr("This system keeps its clock by ntpd: “ntpq -p” shows its servers. It gives up on a clock "
                  "that is off by more than 1000 s: stop the service, run “sudo ntpd -gq” once, and start "
                  "it again.");
    case TimeService::OpenNtpd:
        return tr("This system keeps its clock by OpenNTPD: “sudo ntpctl -s all” shows its servers, and a "
                  "restart with the option -s sets the clock at once.");
    case TimeService::None:
        return tr("No service that sets the clock from the network was found on this system: install one, "
                  "such as chrony or systemd-timesyncd, or set the clock by hand with “sudo date --set”.");
    case TimeService::MacOs:
        return tr("Open System Settings, General, Date & Time, and switch “Set time and date automatically” "
                  "off and on again.");
    case TimeService::Windows:
        return tr("Open Settings, Time & language, Date & time, switch on “Set time automatically” and "
                  "press “Sync now”.");
    case TimeService::Unknown:
        break;
    }
    return tr("Set the clock in the settings of this system, or let it be set from the network by an NTP "
              "service such as chrony.");
}

QString MendingAdvice::words(const MachineTime &machine)
{
    switch (machine.housing) {
    case MachineTime::Housing::Container:
        return tr("This program runs in a container, which has its host's clock: it can only be mended on "
                  "the host.");
    case MachineTime::Housing::Wsl:
        return tr("This is Linux under Windows, which has the clock of Windows and can lag behind it after "
                  "sleep: synchronise the clock of Windows, then run “wsl --shutdown” there and start "
                  "again.");
    case MachineTime::Housing::VirtualMachine:
        return tr("This is a virtual machine: its clock stays behind when it was paused or its host slept. "
                  "%1")
            .arg(ofService(machine.service));
    case MachineTime::Housing::Metal:
        break;
    }
    return ofService(machine.service);
}

} // namespace Synchat
