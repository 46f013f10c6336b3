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
    enum class GapState : quint8 {
        Missing, ///< can be loaded
        Loading,
        Failed, ///< could not be loaded: `failure` says why
        Gone,   ///< the server keeps them no more
    };
    Kind kind = Kind::Message;
    Message message;    ///< pending and failed: seq 0, `live` filled; gap: unused
    QString failure;    ///< failed, or a gap that could not be loaded: why, a sentence
    qint64 gapFrom = 0; ///< gap: first missing seq
    qint64 gapTo = 0;   ///< gap: last missing seq
    GapState gapState = GapState::Missing;

    bool isGap() const { return kind == Kind::Gap; }
    qint64 gapSize() const { return gapTo - gapFrom + 1; }
};

/// From which side a gap is filled: where it joins what is being read.
enum class GapEnd : quint8 { Older, Newer };

/// The rows of one room in the order of `seq`, pending and failed ones behind them. Takes every message once.
/// Knows what is missing between the messages it holds, and before the first of them (gap rows). Day
/// separators, groups and the unread line are the view's, made from these rows. No I/O.
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
    qint64 firstSeq() const; ///< of the messages held; 0 when none
    qint64 lastSeq() const;  ///< held; 0 when none

    /// Forgets all final rows (another epoch); pending and failed ones stay.
    void reset();
    /// Live messages and pages alike: any order, repeats are dropped; gap rows are kept true. A message that
    /// one of our pending rows stands for replaces it.
    void add(const QList<Message> &messages);
    /// What the room holds on the server. What lies before the first message held is a gap too; gaps before
    /// `firstSeq` are gone for good. 0, 0: nothing, or not known.
    void setServerRange(qint64 firstSeq, qint64 lastSeq);
    bool hasOlder() const; ///< the server has messages before the first one held
    /// Holds no more than `most` final rows: when there are more, a tenth of them goes at the end that is
    /// farther from `seq`, and becomes a gap; the newest page stays. Not fewer than 1000 make sense.
    void forgetFarFrom(qint64 seq, int most);
    /// -1: `seq` lies in no gap.
    int gapRowOf(qint64 seq) const;
    /// Of the gap in which `seq` lies; nothing happens when there is none.
    void setGapState(qint64 seq, RoomRow::GapState state, const QString &failure = {});
    /// What was asked for on a link that is lost counts as not asked for.
    void forgiveGaps();

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

    static RowPointer makeGap(qint64 from, qint64 to);
    static std::size_t indexOf(int row) { return static_cast<std::size_t>(row); }
    static qint64 keyOf(const RoomRow &row) { return row.isGap() ? row.gapFrom : row.message.seq; }
    Run freshOnes(const QList<Message> &messages) const;
    int placeOf(qint64 seq) const;
    int pendingRowFor(const Message &message) const;
    int waitingRow(const QUuid &id) const;
    RowPointer rowFor(const Message &message);
    Rows rowsFor(const Run &run);
    void insertRun(int place, const Run &run);
    void fillGap(int gap, const Run &run);
    void forget(int first, int last);
    void refreshEdge();
    void refreshGone();
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
