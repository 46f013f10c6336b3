// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/timeinput.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

class tst_TimeInput : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads_data();
    void reads();
    void readsWhatIsWritten();
    void refuses_data();
    void refuses();
};

void tst_TimeInput::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("time");
    constexpr qint64 Noon = 1'764'072'000'000'000; // 2025-11-25T12:00:00Z
    QTest::newRow("day") << u"2025-11-25"_s << Noon - 12 * 3'600'000'000;
    QTest::newRow("minute") << u"2025-11-25T12:00"_s << Noon;
    QTest::newRow("second") << u"2025-11-25T12:00:01"_s << Noon + 1'000'000;
    QTest::newRow("space") << u"2025-11-25 12:00:00"_s << Noon;
    QTest::newRow("utc") << u"2025-11-25T12:00:00Z"_s << Noon;
    QTest::newRow("tenth") << u"2025-11-25T12:00:00.1Z"_s << Noon + 100'000;
    QTest::newRow("microsecond") << u"2025-11-25T12:00:00.000001Z"_s << Noon + 1;
    QTest::newRow("comma") << u"2025-11-25T12:00:00,5"_s << Noon + 500'000;
    QTest::newRow("east") << u"2025-11-25T13:00:00+01:00"_s << Noon;
    QTest::newRow("west") << u"2025-11-25T06:30-0530"_s << Noon;
    QTest::newRow("number") << u"1764072000000000"_s << Noon;
    QTest::newRow("negative") << u"-1"_s << qint64(-1);
    QTest::newRow("before-1970") << u"1969-12-31T23:59:59.999999Z"_s << qint64(-1);
    QTest::newRow("leap-day") << u"2024-02-29"_s << qint64(1'709'164'800'000'000);
}

void tst_TimeInput::reads()
{
    QFETCH(QString, text);
    QFETCH(qint64, time);
    QCOMPARE(timeFromText(text), std::optional(time));
}

void tst_TimeInput::readsWhatIsWritten()
{
    for (const qint64 time : {qint64(0), qint64(-1), qint64(1'764'072'000'118'042)})
        QCOMPARE(timeFromText(isoUtc(time)), std::optional(time));
}

void tst_TimeInput::refuses_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"", "now", "2025-13-01", "2025-02-29", "2025-11-25T24:00", "2025-11-25T12:60", "2025-11-25T12",
          "2025-11-25T12:00:00.1234567", "2025-11-25T12:00+15:00", "2025-11-25T12:00z", "25.11.2025",
          "2025-11-25 ", "12:00", "1.5", "9007199254740993", "99999999999999999999"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void tst_TimeInput::refuses()
{
    QFETCH(QString, text);
    QCOMPARE(timeFromText(text), std::nullopt);
}

QTEST_APPLESS_MAIN(tst_TimeInput)
#include "tst_timeinput.moc"
