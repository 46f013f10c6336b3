// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

#include <functional>

namespace Synchat {

/// What this machine sets its clock by.
enum class TimeService : quint8 {
    Unknown,
    None, ///< Linux, and nothing was found
    Timesyncd,
    TimesyncdOff, ///< installed, not running
    Chrony,
    Ntpd,
    OpenNtpd,
    MacOs,
    Windows,
};

/// What this machine is like as far as its clock goes; found out once, by whoever starts the program.
struct MachineTime
{
    enum class Housing : quint8 { Metal, VirtualMachine, Container, Wsl };

    TimeService service = TimeService::Unknown;
    Housing housing = Housing::Metal;

    friend bool operator==(const MachineTime &, const MachineTime &) = default;

    /// How the parts of a system are looked at.
    struct Traces
    {
        QString kernel; ///< QSysInfo::kernelType(): `linux`, `darwin`, `winnt`
        std::function<bool(const QString &)> exists;
        std::function<QString(const QString &)> firstLine; ///< empty: there is no such file
        QString containerVariable;                         ///< `container` of the environment
    };
    static MachineTime from(const Traces &traces);
    static MachineTime here();
};

/// How to mend a clock that is off, in sentences for the person at this machine. Pure.
class MendingAdvice
{
    Q_DECLARE_TR_FUNCTIONS(MendingAdvice)
public:
    static QString words(const MachineTime &machine);

private:
    static QString ofService(TimeService service);
};

} // namespace Synchat
