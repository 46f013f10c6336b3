// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cli/postledger.h"

#include <QTest>

using namespace Synchat;

class tst_PostLedger : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void leavesWhenAllIsAnswered();
    void failureIsRemembered();
    void refusedLineIsAFailure();
    void waitsForTheRoom();
    void waitsForTheHistory();
    void repeatsDoNoHarm();
};

void tst_PostLedger::leavesWhenAllIsAnswered()
{
    PostLedger ledger;
    const QUuid first = QUuid::createUuid();
    const QUuid second = QUuid::createUuid();
    ledger.posted(first);
    ledger.joined(0);
    ledger.posted(second);
    ledger.stored(second);
    QVERIFY(!ledger.mayLeave());
    ledger.inputEnded();
    QVERIFY(!ledger.mayLeave());
    QVERIFY(!ledger.allStored());
    ledger.stored(first);
    QVERIFY(ledger.mayLeave());
    QVERIFY(ledger.allStored());
}

void tst_PostLedger::failureIsRemembered()
{
    PostLedger ledger;
    const QUuid id = QUuid::createUuid();
    ledger.joined(0);
    ledger.posted(id);
    ledger.inputEnded();
    ledger.failed(id);
    QVERIFY(ledger.mayLeave());
    QVERIFY(!ledger.allStored());
}

void tst_PostLedger::refusedLineIsAFailure()
{
    PostLedger ledger;
    ledger.joined(0);
    ledger.lineRefused();
    ledger.inputEnded();
    QVERIFY(ledger.mayLeave());
    QVERIFY(!ledger.allStored());
}

void tst_PostLedger::waitsForTheRoom()
{
    PostLedger ledger;
    ledger.inputEnded();
    QVERIFY(!ledger.mayLeave());
    QVERIFY(!ledger.allStored());
    ledger.joined(0);
    QVERIFY(ledger.mayLeave());
    QVERIFY(ledger.allStored());
}

void tst_PostLedger::waitsForTheHistory()
{
    PostLedger ledger;
    ledger.inputEnded();
    ledger.joined(42);
    ledger.printed(41);
    QVERIFY(!ledger.mayLeave());
    ledger.printed(42);
    QVERIFY(ledger.mayLeave());

    PostLedger impatient;
    impatient.inputEnded();
    impatient.joined(42);
    impatient.historyGivenUp();
    QVERIFY(impatient.mayLeave());
}

void tst_PostLedger::repeatsDoNoHarm()
{
    PostLedger ledger;
    const QUuid id = QUuid::createUuid();
    ledger.joined(0);
    ledger.posted(id);
    ledger.stored(id);
    ledger.stored(id);
    ledger.stored(QUuid::createUuid()); // somebody else's
    ledger.inputEnded();
    QVERIFY(ledger.allStored());
}

QTEST_GUILESS_MAIN(tst_PostLedger)
#include "tst_postledger.moc"
