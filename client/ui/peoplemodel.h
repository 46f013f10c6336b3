// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/skewseries.h"
#include "common/message.h"
#include "common/stamptext.h"

#include <QAbstractListModel>
#include <QHash>

#include <functional>

namespace Synchat {

/// What was last said of one person's clock, and when.
struct PersonClock
{
    OptionalMicros skew;
    OptionalMicros bound; ///< at `saidAt`
    StampState state = StampState::None;
    bool fault = false; ///< the clock is an injected fault
    MonoTime saidAt{};

    /// But for the moment.
    bool saysTheSame(const PersonClock &other) const;
};

/// What is known of one person's clock in the last minutes.
struct RecentSkews
{
    static constexpr Nanos Span = std::chrono::minutes(10);

    QList<SkewPoint> points;
    MonoTime now; ///< on the line of the points
};

/// The people of one room: those whose clocks are off first, then the others by name. A report grows old: its
/// bound is widened with age, and one that nobody renewed for long says so. Pure but for being a model.
class PeopleModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        NameRole = Qt::UserRole + 1, ///< QString; "you" is said by OwnRole
        UserIdRole,                  ///< QString
        OwnRole,                     ///< bool
        FaultRole,                   ///< bool: the clock is an injected fault
        ClockRole,                   ///< QString: "1.80 s behind ± 9 ms", "not measured"
        MarkRole,                    ///< int of Mark
        RecentRole,                  ///< RecentSkews
    };
    /// A report this old was not renewed twice: its program has fallen silent, or tells nothing but changes.
    static constexpr Nanos OldAfter = std::chrono::seconds(150);
    /// By so much at once a bound is widened, so that the numbers do not run.
    static constexpr Nanos AgeStep = std::chrono::seconds(10);

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

    void setPeople(const QList<Author> &people);
    void setOwnUserId(const QString &userId);
    using Clocks = QHash<QString, PersonClock>;
    /// Replaces what was known of these persons' clocks, by user id.
    void setClocks(const Clocks &clocks);
    void forgetClocks();
    bool anyMeasured() const;
    /// Where the last minutes of a person are to be had, by user id.
    void setRecent(std::function<RecentSkews(const QString &)> recent) { m_recent = std::move(recent); }
    /// Time goes on: reports get older. On the line of PersonClock::saidAt.
    void setNow(MonoTime now);

    static Mark markOf(const PersonClock &clock, MonoTime now);
    /// "1.80 s behind ± 9 ms", "4 min old, ± 80 ms", "not measured".
    static QString wordsOf(const PersonClock &clock, MonoTime now);
    /// A whole sentence, or several: for screen readers, and with the scale of the line as tool tip.
    static QString spokenOf(const QString &name, const PersonClock &clock, const RecentSkews &recent,
                            MonoTime now);
    /// What the line shows, and from where to where it goes; empty without a line.
    static QString scaleOf(const RecentSkews &recent);

private:
    RecentSkews recentOf(const QString &userId) const;
    QString spoken(const Author &person) const;
    void sort();
    void changed();

    QList<Author> m_people;
    Clocks m_clocks;
    QString m_ownUserId;
    std::function<RecentSkews(const QString &)> m_recent;
    MonoTime m_now{};
    MonoTime m_shownAt{};
};

} // namespace Synchat

Q_DECLARE_METATYPE(Synchat::RecentSkews)
