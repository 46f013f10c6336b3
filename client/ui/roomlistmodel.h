// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/protocol.h"

#include <QAbstractListModel>

namespace Synchat {

/// One room as the list shows it.
struct RoomEntry
{
    RoomInfo info;
    bool joined = false;
    qint64 unread = 0;

    friend bool operator==(const RoomEntry &, const RoomEntry &) = default;
};

/// The rooms in the order in which they are handed in. Says only what is shown; asks nobody.
class RoomListModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        RoomRole = Qt::UserRole + 1, ///< QString
        TitleRole,                   ///< QString
        PrivateRole,                 ///< bool
        JoinedRole,                  ///< bool
        UnreadRole,                  ///< qint64
    };

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

    /// Rows that stay are only changed, so that a selection survives.
    void setEntries(const QList<RoomEntry> &entries);
    const QList<RoomEntry> &entries() const { return m_entries; }
    int rowOf(const QString &room) const; ///< -1: not here

private:
    QList<RoomEntry> m_entries;
};

/// `3`, `99+`; empty for 0.
QString unreadBadge(qint64 unread);

} // namespace Synchat
