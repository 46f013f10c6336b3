// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/sourceselection.h"

#include <QCoreApplication>

#include <algorithm>
#include <vector>

namespace Synchat {

namespace {

constexpr std::chrono::seconds LargestUsefulBound{1};

QString words(const char *text)
{
    return QCoreApplication::translate("Synchat::SourceSelection", text);
}

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

bool isUsable(const SourceStatus &source)
{
    return source.kind != SourceKind::Self && source.interval && source.reason.isEmpty();
}

bool isVague(const SourceStatus &source)
{
    return source.interval && source.interval->bound() > LargestUsefulBound;
}

/// Those that vote: the sharp ones, or all that were ever heard while none is sharp.
std::vector<qsizetype> voters(const QList<SourceStatus> &sources)
{
    std::vector<qsizetype> sharp;
    std::vector<qsizetype> all;
    for (qsizetype i = 0; i < sources.size(); ++i) {
        if (!isUsable(sources.at(i)))
            continue;
        all.push_back(i);
        if (!isVague(sources.at(i)))
            sharp.push_back(i);
    }
    return sharp.empty() ? all : sharp;
}

void explainNonVoters(QList<SourceStatus> &sources)
{
    for (SourceStatus &source : sources) {
        source.mark = u'?';
        if (source.kind == SourceKind::Self) {
            source.mark = u'-';
            source.reason = words(
                QT_TRANSLATE_NOOP("Synchat::SourceSelection",
                                  "This is the daemon's own NTP server, which never counts as a source."));
        } else if (source.reason.isEmpty() && !source.interval) {
            source.reason =
                words(QT_TRANSLATE_NOOP("Synchat::SourceSelection", "It has not been heard yet."));
        } else if (source.reason.isEmpty() && isVague(source)) {
            source.state = StampState::Unsynced;
            source.reason =
                words(QT_TRANSLATE_NOOP("Synchat::SourceSelection", "Its bound is more than one second."));
        }
    }
}

void judgeVoter(SourceStatus &source, const Interval &common)
{
    if (source.interval->intersected(common)) {
        source.mark = u'+';
        source.reason.clear();
        return;
    }
    source.mark = u'x';
    source.state = StampState::Falseticker;
    source.reason = words(QT_TRANSLATE_NOOP("Synchat::SourceSelection",
                                            "It disagrees with the majority of the sources: falseticker."));
}

int sharpestOf(const QList<SourceStatus> &sources)
{
    int best = -1;
    for (int i = 0; i < sources.size(); ++i) {
        const SourceStatus &source = sources.at(i);
        if (source.mark != u'+')
            continue;
        const bool isFirst = best < 0;
        const bool isFresher =
            !isFirst && source.state == StampState::Ok && sources.at(best).state != StampState::Ok;
        const bool isStaler =
            !isFirst && source.state != StampState::Ok && sources.at(best).state == StampState::Ok;
        if (isFirst || isFresher ||
            (!isStaler && source.interval->bound() < sources.at(best).interval->bound()))
            best = i;
    }
    return best;
}

StampState stateOf(const SourceSelection &selection)
{
    if (selection.offset->bound() > LargestUsefulBound)
        return StampState::Unsynced;
    const bool anyFresh =
        std::any_of(selection.sources.cbegin(), selection.sources.cend(), [](const auto &source) {
            return (source.mark == u'*' || source.mark == u'+') && source.state == StampState::Ok;
        });
    return anyFresh ? StampState::Ok : StampState::Holdover;
}

QString noteFor(const SourceSelection &selection, std::size_t votes)
{
    if (votes == 0)
        return words(
            QT_TRANSLATE_NOOP("Synchat::SourceSelection",
                              "No source of time was heard, so nothing confirms the daemon's clock."));
    if (!selection.offset)
        return words(
            QT_TRANSLATE_NOOP("Synchat::SourceSelection",
                              "The sources of time disagree and none has a majority, so none is used."));
    if (selection.state == StampState::Unsynced)
        return words(QT_TRANSLATE_NOOP(
            "Synchat::SourceSelection",
            "The sources of time are too vague or were lost too long ago to be relied on."));
    if (selection.state == StampState::Holdover)
        return words(
            QT_TRANSLATE_NOOP("Synchat::SourceSelection",
                              "No source of time answers any more; the bound grows until one does."));
    if (votes == 1)
        return words(QT_TRANSLATE_NOOP("Synchat::SourceSelection",
                                       "There is a single source of time, which nothing else confirms."));
    return {};
}

} // namespace

SourceSelection selectSources(QList<SourceStatus> sources)
{
    SourceSelection selection;
    const std::vector<qsizetype> voting = voters(sources);
    std::vector<Interval> intervals;
    intervals.reserve(voting.size());
    for (const qsizetype i : voting)
        intervals.push_back(*sources.at(i).interval);
    explainNonVoters(sources);
    const Overlap overlap = deepestOverlap(intervals);
    const bool isMajority = 2 * static_cast<std::size_t>(overlap.depth) > voting.size();
    for (const qsizetype i : voting) {
        if (isMajority) {
            judgeVoter(sources[i], *overlap.interval);
            continue;
        }
        sources[i].mark = u'x';
        sources[i].state = StampState::Unsynced;
        sources[i].reason = words(QT_TRANSLATE_NOOP(
            "Synchat::SourceSelection", "The sources disagree, and no majority says which one is right."));
    }
    selection.sources = std::move(sources);
    if (isMajority) {
        selection.offset = overlap.interval;
        selection.best = sharpestOf(selection.sources);
        selection.state = stateOf(selection);
        selection.sources[selection.best].mark = u'*';
    }
    selection.note = noteFor(selection, voting.size());
    return selection;
}

} // namespace Synchat
