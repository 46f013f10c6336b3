// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/historyrequest.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

class tst_HistoryRequest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void places_data();
    void places();
    void searches_data();
    void searches();
    void refuses_data();
    void refuses();
    void addresses();
};

void tst_HistoryRequest::places_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("room");
    QTest::addColumn<HistoryAnchor>("anchor");
    QTest::addColumn<qint64>("value");
    const auto row = [](const QString &query, const QString &room, HistoryAnchor anchor, qint64 value) {
        QTest::newRow(query.isEmpty() ? "nothing" : qPrintable(query)) << query << room << anchor << value;
    };
    row(u""_s, u"general"_s, HistoryAnchor::Newest, 0);
    row(u"room=ops"_s, u"ops"_s, HistoryAnchor::Newest, 0);
    row(u"room="_s, u"general"_s, HistoryAnchor::Newest, 0);
    row(u"room=No+room"_s, u"No room"_s, HistoryAnchor::Newest, 0);
    row(u"room=ops&before=7"_s, u"ops"_s, HistoryAnchor::Before, 7);
    row(u"after=0"_s, u"general"_s, HistoryAnchor::After, 0);
    row(u"around=42"_s, u"general"_s, HistoryAnchor::Around, 42);
    row(u"at=1970-01-02"_s, u"general"_s, HistoryAnchor::At, 86'400'000'000);
    row(u"at=1970-01-01T00%3A01"_s, u"general"_s, HistoryAnchor::At, 60'000'000);
    row(u"before=&after=&at=&q=&from=&since=&until="_s, u"general"_s, HistoryAnchor::Newest, 0);
}

void tst_HistoryRequest::places()
{
    QFETCH(QString, query);
    const auto request = HistoryRequest::parse(QUrlQuery(query));
    QVERIFY2(request.has_value(), request ? "" : qPrintable(request.error()));
    QTEST(request->room, "room");
    QTEST(request->anchor, "anchor");
    QTEST(request->value, "value");
    QVERIFY(!request->search);
}

void tst_HistoryRequest::searches_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("room");
    QTest::addColumn<bool>("everywhere");
    QTest::newRow("in-a-room") << u"room=ops&q=disk+alarm"_s << u"ops"_s << false;
    QTest::newRow("everywhere") << u"room=&q=disk+alarm&from=&since="_s << u"general"_s << true;
    QTest::newRow("room-in-the-words") << u"q=room%3Aops"_s << u"general"_s << false;
    QTest::newRow("author-only") << u"from=ana&room=ops"_s << u"ops"_s << false;
    QTest::newRow("dates-only") << u"since=2026-11-23&until=2026-11-23"_s << u"general"_s << true;
}

void tst_HistoryRequest::searches()
{
    QFETCH(QString, query);
    const auto request = HistoryRequest::parse(QUrlQuery(query));
    QVERIFY2(request.has_value(), request ? "" : qPrintable(request.error()));
    QVERIFY(request->search);
    QCOMPARE(request->search->limit, HistoryRequest::ResultsLength);
    QTEST(request->room, "room");
    QTEST(request->everywhere, "everywhere");
}

void tst_HistoryRequest::refuses_data()
{
    QTest::addColumn<QString>("query");
    const QStringList queries{u"before=0"_s,         u"before=x"_s,
                              u"after=1&before=2"_s, u"at=yesterday"_s,
                              u"around=-1"_s,        u"room=a&room=b"_s,
                              u"room=a%00"_s,        u"q=***"_s,
                              u"q=a&before=3"_s,     u"q=a&at=2026-11-23"_s,
                              u"since=x"_s,          u"from=%E2%80%AE"_s,
                              u"q=a&cursor=x"_s,     u"since=2026-11-24&until=2026-11-23"_s};
    for (const QString &query : queries)
        QTest::newRow(qPrintable(query)) << query;
}

void tst_HistoryRequest::refuses()
{
    QFETCH(QString, query);
    const auto request = HistoryRequest::parse(QUrlQuery(query));
    QVERIFY(!request);
    QVERIFY2(request.error().endsWith(u'.'), qPrintable(request.error()));
}

void tst_HistoryRequest::addresses()
{
    QCOMPARE(historyAddress({}), u"/history"_s);
    QCOMPARE(historyAddress({{u"room"_s, u""_s}, {u"q"_s, u"a b&c=\"d\"#é+"_s}}),
             u"/history?q=a%20b%26c%3D%22d%22%23%C3%A9%2B"_s);
    QCOMPARE(historyAddress({{u"room"_s, u"ops"_s}, {u"before"_s, u"51"_s}}, u"end"_s),
             u"/history?room=ops&before=51#end"_s);
    QCOMPARE(messageAddress(u"general"_s, 42), u"/history?room=general&around=42#m42"_s);
}

QTEST_APPLESS_MAIN(tst_HistoryRequest)
#include "tst_historyrequest.moc"
