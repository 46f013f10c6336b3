// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/interval.h"

#include <QCoreApplication>
#include <QString>

namespace Synchat {

struct SourceSelection;

/// The words of a selection (sourceselection.h): whole sentences for people. Pure.
class SelectionText
{
    Q_DECLARE_TR_FUNCTIONS(SelectionText)
public:
    // Why a source is not used.
    static QString isOurOwn();
    static QString isUnheard();
    static QString isVague();
    static QString isUnsteady();
    static QString isSameProvider(const QString &asThatOf);
    /// By how much the middles differ, and how far either may be from its middle.
    static QString isFalseticker(const Interval &source, const Interval &majority);
    static QString hasNoMajority();
    /// It is used, but no longer heard.
    static QString isHeldOver();

    /// How far the result can be trusted: who was out-voted, and what it rests on when that is little. Empty:
    /// several agree, and nobody disagrees.
    static QString note(const SourceSelection &selection);
    /// The same after a sleep of this machine, which makes void what was known.
    static QString noteAfterSleep();
};

} // namespace Synchat
