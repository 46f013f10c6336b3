// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/historyrules.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

Room roomWith(qint64 lastSeq)
{
    return Room({7, u"ops"_s, u""_s, u"e1"_s, lastSeq ? 1 : 0, lastSeq});
}

QList<Message> messages(qint64 first, qint64 last, qsizetype length = 1)
{
    QList<Message> list;
    for (qint64 seq = first; seq <= last; ++seq) {
        Message message;
        message.room = u"ops"_s;
        message.seq = seq;
        message.text = QString(length, u'x');
        list.append(message);
    }
    return list;
}

PageRequest asked(HistoryAnchor anchor, qint64 value, qint64 upTo)
{
    PageRequest request;
    request.anchor = anchor;
    request.value = value;
    request.upTo = upTo;
    return request;
}

} // namespace

class tst_HistoryRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void asksOnlyForWhatWasAnnounced();
    void complete_data();
    void complete();
    void cutKeepsTheAnchor_data();
    void cutKeepsTheAnchor();
    void oneHugeMessageIsSent();
    void catchUp_data();
    void catchUp();
};

void tst_HistoryRules::asksOnlyForWhatWasAnnounced()
{
    const HistoryFrame frame{*RoomName::parse(u"ops"_s), HistoryAnchor::Before, 4, 20};
    const PageRequest request = pageRequestFor(frame, roomWith(9));
    QCOMPARE(request.room, 7);
    QCOMPARE(request.anchor, HistoryAnchor::Before);
    QCOMPARE(request.value, 4);
    QCOMPARE(request.limit, 20);
    QCOMPARE(request.upTo, 9);
}

void tst_HistoryRules::complete_data()
{
    QTest::addColumn<HistoryAnchor>("anchor");
    QTest::addColumn<bool>("reachesFirst");
    QTest::addColumn<bool>("reachesLast");
    QTest::addColumn<qint64>("upTo");
    QTest::addColumn<bool>("complete");
    const auto row = [](const char *name, HistoryAnchor anchor, bool first, bool last, qint64 upTo,
                        bool complete) {
        QTest::newRow(name) << anchor << first << last << upTo << complete;
    };
    row("newest-whole-room", HistoryAnchor::Newest, true, true, 9, true);
    row("newest-older-exist", HistoryAnchor::Newest, false, true, 9, false);
    row("before-to-the-first", HistoryAnchor::Before, true, false, 9, true);
    row("before-older-exist", HistoryAnchor::Before, false, true, 9, false);
    row("after-to-the-last", HistoryAnchor::After, false, true, 9, true);
    row("after-newer-exist", HistoryAnchor::After, true, false, 9, false);
    row("after-newer-came-meanwhile", HistoryAnchor::After, true, true, 8, false);
    row("around-both-ends", HistoryAnchor::Around, true, true, 9, true);
    row("around-no-first", HistoryAnchor::Around, false, true, 9, false);
    row("around-no-last", HistoryAnchor::Around, true, false, 9, false);
    row("around-newer-came-meanwhile", HistoryAnchor::Around, true, true, 8, false);
    row("at-both-ends", HistoryAnchor::At, true, true, 9, true);
    row("at-no-last", HistoryAnchor::At, true, false, 9, false);
}

void tst_HistoryRules::complete()
{
    QFETCH(HistoryAnchor, anchor);
    QFETCH(bool, reachesFirst);
    QFETCH(bool, reachesLast);
    QFETCH(qint64, upTo);
    StoredPage read;
    read.messages = messages(3, 4);
    read.reachesFirst = reachesFirst;
    read.reachesLast = reachesLast;
    const HistoryPage page = historyPage(asked(anchor, 3, upTo), read, roomWith(9));
    QTEST(page.complete, "complete");
    QCOMPARE(page.room, u"ops"_s);
    QCOMPARE(page.epoch, u"e1"_s);
    QCOMPARE(page.firstSeq, 1);
    QCOMPARE(page.lastSeq, 9);
    QCOMPARE(page.messages.size(), 2);
}

void tst_HistoryRules::cutKeepsTheAnchor_data()
{
    QTest::addColumn<HistoryAnchor>("anchor");
    QTest::addColumn<qint64>("value");
    QTest::addColumn<qint64>("kept");
    QTest::newRow("newest") << HistoryAnchor::Newest << qint64(0) << qint64(100);
    QTest::newRow("before") << HistoryAnchor::Before << qint64(101) << qint64(100);
    QTest::newRow("after") << HistoryAnchor::After << qint64(0) << qint64(1);
    QTest::newRow("around-middle") << HistoryAnchor::Around << qint64(50) << qint64(50);
    QTest::newRow("around-first") << HistoryAnchor::Around << qint64(1) << qint64(1);
    QTest::newRow("around-last") << HistoryAnchor::Around << qint64(100) << qint64(100);
    QTest::newRow("around-beyond") << HistoryAnchor::Around << qint64(1000) << qint64(100);
    QTest::newRow("at") << HistoryAnchor::At << qint64(123456789) << qint64(50);
}

void tst_HistoryRules::cutKeepsTheAnchor()
{
    QFETCH(HistoryAnchor, anchor);
    QFETCH(qint64, value);
    QFETCH(qint64, kept);
    constexpr qsizetype MaxBytes = 20'000;
    HistoryPage page = catchUpPage(messages(1, 100, 1000), 100, 100, roomWith(100));
    QVERIFY(page.complete);
    const EncodedPage encoded = encodePageFor(asked(anchor, value, 100), page, u"r"_s, MaxBytes);
    QVERIFY(encoded.bytes.size() <= MaxBytes);
    QVERIFY(!encoded.page.complete);
    QVERIFY(encoded.bytes.contains("\"complete\":false"));
    QVERIFY(encoded.page.messages.size() >= 5);
    const bool holds = std::any_of(encoded.page.messages.cbegin(), encoded.page.messages.cend(),
                                   [kept](const Message &message) { return message.seq == kept; });
    QVERIFY(holds);
    for (qsizetype i = 1; i < encoded.page.messages.size(); ++i)
        QCOMPARE(encoded.page.messages[i].seq, encoded.page.messages[i - 1].seq + 1);
}

void tst_HistoryRules::oneHugeMessageIsSent()
{
    const HistoryPage page = catchUpPage(messages(1, 3, 4096), 3, 3, roomWith(3));
    const EncodedPage encoded = encodePageFor(asked(HistoryAnchor::Around, 2, 3), page, {}, 1000);
    QCOMPARE(encoded.page.messages.size(), 1);
    QCOMPARE(encoded.page.messages.first().seq, 2);
}

void tst_HistoryRules::catchUp_data()
{
    QTest::addColumn<qint64>("reached");
    QTest::addColumn<bool>("complete");
    QTest::newRow("to-the-last") << qint64(9) << true;
    QTest::newRow("one-missing") << qint64(8) << false;
}

void tst_HistoryRules::catchUp()
{
    QFETCH(qint64, reached);
    const HistoryPage page = catchUpPage(messages(5, reached), reached, 9, roomWith(12));
    QTEST(page.complete, "complete");
    QCOMPARE(page.lastSeq, 9);
}

QTEST_APPLESS_MAIN(tst_HistoryRules)
#include "tst_historyrules.moc"
