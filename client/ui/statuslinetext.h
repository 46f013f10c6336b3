// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/clockprobe.h"
#include "client/core/sourcesreport.h"

#include <QCoreApplication>

namespace Synchat {

/// The sentences of the status line. Pure.
class StatusLineText
{
    Q_DECLARE_TR_FUNCTIONS(StatusLineText)
public:
    /// `sentence` as ChatClient says it; the round trip only while connected.
    static QString connection(const QString &sentence, bool online, std::optional<int> roundTripMs);
    static QString waiting(int count);
    /// `report`: what the daemon says of its own sources; nothing when it is not known.
    static QString reference(const ClockStatus &status, const std::optional<SourcesReport> &report);
    /// `message 1 841`; empty for 0.
    static QString lastMessage(qint64 seq);

private:
    static QString notUsed(const SourcesReport &report, const QList<TimeSourceRow> &unused);
};

} // namespace Synchat
