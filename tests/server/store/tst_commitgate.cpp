// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/commitgate.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

CommittedMessage item(qint64 arrival, const QString &room = u"general"_s)
{
    CommittedMessage item;
    item.ticket = quint64(arrival) + 100;
    item.arrival = arrival;
    item.message.room = room;
    item.message.seq = arrival;
    return item;
}

QList<qint64> arrivals(const CommitGate::Released &released)
{
    QList<qint64> list;
    for (const CommittedMessage &message : released.committed)
        list.append(message.arrival);
    return list;
}

} // namespace

class tst_CommitGate : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsTheOrderOfArrival();
    void deadLettersGoThrough();
    void strangersAreNothing();
    void takenBeforeTheNewsOfTheCommit();
    void originalsWait();
};

void tst_CommitGate::keepsTheOrderOfArrival()
{
    CommitGate gate;
    (void)gate.hold({item(5), item(6)});
    (void)gate.hold({item(7), item(9)});
    QVERIFY(arrivals(gate.release({.taken = {{6, 8}}})).isEmpty());
    QCOMPARE(gate.held(), 4);
    QCOMPARE(arrivals(gate.release({.taken = {{5, 5}}})), (QList<qint64>{5, 6, 7}));
    QCOMPARE(arrivals(gate.release({.taken = {{9, 9}}})), (QList<qint64>{9}));
    QCOMPARE(gate.held(), 0);
}

void tst_CommitGate::deadLettersGoThrough()
{
    CommitGate gate;
    (void)gate.hold({item(1), item(2), item(3)});
    QCOMPARE(arrivals(gate.release({.taken = {{1, 1}}, .dead = {{2, u"no"_s}}})), (QList<qint64>{1, 2}));
}

void tst_CommitGate::strangersAreNothing()
{
    CommitGate gate;
    QVERIFY(arrivals(gate.release({.taken = {{1, 100}}, .rooms = {1}})).isEmpty());
    QVERIFY(arrivals(gate.hold({item(101)})).isEmpty());
    QVERIFY(arrivals(gate.release({.taken = {{1, 100}}})).isEmpty());
}

void tst_CommitGate::takenBeforeTheNewsOfTheCommit()
{
    CommitGate gate;
    QVERIFY(arrivals(gate.hold({item(1)})).isEmpty());
    QVERIFY(arrivals(gate.release({.taken = {{2, 3}}})).isEmpty());
    QVERIFY(arrivals(gate.hold({item(2)})).isEmpty()); // the first one goes first
    QCOMPARE(arrivals(gate.release({.taken = {{1, 1}}})), (QList<qint64>{1, 2}));
    QCOMPARE(arrivals(gate.hold({item(3), item(4)})), (QList<qint64>{3}));
    QCOMPARE(arrivals(gate.release({.taken = {{4, 4}}})), (QList<qint64>{4}));
}

void tst_CommitGate::originalsWait()
{
    CommitGate gate;
    (void)gate.hold({item(1), item(2)});
    QVERIFY(gate.holdOriginal(7, item(2).message));
    QVERIFY(!gate.holdOriginal(8, item(3).message));
    QVERIFY(!gate.holdOriginal(9, item(2, u"ops"_s).message));
    QVERIFY(gate.release({.taken = {{1, 1}}}).originals.isEmpty());
    const CommitGate::Released released = gate.release({.taken = {{2, 2}}});
    QCOMPARE(arrivals(released), (QList<qint64>{2}));
    QCOMPARE(released.originals.size(), 1);
    QCOMPARE(released.originals.constFirst().ticket, 7);
}

QTEST_APPLESS_MAIN(tst_CommitGate)
#include "tst_commitgate.moc"
