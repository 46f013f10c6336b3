// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/clockprobe.h"
#include "client/core/skewhistory.h"
#include "client/core/sourcesreport.h"
#include "common/protocol.h"

#include <QSet>

namespace Synchat {

/// Whose clock a series of the history is.
struct ClockSubject
{
    enum class Kind : quint8 { Reference, Own, Member, Source };

    Kind kind = Kind::Member;
    QString key;  ///< into the history
    QString name; ///< of a person or a source; of the reference: empty
    QString id;   ///< of a person; else empty

    friend bool operator==(const ClockSubject &, const ClockSubject &) = default;
};

/// Writes down what becomes known of the clocks of members and sources, with the moment. A member's clock and
/// our own are told against the reference, their bounds include the reference's. A source's skew is how far
/// it is from the reference, its bound is its own alone: it agrees where that meets the reference's bound,
/// which has a series of its own around zero. Pure but for reading the clock that is handed in.
class SkewRecorder
{
public:
    explicit SkewRecorder(const Clock &clock);

    const SkewHistory &history() const { return m_history; }
    /// On the line of the history: that of `ClockReading::mono`, but time that the machine slept counts too.
    /// Never goes back.
    MonoTime now();
    /// Of every series in the history: the reference, we, the members by name, the sources by name.
    QList<ClockSubject> subjects() const;

    static QString referenceKey() { return QStringLiteral("r:"); }

    void takeOwn(const Author &self, const ClockStatus &status);
    void takeMember(const Author &member, const MemberClock &clock);
    /// Of the others, only these are still here.
    void keepMembers(const QSet<QString> &present);
    /// Nothing: the daemon did not answer.
    void takeSources(const std::optional<SourcesReport> &report);
    /// Of the others nothing is known any more.
    void takeLostLink();
    /// Now and then: notices that the machine has slept, of which nobody knows how the clocks went.
    void tick() { now(); }

private:
    void take(const ClockSubject &subject, const SkewPoint &point);

    const Clock &m_clock;
    SkewHistory m_history;
    QHash<QString, ClockSubject> m_subjects;
    MonoTime m_now{};
    std::optional<Nanos> m_asleep;
};

} // namespace Synchat
