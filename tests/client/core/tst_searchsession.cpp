// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/chatclient.h"
#include "client/core/searchsession.h"
#include "tests/client/core/fakeserver.h"

#include <QSignalSpy>
#include <QTest>
#include <QWebSocket>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

using State = SearchSession::State;

/// A search against a daemon that finds so many messages.
class Searcher
{
public:
    explicit Searcher(int matches)
        : client(clock, {server.url(), *UserName::parse(u"ana"_s), u"test"_s, {}, {}, {}, fast()})
        , added(&session, &SearchSession::found)
    {
        for (int i = 0; i < matches; ++i)
            all.prepend(testMessage(i + 1, u"disk %1"_s.arg(i), {u"u2"_s, u"bea"_s}, QUuid::createUuid()));
        server.hook = [this](QWebSocket *socket, const ParsedClientFrame &parsed) {
            const auto *search = std::get_if<SearchFrame>(&parsed.frame);
            if (!search)
                return false;
            if (error)
                server.send(socket, *error, parsed.ref);
            else if (!silent)
                server.send(socket, answer(*search), parsed.ref);
            return true;
        };
        client.start();
        QTRY_COMPARE(client.linkState(), LinkState::Online);
        session.setClient(&client);
    }

    FoundFrame answer(const SearchFrame &search) const
    {
        // "17-3": from the 17th on, after 3 pages that came empty because the time was up
        const qsizetype from = search.cursor.section(u'-', 0, 0).toLongLong();
        const int emptyOnes = search.cursor.section(u'-', 1).toInt();
        if (from == emptyBefore && emptyOnes < emptyPages)
            return {{}, u"%1-%2"_s.arg(from).arg(emptyOnes + 1)};
        const QList<Message> page = all.mid(from, search.limit);
        const qsizetype next = from + page.size();
        return {page, next < all.size() ? QString::number(next) : QString()};
    }
    void search(const QString &words)
    {
        SearchFrame frame;
        frame.query = words;
        session.start(frame);
    }
    /// And asks for more for as long as there is some. So many pages come empty when so many were found.
    void searchAll(qsizetype before, int pages)
    {
        emptyBefore = before;
        emptyPages = pages;
        QObject::connect(&session, &SearchSession::found, &session, &SearchSession::loadMore);
        search(u"disk"_s);
    }

    FakeServer server;
    SystemClock clock;
    ChatClient client;
    SearchSession session;
    QSignalSpy added;
    QList<Message> all; ///< newest first
    std::optional<ErrorFrame> error;
    bool silent = false;
    qsizetype emptyBefore = 0; ///< the find before which there are
    int emptyPages = 0;

private:
    static BackoffLimits fast() { return {std::chrono::milliseconds(1), std::chrono::milliseconds(20)}; }
};

} // namespace

class tst_SearchSession : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void loadsPageByPage();
    void findsNothing();
    void asksOnWhenTimeWasUp_data();
    void asksOnWhenTimeWasUp();
    void leavesOffAndGoesOn_data();
    void leavesOffAndGoesOn();
    void failsWhereItStopped();
    void failsAndIsTriedAgain();
    void moreFailsAndIsTriedAgain();
    void laterSearchCounts();
    void losesTheLink();
    void stopsAtTheMost();
    void clientGoes();
};

void tst_SearchSession::loadsPageByPage()
{
    Searcher f(120);
    f.session.loadMore(); // nothing is being searched for
    QCOMPARE(f.session.state(), State::Idle);
    f.search(u"disk"_s);
    QCOMPARE(f.session.state(), State::Searching);
    QTRY_COMPARE(f.session.state(), State::Found);
    QCOMPARE(f.session.messages().size(), 50);
    QVERIFY(!f.session.isComplete());
    f.session.loadMore();
    f.session.loadMore(); // while one is under way
    QCOMPARE(f.session.state(), State::LoadingMore);
    QTRY_COMPARE(f.session.messages().size(), 100);
    f.session.loadMore();
    QTRY_COMPARE(f.session.messages().size(), 120);
    QVERIFY(f.session.isComplete());
    f.session.loadMore();
    QCOMPARE(f.session.state(), State::Found);
    QCOMPARE(f.session.messages(), f.all);
    QCOMPARE(f.server.all<SearchFrame>().size(), 3);
    QCOMPARE(f.added.size(), 3);
    QCOMPARE(f.added.last(), (QVariantList{100, 20}));
}

void tst_SearchSession::findsNothing()
{
    Searcher f(0);
    f.search(u"disk"_s);
    QTRY_COMPARE(f.session.state(), State::Nothing);
    QVERIFY(f.session.isComplete());
}

void tst_SearchSession::asksOnWhenTimeWasUp_data()
{
    QTest::addColumn<int>("matches");
    QTest::addColumn<qsizetype>("emptyBefore");
    QTest::addColumn<int>("emptyPages");
    QTest::addColumn<State>("state");
    QTest::newRow("one-then-finds") << 3 << qsizetype(0) << 1 << State::Found;
    QTest::newRow("most-then-finds") << 3 << qsizetype(0) << SearchSession::MostEmptyPages - 1
                                     << State::Found;
    QTest::newRow("then-nothing") << 0 << qsizetype(0) << 1 << State::Nothing;
    QTest::newRow("between-finds") << 70 << qsizetype(50) << 3 << State::Found;
}

void tst_SearchSession::asksOnWhenTimeWasUp()
{
    QFETCH(int, matches);
    QFETCH(qsizetype, emptyBefore);
    QFETCH(int, emptyPages);
    QFETCH(State, state);
    Searcher f(matches);
    f.searchAll(emptyBefore, emptyPages);
    QTRY_VERIFY(f.session.state() == state && f.session.isComplete());
    QCOMPARE(f.session.messages(), f.all);
}

void tst_SearchSession::leavesOffAndGoesOn_data()
{
    QTest::addColumn<int>("matches");
    QTest::addColumn<qsizetype>("emptyBefore");
    QTest::addColumn<int>("emptyPages");
    QTest::newRow("nothing-yet") << 3 << qsizetype(0) << SearchSession::MostEmptyPages;
    QTest::newRow("nothing-more-yet") << 70 << qsizetype(50) << SearchSession::MostEmptyPages + 2;
}

void tst_SearchSession::leavesOffAndGoesOn()
{
    QFETCH(int, matches);
    QFETCH(qsizetype, emptyBefore);
    QFETCH(int, emptyPages);
    Searcher f(matches);
    f.searchAll(emptyBefore, emptyPages);
    QTRY_COMPARE(f.session.state(), State::Unfinished);
    QVERIFY(!f.session.isComplete());
    QCOMPARE(f.session.messages(), f.all.first(f.emptyBefore)); // what is there stays
    const auto asked = f.server.all<SearchFrame>().size();
    f.session.loadMore(); // scrolling does not go on for ever
    QCOMPARE(f.session.state(), State::Unfinished);
    f.session.goOn();
    QCOMPARE(f.session.state(), f.emptyBefore == 0 ? State::Searching : State::LoadingMore);
    QTRY_COMPARE(f.session.state(), State::Found);
    QCOMPARE(f.session.messages(), f.all);
    QVERIFY(f.session.isComplete());
    QCOMPARE(f.server.all<SearchFrame>().size(), asked + 1 + f.emptyPages - SearchSession::MostEmptyPages);
}

void tst_SearchSession::failsWhereItStopped()
{
    Searcher f(3);
    f.emptyPages = SearchSession::MostEmptyPages;
    f.search(u"disk"_s);
    QTRY_COMPARE(f.session.state(), State::Unfinished);
    f.error = ErrorFrame{ErrorCode::Busy, u"Busy."_s, {}, 1};
    f.session.goOn();
    QTRY_COMPARE(f.session.state(), State::Failed);
    f.error.reset();
    f.session.goOn(); // from there, not from the start
    QTRY_COMPARE(f.session.state(), State::Found);
    QCOMPARE(f.session.messages(), f.all);
}

void tst_SearchSession::failsAndIsTriedAgain()
{
    Searcher f(3);
    f.error = ErrorFrame{ErrorCode::Forbidden, u"No."_s, {}, {}};
    f.search(u"disk"_s);
    QTRY_COMPARE(f.session.state(), State::Failed);
    QCOMPARE(f.session.trouble(), u"No."_s);
    f.error.reset();
    f.session.goOn();
    QTRY_COMPARE(f.session.state(), State::Found);
    QCOMPARE(f.session.trouble(), QString());
}

void tst_SearchSession::moreFailsAndIsTriedAgain()
{
    Searcher f(70);
    f.search(u"disk"_s);
    QTRY_COMPARE(f.session.state(), State::Found);
    f.error = ErrorFrame{ErrorCode::RateLimited, u"Too many."_s, {}, 2};
    f.session.loadMore();
    QTRY_COMPARE(f.session.state(), State::MoreFailed);
    QCOMPARE(f.session.messages().size(), 50); // what is there stays
    QVERIFY(f.session.trouble().contains(u"2 seconds"_s));
    f.error.reset();
    f.session.goOn();
    QTRY_COMPARE(f.session.messages().size(), 70);
    QCOMPARE(f.session.messages(), f.all);
}

void tst_SearchSession::laterSearchCounts()
{
    Searcher f(3);
    f.silent = true;
    f.search(u"one"_s);
    QTRY_COMPARE(f.server.all<SearchFrame>().size(), 1);
    f.silent = false;
    f.search(u"two"_s);
    QTRY_COMPARE(f.session.state(), State::Found);
    f.server.sendAll(FoundFrame{f.all, {}}); // without a ref
    f.session.clear();
    QCOMPARE(f.session.state(), State::Idle);
    QVERIFY(f.session.messages().isEmpty());
}

void tst_SearchSession::losesTheLink()
{
    Searcher f(3);
    f.silent = true;
    f.search(u"disk"_s);
    QTRY_COMPARE(f.server.all<SearchFrame>().size(), 1);
    f.server.close();
    QTRY_COMPARE(f.session.state(), State::Failed);
    QVERIFY(!f.session.trouble().isEmpty());
    f.session.goOn();
    QCOMPARE(f.session.state(), State::Searching);
    QTRY_COMPARE(f.session.state(), State::Failed);
    f.silent = false;
    QVERIFY(f.server.listen(static_cast<quint16>(f.client.config().server.port())));
    QTRY_COMPARE(f.client.linkState(), LinkState::Online);
    f.session.goOn();
    QTRY_COMPARE(f.session.state(), State::Found);
}

void tst_SearchSession::stopsAtTheMost()
{
    Searcher f(SearchSession::MostResults + 70);
    f.search(u"disk"_s);
    QObject::connect(&f.session, &SearchSession::found, &f.session, &SearchSession::loadMore);
    QTRY_VERIFY(f.session.isFull());
    QCOMPARE(f.session.messages().size(), SearchSession::MostResults);
    const auto asked = f.server.all<SearchFrame>().size();
    f.session.loadMore();
    QCOMPARE(f.session.state(), State::Found);
    QCOMPARE(f.server.all<SearchFrame>().size(), asked);
}

void tst_SearchSession::clientGoes()
{
    Searcher f(3);
    f.search(u"disk"_s);
    f.session.setClient(nullptr);
    QCOMPARE(f.session.state(), State::Idle);
    f.search(u"disk"_s);
    f.session.goOn();
    QCOMPARE(f.session.state(), State::Idle);
}

QTEST_GUILESS_MAIN(tst_SearchSession)
#include "tst_searchsession.moc"
