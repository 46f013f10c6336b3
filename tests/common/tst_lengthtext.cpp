// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/lengthtext.h"

#include <QTest>

#include <limits>

using namespace Synchat;
using namespace Qt::StringLiterals;

class tst_LengthText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isWritten_data();
    void isWritten();
};

void tst_LengthText::isWritten_data()
{
    QTest::addColumn<WireMicros>("length");
    QTest::addColumn<Rounding>("rounding");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, WireMicros length, Rounding rounding, const QString &text) {
        QTest::newRow(name) << length << rounding << text;
    };
    row("nothing", 0, Rounding::Up, u"0 µs"_s);
    row("nearest", 4'990'000, Rounding::Nearest, u"4.99 s"_s);
    row("half-goes-up", 5'005'000, Rounding::Nearest, u"5.01 s"_s);
    row("a-bound-goes-up", 2'001, Rounding::Up, u"2.1 ms"_s);
    row("up-into-the-next-unit", 999'001, Rounding::Up, u"1.00 s"_s);
    row("at-least", 999'999, Rounding::Down, u"999 ms"_s);
    row("two-units", 7'380'000'000, Rounding::Nearest, u"2 h 3 min"_s);
    row("negative-is-a-length-too", -5'000'000, Rounding::Nearest, u"5.00 s"_s);
    row("smallest-number", std::numeric_limits<WireMicros>::min(), Rounding::Up, u"106751991 d"_s);
    row("largest-number", std::numeric_limits<WireMicros>::max(), Rounding::Up, u"106751991 d"_s);
}

void tst_LengthText::isWritten()
{
    QFETCH(const WireMicros, length);
    QFETCH(const Rounding, rounding);
    QTEST(lengthText(length, rounding), "text");
}

QTEST_APPLESS_MAIN(tst_LengthText)
#include "tst_lengthtext.moc"
