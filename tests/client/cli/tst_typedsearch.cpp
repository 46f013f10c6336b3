// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/searchsession.h"
#include "tests/client/cli/typingkit.h"

#include <QTest>
#include <QWebSocket>

using namespace Synchat;
using namespace Qt::StringLiterals;

/// The line `/search …` of a chat in a terminal.
class tst_TypedSearch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void searchesWhereSomebodyTypes();
    void searchesOnWhenTimeWasUp();
    void searchLineFromAPipeIsPosted();
};

void tst_TypedSearch::searchesWhereSomebodyTypes()
{
    FakeServer server;
    QList<SearchFrame> asked;
    server.hook = [&](QWebSocket *socket, const ParsedClientFrame &parsed) {
        const auto *search = std::get_if<SearchFrame>(&parsed.frame);
        if (!search)
            return false;
        asked.append(*search);
        FoundFrame found;
        if (search->query == u"disk"_s) {
            for (const QString &text : {u"newer disk"_s, u"older disk"_s}) {
                Message message;
                message.room = u"general"_s;
                message.seq = 1;
                message.from.name = u"bo"_s;
                message.text = text;
                found.messages.append(message);
            }
        }
        server.send(socket, found, parsed.ref);
        return true;
    };
    Terminal terminal(server, {}, {}, true);
    QTRY_VERIFY_WITH_TIMEOUT(terminal.hasJoined(), Patience);
    terminal.type("/search disk\n");
    QTRY_COMPARE(terminal.texts(), (QStringList{u"older disk"_s, u"newer disk"_s}));
    QTRY_VERIFY(terminal.errors.contains("Found: 2."));
    QCOMPARE(asked.constFirst().room->text(), u"general"_s);
    terminal.type("/search moon room:ops\n");
    QTRY_VERIFY(terminal.errors.contains("Nothing was found."));
    QVERIFY(!asked.constLast().room); // the query names one
    terminal.type("/search a*\n");
    QTRY_VERIFY(terminal.errors.contains("at least 2 letters"));
    QCOMPARE(asked.size(), 2);
    QCOMPARE(server.history.size(), 0); // nothing was posted
    terminal.type("//search disk\n/etc/hosts\n");
    QTRY_COMPARE(server.history.size(), 2);
    QCOMPARE(server.history[0].text, u"/search disk"_s);
    QCOMPARE(server.history[1].text, u"/etc/hosts"_s);
}

void tst_TypedSearch::searchesOnWhenTimeWasUp()
{
    FakeServer server;
    QStringList asked; // cursors
    qsizetype emptyPages = 3;
    server.hook = [&](QWebSocket *socket, const ParsedClientFrame &parsed) {
        const auto *search = std::get_if<SearchFrame>(&parsed.frame);
        if (!search)
            return false;
        asked.append(search->cursor);
        const bool isUp = asked.size() <= emptyPages;
        server.send(socket, FoundFrame{{}, isUp ? QString::number(100 - asked.size()) : QString()},
                    parsed.ref);
        return true;
    };
    Terminal terminal(server, {}, {}, true);
    QTRY_VERIFY_WITH_TIMEOUT(terminal.hasJoined(), Patience);
    terminal.type("/search disk\n");
    QTRY_VERIFY(terminal.errors.contains("Nothing was found."));
    QCOMPARE(asked, (QStringList{u""_s, u"99"_s, u"98"_s, u"97"_s}));
    asked.clear();
    emptyPages = SearchSession::MostEmptyPages;
    terminal.type("/search disk\n");
    QTRY_VERIFY(
        terminal.errors.contains("Nothing was found. But it is not searched to the end: /search alone"));
    QCOMPARE(asked.size(), emptyPages);
    terminal.errors.clear();
    terminal.type("/search\n");
    QTRY_VERIFY(terminal.errors.contains("Nothing was found."));
    QCOMPARE(asked.size(), emptyPages + 1);
    QCOMPARE(asked.constLast(), QString::number(100 - emptyPages));
    terminal.type("/search\n"); // there is nothing to go on with
    QTRY_VERIFY(terminal.errors.contains("Please give a word"));
}

void tst_TypedSearch::searchLineFromAPipeIsPosted()
{
    FakeServer server;
    Terminal terminal(server);
    terminal.type("/search disk\n");
    QTRY_COMPARE_WITH_TIMEOUT(terminal.texts(), QStringList{u"/search disk"_s}, Patience);
}

QTEST_GUILESS_MAIN(tst_TypedSearch)
#include "tst_typedsearch.moc"
