// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/recentmessages.h"

#include <QTest>

using namespace Synchat;

namespace {

Message numbered(qint64 seq, qsizetype length = 1)
{
    Message message;
    message.seq = seq;
    message.text = QString(length, u'x');
    return message;
}

} // namespace

class tst_RecentMessages : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void closedHoldsNothing();
    void after_data();
    void after();
    void openingAgainChangesNothing();
    void countIsBounded();
    void lengthIsBounded();
    void closingForgets();
};

void tst_RecentMessages::closedHoldsNothing()
{
    RecentMessages recent;
    recent.append(numbered(1));
    QCOMPARE(recent.size(), 0);
    QVERIFY(!recent.after(0));
}

void tst_RecentMessages::after_data()
{
    QTest::addColumn<qint64>("seq");
    QTest::addColumn<int>("count"); // -1: not all of it is here
    QTest::newRow("all-before") << qint64(0) << -1;
    QTest::newRow("one-before-the-opening") << qint64(9) << -1;
    QTest::newRow("exactly-from-the-opening") << qint64(10) << 3;
    QTest::newRow("in-the-middle") << qint64(12) << 1;
    QTest::newRow("nothing-missing") << qint64(13) << 0;
    QTest::newRow("beyond") << qint64(99) << 0;
}

void tst_RecentMessages::after()
{
    QFETCH(qint64, seq);
    QFETCH(int, count);
    RecentMessages recent;
    recent.open(10);
    for (qint64 next = 11; next <= 13; ++next)
        recent.append(numbered(next));
    const auto found = recent.after(seq);
    QCOMPARE(found ? int(found->size()) : -1, count);
    if (count > 0)
        QCOMPARE(found->first().seq, seq + 1);
}

void tst_RecentMessages::openingAgainChangesNothing()
{
    RecentMessages recent;
    recent.open(10);
    recent.append(numbered(11));
    recent.open(11);
    QCOMPARE(recent.after(10)->size(), 1);
}

void tst_RecentMessages::countIsBounded()
{
    RecentMessages recent;
    recent.open(0);
    for (qint64 seq = 1; seq <= RecentMessages::MaxMessages + 5; ++seq)
        recent.append(numbered(seq));
    QCOMPARE(recent.size(), RecentMessages::MaxMessages);
    QVERIFY(!recent.after(4));
    QCOMPARE(recent.after(5)->first().seq, 6);
}

void tst_RecentMessages::lengthIsBounded()
{
    RecentMessages recent;
    recent.open(0);
    for (qint64 seq = 1; seq <= 200; ++seq)
        recent.append(numbered(seq, 4096));
    QCOMPARE(recent.size(), RecentMessages::MaxTextUnits / 4096);
    const qint64 forgotten = 200 - recent.size();
    QVERIFY(!recent.after(forgotten - 1));
    QCOMPARE(recent.after(forgotten)->first().seq, forgotten + 1);
}

void tst_RecentMessages::closingForgets()
{
    RecentMessages recent;
    recent.open(0);
    recent.append(numbered(1));
    recent.close();
    QVERIFY(!recent.after(0));
    recent.open(7);
    QVERIFY(!recent.after(6));
    QCOMPARE(recent.after(7)->size(), 0);
}

QTEST_APPLESS_MAIN(tst_RecentMessages)
#include "tst_recentmessages.moc"
