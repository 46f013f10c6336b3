// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/roomrows.h"

#include <QVariant>

#include <vector>

namespace Synchat {

/// Reads a whole history of SQLite in small steps, each a short transaction of its own, so that a daemon
/// serves meanwhile: every row of the messages (nothing unreadable, no hole, every mark there) and every page
/// of their indexes. It does not compute the chain hashes anew (roomcheck.h does); what is posted while it
/// runs is not looked at.
class FileWalk
{
public:
    /// The rooms as they are now.
    FileWalk(const StoreConnection &connection, QList<StoredRoom> rooms);

    struct Step
    {
        bool isLast = false;
        QString damage = {}; ///< not empty: a whole sentence that names the place; the walk is over
    };
    /// Some milliseconds. The error: it cannot be read just now, a whole sentence.
    Result<Step, QString> step();
    int percent() const; ///< 0 to 100, roughly
    qint64 messages() const { return m_messages; }

private:
    /// One of the trees beside the messages, gone through in the order of its key.
    struct Tree
    {
        QString name;
        QSqlQuery query; ///< the key that lies EntriesOfStep behind the bound one
        QVariantList key;
    };
    void addTree(const QString &name, const QString &sql, const QVariantList &firstKey);
    Result<Step, QSqlError> stepThroughMessages();
    /// Where the next room begins; or nothing.
    std::optional<QSqlError> beginRoom();
    Result<Step, QSqlError> lookAtPart(qint64 first, qint64 last, qint64 count, bool isMarked);
    Result<Step, QSqlError> nameHole();
    Result<Step, QSqlError> stepThroughTree(Tree &tree);
    Result<Step, QSqlError> lookAtSmallTables();
    Step faultAt(qint64 seq, const QString &what) const;
    QString place() const;
    /// To the last message of the part that can still be read.
    void goToDamage();

    const StoreConnection &m_connection;
    const QList<StoredRoom> m_rooms;
    RoomRows m_rows;
    QSqlQuery m_part;
    std::vector<Tree> m_trees;
    qint64 m_expected = 0; ///< messages, roughly
    qsizetype m_room = -1;
    qint64 m_seq = 0; ///< looked at in this room
    qint64 m_messages = 0;
    qint64 m_entries = 0; ///< of the trees
    size_t m_tree = 0;
};

} // namespace Synchat
