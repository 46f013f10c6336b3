// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/roomsync.h"

#include <QRandomGenerator>
#include <QTest>

#include <deque>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

Message messageOf(qint64 seq)
{
    Message message;
    message.room = u"general"_s;
    message.seq = seq;
    return message;
}

/// A room of a daemon and the line to one client: frames on the line keep their order; a cut loses them all.
class Line
{
public:
    Line(quint32 seed, int initialHistory)
        : random(seed)
        , sync(RoomName::general(), initialHistory)
    {}

    void post()
    {
        ++last;
        if (!joined)
            return;
        if (losesLive && random.bounded(5) == 0)
            return; // a daemon that breaks its word
        toClient.push_back(messageOf(last));
    }
    void join()
    {
        joined = true;
        const JoinFrame frame = sync.joinFrame({});
        JoinedFrame answer{u"general"_s, {}, false, u"e"_s, last > 0 ? 1 : 0, last, {}, false};
        toClient.push_back(answer);
        if (!frame.after)
            return;
        for (qint64 after = *frame.after;;) {
            const HistoryPage next = pageAfter(after);
            toClient.push_back(next);
            if (next.complete)
                break;
            after = next.messages.last().seq;
        }
    }
    void cut()
    {
        joined = false;
        toClient.clear();
        sync.linkLost();
    }
    void deliver()
    {
        if (toClient.empty())
            return;
        const Item frame = toClient.front();
        toClient.pop_front();
        if (const auto *message = std::get_if<Message>(&frame))
            perform(sync.takeLive(*message));
        else if (const auto *answer = std::get_if<JoinedFrame>(&frame))
            perform(sync.takeJoined(*answer));
        else if (const auto *page = std::get_if<HistoryPage>(&frame))
            perform(sync.takePage(*page, false));
        else
            perform(sync.takePage(std::get<Answer>(frame).page, true));
    }
    bool isQuiet() const { return toClient.empty(); }

    QRandomGenerator random;
    RoomSync sync;
    QList<qint64> arrived;
    qint64 last = 0;
    bool joined = false;
    bool losesLive = false;

private:
    struct Answer
    {
        HistoryPage page;
    };
    using Item = std::variant<Message, JoinedFrame, HistoryPage, Answer>;

    HistoryPage pageAfter(qint64 after) const
    {
        return page(after + 1, std::min(after + 7, last), after + 7 >= last);
    }
    HistoryPage page(qint64 from, qint64 to, bool complete) const
    {
        HistoryPage answer{u"general"_s, u"e"_s, {}, last > 0 ? 1 : 0, last, complete};
        for (qint64 seq = from; seq <= to; ++seq)
            answer.messages.append(messageOf(seq));
        return answer;
    }
    void perform(const RoomSync::Step &step)
    {
        for (const RoomSync::Arrival &arrival : step.arrived)
            arrived.append(arrival.message.seq);
        if (!step.ask)
            return;
        const qint64 limit = std::min(step.ask->limit, 7);
        HistoryPage answer;
        if (step.ask->anchor == HistoryAnchor::After)
            answer = pageAfter(step.ask->value);
        else {
            const qint64 to = step.ask->anchor == HistoryAnchor::Newest ? last : step.ask->value - 1;
            const qint64 from = std::max<qint64>(to - limit + 1, 1);
            answer = page(from, to, from == 1);
        }
        toClient.push_back(Answer{answer});
    }

    std::deque<Item> toClient;
};

} // namespace

class tst_RoomSync : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void losesAndRepeatsNothing_data();
    void losesAndRepeatsNothing();
    void joinsWithWhatItHolds();
    void resets_data();
    void resets();
    void asksAgain();
    void holdsBackOnlySoMuch();
};

void tst_RoomSync::losesAndRepeatsNothing_data()
{
    QTest::addColumn<quint32>("seed");
    QTest::addColumn<int>("initialHistory");
    QTest::addColumn<bool>("losesLive");
    for (quint32 seed = 1; seed <= 60; ++seed)
        QTest::addRow("seed-%u", seed) << seed << int(seed % 3) * 10 << (seed % 2 == 0);
}

void tst_RoomSync::losesAndRepeatsNothing()
{
    QFETCH(quint32, seed);
    QFETCH(int, initialHistory);
    QFETCH(bool, losesLive);
    Line line(seed, initialHistory);
    line.losesLive = losesLive;
    for (int step = 0; step < 2000; ++step) {
        const quint32 what = line.random.bounded(40u);
        if (what < 15)
            line.post();
        else if (what < 38)
            line.deliver();
        else if (what == 38 && line.random.bounded(5) == 0)
            line.cut();
        else if (!line.joined)
            line.join();
    }
    if (!line.joined)
        line.join();
    line.losesLive = false;
    line.post();
    while (!line.isQuiet())
        line.deliver();
    QVERIFY(!line.arrived.isEmpty());
    QCOMPARE(line.arrived.last(), line.last);
    for (qsizetype i = 1; i < line.arrived.size(); ++i)
        QCOMPARE(line.arrived.at(i), line.arrived.at(i - 1) + 1);
    QVERIFY(line.sync.isCaughtUp());
}

void tst_RoomSync::joinsWithWhatItHolds()
{
    RoomSync sync(RoomName::general(), 0);
    QVERIFY(!sync.joinFrame({}).after);
    QCOMPARE(sync.joinFrame(u"k"_s).key, std::optional<QString>(u"k"_s));
    sync.takeJoined({u"general"_s, {}, false, u"e"_s, 1, 7, {}, false});
    QVERIFY(sync.isCaughtUp());
    QCOMPARE(sync.joinFrame({}).after, std::optional<qint64>(7));
    QCOMPARE(sync.joinFrame({}).epoch, std::optional<QString>(u"e"_s));
    // An initial history that was cut is asked for afresh.
    RoomSync second(RoomName::general(), 5);
    QVERIFY(second.takeJoined({u"general"_s, {}, false, u"e"_s, 1, 7, {}, false}).ask);
    second.linkLost();
    QVERIFY(!second.joinFrame({}).after);
}

void tst_RoomSync::resets_data()
{
    QTest::addColumn<QString>("epoch");
    QTest::addColumn<bool>("reset");
    QTest::addColumn<qint64>("last");
    QTest::addColumn<bool>("startsOver");
    QTest::addColumn<bool>("asks");
    QTest::newRow("same") << u"e"_s << false << qint64(7) << false << false;
    QTest::newRow("told") << u"f"_s << true << qint64(3) << true << false;
    QTest::newRow("shrunk") << u"e"_s << true << qint64(3) << true << false;
    QTest::newRow("not-told") << u"f"_s << false << qint64(9) << true << true;
    QTest::newRow("empty") << u"f"_s << true << qint64(0) << true << false;
}

void tst_RoomSync::resets()
{
    QFETCH(QString, epoch);
    QFETCH(bool, reset);
    QFETCH(qint64, last);
    QFETCH(bool, startsOver);
    QFETCH(bool, asks);
    RoomSync sync(RoomName::general(), 0);
    sync.takeJoined({u"general"_s, {}, false, u"e"_s, 1, 7, {}, false});
    sync.linkLost();
    const RoomSync::Step step =
        sync.takeJoined({u"general"_s, {}, false, epoch, last > 0 ? 1 : 0, last, {}, reset});
    QCOMPARE(step.reset, startsOver);
    QCOMPARE(step.ask.has_value(), asks);
    QCOMPARE(sync.lastArrived(), startsOver ? 0 : 7);
    QCOMPARE(sync.isCaughtUp(), !startsOver || last == 0);
}

void tst_RoomSync::asksAgain()
{
    RoomSync sync(RoomName::general(), 0);
    sync.takeJoined({u"general"_s, {}, false, u"e"_s, 1, 7, {}, false});
    QVERIFY(!sync.askAgain().ask);
    const auto asked = sync.takeLive(messageOf(10)).ask;
    QVERIFY(asked);
    QVERIFY(!sync.takeLive(messageOf(11)).ask); // under way
    QCOMPARE(sync.askAgain().ask->value, asked->value);
    sync.linkLost();
    QVERIFY(!sync.askAgain().ask);
}

void tst_RoomSync::holdsBackOnlySoMuch()
{
    RoomSync sync(RoomName::general(), 0);
    sync.takeJoined({u"general"_s, {}, false, u"e"_s, 0, 0, {}, false});
    for (qint64 seq = 2; seq < 2000; ++seq)
        sync.takeLive(messageOf(seq));
    HistoryPage page{u"general"_s, u"e"_s, {messageOf(1)}, 1, 1999, false};
    const RoomSync::Step step = sync.takePage(page, true);
    QCOMPARE(step.arrived.size(), 1 + RoomSync::MaxWaiting);
    QVERIFY(step.ask); // the others are fetched again
    QCOMPARE(step.ask->value, sync.lastArrived());
}

QTEST_GUILESS_MAIN(tst_RoomSync)
#include "tst_roomsync.moc"
