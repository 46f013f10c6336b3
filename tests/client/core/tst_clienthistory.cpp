// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/chatclient.h"
#include "tests/client/core/fakeserver.h"

#include <QSignalSpy>
#include <QTest>
#include <QWebSocket>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

const QString general = u"general"_s;

/// A client that has joined `general`, which holds so many messages, one a second.
class Reader
{
public:
    explicit Reader(int inRoom, int history = 20)
        : client(clock, {server.url(), *UserName::parse(u"ana"_s), u"test"_s, {}, {}, {}, fast()})
        , found(&client, &ChatClient::placeFound)
        , lost(&client, &ChatClient::placeFailed)
        , failed(&client, &ChatClient::requestFailed)
    {
        server.fill(inRoom);
        for (Message &message : server.history)
            message.stamps.best.t = message.seq * 1'000'000;
        client.setInitialHistory(history);
        client.join(RoomName::general());
        client.start();
        QTRY_COMPARE(model().lastSeq(), inRoom);
        QTRY_VERIFY(client.isJoined(general));
    }

    RoomModel &model() { return *client.roomModel(general); }
    /// From here on no such frame is answered, but by `code` when one is given.
    template <typename Frame>
    void refuse(std::optional<ErrorCode> code, std::optional<double> retryAfter = {})
    {
        server.hook = [this, code, retryAfter](QWebSocket *socket, const ParsedClientFrame &parsed) {
            if (!std::holds_alternative<Frame>(parsed.frame))
                return false;
            if (code)
                server.send(socket, ErrorFrame{*code, u"Not now."_s, {}, retryAfter}, parsed.ref);
            return true;
        };
    }

    FakeServer server;
    SystemClock clock;
    ChatClient client;
    QSignalSpy found, lost, failed;

private:
    static BackoffLimits fast() { return {std::chrono::milliseconds(1), std::chrono::milliseconds(20)}; }
};

} // namespace

class tst_ClientHistory : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fillsAGapFromBothSides();
    void gapSaysWhyItFailed_data();
    void gapSaysWhyItFailed();
    void gapIsTriedAgainWhenTheServerIsBusy();
    void gapThatTheServerDoesNotGive();
    void gapAfterALoss();
    void findsASeq();
    void findsATime_data();
    void findsATime();
    void placeOfAnEmptyRoom();
    void placeWithoutAnswer();
    void lastPlaceCounts();
    void searches();
    void searchIsRefused();
    void searchWithoutConnection();
    void readsPagesIntoNoModel();
};

void tst_ClientHistory::fillsAGapFromBothSides()
{
    Reader reader(1000);
    reader.client.findSeq(general, 300);
    QTRY_COMPARE(reader.found.size(), 1);
    const int gap = reader.model().gapRowOf(800);
    const RoomRow before = reader.model().row(gap);
    QCOMPARE(before.gapFrom, 350);
    QCOMPARE(before.gapTo, 980);
    reader.client.loadGap(general, before.gapFrom, before.gapTo, GapEnd::Older);
    QTRY_COMPARE(reader.model().row(reader.model().gapRowOf(800)).gapFrom, 550);
    reader.client.loadGap(general, 550, 980, GapEnd::Newer);
    QCOMPARE(reader.model().row(reader.model().gapRowOf(560)).gapState, RoomRow::GapState::Loading);
    QTRY_COMPARE(reader.model().row(reader.model().gapRowOf(560)).gapTo, 780);
    QCOMPARE(reader.model().row(reader.model().gapRowOf(560)).gapState, RoomRow::GapState::Missing);
    reader.client.loadGap(general, 550, 780, GapEnd::Older);
    QTRY_COMPARE(reader.model().row(reader.model().gapRowOf(780)).gapFrom, 750);
    reader.client.loadGap(general, 750, 780, GapEnd::Older);
    QTRY_COMPARE(reader.model().gapRowOf(780), -1);
}

void tst_ClientHistory::gapSaysWhyItFailed_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("not-joined") << ErrorCode::NotJoined;
    QTest::newRow("forbidden") << ErrorCode::Forbidden;
}

void tst_ClientHistory::gapSaysWhyItFailed()
{
    QFETCH(ErrorCode, code);
    Reader reader(100);
    reader.refuse<HistoryFrame>(code);
    reader.client.loadGap(general, 1, 80, GapEnd::Newer);
    QCOMPARE(reader.model().row(0).gapState, RoomRow::GapState::Loading);
    QTRY_COMPARE(reader.model().row(0).gapState, RoomRow::GapState::Failed);
    QCOMPARE(reader.model().row(0).failure, u"Not now."_s);
    reader.server.hook = nullptr;
    reader.client.loadGap(general, 1, 80, GapEnd::Newer);
    QTRY_COMPARE(reader.model().firstSeq(), 1);
}

void tst_ClientHistory::gapIsTriedAgainWhenTheServerIsBusy()
{
    Reader reader(100);
    reader.refuse<HistoryFrame>(ErrorCode::RateLimited, 0.05);
    reader.client.loadGap(general, 1, 80, GapEnd::Newer);
    QTRY_VERIFY(reader.server.all<HistoryFrame>().size() >= 3);
    QCOMPARE(reader.model().row(0).gapState, RoomRow::GapState::Loading);
    reader.server.hook = nullptr;
    QTRY_COMPARE(reader.model().firstSeq(), 1);
}

void tst_ClientHistory::gapThatTheServerDoesNotGive()
{
    Reader reader(100);
    reader.server.hook = [&](QWebSocket *socket, const ParsedClientFrame &parsed) {
        if (!std::holds_alternative<HistoryFrame>(parsed.frame))
            return false;
        reader.server.send(socket, HistoryPage{general, u"e1"_s, {}, 1, 100, true}, parsed.ref);
        return true;
    };
    reader.client.loadGap(general, 1, 80, GapEnd::Newer);
    QTRY_COMPARE(reader.model().row(0).gapState, RoomRow::GapState::Failed);
    QVERIFY(!reader.model().row(0).failure.isEmpty());
}

void tst_ClientHistory::gapAfterALoss()
{
    Reader reader(100);
    reader.refuse<HistoryFrame>({});
    reader.client.loadGap(general, 1, 80, GapEnd::Newer);
    QSignalSpy joined(&reader.client, &ChatClient::joined);
    reader.server.close();
    QTRY_COMPARE(reader.model().row(0).gapState, RoomRow::GapState::Failed);
    QCOMPARE(reader.model().row(0).failure, u"The connection was lost."_s);
    reader.model().forgiveGaps();
    reader.client.loadGap(general, 1, 80, GapEnd::Newer); // silence would look like success
    QCOMPARE(reader.model().row(0).failure, u"There is no connection."_s);
    reader.server.hook = nullptr;
    QVERIFY(reader.server.listen(static_cast<quint16>(reader.client.config().server.port())));
    QTRY_COMPARE(joined.size(), 1);
    QCOMPARE(reader.model().row(0).gapState, RoomRow::GapState::Missing);
}

void tst_ClientHistory::findsASeq()
{
    Reader reader(1000);
    reader.client.findSeq(general, 990); // is held
    QCOMPARE(reader.found.size(), 1);
    QCOMPARE(reader.server.all<HistoryFrame>().size(), 1);
    reader.client.findSeq(general, 300);
    QTRY_COMPARE(reader.found.size(), 2);
    QCOMPARE(reader.found.last(), (QVariantList{general, qint64(300)}));
    QVERIFY(reader.model().rowOfSeq(300) > 0);
    reader.client.findSeq(general, 99999);
    QTRY_COMPARE(reader.found.size(), 3);
    QCOMPARE(reader.found.last().last().toLongLong(), 1000); // the nearest that there is
}

void tst_ClientHistory::findsATime_data()
{
    QTest::addColumn<WireMicros>("time");
    QTest::addColumn<qint64>("seq");
    QTest::newRow("before-the-first") << WireMicros(-7) << qint64(1);
    QTest::newRow("one-of-them") << WireMicros(300'000'000) << qint64(300);
    QTest::newRow("between-two") << WireMicros(300'000'001) << qint64(301);
    QTest::newRow("after-the-last") << WireMicros(9'000'000'000) << qint64(1000);
}

void tst_ClientHistory::findsATime()
{
    QFETCH(WireMicros, time);
    QFETCH(qint64, seq);
    Reader reader(1000);
    reader.client.findTime(general, time);
    QTRY_COMPARE(reader.found.size(), 1);
    QCOMPARE(reader.found.last().last().toLongLong(), seq);
}

void tst_ClientHistory::placeOfAnEmptyRoom()
{
    Reader reader(0);
    reader.client.findTime(general, 5);
    QTRY_COMPARE(reader.lost.size(), 1);
    QVERIFY(reader.lost.first().last().toString().contains(u"general"_s));
}

void tst_ClientHistory::placeWithoutAnswer()
{
    Reader reader(100);
    reader.refuse<HistoryFrame>({});
    reader.client.findSeq(general, 5);
    reader.server.close();
    QTRY_COMPARE(reader.lost.size(), 1);
    reader.client.findSeq(general, 5);
    QCOMPARE(reader.lost.size(), 2);
    QVERIFY(reader.lost.last().last().toString().contains(u"connection"_s));
    reader.client.findSeq(u"elsewhere"_s, 5);
    QCOMPARE(reader.lost.size(), 3);
}

void tst_ClientHistory::lastPlaceCounts()
{
    Reader reader(1000);
    reader.client.findSeq(general, 300);
    reader.client.findSeq(general, 600);
    QTRY_VERIFY(reader.model().rowOfSeq(600) >= 0);
    QCOMPARE(reader.found.size(), 1);
    QCOMPARE(reader.found.last().last().toLongLong(), 600);
}

void tst_ClientHistory::searches()
{
    Reader reader(30);
    QSignalSpy results(&reader.client, &ChatClient::found);
    reader.server.hook = [&](QWebSocket *socket, const ParsedClientFrame &parsed) {
        const auto *search = std::get_if<SearchFrame>(&parsed.frame);
        if (search)
            reader.server.send(socket, FoundFrame{{reader.server.history.at(6)}, u"7"_s}, parsed.ref);
        return search != nullptr;
    };
    SearchFrame search;
    search.query = u"disk al*"_s;
    search.room = RoomName::general();
    search.from = u"luis"_s;
    search.since = 5;
    search.until = 9;
    search.limit = 30;
    search.cursor = u"88"_s;
    const QString ref = reader.client.search(search);
    QTRY_COMPARE(results.size(), 1);
    QCOMPARE(results.first().first().toString(), ref);
    const auto frame = results.first().last().value<FoundFrame>();
    QCOMPARE(frame.messages.first().seq, 7);
    QCOMPARE(frame.cursor, u"7"_s);
    const SearchFrame sent = reader.server.all<SearchFrame>().first();
    QCOMPARE(sent.query, search.query);
    QCOMPARE(sent.from, search.from);
    QCOMPARE(sent.since, search.since);
    QCOMPARE(sent.until, search.until);
    QCOMPARE(sent.limit, 30);
    QCOMPARE(sent.cursor, search.cursor);
    reader.server.sendAll(FoundFrame{}); // nobody asked
    reader.server.say(u"more"_s);
    QTRY_COMPARE(reader.model().lastSeq(), 31);
    QCOMPARE(results.size(), 1);
}

void tst_ClientHistory::searchIsRefused()
{
    Reader reader(1);
    reader.refuse<SearchFrame>(ErrorCode::RateLimited, 3);
    QSignalSpy elsewhere(&reader.client, &ChatClient::errorReceived);
    const QString ref = reader.client.search({});
    QTRY_COMPARE(reader.failed.size(), 1);
    QCOMPARE(reader.failed.first().first().toString(), ref);
    const auto error = reader.failed.first().last().value<ErrorFrame>();
    QCOMPARE(error.code, ErrorCode::RateLimited);
    QCOMPARE(error.retryAfter, std::optional<double>(3));
    QCOMPARE(elsewhere.size(), 0);
}

void tst_ClientHistory::searchWithoutConnection()
{
    Reader reader(1);
    reader.refuse<SearchFrame>({});
    reader.client.search({});
    reader.server.close();
    QTRY_COMPARE(reader.failed.size(), 1); // the link was lost over it
    const QString ref = reader.client.search({});
    QCOMPARE(reader.failed.size(), 1);
    QTRY_COMPARE(reader.failed.size(), 2);
    QCOMPARE(reader.failed.last().first().toString(), ref);
}

void tst_ClientHistory::readsPagesIntoNoModel()
{
    Reader reader(1000);
    QSignalSpy pages(&reader.client, &ChatClient::pageRead);
    const int rows = reader.model().rowCount();
    const QString ref = reader.client.readPage({RoomName::general(), HistoryAnchor::After, 0, 500});
    QTRY_COMPARE(pages.size(), 1);
    QCOMPARE(pages.first().first().toString(), ref);
    QCOMPARE(pages.first().last().value<HistoryPage>().messages.size(), 500);
    QCOMPARE(reader.model().rowCount(), rows);
    reader.refuse<HistoryFrame>(ErrorCode::Forbidden);
    reader.client.readPage({RoomName::general(), HistoryAnchor::After, 500, 500});
    QTRY_COMPARE(reader.failed.size(), 1);
}

QTEST_GUILESS_MAIN(tst_ClientHistory)
#include "tst_clienthistory.moc"
