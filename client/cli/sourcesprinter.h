// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/sourcesreport.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QStringList>

namespace Synchat {

/// How a daemon's sources of time look in a terminal, 80 columns wide:
///
///     ● ok: The reference is confirmed within ±0.9 ms. The daemon's clock is 0.2 ms
///       ahead of it.
///     * best  + used  - not needed  x falseticker  ~ too unsteady  ? not usable
///
///       Source        Kind  Str  Reach  Age   Offset    Bound  Delay
///     * ntp.one       NTP     2    377  4 s     0 µs  ±0.9 ms  12 ms
///     x liar.example  NTP     1    377  4 s  +5.00 s  ±0.9 ms  12 ms
///         It contradicts the majority.
///
/// The words are those of the window (sourcestext.h). Pure; nothing that others wrote gets into the result
/// raw.
class SourcesPrinter
{
    Q_DECLARE_TR_FUNCTIONS(SourcesPrinter)
public:
    static constexpr qsizetype Columns = 80;

    /// UTF-8, whole lines with their ends. `legend`: says what marks and offsets mean.
    static QByteArray print(const SourcesReport &report, bool legend);
    /// One line, as it came but for line ends and what a terminal could take for orders; it means the same.
    static QByteArray printJson(const QByteArray &json);

private:
    static QStringList header();
    static QStringList cells(const SourcesReport &report, const TimeSourceRow &source);
    static QStringList notes(const TimeSourceRow &source);
};

} // namespace Synchat
