// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/faultwords.h"

#include <QList>

namespace Synchat {

/// A clock fault as the fields of a dialog hold it: a number and a unit each, one step. Pure.
struct FaultDraft
{
    Q_DECLARE_TR_FUNCTIONS(FaultDraft)
public:
    FaultAmount offset{0.0, QStringLiteral("ms")};
    FaultAmount drift{0.0, QStringLiteral("ppm")};
    FaultAmount jitter{0.0, QStringLiteral("ms")};
    bool freeze = false;
    FaultAmount freezeAfter{0.0, QStringLiteral("s")};
    FaultAmount step{0.0, QStringLiteral("s")};
    FaultAmount stepAfter{60.0, QStringLiteral("s")};

    /// As ClockFault::parse() reads it; `none` when nothing is filled in.
    QString text() const;
    /// Of several steps only the first.
    static FaultDraft from(const ClockFault &fault);

    struct Preset
    {
        QString name;
        QString text;
    };
    /// What teachers ask for.
    static QList<Preset> presets();
};

} // namespace Synchat
