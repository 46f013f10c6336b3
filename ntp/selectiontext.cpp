// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/selectiontext.h"

#include "common/lengthtext.h"
#include "ntp/sourceselection.h"

#include <QStringList>

#include <algorithm>

namespace Synchat {

namespace {

constexpr qsizetype MostNamed = 3;

/// In which the difference of the two true offsets lies.
Interval differenceBetween(const Interval &a, const Interval &b)
{
    const Nanos middle = std::max(b.midpoint(), -Nanos::max());
    return a.shifted(-middle).widened(b.bound());
}

QString amountOf(const Interval &difference)
{
    return lengthText(toWire(difference.midpoint()), Rounding::Nearest);
}

template <typename Predicate>
qsizetype countOf(const SourceSelection &selection, Predicate &&predicate)
{
    return std::count_if(selection.sources.cbegin(), selection.sources.cend(), predicate);
}

bool isServer(const SourceStatus &source)
{
    return source.kind == SourceKind::Ntp || source.kind == SourceKind::Http;
}

} // namespace

QString SelectionText::isOurOwn()
{
    return tr("This is the daemon's own NTP server, which never counts as a source.");
}

QString SelectionText::isUnheard()
{
    return tr("It has not been heard yet.");
}

QString SelectionText::isVague()
{
    return tr("Its bound is more than one second.");
}

QString SelectionText::isUnsteady()
{
    return tr("Its own readings contradict one another, so it takes no part.");
}

QString SelectionText::isSameProvider(const QString &asThatOf)
{
    return tr("It is the same provider as %1, and a provider has one vote.").arg(asThatOf);
}

QString SelectionText::isFalseticker(const Interval &source, const Interval &majority)
{
    const Interval difference = differenceBetween(source, majority);
    return tr("It disagrees with the majority by %1 (± %2): falseticker.")
        .arg(amountOf(difference), lengthText(boundToWire(difference.bound()), Rounding::Up));
}

QString SelectionText::isHeldOver()
{
    return tr("It does not answer any more; what it said last counts, and widens with time.");
}

QString SelectionText::hasNoMajority()
{
    return tr("The sources disagree, and no majority says which one is right.");
}

namespace {

QString noteWithoutVotes(const SourceSelection &selection)
{
    const bool anyHeard = countOf(selection, [](const SourceStatus &source) {
                              return isServer(source) && source.interval;
                          }) > 0;
    return anyHeard
               ? SelectionText::tr("No source of time can be used, so nothing confirms the daemon's clock.")
               : SelectionText::tr("No source of time was heard, so nothing confirms the daemon's clock.");
}

QString noteWithoutMajority(const SourceSelection &selection)
{
    std::vector<const SourceStatus *> apart;
    for (const SourceStatus &source : selection.sources) {
        if (source.mark == u'x')
            apart.push_back(&source);
    }
    if (apart.size() != 2)
        return SelectionText::tr("The sources of time disagree and none has a majority, so none is used.");
    const Interval difference = differenceBetween(*apart[0]->interval, *apart[1]->interval);
    return SelectionText::tr(
               "%1 and %2 disagree by %3, and nothing says which of them is right, so neither is used.")
        .arg(apart[0]->name, apart[1]->name, amountOf(difference));
}

/// What the agreement is worth; empty when it is worth what it seems.
QString noteOnVoters(const SourceSelection &selection)
{
    const qsizetype agreeing = countOf(selection, [](const SourceStatus &source) { return source.isUsed(); });
    const bool hasOs = countOf(selection, [&](const SourceStatus &source) {
                           return source.isUsed() && source.kind == SourceKind::Os;
                       }) > 0;
    if (agreeing == 1)
        return SelectionText::tr("There is a single source of time, which nothing else confirms.");
    const bool anyFreshServer =
        countOf(selection, [&](const SourceStatus &source) {
            return source.isUsed() && isServer(source) && source.state == StampState::Ok;
        }) > 0;
    if (hasOs && !anyFreshServer)
        return SelectionText::tr(
            "No server answers any more; only the operating system says that its clock is right.");
    if (hasOs && agreeing == 2)
        return SelectionText::tr("Only the operating system's clock and one other source agree, and the "
                                 "operating system may follow that very source.");
    return {};
}

QString noteOnBlockedNtp(const SourceSelection &selection)
{
    const auto count = [&](SourceKind kind, bool isHeard) {
        return countOf(selection, [=](const SourceStatus &source) {
            return source.kind == kind && source.interval.has_value() == isHeard;
        });
    };
    const bool isBlocked = count(SourceKind::Ntp, true) == 0 && count(SourceKind::Ntp, false) > 0;
    if (!isBlocked || count(SourceKind::Http, true) == 0)
        return {};
    return SelectionText::tr("No NTP server was heard: UDP may be blocked. Web servers tell the time less "
                             "sharply.");
}

QString noteOnHoldover(const SourceSelection &selection)
{
    const bool anyFresh = countOf(selection, [](const SourceStatus &source) {
                              return source.isUsed() && source.state == StampState::Ok;
                          }) > 0;
    return anyFresh
               ? SelectionText::tr("The sharp sources of time do not answer any more, only vaguer ones do; "
                                   "the bound grows meanwhile.")
               : SelectionText::tr("No source of time answers any more; the bound grows until one does.");
}

QString noteOnLiars(const SourceSelection &selection)
{
    QStringList sentences;
    for (const SourceStatus &source : selection.sources) {
        if (source.state != StampState::Falseticker)
            continue;
        if (sentences.size() == MostNamed) {
            sentences.append(SelectionText::tr("More sources disagree."));
            break;
        }
        sentences.append(
            SelectionText::tr("%1 disagrees with the others by %2.")
                .arg(source.name, amountOf(differenceBetween(*source.interval, *selection.offset))));
    }
    return sentences.join(u' ');
}

} // namespace

QString SelectionText::note(const SourceSelection &selection)
{
    if (selection.votes == 0)
        return noteWithoutVotes(selection);
    if (!selection.offset)
        return noteWithoutMajority(selection);
    QStringList sentences;
    if (selection.state == StampState::Unsynced)
        sentences = {tr("The sources of time are too vague or were lost too long ago to be relied on.")};
    else if (selection.state == StampState::Holdover)
        sentences = {noteOnHoldover(selection)};
    else
        sentences = {noteOnVoters(selection), noteOnBlockedNtp(selection)};
    sentences.append(noteOnLiars(selection));
    sentences.removeAll(QString());
    return sentences.join(u' ');
}

QString SelectionText::noteAfterSleep()
{
    return tr(
        "This machine has slept and no source of time was heard since, so nothing confirms the daemon's "
        "clock until one is.");
}

} // namespace Synchat
