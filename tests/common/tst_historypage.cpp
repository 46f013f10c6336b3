// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/protocol.h"
#include "sampleframes.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

class tst_HistoryPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fits_data();
    void fits();
    void wholePageIsLeftAlone();
    void oneMessageIsAlwaysKept();
    void thePageThatIsToldIsTheOneInTheBytes();
    void longestPageOfLongestTexts();
};

namespace {

HistoryPage pageOf(int messages)
{
    HistoryPage page{u"general"_s, u"e1"_s, {}, 1, messages, true};
    for (int i = 1; i <= messages; ++i)
        page.messages.append(sampleMessage(i));
    return page;
}

} // namespace

void tst_HistoryPage::fits_data()
{
    QTest::addColumn<bool>("keepNewest");
    QTest::newRow("oldest") << false;
    QTest::newRow("newest") << true;
}

/// Every limit between one message and all: never longer, never shorter than need be.
void tst_HistoryPage::fits()
{
    QFETCH(bool, keepNewest);
    const HistoryPage page = pageOf(5);
    const qsizetype whole = encodeServerFrame(page, u"r"_s).size();
    for (qsizetype limit = whole / 4; limit <= whole + 2; ++limit) {
        const EncodedPage encoded = encodeHistoryPage(page, keepNewest, u"r"_s, limit);
        QVERIFY(encoded.bytes.size() <= limit);
        const qsizetype kept = encoded.page.messages.size();
        QCOMPARE(encoded.page.complete, kept == 5);
        if (kept == 5)
            continue;
        QCOMPARE(encoded.page.messages.first().seq, keepNewest ? 6 - kept : 1);
        HistoryPage longer = page;
        longer.messages = keepNewest ? page.messages.last(kept + 1) : page.messages.first(kept + 1);
        longer.complete = kept + 1 == 5;
        QVERIFY(encodeServerFrame(longer, u"r"_s).size() + 1 >=
                limit); // but for the byte that `false` is longer
    }
}

void tst_HistoryPage::wholePageIsLeftAlone()
{
    const HistoryPage page = pageOf(3);
    QCOMPARE(encodeHistoryPage(page, true).bytes, encodeServerFrame(page));
    QVERIFY(encodeHistoryPage(page, true).page.complete);
    const HistoryPage empty = pageOf(0);
    QCOMPARE(encodeHistoryPage(empty, false, u"r"_s, 10).bytes, encodeServerFrame(empty, u"r"_s));
}

void tst_HistoryPage::oneMessageIsAlwaysKept()
{
    const EncodedPage encoded = encodeHistoryPage(pageOf(3), true, {}, 10);
    QCOMPARE(encoded.page.messages.size(), 1);
    QCOMPARE(encoded.page.messages.first().seq, 3);
    QVERIFY(!encoded.page.complete);
}

void tst_HistoryPage::thePageThatIsToldIsTheOneInTheBytes()
{
    const EncodedPage encoded = encodeHistoryPage(pageOf(5), false, {}, 2000);
    QVERIFY(encoded.page.messages.size() < 5);
    QCOMPARE(encoded.bytes, encodeServerFrame(encoded.page));
}

void tst_HistoryPage::longestPageOfLongestTexts()
{
    HistoryPage page = pageOf(Limits::MaxPage);
    for (Message &message : page.messages)
        message.text = QString(Limits::TextUnits, QChar(0x0001)); // six bytes each
    const EncodedPage encoded = encodeHistoryPage(page, true);
    QVERIFY(encoded.bytes.size() <= Limits::ServerFrameBytes);
    QVERIFY(encoded.page.messages.size() > 20);
    QCOMPARE(encoded.page.messages.last().seq, Limits::MaxPage);
}

QTEST_GUILESS_MAIN(tst_HistoryPage)
#include "tst_historypage.moc"
