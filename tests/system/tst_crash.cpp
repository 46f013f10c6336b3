// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/programs.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;

/// kill -9 in mid-load, again and again: what anyone saw is there afterwards, in order, once; and nothing
/// that was posted is lost.
class tst_Crash : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingThatWasSeenIsLost();
};

void tst_Crash::nothingThatWasSeenIsLost()
{
    constexpr int Rounds = 5;
    constexpr int Each = 60; // lines a writer and round
    QTemporaryDir dir;
    DaemonProcess daemon(dir.path());
    daemon.setEnvironment(u"SYNCHAT_CHAT_RATE_PER_SECOND"_s, u"0"_s);
    QVERIFY2(daemon.start(), qPrintable(daemon.standardError()));
    TerminalClient reader(daemon.url(), u"reader"_s);
    TerminalClient ana(daemon.url(), u"ana"_s);
    TerminalClient luis(daemon.url(), u"luis"_s);
    QVERIFY(reader.waitForJoin() && ana.waitForJoin() && luis.waitForJoin());

    QRandomGenerator random(20261123); // seeded: the same places in each run of the test
    for (int round = 0; round < Rounds; ++round) {
        const qsizetype before = reader.messages().size();
        const qsizetype killAfter = before + random.bounded(1, Each);
        for (int i = 0; i < Each; ++i) {
            ana.post(u"ana %1.%2"_s.arg(round).arg(i));
            luis.post(u"luis %1.%2"_s.arg(round).arg(i));
        }
        QVERIFY2(reader.waitForMessages(killAfter), qPrintable(reader.standardError()));
        daemon.kill();
        QVERIFY2(daemon.start(), qPrintable(daemon.standardError()));
        QVERIFY2(reader.waitForMessages(2 * Each * (round + 1), 60000),
                 qPrintable(u"round %1: %2 messages\n"_s.arg(round).arg(reader.messages().size()) +
                            reader.standardError() + daemon.standardError()));
    }

    for (TerminalClient *client : {&reader, &ana, &luis}) {
        QVERIFY(client->waitForMessages(2 * Each * Rounds, 60000));
        QCOMPARE(client->messages().size(), 2 * Each * Rounds);
        QCOMPARE(problemInSequence(client->messages()), QString());
        QCOMPARE(client->messages(), reader.messages());
    }
    for (const QString &author : {u"ana"_s, u"luis"_s}) {
        QStringList own;
        for (const QString &text : reader.texts()) {
            if (text.startsWith(author))
                own.append(text);
        }
        QCOMPARE(own.size(), Each * Rounds);
        QCOMPARE(QSet<QString>(own.begin(), own.end()).size(), own.size());
    }

    TerminalClient late(daemon.url(), u"late"_s, {u"--history"_s, u"2000"_s});
    QVERIFY2(late.waitForMessages(2 * Each * Rounds), qPrintable(late.standardError()));
    QCOMPARE(late.messages(), reader.messages());
}

QTEST_GUILESS_MAIN(tst_Crash)
#include "tst_crash.moc"
