// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/roomlistmodel.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

QString unreadBadge(qint64 unread)
{
    if (unread <= 0)
        return {};
    return unread > 99 ? u"99+"_s : QString::number(unread);
}

int RoomListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant RoomListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const RoomEntry &entry = m_entries.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case RoomRole:
        return entry.info.room;
    case Qt::ToolTipRole:
        return entry.info.title.isEmpty() ? entry.info.room : entry.info.title;
    case TitleRole:
        return entry.info.title;
    case PrivateRole:
        return entry.info.isPrivate;
    case JoinedRole:
        return entry.joined;
    case UnreadRole:
        return entry.unread;
    case Qt::AccessibleTextRole:
        if (!entry.joined)
            return tr("room %1, not joined").arg(entry.info.room);
        return entry.unread > 0 ? tr("room %1, %2 unread").arg(entry.info.room).arg(entry.unread)
                                : tr("room %1").arg(entry.info.room);
    default:
        return {};
    }
}

void RoomListModel::setEntries(const QList<RoomEntry> &entries)
{
    if (entries == m_entries)
        return;
    const bool sameRooms =
        std::equal(entries.begin(), entries.end(), m_entries.begin(), m_entries.end(),
                   [](const auto &a, const auto &b) { return a.info.room == b.info.room; });
    if (sameRooms) {
        m_entries = entries;
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    m_entries = entries;
    endResetModel();
}

int RoomListModel::rowOf(const QString &room) const
{
    const auto found =
        std::find_if(m_entries.begin(), m_entries.end(), [&](const auto &e) { return e.info.room == room; });
    return found == m_entries.end() ? -1 : static_cast<int>(found - m_entries.begin());
}

} // namespace Synchat
