// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/messagechain.h"
#include "server/store/chaincheck.h"
#include "server/store/roomcheck.h"
#include "tests/server/store/historyfixture.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

/// What a room holds when all is well: messages 1 to 4, with other rooms' arrivals between theirs.
QList<ChainedMessage> goodRows()
{
    QList<ChainedMessage> rows;
    QByteArray chain = chainStart(u"general"_s, u"epoch"_s);
    for (qint64 seq = 1; seq <= 4; ++seq) {
        Message message = sampleMessage(u"text %1"_s.arg(seq));
        message.seq = seq;
        chain = chainNext(chain, canonicalMessage(message));
        rows.append({message, seq * 10, chain});
    }
    return rows;
}

/// The first fault of the rows, seq 0 when there is none.
RoomFault faultIn(const QList<ChainedMessage> &rows, qint64 before = 0,
                  const QByteArray &chain = chainStart(u"general"_s, u"epoch"_s))
{
    ChainCheck check(before, chain);
    for (const ChainedMessage &row : rows) {
        if (const auto fault = check.take(row))
            return *fault;
    }
    return {};
}

using Change = void (*)(QList<ChainedMessage> &rows);

} // namespace

Q_DECLARE_METATYPE(Change)

class tst_ChainCheck : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goodRoomPasses();
    void goesOnFromTheMiddle();
    void namesTheFirstBadRow_data();
    void namesTheFirstBadRow();
    void numbersSeenTwice();
};

void tst_ChainCheck::goodRoomPasses()
{
    QCOMPARE(faultIn(goodRows()), RoomFault());
    QCOMPARE(faultIn({}), RoomFault());
}

void tst_ChainCheck::goesOnFromTheMiddle()
{
    const QList<ChainedMessage> rows = goodRows();
    QCOMPARE(faultIn(rows.sliced(2), 2, rows.at(1).chain), RoomFault());
    ChainCheck check(0, chainStart(u"general"_s, u"epoch"_s));
    QVERIFY(!check.take(rows.first()));
    QCOMPARE(check.lastSeq(), 1);
    check.continueBehind(3, rows.at(2).chain);
    QVERIFY(!check.take(rows.last()));
    QCOMPARE(check.lastSeq(), 4);
}

void tst_ChainCheck::namesTheFirstBadRow_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<qint64>("seq");
    QTest::addColumn<QString>("word");
    const QString hash = u"chain hash"_s;
    const auto row = [&](const char *name, Change change, qint64 seq, const QString &word) {
        QTest::newRow(name) << change << seq << word;
    };
    row(
        "hole", [](QList<ChainedMessage> &rows) { rows.remove(1); }, 2, u"missing"_s);
    row(
        "first-missing", [](QList<ChainedMessage> &rows) { rows.removeFirst(); }, 1, u"missing"_s);
    row(
        "twice", [](QList<ChainedMessage> &rows) { rows.insert(2, rows.at(1)); }, 3, u"missing"_s);
    row(
        "text", [](QList<ChainedMessage> &rows) { rows[2].message.text += u'.'; }, 3, hash);
    row(
        "author", [](QList<ChainedMessage> &rows) { rows[2].message.from.name = u"Eve"_s; }, 3, hash);
    row(
        "stamp", [](QList<ChainedMessage> &rows) { ++*rows[0].message.stamps.local.t; }, 1, hash);
    row(
        "hash", [](QList<ChainedMessage> &rows) { rows[1].chain[31] = char(rows[1].chain[31] ^ 1); }, 2,
        hash);
    row(
        "no-hash", [](QList<ChainedMessage> &rows) { rows[3].chain.clear(); }, 4, hash);
    row(
        "same-arrival", [](QList<ChainedMessage> &rows) { rows[2].arrival = rows[1].arrival; }, 3, u"(20)"_s);
    row(
        "arrival-back", [](QList<ChainedMessage> &rows) { rows[2].arrival = 5; }, 3, u"(5)"_s);
    row(
        "no-arrival", [](QList<ChainedMessage> &rows) { rows[0].arrival = 0; }, 1, u"arrival"_s);
}

void tst_ChainCheck::namesTheFirstBadRow()
{
    QFETCH(Change, change);
    QList<ChainedMessage> rows = goodRows();
    change(rows);
    const RoomFault fault = faultIn(rows);
    QTEST(fault.seq, "seq");
    QFETCH(QString, word);
    QVERIFY2(fault.what.contains(word), qPrintable(fault.what));
}

void tst_ChainCheck::numbersSeenTwice()
{
    SeenNumbers seen(100);
    QVERIFY(!seen.insert(1));
    QVERIFY(!seen.insert(100));
    QVERIFY(seen.insert(1));
    QVERIFY(seen.insert(100));
    QVERIFY(!seen.insert(101)); // beyond what is remembered
    QVERIFY(!seen.insert(101));
    QVERIFY(!seen.insert(-1));
}

QTEST_GUILESS_MAIN(tst_ChainCheck)
#include "tst_chaincheck.moc"
