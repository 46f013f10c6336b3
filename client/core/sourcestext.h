// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/sourcesreport.h"
#include "common/stamptext.h"

#include <QCoreApplication>

namespace Synchat {

/// How sources of time are written, in the window and in the terminal. Pure.
class SourcesText
{
    Q_DECLARE_TR_FUNCTIONS(SourcesText)
public:
    /// The shape and colour that go with chrony's letter.
    static Mark shapeOf(QChar mark);
    /// `best`, `used`, `falseticker`; what it means in a sentence.
    static QString markWord(QChar mark);
    static QString markMeaning(QChar mark);
    /// Every letter with its word, in the order of their worth.
    static QList<std::pair<QChar, QString>> legend();

    /// `NTP`, `HTTP, unverified`, `system clock`; a kind that this program does not know stays as it came.
    static QString kind(const TimeSourceRow &source);
    /// Octal, three digits, as chrony and ntpd write it: `377`.
    static QString reach(quint8 reach);
    /// `●●●○●●●●, the newest at the right: 7 of the last 8 questions were answered.`
    static QString reachInWords(quint8 reach);
    /// `4 s`; `never` when it was not heard.
    static QString age(OptionalMicros age);
    /// How far the source is from the reference, and without one from the daemon's clock: `+5.00 s`.
    static QString offset(const SourcesReport &report, const TimeSourceRow &source);
    /// What that is, a sentence.
    static QString offsetMeaning(const SourcesReport &report);
    static QString offsetInWords(const SourcesReport &report, const TimeSourceRow &source);
    /// `±130 ms`, and in words what it is made of.
    static QString bound(const TimeSourceRow &source);
    static QString boundInWords(const TimeSourceRow &source);
    /// All that is known of one source, a line each.
    static QString summary(const SourcesReport &report, const TimeSourceRow &source);

    /// What the reference is worth, in sentences.
    static QString reference(const SourcesReport &report);
    static Mark referenceMark(const SourcesReport &report);
};

} // namespace Synchat
