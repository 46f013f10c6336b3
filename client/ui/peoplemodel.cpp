// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/peoplemodel.h"

#include "client/core/clockreport.h"
#include "client/core/skewtrend.h"
#include "client/ui/clockstriptext.h"

#include <algorithm>
#include <cstdlib>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

/// At least 0: a moment that lies ahead is now.
Nanos ageOf(const PersonClock &clock, MonoTime now)
{
    return std::max(now - clock.saidAt, Nanos(0));
}

bool isOld(const PersonClock &clock, MonoTime now)
{
    return ageOf(clock, now) >= PeopleModel::OldAfter;
}

OptionalMicros agedBound(const PersonClock &clock, MonoTime now)
{
    if (!clock.bound)
        return std::nullopt;
    const Nanos age = ageOf(clock, now);
    const Nanos steps = (age + PeopleModel::AgeStep - Nanos(1)) / PeopleModel::AgeStep * PeopleModel::AgeStep;
    return agedReportBound(*clock.bound, steps);
}

} // namespace

bool PersonClock::saysTheSame(const PersonClock &other) const
{
    return skew == other.skew && bound == other.bound && state == other.state && fault == other.fault;
}

int PeopleModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_people.size());
}

Mark PeopleModel::markOf(const PersonClock &clock, MonoTime now)
{
    if (!clock.skew)
        return Mark::Unknown;
    Stamps stamps;
    stamps.live = {0, -*clock.skew, agedBound(clock, now), clock.state, ProbePath::None, false};
    const Mark mark = StampText::liveMark(stamps);
    const bool heldOver = clock.state == StampState::Holdover || isOld(clock, now);
    return heldOver && mark != Mark::Off && mark != Mark::Contradiction ? Mark::HeldOver : mark;
}

QString PeopleModel::wordsOf(const PersonClock &clock, MonoTime now)
{
    if (!clock.skew)
        return tr("not measured");
    const QString skew = StampText::skewInWords(*clock.skew);
    const OptionalMicros aged = agedBound(clock, now);
    const QString bound = aged ? StampText::spacedBound(*aged) : QString();
    if (!isOld(clock, now))
        return bound.isEmpty() ? skew : skew + u' ' + bound;
    const QString age = StampText::duration(toWire(ageOf(clock, now)));
    if (bound.isEmpty() || markOf(clock, now) == Mark::Off)
        return tr("%1, %2 old").arg(skew, age);
    return tr("%1 old, %2").arg(age, bound);
}

QString PeopleModel::spokenOf(const QString &name, const PersonClock &clock, const RecentSkews &recent,
                              MonoTime now)
{
    QString head = tr("%1, clock not measured").arg(name);
    if (clock.skew) {
        const OptionalMicros aged = agedBound(clock, now);
        const QString bound = aged ? StampText::spacedBound(*aged) : tr("without a bound");
        head = tr("%1, clock %2 %3").arg(name, StampText::skewInWords(*clock.skew), bound);
    }
    const QString trend = SkewTrend::of(recent.points, recent.now).words();
    if (!trend.isEmpty())
        head = tr("%1, %2").arg(head, trend);
    if (clock.fault)
        head = tr("%1, under a clock fault that was injected on purpose").arg(head);
    if (clock.skew && isOld(clock, now))
        head = tr("%1; this was reported %2 ago and not renewed")
                   .arg(head, StampText::duration(toWire(ageOf(clock, now))));
    return head;
}

QString PeopleModel::scaleOf(const RecentSkews &recent)
{
    OptionalMicros low;
    OptionalMicros high;
    for (const SkewPoint &point : recent.points) {
        if (!point.skew)
            continue;
        low = std::min(low.value_or(*point.skew), *point.skew);
        high = std::max(high.value_or(*point.skew), *point.skew);
    }
    if (!low)
        return {};
    const QString from = StampText::skewInWords(*low);
    const QString to = StampText::skewInWords(*high);
    if (from == to)
        return tr("The line shows the last ten minutes: %1 all the time.").arg(from);
    return tr("The line shows the last ten minutes, on a scale of its own: from %1 to %2.").arg(from, to);
}

RecentSkews PeopleModel::recentOf(const QString &userId) const
{
    return m_recent ? m_recent(userId) : RecentSkews();
}

QString PeopleModel::spoken(const Author &person) const
{
    const QString name = person.id == m_ownUserId ? tr("%1 (you)").arg(person.name) : person.name;
    return spokenOf(name, m_clocks.value(person.id), recentOf(person.id), m_now);
}

QVariant PeopleModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Author &person = m_people.at(index.row());
    const auto clock = [this, &person] { return m_clocks.value(person.id); };
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return person.name;
    case UserIdRole:
        return person.id;
    case OwnRole:
        return person.id == m_ownUserId;
    case FaultRole:
        return clock().fault;
    case ClockRole:
        return wordsOf(clock(), m_now);
    case MarkRole:
        return static_cast<int>(markOf(clock(), m_now));
    case RecentRole:
        return QVariant::fromValue(recentOf(person.id));
    case Qt::AccessibleTextRole:
        return spoken(person);
    case Qt::ToolTipRole:
        return QString(spoken(person) + u".\n"_s + scaleOf(recentOf(person.id))).trimmed();
    default:
        return {};
    }
}

void PeopleModel::setPeople(const QList<Author> &people)
{
    if (people.size() == m_people.size() &&
        std::is_permutation(people.begin(), people.end(), m_people.begin()))
        return;
    beginResetModel();
    m_people = people;
    sort();
    endResetModel();
}

void PeopleModel::setOwnUserId(const QString &userId)
{
    m_ownUserId = userId;
    changed();
}

void PeopleModel::setClocks(const Clocks &clocks)
{
    bool news = false;
    for (auto it = clocks.begin(); it != clocks.end(); ++it) {
        PersonClock &known = m_clocks[it.key()];
        news = news || !known.saysTheSame(*it);
        known = *it;
    }
    if (!news)
        return;
    QStringList before;
    const QModelIndexList held = persistentIndexList();
    for (const QModelIndex &index : held)
        before.append(m_people.at(index.row()).id);
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    sort();
    QHash<QString, int> rows;
    for (int row = 0; row < rowCount(); ++row)
        rows.insert(m_people.at(row).id, row);
    for (qsizetype i = 0; i < held.size(); ++i)
        changePersistentIndex(held.at(i), index(rows.value(before.at(i))));
    Q_EMIT layoutChanged({}, VerticalSortHint);
    changed();
}

void PeopleModel::forgetClocks()
{
    m_clocks.clear();
    changed();
}

void PeopleModel::setNow(MonoTime now)
{
    m_now = now;
    if (now - m_shownAt >= Nanos(0) && now - m_shownAt < AgeStep)
        return;
    m_shownAt = now;
    changed();
}

bool PeopleModel::anyMeasured() const
{
    return std::any_of(m_people.begin(), m_people.end(),
                       [this](const Author &person) { return m_clocks.value(person.id).skew.has_value(); });
}

void PeopleModel::sort()
{
    QHash<QString, WireMicros> weights; // how far off, of those that are
    for (const Author &person : std::as_const(m_people)) {
        const PersonClock clock = m_clocks.value(person.id);
        const Mark mark = markOf(clock, m_now);
        if (mark == Mark::Off || mark == Mark::Contradiction)
            weights.insert(person.id, *clock.skew < 0 ? *clock.skew : -*clock.skew);
    }
    std::stable_sort(m_people.begin(), m_people.end(), [&](const Author &a, const Author &b) {
        const WireMicros left = weights.value(a.id);
        const WireMicros right = weights.value(b.id);
        return left != right ? left < right
                             : QString::localeAwareCompare(a.name.toCaseFolded(), b.name.toCaseFolded()) < 0;
    });
}

void PeopleModel::changed()
{
    if (!m_people.isEmpty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

} // namespace Synchat
