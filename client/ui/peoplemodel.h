// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/stamptext.h"
#include "common/message.h"

#include <QAbstractListModel>
#include <QHash>

namespace Synchat {

/// What is known of one person's clock.
struct PersonClock
{
    OptionalMicros skew;
    OptionalMicros bound;
    StampState state = StampState::None;

    friend bool operator==(const PersonClock &, const PersonClock &) = default;
};

/// The people of one room: those whose clocks are off first, then the others by name. Pure but for being a
/// model.
class PeopleModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        NameRole = Qt::UserRole + 1, ///< QString; "you" is said by OwnRole
        UserIdRole,                  ///< QString
        OwnRole,                     ///< bool
        ClockRole,                   ///< QString: "1.80 s behind ± 9 ms", "not measured"
        MarkRole,                    ///< int of Mark
    };

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

    void setPeople(const QList<Author> &people);
    void setOwnUserId(const QString &userId);
    /// Replaces what was known of this person's clock.
    void setClock(const QString &userId, const PersonClock &clock);
    void forgetClocks();
    bool anyMeasured() const;

    static Mark markOf(const PersonClock &clock);
    static QString wordsOf(const PersonClock &clock);

private:
    void sort();
    void changed();

    QList<Author> m_people;
    QHash<QString, PersonClock> m_clocks;
    QString m_ownUserId;
};

} // namespace Synchat
