// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/clockprobe.h"

#include <QCoreApplication>
#include <QList>

namespace Synchat {

/// One source of the daemon's reference, as far as the window tells of it.
struct SourceReport
{
    QString name;
    bool agrees = false;
    OptionalMicros offset; ///< how far it is from the reference, when that is known

    friend bool operator==(const SourceReport &, const SourceReport &) = default;
};

/// The sentences of the status line. Pure.
class StatusLineText
{
    Q_DECLARE_TR_FUNCTIONS(StatusLineText)
public:
    /// `sentence` as ChatClient says it; the round trip only while connected.
    static QString connection(const QString &sentence, bool online, std::optional<int> roundTripMs);
    static QString waiting(int count);
    /// `sources`: what the daemon says of its own sources; empty when it is not known.
    static QString reference(const ClockStatus &status, const QList<SourceReport> &sources);
    /// `message 1 841`; empty for 0.
    static QString lastMessage(qint64 seq);
};

} // namespace Synchat
