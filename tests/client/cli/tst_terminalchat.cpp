// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/client/cli/typingkit.h"

#include <QTemporaryDir>
#include <QTest>
#include <QWebSocket>

using namespace Synchat;
using namespace Qt::StringLiterals;

class tst_TerminalChat : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void printsWhatOthersSay();
    void postsEachLine();
    void onceLeavesWhenAllIsStored();
    void onceWithoutInputPrintsTheHistory();
    void onceFailsWhenOneIsRefused();
    void onceFailsOnALineThatIsNoMessage_data();
    void onceFailsOnALineThatIsNoMessage();
    void onceWaitsAcrossAReconnect();
    void onceThatIsInterruptedSendsNothingLater();
    void unknownRoomEndsIt();
    void refusedGreetingEndsIt();
    void historyIsWhatWasAskedFor();
    void reconnectsAndCatchesUpOnce();
    void anotherEpochIsSaid();
    void endOfInputDoesNotEndIt();
    void outputThatIsGoneEndsIt();
    void leavesInOrder();
};

void tst_TerminalChat::printsWhatOthersSay()
{
    FakeServer server;
    server.fill(3);
    Terminal terminal(server);
    QTRY_VERIFY_WITH_TIMEOUT(terminal.hasJoined(), Patience);
    server.say(u"hola"_s);
    QTRY_COMPARE(terminal.texts(), QStringList{u"hola"_s}); // and nothing from before
}

void tst_TerminalChat::postsEachLine()
{
    FakeServer server;
    Terminal terminal(server);
    terminal.type("one\n\n  \ntwo\r\nthr");
    QTRY_COMPARE_WITH_TIMEOUT(terminal.texts(), (QStringList{u"one"_s, u"two"_s}), Patience);
    terminal.type("ee\n");
    QTRY_COMPARE(terminal.texts(), (QStringList{u"one"_s, u"two"_s, u"three"_s}));
    QVERIFY(!terminal.status);
}

void tst_TerminalChat::onceLeavesWhenAllIsStored()
{
    FakeServer server;
    Terminal terminal(server, {u"--once"_s});
    terminal.type("1\n2\n3");
    terminal.closeInput();
    QTRY_VERIFY_WITH_TIMEOUT(terminal.status.has_value(), Patience);
    QCOMPARE(*terminal.status, 0);
    QCOMPARE(terminal.texts(), (QStringList{u"1"_s, u"2"_s, u"3"_s}));
    QCOMPARE(server.history.size(), 3);
}

void tst_TerminalChat::onceWithoutInputPrintsTheHistory()
{
    FakeServer server;
    server.fill(5);
    Terminal terminal(server, {u"--once"_s, u"--history"_s, u"2"_s});
    terminal.closeInput();
    QTRY_VERIFY_WITH_TIMEOUT(terminal.status.has_value(), Patience);
    QCOMPARE(*terminal.status, 0);
    QCOMPARE(terminal.texts(), (QStringList{u"message 4"_s, u"message 5"_s}));
}

void tst_TerminalChat::onceFailsWhenOneIsRefused()
{
    FakeServer server;
    server.hook = [&server](QWebSocket *socket, const ParsedClientFrame &parsed) {
        const auto *post = std::get_if<PostFrame>(&parsed.frame);
        if (!post || post->text != u"bad"_s)
            return false;
        server.send(socket, ErrorFrame{ErrorCode::NotStored,
                                       u"The disk is \u001b[31mfull."_s,
                                       post->id.toString(QUuid::WithoutBraces),
                                       {}});
        return true;
    };
    QTemporaryDir state;
    Terminal terminal(server, {u"--once"_s}, state.path());
    terminal.type("good\nbad\nbetter\n");
    terminal.closeInput();
    QTRY_VERIFY_WITH_TIMEOUT(terminal.status.has_value(), Patience);
    QCOMPARE(*terminal.status, 1);
    QCOMPARE(terminal.texts(), (QStringList{u"good"_s, u"better"_s}));
    QVERIFY(terminal.errors.contains("A message was not stored. The disk is ␛[31mfull."));
    QVERIFY(!terminal.errors.contains('\x1b'));
}

void tst_TerminalChat::onceFailsOnALineThatIsNoMessage_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("too-many-bytes") << QByteArray(20'000, 'x');
    QTest::newRow("too-many-units") << QByteArray(4097, 'x');
    QTest::newRow("not-utf8") << "\xff"_ba;
    QTest::newRow("nul") << QByteArray("a\0b", 3);
}

void tst_TerminalChat::onceFailsOnALineThatIsNoMessage()
{
    QFETCH(QByteArray, line);
    FakeServer server;
    Terminal terminal(server, {u"--once"_s});
    terminal.type("before\n" + line + "\nafter\n");
    terminal.closeInput();
    QTRY_VERIFY_WITH_TIMEOUT(terminal.status.has_value(), Patience);
    QCOMPARE(*terminal.status, 1);
    QCOMPARE(terminal.texts(), (QStringList{u"before"_s, u"after"_s}));
    QVERIFY2(terminal.errors.contains("Line 2 was not sent."), terminal.errors.constData());
}

void tst_TerminalChat::onceWaitsAcrossAReconnect()
{
    FakeServer server;
    server.hook = [&server](QWebSocket *, const ParsedClientFrame &parsed) {
        if (server.hellos > 1 || !std::holds_alternative<PostFrame>(parsed.frame))
            return false;
        QMetaObject::invokeMethod(
            &server, [&server] { server.cutAll(); }, Qt::QueuedConnection);
        return true; // taken, never answered
    };
    Terminal terminal(server, {u"--once"_s});
    terminal.type("1\n2\n");
    terminal.closeInput();
    QTRY_VERIFY_WITH_TIMEOUT(terminal.status.has_value(), Patience);
    QCOMPARE(*terminal.status, 0);
    QVERIFY(server.hellos > 1);
    QCOMPARE(terminal.texts(), (QStringList{u"1"_s, u"2"_s}));
    QVERIFY2(terminal.errors.contains("No connection to"), terminal.errors.constData());
}

void tst_TerminalChat::onceThatIsInterruptedSendsNothingLater()
{
    FakeServer server;
    bool deaf = true;
    server.hook = [&deaf](QWebSocket *, const ParsedClientFrame &parsed) {
        return deaf && std::holds_alternative<PostFrame>(parsed.frame);
    };
    QTemporaryDir state;
    {
        Terminal terminal(server, {u"--once"_s}, state.path());
        terminal.type("told as failed\n");
        QTRY_COMPARE_WITH_TIMEOUT(server.all<PostFrame>().size(), 1, Patience);
        terminal.chat->leave();
        QCOMPARE(terminal.status, std::optional(1));
        QVERIFY2(terminal.errors.contains("given up: 1."), terminal.errors.constData());
    }
    deaf = false;
    Terminal next(server, {u"--once"_s}, state.path());
    next.type("second\n");
    next.closeInput();
    QTRY_VERIFY_WITH_TIMEOUT(next.status.has_value(), Patience);
    QCOMPARE(*next.status, 0);
    QCOMPARE(next.texts(), QStringList{u"second"_s});
}

void tst_TerminalChat::unknownRoomEndsIt()
{
    FakeServer server;
    Terminal terminal(server, {u"--room"_s, u"nowhere"_s});
    QTRY_VERIFY_WITH_TIMEOUT(terminal.status.has_value(), Patience);
    QCOMPARE(*terminal.status, 1);
    QVERIFY(terminal.errors.contains("The room nowhere cannot be joined: There is no such room."));
}

void tst_TerminalChat::refusedGreetingEndsIt()
{
    FakeServer server;
    server.hook = [&server](QWebSocket *socket, const ParsedClientFrame &parsed) {
        if (!std::holds_alternative<HelloFrame>(parsed.frame))
            return false;
        server.send(socket, ErrorFrame{ErrorCode::NameTaken, u"Somebody is called so."_s, {}, {}},
                    parsed.ref);
        socket->close(QWebSocketProtocol::CloseCodePolicyViolated, u"name_taken"_s);
        return true;
    };
    Terminal terminal(server);
    QTRY_VERIFY_WITH_TIMEOUT(terminal.status.has_value(), Patience);
    QCOMPARE(*terminal.status, 1);
    QVERIFY2(terminal.errors.contains("Somebody is called so."), terminal.errors.constData());
}

void tst_TerminalChat::historyIsWhatWasAskedFor()
{
    FakeServer server;
    server.fill(12);
    server.pageLimit = 4; // several pages
    Terminal terminal(server, {u"--history"_s, u"10"_s});
    QTRY_COMPARE_WITH_TIMEOUT(terminal.texts().size(), 10, Patience);
    server.say(u"live"_s);
    QTRY_COMPARE(terminal.texts().size(), 11);
    QCOMPARE(terminal.texts().first(), u"message 3"_s);
    QCOMPARE(terminal.texts().last(), u"live"_s);
}

void tst_TerminalChat::reconnectsAndCatchesUpOnce()
{
    FakeServer server;
    Terminal terminal(server);
    QTRY_VERIFY_WITH_TIMEOUT(terminal.hasJoined(), Patience);
    server.say(u"before"_s);
    QTRY_COMPARE(terminal.texts().size(), 1);
    server.cutAll();
    QTRY_VERIFY(terminal.errors.contains("No connection to"));
    server.say(u"missed"_s);
    terminal.type("written meanwhile\n");
    QTRY_COMPARE_WITH_TIMEOUT(terminal.texts(),
                              (QStringList{u"before"_s, u"missed"_s, u"written meanwhile"_s}), Patience);
    QCOMPARE(terminal.errors.count("No connection to"), 1);
    QCOMPARE(terminal.errors.count("You have joined general."), 2);
}

void tst_TerminalChat::anotherEpochIsSaid()
{
    FakeServer server;
    server.fill(5);
    Terminal terminal(server);
    QTRY_VERIFY_WITH_TIMEOUT(terminal.hasJoined(), Patience);
    server.epoch = u"e2"_s;
    server.history.clear();
    server.say(u"the first of another history"_s);
    server.cutAll();
    QTRY_COMPARE_WITH_TIMEOUT(terminal.texts(), QStringList{u"the first of another history"_s}, Patience);
    QVERIFY(terminal.errors.contains("The history of general is another one now"));
}

void tst_TerminalChat::endOfInputDoesNotEndIt()
{
    FakeServer server;
    Terminal terminal(server);
    terminal.closeInput();
    QTRY_VERIFY_WITH_TIMEOUT(terminal.hasJoined(), Patience);
    server.say(u"still there?"_s);
    QTRY_COMPARE(terminal.texts(), QStringList{u"still there?"_s});
    QVERIFY(!terminal.status);
}

void tst_TerminalChat::outputThatIsGoneEndsIt()
{
    FakeServer server;
    Terminal terminal(server);
    terminal.outputWorks = false;
    QTRY_VERIFY_WITH_TIMEOUT(terminal.hasJoined(), Patience);
    server.say(u"into the void"_s);
    QTRY_VERIFY(terminal.status.has_value());
    QCOMPARE(*terminal.status, 1);
    server.say(u"again"_s);
    QCOMPARE(terminal.texts().size(), 1);
}

void tst_TerminalChat::leavesInOrder()
{
    FakeServer server;
    Terminal terminal(server);
    QTRY_VERIFY_WITH_TIMEOUT(terminal.hasJoined(), Patience);
    QCOMPARE(server.connections(), 1);
    terminal.chat->leave();
    QCOMPARE(terminal.status, std::optional(0));
    QTRY_COMPARE(server.connections(), 0);
    terminal.chat->leave(); // a second signal says nothing new
    QCOMPARE(terminal.status, std::optional(0));
}

QTEST_GUILESS_MAIN(tst_TerminalChat)
#include "tst_terminalchat.moc"
