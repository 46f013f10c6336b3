// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/roommodel.h"

#include "client/core/rowtimeline.h"
#include "common/protocol.h"

#include <QJsonDocument>

#include <algorithm>

namespace Synchat {

namespace {

constexpr qsizetype MaxSharedStrings = 20'000;

} // namespace

RoomModel::RoomModel(QString room, QObject *parent)
    : QAbstractListModel(parent)
    , m_room(std::move(room))
{}

int RoomModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant RoomModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const RoomRow &row = *m_rows[indexOf(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case TextRole:
        return row.message.text;
    case KindRole:
        return static_cast<int>(row.kind);
    case SeqRole:
        return row.message.seq;
    case AuthorRole:
        return row.message.from.name;
    case JsonRole:
        if (row.kind == RoomRow::Kind::Gap)
            return {};
        return QJsonDocument(messageToJson(row.message)).toJson(QJsonDocument::Compact);
    case AccessibleRole:
    case Qt::AccessibleTextRole:
        return screenReaderRow(*this, index.row());
    default:
        return {};
    }
}

int RoomModel::rowOfSeq(qint64 seq) const
{
    const int row = placeOf(seq) - 1;
    if (row < 0)
        return -1;
    const RoomRow &candidate = *m_rows[indexOf(row)];
    return candidate.kind == RoomRow::Kind::Message && candidate.message.seq == seq ? row : -1;
}

qint64 RoomModel::firstSeq() const
{
    const int first = m_finalCount > 0 && m_rows.front()->isGap() ? 1 : 0; // two gaps never touch
    return m_finalCount > first ? m_rows[indexOf(first)]->message.seq : 0;
}

qint64 RoomModel::lastSeq() const
{
    if (m_finalCount == 0)
        return 0;
    const RoomRow &last = *m_rows[indexOf(m_finalCount - 1)];
    // A gap is last only while a pending row is being moved behind it.
    return last.kind == RoomRow::Kind::Gap ? last.gapFrom - 1 : last.message.seq;
}

void RoomModel::reset()
{
    beginResetModel();
    m_rows.erase(m_rows.begin(), m_rows.begin() + m_finalCount);
    m_finalCount = 0;
    m_serverFirst = 0;
    m_serverLast = 0;
    endResetModel();
}

void RoomModel::add(const QList<Message> &messages)
{
    const Run fresh = freshOnes(messages);
    for (std::size_t i = 0; i < fresh.size();) {
        const int pending = pendingRowFor(*fresh[i]);
        if (pending >= 0) {
            finishPending(pending, *fresh[i]);
            ++i;
            continue;
        }
        const int place = placeOf(fresh[i]->seq);
        std::size_t end = i + 1;
        while (end < fresh.size() && placeOf(fresh[end]->seq) == place && pendingRowFor(*fresh[end]) < 0)
            ++end;
        insertRun(place, Run(fresh.begin() + static_cast<std::ptrdiff_t>(i),
                             fresh.begin() + static_cast<std::ptrdiff_t>(end)));
        i = end;
    }
    m_serverLast = std::max(m_serverLast, lastSeq());
    refreshEdge();
    refreshGone();
}

void RoomModel::addPending(const Message &message)
{
    if (waitingRow(message.id) >= 0)
        return;
    const int place = rowCount();
    beginInsertRows({}, place, place);
    m_rows.push_back(rowFor(message));
    m_rows.back()->kind = RoomRow::Kind::Pending;
    m_rows.back()->message.seq = 0;
    endInsertRows();
}

void RoomModel::markFailed(const QUuid &id, const QString &reason)
{
    const int row = waitingRow(id);
    if (row < 0)
        return;
    m_rows[indexOf(row)]->kind = RoomRow::Kind::Failed;
    m_rows[indexOf(row)]->failure = reason;
    announceChange(row);
}

void RoomModel::markPending(const QUuid &id)
{
    const int row = waitingRow(id);
    if (row < 0)
        return;
    m_rows[indexOf(row)]->kind = RoomRow::Kind::Pending;
    m_rows[indexOf(row)]->failure.clear();
    announceChange(row);
}

void RoomModel::removePending(const QUuid &id)
{
    const int row = waitingRow(id);
    if (row >= 0)
        removeRowAt(row);
}

void RoomModel::setPendingAuthor(const Author &author)
{
    const int first = m_finalCount;
    const int last = rowCount() - 1;
    for (int row = first; row <= last; ++row)
        m_rows[indexOf(row)]->message.from = {shared(author.id), shared(author.name)};
    if (first <= last)
        Q_EMIT dataChanged(index(first), index(last));
}

RoomModel::Run RoomModel::freshOnes(const QList<Message> &messages) const
{
    Run fresh;
    fresh.reserve(static_cast<std::size_t>(messages.size()));
    const qint64 last = lastSeq();
    for (const Message &message : messages) {
        if (message.seq > 0 && (message.seq > last || rowOfSeq(message.seq) < 0))
            fresh.push_back(&message);
    }
    const auto earlier = [](const Message *a, const Message *b) { return a->seq < b->seq; };
    const auto same = [](const Message *a, const Message *b) { return a->seq == b->seq; };
    std::stable_sort(fresh.begin(), fresh.end(), earlier);
    fresh.erase(std::unique(fresh.begin(), fresh.end(), same), fresh.end());
    return fresh;
}

/// The first final row behind `seq`: all missing numbers between the same two messages have the same place.
int RoomModel::placeOf(qint64 seq) const
{
    const auto end = m_rows.begin() + m_finalCount;
    const auto behind = [](qint64 value, const RowPointer &row) { return value < keyOf(*row); };
    return static_cast<int>(std::upper_bound(m_rows.begin(), end, seq, behind) - m_rows.begin());
}

int RoomModel::pendingRowFor(const Message &message) const
{
    const int row = waitingRow(message.id);
    if (row < 0)
        return -1;
    const QString &author = m_rows[indexOf(row)]->message.from.id;
    return author.isEmpty() || author == message.from.id ? row : -1;
}

int RoomModel::waitingRow(const QUuid &id) const
{
    for (int row = m_finalCount; row < rowCount(); ++row) {
        if (m_rows[indexOf(row)]->message.id == id)
            return row;
    }
    return -1;
}

RoomModel::RowPointer RoomModel::rowFor(const Message &message)
{
    auto row = std::make_unique<RoomRow>();
    row->message = shared(message);
    return row;
}

RoomModel::Rows RoomModel::rowsFor(const Run &run)
{
    Rows rows;
    rows.reserve(run.size());
    for (const Message *message : run) {
        if (!rows.empty() && message->seq > rows.back()->message.seq + 1)
            rows.push_back(makeGap(rows.back()->message.seq + 1, message->seq - 1));
        rows.push_back(rowFor(*message));
    }
    return rows;
}

void RoomModel::insertRun(int place, const Run &run)
{
    if (place > 0 && m_rows[indexOf(place - 1)]->isGap()) {
        fillGap(place - 1, run);
        return;
    }
    const qint64 first = run.front()->seq;
    const qint64 last = run.back()->seq;
    if (place == 0 && m_finalCount > 0 && m_rows.front()->isGap()) {
        m_rows.front()->gapFrom = first; // older than the server said that anything is
        fillGap(0, run);
        return;
    }
    Rows rows = rowsFor(run);
    if (place == m_finalCount) {
        if (place > 0 && first > lastSeq() + 1)
            rows.insert(rows.begin(), makeGap(lastSeq() + 1, first - 1));
    } else if (last + 1 < firstSeq()) {
        rows.push_back(makeGap(last + 1, firstSeq() - 1));
    }
    insertFinalRows(place, std::move(rows));
}

void RoomModel::insertFinalRows(int place, Rows rows)
{
    if (rows.empty())
        return;
    const int count = static_cast<int>(rows.size());
    beginInsertRows({}, place, place + count - 1);
    if (count == 1)
        m_rows.insert(m_rows.begin() + place, std::move(rows.front()));
    else
        m_rows.insert(m_rows.begin() + place, std::make_move_iterator(rows.begin()),
                      std::make_move_iterator(rows.end()));
    m_finalCount += count;
    endInsertRows();
}

void RoomModel::finishPending(int pendingRow, const Message &message)
{
    if (message.seq <= lastSeq()) {
        removeRowAt(pendingRow);
        insertRun(placeOf(message.seq), {&message});
        return;
    }
    if (m_finalCount > 0 && message.seq > lastSeq() + 1) {
        Rows gap;
        gap.push_back(makeGap(lastSeq() + 1, message.seq - 1));
        insertFinalRows(m_finalCount, std::move(gap));
        ++pendingRow;
    }
    const int place = m_finalCount;
    if (pendingRow != place) {
        beginMoveRows({}, pendingRow, pendingRow, {}, place);
        std::rotate(m_rows.begin() + place, m_rows.begin() + pendingRow, m_rows.begin() + pendingRow + 1);
        endMoveRows();
    }
    RoomRow &row = *m_rows[indexOf(place)];
    row.kind = RoomRow::Kind::Message;
    row.message = shared(message);
    row.failure.clear();
    ++m_finalCount;
    announceChange(place);
}

void RoomModel::removeRowAt(int row)
{
    beginRemoveRows({}, row, row);
    m_rows.erase(m_rows.begin() + row);
    endRemoveRows();
}

void RoomModel::announceChange(int row)
{
    const QModelIndex changed = index(row);
    Q_EMIT dataChanged(changed, changed);
}

Message RoomModel::shared(const Message &message)
{
    Message copy = message;
    copy.room = m_room;
    copy.kind = shared(message.kind);
    copy.from.id = shared(message.from.id);
    copy.from.name = shared(message.from.name);
    copy.stamps.local.boot = shared(message.stamps.local.boot);
    copy.stamps.api.source = shared(message.stamps.api.source);
    copy.stamps.ntp.source = shared(message.stamps.ntp.source);
    return copy;
}

QString RoomModel::shared(const QString &text)
{
    if (text.isEmpty())
        return {};
    const auto known = m_strings.constFind(text);
    if (known != m_strings.constEnd())
        return *known;
    if (m_strings.size() >= MaxSharedStrings)
        m_strings.clear();
    m_strings.insert(text);
    return text;
}

} // namespace Synchat
