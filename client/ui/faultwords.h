// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clockfault.h"

#include <QCoreApplication>

namespace Synchat {

/// An injected clock fault in words for people. Pure; reads the fault's own text.
class FaultWords
{
    Q_DECLARE_TR_FUNCTIONS(FaultWords)
public:
    /// "250 ms ahead, drifting 40 ppm fast, jumping back 3.7 s after 60 s"; "no fault" for none.
    static QString of(const ClockFault &fault);
    /// What happens once it is injected, in whole sentences.
    static QString preview(const ClockFault &fault);
    /// `--clock-fault=offset=+250ms,drift=+40ppm`: as every Synchat program takes it.
    static QString option(const ClockFault &fault);

private:
    static QString partInWords(const QString &part);
    static QString lesson(const QString &part);
};

/// `-3.7s` taken apart; of what ClockFault::toText() writes.
struct FaultAmount
{
    double value = 0.0; ///< with its sign
    QString unit;       ///< `ns`, `us`, `ms`, `s`, `ppm`

    static FaultAmount from(const QString &text);
    /// `3.7 s`, `40 ppm`: without the sign.
    QString size() const;
    /// `-3.7s`, `250ms`.
    QString text() const;
};

} // namespace Synchat
