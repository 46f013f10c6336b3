// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/peoplemodel.h"

#include "client/ui/clockstriptext.h"

#include <algorithm>
#include <cstdlib>

using namespace Qt::StringLiterals;

namespace Synchat {

int PeopleModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_people.size());
}

Mark PeopleModel::markOf(const PersonClock &clock)
{
    if (!clock.skew)
        return Mark::Unknown;
    if (clock.state == StampState::Holdover)
        return Mark::HeldOver;
    Stamps stamps;
    stamps.live = {0, -*clock.skew, clock.bound, clock.state, ProbePath::None, false};
    return StampText::liveMark(stamps);
}

QString PeopleModel::wordsOf(const PersonClock &clock)
{
    if (!clock.skew)
        return tr("not measured");
    const QString words = StampText::skewInWords(*clock.skew);
    return clock.bound ? words + u' ' + ClockStripText::spacedBound(*clock.bound) : words;
}

QVariant PeopleModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Author &person = m_people.at(index.row());
    const PersonClock clock = m_clocks.value(person.id);
    const bool own = person.id == m_ownUserId;
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return person.name;
    case UserIdRole:
        return person.id;
    case OwnRole:
        return own;
    case ClockRole:
        return wordsOf(clock);
    case MarkRole:
        return static_cast<int>(markOf(clock));
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return own ? tr("%1 (you), clock %2").arg(person.name, wordsOf(clock))
                   : tr("%1, clock %2").arg(person.name, wordsOf(clock));
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

void PeopleModel::setClock(const QString &userId, const PersonClock &clock)
{
    const auto known = m_clocks.constFind(userId);
    if (known != m_clocks.constEnd() && *known == clock)
        return;
    m_clocks.insert(userId, clock);
    Q_EMIT layoutAboutToBeChanged();
    sort();
    Q_EMIT layoutChanged();
    changed();
}

void PeopleModel::forgetClocks()
{
    m_clocks.clear();
    changed();
}

bool PeopleModel::anyMeasured() const
{
    return std::any_of(m_people.begin(), m_people.end(),
                       [this](const Author &person) { return m_clocks.value(person.id).skew.has_value(); });
}

void PeopleModel::sort()
{
    const auto weight = [this](const Author &person) -> WireMicros {
        const PersonClock clock = m_clocks.value(person.id);
        return markOf(clock) == Mark::Off || markOf(clock) == Mark::Contradiction ? std::abs(*clock.skew) : 0;
    };
    std::stable_sort(m_people.begin(), m_people.end(), [&](const Author &a, const Author &b) {
        const WireMicros left = weight(a);
        const WireMicros right = weight(b);
        return left != right ? left > right
                             : QString::localeAwareCompare(a.name.toCaseFolded(), b.name.toCaseFolded()) < 0;
    });
}

void PeopleModel::changed()
{
    if (!m_people.isEmpty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

} // namespace Synchat
