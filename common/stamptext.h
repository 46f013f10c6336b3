// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/message.h"

#include <QCoreApplication>
#include <QString>

namespace Synchat {

/// How a reading looks: a state is a shape, a colour and a word, never colour alone.
enum class Mark : quint8 {
    Fine,          ///< ● within its bound, or less than 50 ms off
    Off,           ///< ▲ off beyond its bound and by more than 100 ms
    Contradiction, ///< ✖ falseticker, or contradicts its cause
    Unknown,       ///< ? not measured
    HeldOver,      ///< ◌
};
QChar markGlyph(Mark mark);
QString markWord(Mark mark); ///< "fine", "off", "contradiction", "not measured", "held over"

/// The words for times, shared by window and terminal. Pure.
class StampText
{
    Q_DECLARE_TR_FUNCTIONS(StampText)
public:
    /// `+2 ms`, `−1.80 s`, `+0.2 ms`, `+3 µs`, `0 µs`, `+2 h 3 min`; about three digits, U+2212 as minus.
    static QString skew(WireMicros skew);
    /// `±0.9 ms`; rounded up, never down: a bound is a promise.
    static QString bound(WireMicros bound);
    /// `± 0.9 ms`: as running text wants it, with a space after the sign.
    static QString spacedBound(WireMicros bound);
    /// `3 ms ahead`, `1.80 s behind`, `exactly on time`.
    static QString skewInWords(WireMicros skew);
    /// `4 ms`, `1.80 s`, `2 h 3 min`: a measured length of time, without sign.
    static QString span(WireMicros span);
    /// The same for "at least" (rounded down) and "at most" (rounded up).
    static QString spanAtLeast(WireMicros span);
    static QString spanAtMost(WireMicros span);
    /// `4 s`, `12 min`, `3 h`, for "4 s ago".
    static QString duration(WireMicros duration);

    static Mark liveMark(const Stamps &stamps);
    static Mark localMark(const Stamps &stamps);
    static Mark sourceMark(const SourceStamp &source, const BestStamp &best);

    /// "clock 1.80 s behind", "clock not measured", empty when fine: what stands beside an author.
    static QString authorRemark(const Stamps &stamps);
    /// The shape of that remark: an injected fault is never calm, however small the skew is.
    static Mark authorMark(const Stamps &stamps);
    /// What the reference is worth: "confirmed by 3 sources ± 0.9 ms", "against the daemon's clock, which
    /// nothing confirms".
    static QString referenceInWords(StampState state, OptionalMicros bound);
    /// The same as a whole sentence.
    static QString referenceSentence(StampState state, OptionalMicros bound);
    /// "NTP over UDP", "time frames over the WebSocket", "not measured".
    static QString pathInWords(ProbePath via);
};

/// Thresholds in microseconds (common to marks and banners).
constexpr WireMicros FineBelow = 50'000;
constexpr WireMicros OffAbove = 100'000;
constexpr WireMicros BannerAbove = 1'000'000;
constexpr WireMicros LoudBannerAbove = 60'000'000;

} // namespace Synchat
