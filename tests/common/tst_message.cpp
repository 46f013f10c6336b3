// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/message.h"

#include <QTest>

using namespace Synchat;

namespace {
constexpr qint64 Least = std::numeric_limits<qint64>::min();
constexpr qint64 Most = std::numeric_limits<qint64>::max();
} // namespace

class tst_Message : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void stateNames();
    void skewIsMinusTheOffset_data();
    void skewIsMinusTheOffset();
    void sourceSkewNeedsBoth();
    void wayIsByTheReference();
    void neverWraps();
};

void tst_Message::stateNames()
{
    for (int i = 0; i <= int(StampState::None); ++i)
        QCOMPARE(stampStateFromName(stampStateName(StampState(i))), std::optional(StampState(i)));
    QVERIFY(!stampStateFromName(QStringLiteral("OK")));
    QVERIFY(!stampStateFromName(QString()));
}

void tst_Message::skewIsMinusTheOffset_data()
{
    QTest::addColumn<OptionalMicros>("offset");
    QTest::addColumn<OptionalMicros>("skew");
    QTest::newRow("not-measured") << OptionalMicros() << OptionalMicros();
    QTest::newRow("ahead") << OptionalMicros(-1'800'123) << OptionalMicros(1'800'123);
    QTest::newRow("behind") << OptionalMicros(212) << OptionalMicros(-212);
    QTest::newRow("exact") << OptionalMicros(0) << OptionalMicros(0);
    QTest::newRow("cannot-be-turned") << OptionalMicros(Least) << OptionalMicros();
}

void tst_Message::skewIsMinusTheOffset()
{
    QFETCH(OptionalMicros, offset);
    QFETCH(OptionalMicros, skew);
    Stamps stamps;
    stamps.live.t = 5;
    stamps.local.t = 1'000'000; // the way from one to the other is no skew
    stamps.live.offset = offset;
    QCOMPARE(liveSkew(stamps), skew);
    stamps.local.offset = offset;
    QCOMPARE(localSkew(stamps), skew);
}

void tst_Message::sourceSkewNeedsBoth()
{
    SourceStamp source;
    BestStamp best;
    QVERIFY(!sourceSkew(source, best));
    source.t = 100;
    QVERIFY(!sourceSkew(source, best));
    best.t = 130;
    QCOMPARE(sourceSkew(source, best), OptionalMicros(-30));
    source.t.reset();
    QVERIFY(!sourceSkew(source, best));
}

void tst_Message::wayIsByTheReference()
{
    Stamps stamps;
    stamps.live.t = 1'000;
    stamps.live.offset = 500;
    stamps.local.t = 2'000;
    QVERIFY(!timeOnTheWay(stamps));
    stamps.local.offset = -300;
    QCOMPARE(timeOnTheWay(stamps), OptionalMicros(200));
}

void tst_Message::neverWraps()
{
    Stamps stamps;
    stamps.live.t = Least;
    stamps.live.offset = -1;
    stamps.local.t = Most;
    stamps.local.offset = Most;
    QVERIFY(!timeOnTheWay(stamps));
    SourceStamp source;
    source.t = Most;
    QVERIFY(!sourceSkew(source, BestStamp{Least, 0, StampState::Ok}));
}

QTEST_GUILESS_MAIN(tst_Message)
#include "tst_message.moc"
