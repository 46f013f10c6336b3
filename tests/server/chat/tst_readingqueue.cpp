// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/readingqueue.h"

#include <QTest>

using namespace Synchat;

class tst_ReadingQueue : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void historyIsBounded();
    void searchesAreBounded();
    void oneCatchUpForEachRoom();
    void inTurn();
};

void tst_ReadingQueue::historyIsBounded()
{
    ReadingQueue queue;
    const HistoryReading reading{{RoomName::general()}, {}};
    for (int i = 0; i < ReadingQueue::MaxHistory; ++i)
        QVERIFY(queue.add(reading));
    QVERIFY(!queue.add(reading));
    queue.add(CatchUpReading{1, 1}); // bounded by the rooms joined instead
    (void)queue.takeNext();
    QVERIFY(queue.add(reading));
}

void tst_ReadingQueue::searchesAreBounded()
{
    ReadingQueue queue;
    const SearchReading search{*checkedSearch({QStringLiteral("disk"), {}, {}, {}, {}, 1, {}}), {}};
    for (int i = 0; i < ReadingQueue::MaxSearches; ++i)
        QVERIFY(queue.add(search));
    QVERIFY(!queue.add(search));
    QVERIFY(queue.add(HistoryReading{{RoomName::general()}, {}})); // apart from pages
    (void)queue.takeNext();
    QVERIFY(queue.add(search));
}

void tst_ReadingQueue::oneCatchUpForEachRoom()
{
    ReadingQueue queue;
    for (quint64 joining = 1; joining <= 100; ++joining)
        queue.add(CatchUpReading{qint64(joining % 2), joining});
    QCOMPARE(std::get<CatchUpReading>(queue.takeNext()).joining, 99);
    QCOMPARE(std::get<CatchUpReading>(queue.takeNext()).joining, 100);
    QVERIFY(queue.isEmpty());
}

void tst_ReadingQueue::inTurn()
{
    ReadingQueue queue;
    queue.add(CatchUpReading{1, 1});
    QVERIFY(queue.add(HistoryReading{{RoomName::general()}, QStringLiteral("r")}));
    const Reading first = queue.takeNext();
    QVERIFY(std::holds_alternative<CatchUpReading>(first));
    queue.add(std::get<CatchUpReading>(first));
    QVERIFY(std::holds_alternative<HistoryReading>(queue.takeNext()));
    const Reading last = queue.takeNext();
    queue.putBack(last);
    QVERIFY(std::holds_alternative<CatchUpReading>(queue.takeNext()));
}

QTEST_APPLESS_MAIN(tst_ReadingQueue)
#include "tst_readingqueue.moc"
