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
        const qsizetype from = search.cursor.toLongLong();
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

    FakeServer server;
    SystemClock clock;
    ChatClient client;
    SearchSession session;
    QSignalSpy added;
    QList<Message> all; ///< newest first
    std::optional<ErrorFrame> error;
    bool silent = false;

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

void tst_SearchSession::failsAndIsTriedAgain()
{
    Searcher f(3);
    f.error = ErrorFrame{ErrorCode::Forbidden, u"No."_s, {}, {}};
    f.search(u"disk"_s);
    QTRY_COMPARE(f.session.state(), State::Failed);
    QCOMPARE(f.session.trouble(), u"No."_s);
    f.error.reset();
    f.session.tryAgain();
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
    f.session.tryAgain();
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
    f.session.tryAgain();
    QCOMPARE(f.session.state(), State::Searching);
    QTRY_COMPARE(f.session.state(), State::Failed);
    f.silent = false;
    QVERIFY(f.server.listen(static_cast<quint16>(f.client.config().server.port())));
    QTRY_COMPARE(f.client.linkState(), LinkState::Online);
    f.session.tryAgain();
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
    f.session.tryAgain();
    QCOMPARE(f.session.state(), State::Idle);
}

QTEST_GUILESS_MAIN(tst_SearchSession)
#include "tst_searchsession.moc"
