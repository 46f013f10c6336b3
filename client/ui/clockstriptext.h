// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/clockprobe.h"
#include "common/stamptext.h"

#include <QCoreApplication>
#include <QTimeZone>

namespace Synchat {

/// One fact of the strip: a caption, a value and, smaller, what belongs to it.
struct ClockFact
{
    QString caption;
    QString value;
    QString detail;

    friend bool operator==(const ClockFact &, const ClockFact &) = default;
};

/// Everything that the clock strip says at one moment.
struct ClockStripWords
{
    QString clock;       ///< `14:03:29`
    QString place;       ///< `your live clock · Europe/Madrid`
    QString note;        ///< what the comparison is worth when nothing confirms it; empty when all is well
    ClockFact reference; ///< the reference's time and its bound
    ClockFact skew;      ///< how far this clock is off; the value without its glyph
    ClockFact path;      ///< by which way it was measured, and when
    Mark mark = Mark::Unknown;
    QString spoken; ///< one sentence for screen readers and for narrow windows
};

/// The words of the clock strip. Pure.
class ClockStripText
{
    Q_DECLARE_TR_FUNCTIONS(ClockStripText)
public:
    /// `now`: our live clock. `referenceNow`: the reference at the same moment, nothing when not measured.
    static ClockStripWords words(WallTime now, OptionalMicros referenceNow, const ClockStatus &status,
                                 const QTimeZone &zone);
    /// `Europe/Madrid`, `UTC`, `Etc/UTC`: as the person would name it.
    static QString zoneName(const QTimeZone &zone);
    static Mark markOf(const ClockStatus &status);

private:
    static QString referenceDoubt(const ClockStatus &status);
    static QString ownDoubt(const ClockStatus &status);
    static QString troubleInWords(const ClockStatus &status);
    static void writePath(ClockStripWords &words, const ClockStatus &status);
    static QString spokenOf(const ClockStripWords &words, const ClockStatus &status);
};

} // namespace Synchat
