// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/errorwindow.h"

#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;

class tst_ErrorWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void counts_data();
    void counts();
    void twentiethInAMinuteIsOneTooMany();
    void windowSlides_data();
    void windowSlides();
};

void tst_ErrorWindow::counts_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("against");
    QTest::newRow("bad_frame") << int(ErrorCode::BadFrame) << true;
    QTest::newRow("unknown_type") << int(ErrorCode::UnknownType) << true;
    QTest::newRow("not_joined") << int(ErrorCode::NotJoined) << true;
    QTest::newRow("hello_first") << int(ErrorCode::HelloFirst) << true;
    QTest::newRow("rate_limited") << int(ErrorCode::RateLimited) << false;
    QTest::newRow("busy") << int(ErrorCode::Busy) << false;
    QTest::newRow("not_stored") << int(ErrorCode::NotStored) << true;
    QTest::newRow("internal") << int(ErrorCode::Internal) << true;
}

void tst_ErrorWindow::counts()
{
    QFETCH(int, code);
    QFETCH(bool, against);
    QCOMPARE(countsAgainstClient(ErrorCode(code)), against);
    ErrorWindow window;
    bool closed = false;
    for (int i = 0; i < 100 && !closed; ++i)
        closed = window.add(ErrorCode(code), MonoTime());
    QCOMPARE(closed, against);
}

void tst_ErrorWindow::twentiethInAMinuteIsOneTooMany()
{
    ErrorWindow window;
    for (int i = 0; i < 19; ++i)
        QVERIFY(!window.add(ErrorCode::BadField, MonoTime(i * 1s)));
    QVERIFY(window.add(ErrorCode::BadField, MonoTime(59s)));
}

void tst_ErrorWindow::windowSlides_data()
{
    QTest::addColumn<qint64>("lastAtMs");
    QTest::addColumn<bool>("closed");
    QTest::newRow("just-inside") << qint64(59'999) << true;
    QTest::newRow("first-has-left") << qint64(60'000) << false;
}

void tst_ErrorWindow::windowSlides()
{
    QFETCH(qint64, lastAtMs);
    QFETCH(bool, closed);
    ErrorWindow window;
    window.add(ErrorCode::BadField, MonoTime(0s));
    for (int i = 0; i < 18; ++i)
        QVERIFY(!window.add(ErrorCode::BadField, MonoTime(30s)));
    QCOMPARE(window.add(ErrorCode::BadField, MonoTime(std::chrono::milliseconds(lastAtMs))), closed);
}

QTEST_APPLESS_MAIN(tst_ErrorWindow)
#include "tst_errorwindow.moc"
