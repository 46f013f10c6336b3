// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/admission.h"

#include <QTest>

using namespace Synchat;
using Verdict = Admission::Verdict;

class tst_Admission : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void perPeerLimitMakesWait();
    void fullIsToldThenTurnedAway();
    void everythingIsGivenBack();
};

namespace {
const QHostAddress Here(QStringLiteral("10.0.0.1"));
const QHostAddress There(QStringLiteral("10.0.0.2"));
} // namespace

void tst_Admission::perPeerLimitMakesWait()
{
    Admission admission(100, 2);
    QCOMPARE(admission.admit(Here), Verdict::Serve);
    QCOMPARE(admission.admit(Here), Verdict::Serve);
    QVERIFY(!admission.hasTurn(Here));
    QCOMPARE(admission.admit(Here), Verdict::Wait);
    QCOMPARE(admission.admit(There), Verdict::Serve);
    admission.upgraded(Here);
    QVERIFY(admission.hasTurn(Here));
    admission.serveWaiting(Here);
    QVERIFY(!admission.hasTurn(Here));
    QCOMPARE(admission.total(), 4);
}

void tst_Admission::fullIsToldThenTurnedAway()
{
    Admission admission(3, 1000);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(admission.admit(Here), Verdict::Serve);
    for (int i = 0; i < 64; ++i)
        QCOMPARE(admission.admit(There), Verdict::TellFull);
    QCOMPARE(admission.admit(There), Verdict::TurnAway);
    QCOMPARE(admission.total(), 67);
    admission.gone(There, false);
    QCOMPARE(admission.admit(There), Verdict::TellFull);
}

void tst_Admission::everythingIsGivenBack()
{
    Admission admission(2000, 1);
    QCOMPARE(admission.admit(Here), Verdict::Serve);
    for (int i = 0; i < 1024; ++i)
        QCOMPARE(admission.admit(Here), Verdict::Wait);
    QCOMPARE(admission.admit(Here), Verdict::TurnAway);
    for (int i = 0; i < 1024; ++i)
        admission.dropWaiting(Here);
    admission.upgraded(Here);
    admission.gone(Here, true);
    QCOMPARE(admission.total(), 0);
    QVERIFY(admission.hasTurn(Here));
    QCOMPARE(admission.admit(Here), Verdict::Serve);
    admission.gone(Here, false);
    QCOMPARE(admission.total(), 0);
}

QTEST_APPLESS_MAIN(tst_Admission)
#include "tst_admission.moc"
