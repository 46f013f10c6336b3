// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/moment.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

class tst_Moment : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void parses_data();
    void parses();
    void refuses_data();
    void refuses();
};

void tst_Moment::parses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("begin");
    QTest::addColumn<qint64>("span");
    const auto row = [](const QString &text, const QString &begin, qint64 span) {
        QTest::newRow(qPrintable(text)) << text << begin << span;
    };
    row(u"1795442605118042"_s, u"2026-11-23T14:03:25.118042Z"_s, 1);
    row(u"0"_s, u"1970-01-01T00:00:00.000000Z"_s, 1);
    row(u"-1"_s, u"1969-12-31T23:59:59.999999Z"_s, 1);
    row(u"2026"_s, u"1970-01-01T00:00:00.002026Z"_s, 1);
    row(u"2026-11-23"_s, u"2026-11-23T00:00:00.000000Z"_s, 86'400'000'000);
    row(u"2026-11-23T14:03"_s, u"2026-11-23T14:03:00.000000Z"_s, 60'000'000);
    row(u"2026-11-23T14:03Z"_s, u"2026-11-23T14:03:00.000000Z"_s, 60'000'000);
    row(u"2026-11-23T14:03:25"_s, u"2026-11-23T14:03:25.000000Z"_s, 1'000'000);
    row(u"2026-11-23T14:03:25.1"_s, u"2026-11-23T14:03:25.100000Z"_s, 100'000);
    row(u"2026-11-23T14:03:25.118Z"_s, u"2026-11-23T14:03:25.118000Z"_s, 1'000);
    row(u"2026-11-23T14:03:25.118042Z"_s, u"2026-11-23T14:03:25.118042Z"_s, 1);
    row(u"2024-02-29"_s, u"2024-02-29T00:00:00.000000Z"_s, 86'400'000'000);
    row(u"0001-01-01"_s, u"0001-01-01T00:00:00.000000Z"_s, 86'400'000'000);
    row(u"9999-12-31"_s, u"9999-12-31T00:00:00.000000Z"_s, 86'400'000'000);
}

void tst_Moment::parses()
{
    QFETCH(QString, text);
    QFETCH(qint64, span);
    const auto moment = Moment::parse(text);
    QVERIFY(moment);
    QTEST(isoUtc(moment->begin), "begin");
    QCOMPARE(moment->last - moment->begin + 1, span);
}

void tst_Moment::refuses_data()
{
    QTest::addColumn<QString>("text");
    const QStringList texts{u""_s,
                            u" "_s,
                            u"now"_s,
                            u"1.5"_s,
                            u"1e3"_s,
                            u"+1"_s,
                            u" 1"_s,
                            u"--1"_s,
                            u"9007199254740993"_s,
                            u"-9007199254740993"_s,
                            u"99999999999999999999"_s,
                            u"2026-11-23T"_s,
                            u"2026-11-23Z"_s,
                            u"2026-11-23 14:03"_s,
                            u"2026-11-23T14"_s,
                            u"2026-11-23T24:00"_s,
                            u"2026-11-23T14:60"_s,
                            u"2026-11-23T14:03:60"_s,
                            u"2026-11-23T14:03:25."_s,
                            u"2026-11-23T14:03:25.1234567"_s,
                            u"2026-11-23T14:03+01:00"_s,
                            u"2026-11-23T14:03\n"_s,
                            u"2026-02-30"_s,
                            u"2026-13-01"_s,
                            u"2026-1-1"_s,
                            u"0000-01-01"_s,
                            u"-2026-01-01"_s,
                            u"12026-01-01"_s,
                            u"٢٠٢٦-11-23"_s};
    for (const QString &text : texts)
        QTest::newRow(qPrintable(text)) << text;
}

void tst_Moment::refuses()
{
    QFETCH(QString, text);
    QVERIFY(!Moment::parse(text));
}

QTEST_APPLESS_MAIN(tst_Moment)
#include "tst_moment.moc"
