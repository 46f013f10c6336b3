// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/programs.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;

/// People talk through the real programs: each sees each message once, in one order, with four stamps.
class tst_Conversation : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void threePeopleSeeTheSame();
    void aLateComerReadsTheHistory();
    void everybodyCatchesUpAfterARestart();
    void onceLeavesWhenAllIsStored();
    void onceFailsWhenNothingCanBeStored();
};

void tst_Conversation::threePeopleSeeTheSame()
{
    QTemporaryDir dir;
    DaemonProcess daemon(dir.path());
    QVERIFY2(daemon.start(), qPrintable(daemon.standardError()));
    TerminalClient ana(daemon.url(), u"ana"_s);
    TerminalClient luis(daemon.url(), u"luis"_s);
    TerminalClient marta(daemon.url(), u"marta"_s);
    QVERIFY(ana.waitForJoin() && luis.waitForJoin() && marta.waitForJoin());

    constexpr int Each = 8;
    for (int i = 0; i < Each; ++i) {
        ana.post(u"ana %1 ñ 漢 🕰"_s.arg(i));
        luis.post(u"luis %1"_s.arg(i));
        marta.post(u"marta %1"_s.arg(i));
    }
    for (TerminalClient *client : {&ana, &luis, &marta}) {
        QVERIFY2(client->waitForMessages(3 * Each), qPrintable(client->standardError()));
        QCOMPARE(client->messages().size(), 3 * Each);
        QCOMPARE(problemInSequence(client->messages()), QString());
        QCOMPARE(client->messages(), ana.messages());
    }
    QVERIFY(ana.texts().contains(u"ana 0 ñ 漢 🕰"_s));
    const QJsonObject stamps = ana.messages().first().value(u"stamps"_s).toObject();
    QVERIFY(stamps.value(u"live"_s).toObject().value(u"t"_s).isDouble());
    QVERIFY(stamps.value(u"local"_s).toObject().value(u"t"_s).isDouble());
    QVERIFY(stamps.value(u"best"_s).toObject().value(u"t"_s).isDouble());
    QCOMPARE(ana.terminate(), 0);
}

void tst_Conversation::aLateComerReadsTheHistory()
{
    QTemporaryDir dir;
    DaemonProcess daemon(dir.path());
    QVERIFY(daemon.start());
    TerminalClient ana(daemon.url(), u"ana"_s);
    QVERIFY(ana.waitForJoin());
    for (int i = 0; i < 25; ++i)
        ana.post(u"line %1"_s.arg(i));
    QVERIFY(ana.waitForMessages(25));

    TerminalClient late(daemon.url(), u"late"_s, {u"--history"_s, u"10"_s});
    QVERIFY2(late.waitForMessages(10), qPrintable(late.standardError()));
    QCOMPARE(late.texts().first(), u"line 15"_s);
    ana.post(u"and live"_s);
    QVERIFY(late.waitForText(u"and live"_s));
    QCOMPARE(problemInSequence(late.messages()), QString());
    QCOMPARE(late.messages().size(), 11);

    TerminalClient none(daemon.url(), u"none"_s);
    QVERIFY(none.waitForJoin());
    ana.post(u"the first that a newcomer sees"_s);
    QVERIFY(none.waitForMessages(1));
    QCOMPARE(none.texts(), QStringList{u"the first that a newcomer sees"_s});
}

void tst_Conversation::everybodyCatchesUpAfterARestart()
{
    QTemporaryDir dir;
    DaemonProcess daemon(dir.path());
    QVERIFY(daemon.start());
    TerminalClient ana(daemon.url(), u"ana"_s);
    TerminalClient luis(daemon.url(), u"luis"_s);
    QVERIFY(ana.waitForJoin() && luis.waitForJoin());
    ana.post(u"before"_s);
    QVERIFY(luis.waitForText(u"before"_s));

    QCOMPARE(daemon.terminate(), 0);
    ana.post(u"written while it was down"_s);
    luis.post(u"this too"_s);
    QVERIFY2(daemon.start(), qPrintable(daemon.standardError()));

    for (TerminalClient *client : {&ana, &luis}) {
        QVERIFY2(client->waitForMessages(3, 60000), qPrintable(client->standardError()));
        QCOMPARE(client->messages().size(), 3);
        QCOMPARE(problemInSequence(client->messages()), QString());
    }
    QCOMPARE(ana.messages(), luis.messages());
    const auto boot = [](const QJsonObject &message) {
        return message[u"stamps"_s].toObject()[u"local"_s].toObject()[u"boot"_s].toString();
    };
    QVERIFY(boot(ana.messages().first()) != boot(ana.messages().last()));
}

void tst_Conversation::onceLeavesWhenAllIsStored()
{
    QTemporaryDir dir;
    DaemonProcess daemon(dir.path());
    QVERIFY(daemon.start());
    {
        TerminalClient writer(daemon.url(), u"writer"_s, {u"--once"_s});
        for (int i = 0; i < 40; ++i)
            writer.post(u"%1"_s.arg(i));
        writer.closeInput();
        QCOMPARE(writer.waitForEnd(), 0);
        QVERIFY(writer.messages().size() == 40);
    }
    QCOMPARE(daemon.terminate(), 0);
    QVERIFY(daemon.start());
    TerminalClient reader(daemon.url(), u"reader"_s, {u"--history"_s, u"100"_s});
    QVERIFY(reader.waitForMessages(40));
    QCOMPARE(problemInSequence(reader.messages()), QString());
    for (int i = 0; i < 40; ++i)
        QCOMPARE(reader.texts().at(i), QString::number(i));
}

void tst_Conversation::onceFailsWhenNothingCanBeStored()
{
    QTemporaryDir dir;
    DaemonProcess daemon(dir.path());
    QVERIFY(daemon.start());
    TerminalClient writer(daemon.url(), u"writer"_s, {u"--once"_s, u"--room"_s, u"no-such-room"_s});
    writer.post(u"nobody will read this"_s);
    writer.closeInput();
    const int status = writer.waitForEnd();
    QVERIFY2(status > 0, qPrintable(u"exit status %1: %2"_s.arg(status).arg(writer.standardError())));
    QVERIFY(!writer.standardError().isEmpty());
}

QTEST_GUILESS_MAIN(tst_Conversation)
#include "tst_conversation.moc"
