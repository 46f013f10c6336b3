// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/pagequery.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

class tst_PageQuery : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void accepts_data();
    void accepts();
    void refuses_data();
    void refuses();
};

void tst_PageQuery::accepts_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<HistoryAnchor>("anchor");
    QTest::addColumn<qint64>("value");
    QTest::addColumn<int>("limit");
    QTest::newRow("nothing") << u""_s << HistoryAnchor::Newest << qint64(0) << 100;
    QTest::newRow("limit") << u"limit=7"_s << HistoryAnchor::Newest << qint64(0) << 7;
    QTest::newRow("limit-counts-as-500") << u"limit=501"_s << HistoryAnchor::Newest << qint64(0) << 500;
    QTest::newRow("limit-huge") << u"limit=9223372036854775807"_s << HistoryAnchor::Newest << qint64(0)
                                << 500;
    QTest::newRow("before") << u"before=42"_s << HistoryAnchor::Before << qint64(42) << 100;
    QTest::newRow("after-zero") << u"after=0"_s << HistoryAnchor::After << qint64(0) << 100;
    QTest::newRow("after-and-limit") << u"limit=1&after=9"_s << HistoryAnchor::After << qint64(9) << 1;
    QTest::newRow("around") << u"around=42&limit=9"_s << HistoryAnchor::Around << qint64(42) << 9;
    QTest::newRow("at") << u"at=1764000000123456"_s << HistoryAnchor::At << qint64(1'764'000'000'123'456)
                        << 100;
    QTest::newRow("at-before-1970") << u"at=-5"_s << HistoryAnchor::At << qint64(-5) << 100;
    QTest::newRow("at-a-day") << u"at=1970-01-02"_s << HistoryAnchor::At << qint64(86'400'000'000) << 100;
    QTest::newRow("leading-zeros") << u"before=007"_s << HistoryAnchor::Before << qint64(7) << 100;
    QTest::newRow("unknown-parameter") << u"_=1&before=2"_s << HistoryAnchor::Before << qint64(2) << 100;
}

void tst_PageQuery::accepts()
{
    QFETCH(QString, query);
    const auto page = PageQuery::parse(QUrlQuery(query));
    QVERIFY2(page.has_value(), page ? "" : qPrintable(page.error()));
    QTEST(page->anchor, "anchor");
    QTEST(page->value, "value");
    QTEST(page->limit, "limit");
}

void tst_PageQuery::refuses_data()
{
    QTest::addColumn<QString>("query");
    const QStringList queries{u"limit=0"_s,
                              u"limit=-1"_s,
                              u"limit="_s,
                              u"limit"_s,
                              u"limit=1.5"_s,
                              u"limit=1e2"_s,
                              u"limit=0x10"_s,
                              u"limit=%201"_s,
                              u"limit=+1"_s,
                              u"limit=%2B1"_s,
                              u"limit=1&limit=2"_s,
                              u"before=abc"_s,
                              u"before="_s,
                              u"before=0"_s,
                              u"before=-1"_s,
                              u"after=-1"_s,
                              u"after=abc"_s,
                              u"before=2&after=1"_s,
                              u"after=9223372036854775808"_s,
                              u"before=1&before=1"_s,
                              u"after=%D9%A3"_s,
                              u"around=-1"_s,
                              u"around=x"_s,
                              u"around="_s,
                              u"around=1&at=2"_s,
                              u"before=1&around=1"_s,
                              u"after=0&at=0"_s,
                              u"at="_s,
                              u"at=now"_s,
                              u"at=1.5"_s,
                              u"at=2026-13-01"_s,
                              u"at=9007199254740993"_s,
                              u"at=1&at=1"_s,
                              u"limit=null"_s,
                              u"before=1%00"_s};
    for (const QString &query : queries)
        QTest::newRow(qPrintable(query)) << query;
}

void tst_PageQuery::refuses()
{
    QFETCH(QString, query);
    const auto page = PageQuery::parse(QUrlQuery(query));
    QVERIFY(!page);
    QVERIFY(page.error().endsWith(u'.'));
}

QTEST_APPLESS_MAIN(tst_PageQuery)
#include "tst_pagequery.moc"
