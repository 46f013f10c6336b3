// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/snapshotbuilder.h"

#include "ntp/ratefit.h"
#include "ntp/selectiontext.h"
#include "ntp/sourceselection.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace Synchat {

namespace {

/// The one of its kind that is shown: a used one before a rejected one before an unheard one, then one that
/// still answers before one that does not, be that sharper or not; then the sharpest.
int shownOf(const QList<SourceStatus> &sources, SourceKind kind)
{
    const auto rank = [](const SourceStatus &source) {
        const int usefulness = source.isUsed() ? 0 : source.interval ? 1 : 2;
        const bool isStale = source.state == StampState::Holdover;
        return std::tuple(usefulness, isStale, source.interval ? source.interval->bound() : Nanos::zero());
    };
    int shown = -1;
    for (int i = 0; i < sources.size(); ++i) {
        if (sources.at(i).kind == kind && (shown < 0 || rank(sources.at(i)) < rank(sources.at(shown))))
            shown = i;
    }
    return shown;
}

/// The NTP server that ours follows in name: the one nearest to a clock, then the sharpest.
int followedServer(const QList<SourceStatus> &sources)
{
    const auto rank = [](const SourceStatus &source) {
        return std::tuple(source.stratum.value_or(UnsynchronisedStratum), source.interval->bound());
    };
    int followed = -1;
    for (int i = 0; i < sources.size(); ++i) {
        const SourceStatus &source = sources.at(i);
        if (source.kind != SourceKind::Ntp || !source.isUsed())
            continue;
        if (followed < 0 || rank(source) < rank(sources.at(followed)))
            followed = i;
    }
    return followed;
}

/// At either edge the result is what one source says, so there it ages as that source does.
RateRange ratesOf(const QList<SourceStatus> &sources, const Interval &offset)
{
    RateRange widest{RateRange::AssumedPpm, -RateRange::AssumedPpm};
    RateRange atEdges = widest;
    for (const SourceStatus &source : sources) {
        if (!source.isUsed())
            continue;
        const RateRange rates = RateRange::around(source.frequencyPpm, source.driftPpm);
        widest.lowestPpm = std::min(widest.lowestPpm, rates.lowestPpm);
        widest.highestPpm = std::max(widest.highestPpm, rates.highestPpm);
        if (source.interval->lo() == offset.lo())
            atEdges.lowestPpm = std::min(atEdges.lowestPpm, rates.lowestPpm);
        if (source.interval->hi() == offset.hi())
            atEdges.highestPpm = std::max(atEdges.highestPpm, rates.highestPpm);
    }
    return atEdges.lowestPpm <= atEdges.highestPpm ? atEdges : widest;
}

/// What more than half of the used NTP servers announce.
int majorityLeap(const QList<SourceStatus> &sources, const std::vector<SourceReport> &reports)
{
    constexpr int Announcements = 3; // none, insert, delete
    std::array<int, Announcements> votes{};
    int voters = 0;
    for (int i = 0; i < sources.size(); ++i) {
        if (sources.at(i).kind != SourceKind::Ntp || !sources.at(i).isUsed())
            continue;
        ++voters;
        if (const int leap = reports.at(static_cast<std::size_t>(i)).leap; leap >= 0 && leap < Announcements)
            ++votes[static_cast<std::size_t>(leap)];
    }
    for (int leap = 1; leap < Announcements; ++leap) {
        if (2 * votes[static_cast<std::size_t>(leap)] > voters)
            return leap;
    }
    return 0;
}

} // namespace

ReferenceSnapshot buildSnapshot(ReferenceSnapshot base, const std::vector<SourceReport> &reports,
                                const std::optional<ClockReading> &lastKnown)
{
    QList<SourceStatus> sources;
    for (const SourceReport &report : reports)
        sources.append(report.status);
    SourceSelection selection = selectSources(std::move(sources));
    base.offset = selection.offset;
    base.state = selection.state;
    if (base.offset) {
        const RateRange rates = ratesOf(selection.sources, *base.offset);
        base.frequencyPpm = rates.middlePpm();
        base.driftPpm = rates.halfWidthPpm();
    }
    base.note = selection.note;
    const ClockReading now{base.wallAt, base.at, base.asleepAt};
    if (selection.votes == 0 && lastKnown && sleptBetween(*lastKnown, now))
        base.note = SelectionText::noteAfterSleep();
    for (SourceStatus &source : selection.sources) {
        if (source.kind == SourceKind::Self && source.interval)
            source.state = selection.state; // it repeats what we serve, so it is worth what that is worth
        if (source.isUsed() && source.fedAt)
            base.lastUpdate = std::max(base.lastUpdate.value_or(*source.fedAt), *source.fedAt);
    }
    if (const int followed = followedServer(selection.sources); followed >= 0) {
        const SourceReport &server = reports.at(static_cast<std::size_t>(followed));
        base.stratum = std::min(server.status.stratum.value_or(base.stratum) + 1, UnsynchronisedStratum);
        base.referenceId = server.referenceId;
        const SourceStatus &status = selection.sources.at(followed);
        base.rootDelay = status.rootDelay + status.delay.value_or(Nanos::zero());
        base.leap = majorityLeap(selection.sources, reports);
    }
    base.apiIndex = shownOf(selection.sources, SourceKind::Http);
    base.ntpIndex = shownOf(selection.sources, SourceKind::Ntp);
    if (base.ntpIndex < 0) {
        const int self = shownOf(selection.sources, SourceKind::Self);
        // Before its first answer a daemon without any source shows its own clock as what it is.
        if (self >= 0 && (selection.sources.at(self).interval || base.offset || base.sourcesConfigured))
            base.ntpIndex = self;
    }
    base.sources = std::move(selection.sources);
    return base;
}

} // namespace Synchat
