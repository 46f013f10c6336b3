// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/sourceselection.h"

#include "ntp/selectiontext.h"

#include <QHash>

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

namespace Synchat {

namespace {

constexpr std::chrono::seconds LargestUsefulBound{1};
constexpr int VaguerStillConfirms = 4;

struct Edge
{
    Nanos at;
    bool opens;
};

struct Overlap
{
    int depth = 0;
    std::optional<Interval> interval; ///< hull of all the places where `depth` intervals overlap
};

/// The deepest overlap. When the same depth is reached in several places, nobody can say which of them is
/// right: the hull covers all.
Overlap deepestOverlap(const std::vector<Interval> &intervals)
{
    std::vector<Edge> edges;
    for (const Interval &interval : intervals) {
        edges.push_back({interval.lo(), true});
        edges.push_back({interval.hi(), false});
    }
    std::sort(edges.begin(), edges.end(), [](const Edge &a, const Edge &b) {
        return a.at != b.at ? a.at < b.at : a.opens && !b.opens; // closed intervals that touch do overlap
    });
    Overlap deepest;
    Nanos lo{};
    Nanos hi{};
    int depth = 0;
    for (const Edge &edge : edges) {
        if (edge.opens && ++depth > deepest.depth) {
            deepest.depth = depth;
            lo = edge.at;
            hi = edge.at;
        }
        if (!edge.opens && depth-- == deepest.depth)
            hi = std::max(hi, edge.at);
    }
    deepest.interval = intervals.empty() ? std::nullopt : Interval::between(lo, hi);
    return deepest;
}

bool isVague(const SourceStatus &source)
{
    return source.interval && source.interval->bound() > LargestUsefulBound;
}

/// Gives marks and reasons to those that cannot vote, whatever the others say.
void explainUnusable(QList<SourceStatus> &sources)
{
    for (SourceStatus &source : sources) {
        source.mark = u'?';
        if (source.kind == SourceKind::Self) {
            source.mark = u'-';
            source.reason = SelectionText::isOurOwn();
        } else if (source.reason.isEmpty() && !source.interval) {
            source.reason = SelectionText::isUnheard();
        } else if (source.reason.isEmpty() && source.unsteady) {
            source.mark = u'~';
            source.state = StampState::Unsynced;
            source.reason = SelectionText::isUnsteady();
        }
    }
}

/// The lowest speaks for its provider.
auto voteRank(const SourceStatus &source)
{
    return std::tuple(isVague(source), source.state != StampState::Ok, source.interval->bound());
}

/// Whoever is left without a reason has a vote of its own. Returns those whose provider votes by another.
std::vector<qsizetype> silenceTwins(QList<SourceStatus> &sources)
{
    QHash<QString, qsizetype> speakers;
    std::vector<qsizetype> twins;
    for (qsizetype i = 0; i < sources.size(); ++i) {
        if (!sources.at(i).reason.isEmpty() || sources.at(i).provider.isEmpty())
            continue;
        const auto speaker = speakers.find(sources.at(i).provider);
        if (speaker == speakers.end()) {
            speakers.insert(sources.at(i).provider, i);
            continue;
        }
        const bool isBetter = voteRank(sources.at(i)) < voteRank(sources.at(*speaker));
        twins.push_back(isBetter ? std::exchange(*speaker, i) : i);
    }
    for (const qsizetype i : twins) {
        sources[i].mark = u'-';
        sources[i].reason =
            SelectionText::isSameProvider(sources.at(speakers.value(sources.at(i).provider)).name);
    }
    return twins;
}

/// Those that vote: the sharp ones, or all that were ever heard while none is sharp.
std::vector<qsizetype> voters(const QList<SourceStatus> &sources)
{
    std::vector<qsizetype> sharp;
    std::vector<qsizetype> all;
    for (qsizetype i = 0; i < sources.size(); ++i) {
        if (!sources.at(i).reason.isEmpty())
            continue;
        all.push_back(i);
        if (!isVague(sources.at(i)))
            sharp.push_back(i);
    }
    return sharp.empty() ? all : sharp;
}

/// Whoever could vote and does not is too vague for that beside the sharp ones.
void markVoters(QList<SourceStatus> &sources, const std::vector<qsizetype> &voting)
{
    for (qsizetype i = 0; i < sources.size(); ++i) {
        SourceStatus &source = sources[i];
        if (!source.reason.isEmpty())
            continue;
        if (std::binary_search(voting.cbegin(), voting.cend(), i)) {
            source.mark = u'+';
            continue;
        }
        source.state = StampState::Unsynced;
        source.reason = SelectionText::isVague();
    }
}

/// A source with a vote, or one whose provider has voted by another.
void judge(SourceStatus &source, const std::optional<Interval> &majority)
{
    if (majority && source.interval->intersected(*majority))
        return;
    if (majority) {
        source.mark = u'x';
        source.state = StampState::Falseticker;
        source.reason = SelectionText::isFalseticker(*source.interval, *majority);
        return;
    }
    source.state = StampState::Unsynced;
    if (source.mark == u'+') {
        source.mark = u'x';
        source.reason = SelectionText::hasNoMajority();
    }
}

/// Be it fresh or not: what is known rests on this one most of all.
int sharpestOf(const QList<SourceStatus> &sources)
{
    const auto rank = [](const SourceStatus &source) {
        return std::tuple(source.interval->bound(), source.state != StampState::Ok);
    };
    int best = -1;
    for (int i = 0; i < sources.size(); ++i) {
        if (sources.at(i).mark == u'+' && (best < 0 || rank(sources.at(i)) < rank(sources.at(best))))
            best = i;
    }
    return best;
}

StampState stateOf(const SourceSelection &selection)
{
    if (selection.offset->bound() > LargestUsefulBound)
        return StampState::Unsynced;
    // One that is far vaguer confirms something, but not what is said.
    const Nanos vaguest = selection.sources.at(selection.best).interval->bound() * VaguerStillConfirms;
    const bool isConfirmed =
        std::any_of(selection.sources.cbegin(), selection.sources.cend(), [vaguest](const auto &source) {
            return source.mark == u'+' && source.state == StampState::Ok &&
                   source.interval->bound() <= vaguest;
        });
    return isConfirmed ? StampState::Ok : StampState::Holdover;
}

void explainHoldovers(QList<SourceStatus> &sources)
{
    for (SourceStatus &source : sources) {
        if (source.state == StampState::Holdover && source.reason.isEmpty())
            source.reason = SelectionText::isHeldOver();
    }
}

} // namespace

SourceSelection selectSources(QList<SourceStatus> sources)
{
    SourceSelection selection;
    explainUnusable(sources);
    const std::vector<qsizetype> twins = silenceTwins(sources);
    const std::vector<qsizetype> voting = voters(sources);
    markVoters(sources, voting);
    std::vector<Interval> intervals;
    intervals.reserve(voting.size());
    for (const qsizetype i : voting)
        intervals.push_back(*sources.at(i).interval);
    const Overlap overlap = deepestOverlap(intervals);
    selection.votes = static_cast<int>(voting.size());
    if (2 * overlap.depth > selection.votes)
        selection.offset = overlap.interval;
    for (const qsizetype i : voting)
        judge(sources[i], selection.offset);
    for (const qsizetype i : twins)
        judge(sources[i], selection.offset);
    selection.sources = std::move(sources);
    if (selection.offset) {
        selection.best = sharpestOf(selection.sources);
        selection.state = stateOf(selection);
        selection.sources[selection.best].mark = u'*';
    }
    selection.note = SelectionText::note(selection);
    explainHoldovers(selection.sources);
    return selection;
}

} // namespace Synchat
