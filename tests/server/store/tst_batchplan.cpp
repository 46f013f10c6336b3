// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/messagechain.h"
#include "server/store/batchplan.h"
#include "tests/server/store/historyfixture.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

QHash<qint64, RoomEnd> twoRooms()
{
    return {{1, {u"general"_s, 10, QByteArray(32, 'a')}}, {2, {u"lab"_s, 0, QByteArray(32, 'b')}}};
}

CommittedMessage post(quint64 ticket, qint64 room, const QString &author = u"u1"_s)
{
    return {ticket, room, sampleMessage(QString::number(ticket), author)};
}

QList<qint64> seqs(const BatchPlan &plan)
{
    QList<qint64> found;
    for (const NumberedMessage &numbered : plan.messages)
        found.append(numbered.item.message.seq);
    return found;
}

QList<quint64> tickets(const QList<CommittedMessage> &items)
{
    QList<quint64> found;
    for (const CommittedMessage &item : items)
        found.append(item.ticket);
    return found;
}

} // namespace

class tst_BatchPlan : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void numbersEachRoom();
    void chainsEachRoom();
    void repeatInBatchTakesNoNumber();
    void storedPostLeavesNoHole();
    void samePostElsewhereIsAnother();
    void unknownRoomIsLeftOut();
    void emptyBatchMovesNothing();
};

void tst_BatchPlan::numbersEachRoom()
{
    const BatchPlan plan = planBatch({post(1, 1), post(2, 2), post(3, 1), post(4, 2)}, twoRooms(), 50, {});
    QCOMPARE(seqs(plan), (QList<qint64>{11, 1, 12, 2}));
    for (int i = 0; i < 4; ++i)
        QCOMPARE(plan.messages.at(i).item.arrival, 51 + i);
    QCOMPARE(plan.messages.at(1).item.message.room, u"lab"_s);
    QCOMPARE(plan.progress.lastArrival, 54);
    QCOMPARE(plan.progress.rooms.value(1).lastSeq, 12);
    QCOMPARE(plan.progress.rooms.value(2).lastSeq, 2);
}

void tst_BatchPlan::chainsEachRoom()
{
    const BatchPlan plan = planBatch({post(1, 1), post(2, 2), post(3, 1)}, twoRooms(), 0, {});
    const auto next = [](const QByteArray &before, const NumberedMessage &numbered) {
        return chainNext(before, canonicalMessage(numbered.item.message));
    };
    QCOMPARE(plan.messages.at(0).chain, next(QByteArray(32, 'a'), plan.messages.at(0)));
    QCOMPARE(plan.messages.at(1).chain, next(QByteArray(32, 'b'), plan.messages.at(1)));
    QCOMPARE(plan.messages.at(2).chain, next(plan.messages.at(0).chain, plan.messages.at(2)));
    QCOMPARE(plan.progress.rooms.value(1).chain, plan.messages.at(2).chain);
}

void tst_BatchPlan::repeatInBatchTakesNoNumber()
{
    CommittedMessage again = post(2, 1);
    const CommittedMessage first = post(1, 1);
    again.message.id = first.message.id;
    const BatchPlan plan = planBatch({first, again, post(3, 1)}, twoRooms(), 0, {});
    QCOMPARE(seqs(plan), (QList<qint64>{11, 12}));
    QCOMPARE(tickets(plan.repeats), QList<quint64>{2});
    QCOMPARE(plan.progress.lastArrival, 2);
}

void tst_BatchPlan::storedPostLeavesNoHole()
{
    const CommittedMessage known = post(2, 1);
    const BatchPlan plan =
        planBatch({post(1, 1), known, post(3, 1), known}, twoRooms(), 0, {postKeyOf(known)});
    QCOMPARE(seqs(plan), (QList<qint64>{11, 12}));
    QCOMPARE(tickets(plan.repeats), (QList<quint64>{2, 2}));
}

void tst_BatchPlan::samePostElsewhereIsAnother()
{
    const CommittedMessage first = post(1, 1);
    CommittedMessage otherRoom = first;
    otherRoom.room = 2;
    CommittedMessage otherAuthor = first;
    otherAuthor.message.from.id = u"u2"_s;
    const BatchPlan plan = planBatch({first, otherRoom, otherAuthor}, twoRooms(), 0, {});
    QCOMPARE(seqs(plan), (QList<qint64>{11, 1, 12}));
}

void tst_BatchPlan::unknownRoomIsLeftOut()
{
    const BatchPlan plan = planBatch({post(1, 1), post(2, 77), post(3, 1)}, twoRooms(), 0, {});
    QCOMPARE(seqs(plan), (QList<qint64>{11, 12}));
    QCOMPARE(plan.unknownRoom, QList<quint64>{2});
}

void tst_BatchPlan::emptyBatchMovesNothing()
{
    const BatchPlan plan = planBatch({}, twoRooms(), 5, {});
    QVERIFY(plan.messages.isEmpty() && plan.progress.rooms.isEmpty());
    QCOMPARE(plan.progress.lastArrival, 5);
}

QTEST_GUILESS_MAIN(tst_BatchPlan)
#include "tst_batchplan.moc"
