// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/skewrecorder.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr Nanos Nap = std::chrono::seconds(1); ///< shorter sleeps need no gap

} // namespace

SkewRecorder::SkewRecorder(const Clock &clock)
    : m_clock(clock)
{}

MonoTime SkewRecorder::now()
{
    const ClockReading reading = m_clock.read();
    const bool slept = m_asleep && reading.asleep - *m_asleep >= Nap;
    m_asleep = reading.asleep;
    if (slept)
        m_history.endAll(m_now);
    m_now = std::max(m_now, reading.mono + reading.asleep);
    return m_now;
}

void SkewRecorder::take(const ClockSubject &subject, const SkewPoint &point)
{
    if (!point.skew) {
        m_history.end(subject.key, point.at);
        return;
    }
    m_history.add(subject.key, point);
    m_subjects.insert(subject.key, subject);
    if (m_subjects.size() > 2 * SkewHistory::MaxSeries)
        m_subjects.removeIf([this](const auto &known) { return !m_history.newest(known.key()); });
}

void SkewRecorder::takeOwn(const Author &self, const ClockStatus &status)
{
    take({ClockSubject::Kind::Own, SkewHistory::memberKey(self.id), self.name, self.id},
         {now(), status.skew(), status.bound, status.state, m_clock.isFaulty()});
}

void SkewRecorder::takeMember(const Author &member, const MemberClock &clock)
{
    take({ClockSubject::Kind::Member, SkewHistory::memberKey(member.id), member.name, member.id},
         {now(), clock.skew, clock.bound, clock.state, clock.fault});
}

void SkewRecorder::keepMembers(const QSet<QString> &present)
{
    const MonoTime at = now();
    for (const ClockSubject &subject : std::as_const(m_subjects)) {
        if (subject.kind == ClockSubject::Kind::Member && !present.contains(subject.id))
            m_history.end(subject.key, at);
    }
}

void SkewRecorder::takeSources(const std::optional<SourcesReport> &report)
{
    const MonoTime at = now();
    QSet<QString> told;
    if (report) {
        const bool known = report->offset.has_value() && report->bound.has_value();
        told.insert(referenceKey());
        take({ClockSubject::Kind::Reference, referenceKey(), {}, {}},
             {at, known ? OptionalMicros(0) : std::nullopt, report->bound, report->state, report->fault});
        for (const TimeSourceRow &source : report->sources) {
            if (source.kind == u"self"_s)
                continue;
            const QString key = SkewHistory::sourceKey(source.name);
            told.insert(key);
            take({ClockSubject::Kind::Source, key, source.name, {}},
                 {at, report->disagreement(source), source.bound, source.state, false});
        }
    }
    for (const ClockSubject &subject : std::as_const(m_subjects)) {
        const bool person =
            subject.kind == ClockSubject::Kind::Member || subject.kind == ClockSubject::Kind::Own;
        if (!person && !told.contains(subject.key))
            m_history.end(subject.key, at);
    }
}

void SkewRecorder::takeLostLink()
{
    keepMembers({});
    takeSources(std::nullopt);
}

QList<ClockSubject> SkewRecorder::subjects() const
{
    QList<ClockSubject> subjects;
    const QStringList keys = m_history.keys();
    for (const QString &key : keys)
        subjects.append(m_subjects.value(key));
    std::sort(subjects.begin(), subjects.end(), [](const ClockSubject &a, const ClockSubject &b) {
        if (a.kind != b.kind)
            return a.kind < b.kind;
        const int order = QString::localeAwareCompare(a.name.toCaseFolded(), b.name.toCaseFolded());
        return order != 0 ? order < 0 : a.key < b.key;
    });
    return subjects;
}

} // namespace Synchat
