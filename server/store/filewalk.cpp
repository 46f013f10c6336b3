// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/filewalk.h"

#include "server/store/lastpages.h"
#include "server/store/schema.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::FileWalk)
};

// Steps of some milliseconds.
constexpr int MessagesOfStep = 2000;
constexpr int EntriesOfStep = 10000;
/// An entry of a tree takes about so much less than a message.
constexpr int EntriesOfMessage = 8;

// Reads each column, and with it the pages that long ones go on to.
QString partSql()
{
    return u"SELECT count(*), min(position), max(position), count(arrival + length(chain)), "
           u"min(length(chain)),"
           " max(length(chain)), sum(length(text)), sum(length(stamps)), sum(length(author_name))"
           " FROM (SELECT * FROM message WHERE position > ? AND position < ? ORDER BY position LIMIT %1) AS part"_s
               .arg(MessagesOfStep);
}

} // namespace

FileWalk::FileWalk(const StoreConnection &connection, QList<StoredRoom> rooms)
    : m_connection(connection)
    , m_rooms(std::move(rooms))
    , m_rows(connection)
    , m_part(connection.prepared(partSql()))
{
    addTree(u"message_arrival"_s,
            u"SELECT arrival FROM message INDEXED BY message_arrival WHERE arrival > ? ORDER BY arrival"_s,
            {0});
    addTree(
        u"message_post"_s,
        u"SELECT room, author, id FROM message INDEXED BY message_post WHERE (room, author, id) > (?, ?, ?)"
        " ORDER BY room, author, id"_s,
        {0, u""_s, QByteArray("")});
    addTree(u"message_words"_s, u"SELECT id FROM message_words_data WHERE id > ? ORDER BY id"_s, {-1});
    const auto expected = connection.run(
        u"SELECT (SELECT max(arrival) FROM message) - (SELECT min(arrival) FROM message) + 1"_s);
    m_expected = expected ? qMax(qint64(1), expected->toLongLong()) : 1;
}

void FileWalk::addTree(const QString &name, const QString &sql, const QVariantList &firstKey)
{
    m_trees.push_back(
        {name, m_connection.prepared(sql + u" LIMIT 1 OFFSET %1"_s.arg(EntriesOfStep - 1)), firstKey});
}

Result<FileWalk::Step, QString> FileWalk::step()
{
    const auto done = m_room < m_rooms.size()   ? stepThroughMessages()
                      : m_tree < m_trees.size() ? stepThroughTree(m_trees[m_tree])
                                                : lookAtSmallTables();
    if (done)
        return *done;
    if (isDamage(done.error())) {
        goToDamage();
        return Step{true, place() + explainSqlError(done.error())};
    }
    return Failure(explainSqlError(done.error()));
}

int FileWalk::percent() const
{
    const qint64 whole = m_expected + 2 * m_expected / EntriesOfMessage;
    return int(qBound(qint64(0), (m_messages + m_entries / EntriesOfMessage) * 100 / whole, qint64(100)));
}

QString FileWalk::place() const
{
    if (m_room < 0)
        return {};
    if (m_room < m_rooms.size())
        return Text::tr("Room %1, behind message %2: ").arg(m_rooms.at(m_room).name).arg(m_seq);
    if (m_tree < m_trees.size())
        return Text::tr("Index %1: ").arg(m_trees.at(m_tree).name);
    return {};
}

void FileWalk::goToDamage()
{
    if (m_room < 0 || m_room >= m_rooms.size())
        return;
    for (int i = 0; i < MessagesOfStep; ++i) {
        const auto next = m_rows.read(m_rooms.at(m_room), m_seq, m_rooms.at(m_room).lastSeq, 1);
        if (!next || next->isEmpty())
            return;
        m_seq = next->constFirst().message.seq;
    }
}

FileWalk::Step FileWalk::faultAt(qint64 seq, const QString &what) const
{
    return {true,
            Text::tr("The history is damaged. %1").arg(faultText(m_rooms.at(m_room).name, {seq, what}))};
}

std::optional<QSqlError> FileWalk::beginRoom()
{
    m_seq = 0;
    if (++m_room == m_rooms.size())
        return std::nullopt;
    const auto front = m_rows.front(m_rooms.at(m_room));
    if (!front)
        return front.error();
    m_seq = front->seq;
    return std::nullopt;
}

Result<FileWalk::Step, QSqlError> FileWalk::stepThroughMessages()
{
    if (m_room < 0 || m_seq >= m_rooms.at(m_room).lastSeq) {
        if (const auto error = beginRoom())
            return Failure(*error);
        return Step{};
    }
    const StoredRoom &room = m_rooms.at(m_room);
    m_part.bindValue(0, positionOf(room.number, m_seq));
    m_part.bindValue(1, positionOf(room.number, room.lastSeq) + 1);
    if (!m_part.exec() || !m_part.next())
        return Failure(m_part.lastError());
    const qint64 count = m_part.value(0).toLongLong();
    const qint64 first = seqOf(m_part.value(1).toLongLong());
    const qint64 last = seqOf(m_part.value(2).toLongLong());
    const bool isMarked = m_part.value(3).toLongLong() == count && m_part.value(4).toInt() == 32 &&
                          m_part.value(5).toInt() == 32;
    m_part.finish();
    return lookAtPart(first, last, count, isMarked);
}

Result<FileWalk::Step, QSqlError> FileWalk::lookAtPart(qint64 first, qint64 last, qint64 count, bool isMarked)
{
    if (count == 0 || first != m_seq + 1 || last - first + 1 != count)
        return nameHole();
    if (!isMarked)
        return faultAt(first, Text::tr("From here to message %1 marks are missing.").arg(last));
    m_seq = last;
    m_messages += count;
    return Step{};
}

Result<FileWalk::Step, QSqlError> FileWalk::nameHole()
{
    const auto front = m_rows.front(m_rooms.at(m_room));
    if (!front)
        return Failure(front.error());
    if (front->seq > m_seq) { // retention has been here meanwhile
        m_seq = front->seq;
        return Step{};
    }
    const auto rows = m_rows.read(m_rooms.at(m_room), m_seq, m_rooms.at(m_room).lastSeq, MessagesOfStep);
    if (!rows)
        return Failure(rows.error());
    qint64 expected = m_seq + 1;
    for (const ChainedMessage &row : *rows) {
        if (row.message.seq != expected)
            break;
        ++expected;
    }
    return faultAt(expected, missingText());
}

Result<FileWalk::Step, QSqlError> FileWalk::stepThroughTree(Tree &tree)
{
    for (int i = 0; i < tree.key.size(); ++i)
        tree.query.bindValue(i, tree.key.at(i));
    if (!tree.query.exec())
        return Failure(tree.query.lastError());
    if (tree.query.next()) {
        for (int i = 0; i < tree.key.size(); ++i)
            tree.key[i] = tree.query.value(i);
        m_entries += EntriesOfStep;
    } else {
        ++m_tree;
    }
    const QSqlError error = tree.query.lastError();
    tree.query.finish();
    if (error.isValid())
        return Failure(error);
    return Step{};
}

Result<FileWalk::Step, QSqlError> FileWalk::lookAtSmallTables()
{
    for (const QString &table : {u"room"_s, u"meta"_s, u"outbox"_s, u"outbox_dead"_s}) {
        const auto said = m_connection.run(u"PRAGMA quick_check('%1')"_s.arg(table));
        if (!said)
            return Failure(said.error());
        if (said->toString() != u"ok"_s)
            return Step{true, Text::tr("The history is damaged (%1).").arg(said->toString().simplified())};
    }
    return Step{true};
}

} // namespace Synchat
