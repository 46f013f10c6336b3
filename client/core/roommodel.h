// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/message.h"

#include <QAbstractListModel>
#include <QSet>

#include <memory>
#include <vector>

namespace Synchat {

/// One row of a room: a message that everybody has, one of ours on its way, or a hole in the history.
struct RoomRow
{
    enum class Kind : quint8 { Message, Pending, Failed, Gap };
    Kind kind = Kind::Message;
    Message message;    ///< pending and failed: seq 0, `live` filled; gap: unused
    QString failure;    ///< failed: why, a sentence
    qint64 gapFrom = 0; ///< gap: first missing seq
    qint64 gapTo = 0;   ///< gap: last missing seq
    bool gapLoading = false;
};

/// The rows of one room in the order of `seq`, pending and failed ones behind them. Takes every message once.
/// Knows what is missing between the messages it holds (gap rows). Day separators, groups and the unread line
/// are the view's, made from these rows. No I/O.
class RoomModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        KindRole = Qt::UserRole + 1, ///< int of RoomRow::Kind
        SeqRole,                     ///< qint64
        AuthorRole,                  ///< QString
        TextRole,                    ///< QString (also Qt::DisplayRole)
        JsonRole,                    ///< QByteArray, the `message` object
        AccessibleRole,              ///< QString: "ana, 14:03:25 UTC, clock 1.80 s behind: disk alarm"
    };

    explicit RoomModel(QString room, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

    const QString &room() const { return m_room; }
    /// Precondition: 0 <= row < rowCount().
    const RoomRow &row(int row) const { return *m_rows[static_cast<std::size_t>(row)]; }
    /// -1 when it is not held.
    int rowOfSeq(qint64 seq) const;
    qint64 firstSeq() const; ///< held; 0 when none
    qint64 lastSeq() const;  ///< held; 0 when none

    /// Forgets all final rows (another epoch); pending and failed ones stay.
    void reset();
    /// Live messages and pages alike: any order, repeats are dropped; gap rows are kept true. A message that
    /// one of our pending rows stands for replaces it.
    void add(const QList<Message> &messages);
    /// What the room holds on the server: rows before the first and after the last held message that are
    /// missing show as gaps only when `showEdges`; `firstSeq` tells when there is nothing older.
    void setServerRange(qint64 firstSeq, qint64 lastSeq);
    bool hasOlder() const; ///< the server has messages before the first one held
    void setGapLoading(qint64 from, bool loading);

    /// Does nothing when a row with this id waits already.
    void addPending(const Message &message);
    void markFailed(const QUuid &id, const QString &reason);
    void markPending(const QUuid &id); ///< a retry
    void removePending(const QUuid &id);

    /// Who we are by the last greeting: only this person's messages replace pending rows.
    void setPendingAuthor(const Author &author);

private:
    using RowPointer = std::unique_ptr<RoomRow>;
    using Rows = std::vector<RowPointer>;
    using Run = std::vector<const Message *>; ///< ascending seq, none of them held

    Run freshOnes(const QList<Message> &messages) const;
    int placeOf(qint64 seq) const;
    int pendingRowFor(const Message &message) const;
    int waitingRow(const QUuid &id) const;
    int gapRow(qint64 from) const;
    RowPointer rowFor(const Message &message);
    Rows rowsFor(const Run &run);
    void insertRun(int place, const Run &run);
    void fillGap(int gap, const Run &run);
    void insertFinalRows(int place, Rows rows);
    void finishPending(int pendingRow, const Message &message);
    void removeRowAt(int row);
    void announceChange(int row);
    Message shared(const Message &message);
    QString shared(const QString &text);

    QString m_room;
    // Each row stands alone on the heap, so that a page in the middle moves pointers only.
    Rows m_rows;
    int m_finalCount = 0;    ///< rows before this one are messages and gaps; the others wait
    QSet<QString> m_strings; ///< what many messages share: ids, names, kinds, sources, boots
    qint64 m_serverFirst = 0;
    qint64 m_serverLast = 0;
};

} // namespace Synchat
