// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/websearch.h"

#include "common/searchwords.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

class tst_WebSearch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void words_data();
    void words();
    void takesEverything();
    void leavesOutWhatIsNotGiven();
    void timesCoverWhatTheyName();
    void refuses_data();
    void refuses();
};

void tst_WebSearch::words_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("words");
    QTest::newRow("one") << u"q=alarm"_s << u"alarm"_s;
    QTest::newRow("plus-is-a-space") << u"q=disk+alarm"_s << u"disk alarm"_s;
    QTest::newRow("encoded-space") << u"q=disk%20alarm"_s << u"disk alarm"_s;
    QTest::newRow("encoded-plus") << u"q=%2B1"_s << u"1"_s;
    QTest::newRow("prefix-and-phrase") << u"q=%22disk+al%22+db*"_s << u"disk+al db*"_s;
    QTest::newRow("not-latin") << u"q=%D0%BF%D1%80%D0%B8"_s << u"при"_s;
    QTest::newRow("beyond-the-basic-plane") << u"q=a%F0%9F%98%80"_s << u"a"_s;
    QTest::newRow("ampersand") << u"q=a%26b"_s << u"a+b"_s;
    QTest::newRow("none-but-an-author") << u"q=&from=ana"_s << u""_s;
    QTest::newRow("longest") << u"q="_s + QString(256, u'a') << QString(MaxWordUnits, u'a');
}

void tst_WebSearch::words()
{
    QFETCH(QString, query);
    const auto search = parseWebSearch(QUrlQuery(query));
    QVERIFY2(search.has_value(), search ? "" : qPrintable(search.error()));
    QStringList words;
    for (const SearchQuery::Phrase &phrase : search->query.phrases())
        words << phrase.words.join(u'+') + (phrase.lastIsPrefix ? u"*"_s : QString());
    QTEST(words.join(u' '), "words");
}

void tst_WebSearch::takesEverything()
{
    const auto search = parseWebSearch(
        QUrlQuery(u"q=a&room=ops&from=%20Ana%20&since=5&until=7&cursor=42&limit=9&color=red"_s));
    QVERIFY(search);
    QCOMPARE(search->room, *RoomName::parse(u"ops"_s));
    QCOMPARE(search->from, u"Ana"_s);
    QCOMPARE(search->since, OptionalMicros(5));
    QCOMPARE(search->until, OptionalMicros(7));
    QCOMPARE(search->cursor, std::optional<qint64>(42));
    QCOMPARE(search->limit, 9);
}

void tst_WebSearch::leavesOutWhatIsNotGiven()
{
    const auto search = parseWebSearch(QUrlQuery(u"q=a"_s));
    QVERIFY(search);
    QVERIFY(!search->room && !search->since && !search->until);
    QVERIFY(search->from.isEmpty() && !search->cursor);
    QCOMPARE(search->limit, Limits::DefaultPage);
    QCOMPARE(parseWebSearch(QUrlQuery(u"q=a&limit=501"_s))->limit, Limits::MaxPage);
}

void tst_WebSearch::timesCoverWhatTheyName()
{
    const auto day = parseWebSearch(QUrlQuery(u"q=a&since=1970-01-01&until=1970-01-01"_s));
    QVERIFY(day);
    QCOMPARE(day->since, OptionalMicros(0));
    QCOMPARE(day->until, OptionalMicros(86'399'999'999));
}

void tst_WebSearch::refuses_data()
{
    QTest::addColumn<QString>("query");
    const QStringList queries{u""_s,
                              u"q="_s,
                              u"q=%20"_s,
                              u"q=***"_s,
                              u"q=%22%22"_s,
                              u"q=%F0%9F%98%80"_s,
                              u"q=a&q=b"_s,
                              u"q=a%00b"_s,
                              u"q=a%0Ab"_s,
                              u"q=a%C2%85b"_s,
                              u"q="_s + QString(257, u'a'),
                              u"query=a"_s,
                              u"q=a*"_s,
                              u"q=room:ops&room=lab"_s,
                              u"q=from:ana&from=ana"_s,
                              u"q=a&room="_s,
                              u"q=a&room=OPS"_s,
                              u"q=a&room=a&room=b"_s,
                              u"q=a&room=../x"_s,
                              u"q=a&room="_s + QString(33, u'a'),
                              u"q=a&from="_s + QString(33, u'a'),
                              u"q=a&from=%E2%80%AEx"_s,
                              u"q=a&from=a&from=b"_s,
                              u"q=a&since="_s,
                              u"q=a&since=x"_s,
                              u"q=a&until=2026-02-30"_s,
                              u"q=a&since=2&until=1"_s,
                              u"q=a&since=2026-11-24&until=2026-11-23"_s,
                              u"q=a&since=1&since=1"_s,
                              u"q=a&cursor=0"_s,
                              u"q=a&cursor=-1"_s,
                              u"q=a&cursor=abc"_s,
                              u"q=a&cursor=9223372036854775808"_s,
                              u"q=a&cursor=1&cursor=2"_s,
                              u"q=a&limit=0"_s,
                              u"q=a&limit=-1"_s,
                              u"q=a&limit=many"_s,
                              u"q=a&limit=1&limit=1"_s};
    for (const QString &query : queries)
        QTest::newRow(qPrintable(query.left(40))) << query;
}

void tst_WebSearch::refuses()
{
    QFETCH(QString, query);
    const auto search = parseWebSearch(QUrlQuery(query));
    QVERIFY(!search);
    QVERIFY2(search.error().endsWith(u'.'), qPrintable(search.error()));
}

QTEST_APPLESS_MAIN(tst_WebSearch)
#include "tst_websearch.moc"
