// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/rowtimeline.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;
using Kind = TimeEvent::Kind;

namespace {

constexpr WireMicros Second = 1'000'000;
constexpr WireMicros Noon = 1'795'439'005 * Second;

/// One a minute, of a daemon with a reference; all clocks right.
Message message(qint64 seq, const QString &author = u"ana"_s)
{
    Message made;
    made.room = u"ops"_s;
    made.seq = seq;
    made.id = QUuid::createUuid();
    made.from = {u"u-"_s + author, author};
    made.text = u"text"_s;
    const WireMicros at = Noon + seq * 60 * Second;
    made.stamps.live = {at - 10'000, 0, 900, StampState::Ok, ProbePath::Udp, false};
    made.stamps.local = {at, 0, 450, StampState::Ok, false, u"k3f9"_s, at - Noon};
    made.stamps.best = {at, 450, StampState::Ok};
    return made;
}

int rowOf(const RoomModel &model, qint64 seq)
{
    return model.rowOfSeq(seq);
}

} // namespace

class tst_RowTimeline : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingToSay();
    void restartBetweenNeighbours();
    void behindAGap();
    void authorsAreFoundFurtherUp();
    void contradictsWhatIsHeldOfTheSeen();
    void theAnswerIsAskedFirst();
    void pendingRows();
    void flappingReferenceIsToldThreeTimes();
    void crashLoopIsToldEachTime();
    void jitterOfAnAuthorIsToldThreeTimes();
    void screenReader();
};

void tst_RowTimeline::nothingToSay()
{
    RoomModel model(u"ops"_s);
    model.add({message(1), message(2, u"luis"_s), message(5)});
    for (int row = 0; row < model.rowCount(); ++row)
        QVERIFY(timelineOf(model, row).isEmpty());
}

void tst_RowTimeline::restartBetweenNeighbours()
{
    RoomModel model(u"ops"_s);
    Message after = message(2);
    after.stamps.local.boot = u"other"_s;
    after.stamps.local.up = 20 * Second;
    model.add({message(1), after, message(3)});
    QCOMPARE(timelineOf(model, 1).lines.size(), 1);
    QCOMPARE(timelineOf(model, 1).lines.first().kind, Kind::DaemonRestarted);
    QCOMPARE(timelineOf(model, 1).lines.first().amount, OptionalMicros(40 * Second + 900));
}

void tst_RowTimeline::behindAGap()
{
    RoomModel model(u"ops"_s);
    Message after = message(5);
    after.stamps.local.boot = u"other"_s;
    model.add({message(1), after});
    const QList<TimeEvent> lines = timelineOf(model, rowOf(model, 5)).lines;
    QCOMPARE(lines.size(), 1);
    QVERIFY(lines.first().amongMissing);
    QVERIFY(timelineOf(model, 1).isEmpty()); // the gap itself
    // The missing ones come: it happened before message 3.
    Message third = message(3);
    third.stamps.local.boot = u"other"_s;
    Message fourth = message(4);
    fourth.stamps.local.boot = u"other"_s;
    model.add({message(2), third, fourth});
    QVERIFY(timelineOf(model, rowOf(model, 5)).isEmpty());
    QVERIFY(!timelineOf(model, rowOf(model, 3)).lines.first().amongMissing);
}

void tst_RowTimeline::authorsAreFoundFurtherUp()
{
    RoomModel model(u"ops"_s);
    QList<Message> rows{message(1, u"luis"_s)};
    for (qint64 seq = 2; seq < 2 + AuthorWindow - 1; ++seq)
        rows.append(message(seq));
    Message set = message(rows.size() + 1, u"luis"_s);
    set.stamps.live.offset = 3600 * Second;
    *set.stamps.live.t -= 3600 * Second;
    rows.append(set);
    model.add(rows);
    const RowTimeline timeline = timelineOf(model, model.rowCount() - 1);
    QCOMPARE(timeline.notes.size(), 1);
    QCOMPARE(timeline.notes.first().kind, Kind::AuthorClockSet);
    QCOMPARE(timeline.notes.first().from, 1);
    // One row further away nobody looks any more.
    RoomModel longer(u"ops"_s);
    QList<Message> more = rows;
    more.last().seq += 1;
    more.insert(more.size() - 1, message(more.size()));
    longer.add(more);
    QVERIFY(timelineOf(longer, longer.rowCount() - 1).isEmpty());
}

void tst_RowTimeline::contradictsWhatIsHeldOfTheSeen()
{
    Message late = message(44, u"luis"_s);
    late.seen = 43;
    late.stamps.live.t = Noon + 41 * 60 * Second; // by it, written before 42 was taken
    late.stamps.live.offset = 3 * 60 * Second;
    RoomModel model(u"ops"_s);
    model.add({message(43), late});
    const auto found = timelineOf(model, 1).contradiction;
    QVERIFY(found);
    QCOMPARE(found->cause, 43);
    QCOMPARE(found->byClock, OptionalMicros(120 * Second - 450));
    RoomModel holey(u"ops"_s); // 43 is missing: what is held before it counts
    holey.add({message(42), late});
    QCOMPARE(timelineOf(holey, rowOf(holey, 44)).contradiction->cause, 42);
    RoomModel alone(u"ops"_s);
    alone.add({late});
    QVERIFY(!timelineOf(alone, 0).contradiction);
    late.seen = 41;
    RoomModel unseen(u"ops"_s);
    unseen.add({message(43), late});
    QVERIFY(!timelineOf(unseen, 1).contradiction);
}

void tst_RowTimeline::theAnswerIsAskedFirst()
{
    Message reply = message(4, u"luis"_s);
    reply.seen = 3;
    reply.replyTo = 1;
    reply.stamps.live.t = Noon;
    RoomModel model(u"ops"_s);
    model.add({message(1), message(2), message(3), reply});
    QCOMPARE(timelineOf(model, 3).contradiction->cause, 1);
}

void tst_RowTimeline::pendingRows()
{
    RoomModel model(u"ops"_s);
    Message mine = message(0, u"kim"_s);
    mine.stamps.best = {};
    mine.stamps.local = {};
    mine.stamps.live.t = Noon;
    mine.seen = 2;
    model.add({message(1), message(2)});
    model.addPending(mine);
    const RowTimeline timeline = timelineOf(model, 2);
    QVERIFY(timeline.contradiction);
    QVERIFY(timeline.lines.isEmpty() && timeline.notes.isEmpty());
}

void tst_RowTimeline::flappingReferenceIsToldThreeTimes()
{
    RoomModel model(u"ops"_s);
    QList<Message> rows;
    for (qint64 seq = 1; seq <= 60; ++seq) {
        rows.append(message(seq));
        if (seq <= 12 && seq % 2 == 0)
            rows.last().stamps.best.state = StampState::Holdover;
        if (seq == 50)
            rows.last().stamps.best.state = StampState::Holdover;
    }
    model.add(rows);
    QList<int> told;
    for (int row = 0; row < model.rowCount(); ++row) {
        if (!timelineOf(model, row).lines.isEmpty())
            told.append(row);
    }
    QCOMPARE(told, (QList<int>{1, 2, 3, 49, 50}));
    QVERIFY(!timelineOf(model, 2).lines.first().repeated);
    QVERIFY(timelineOf(model, 3).lines.first().repeated);
    QVERIFY(!timelineOf(model, 49).lines.first().repeated);
}

void tst_RowTimeline::crashLoopIsToldEachTime()
{
    RoomModel model(u"ops"_s);
    QList<Message> rows;
    for (qint64 seq = 1; seq <= 10; ++seq) {
        rows.append(message(seq));
        rows.last().stamps.local.boot = QString::number(seq);
    }
    model.add(rows);
    for (int row = 1; row < 10; ++row)
        QCOMPARE(timelineOf(model, row).lines.size(), 1);
}

void tst_RowTimeline::jitterOfAnAuthorIsToldThreeTimes()
{
    RoomModel model(u"ops"_s);
    QList<Message> rows;
    for (qint64 seq = 1; seq <= 10; ++seq) {
        rows.append(message(seq));
        rows.last().stamps.live.offset = seq % 2 * 5 * Second;
        *rows.last().stamps.live.t -= seq % 2 * 5 * Second;
    }
    model.add(rows);
    int told = 0;
    for (int row = 0; row < 10; ++row)
        told += timelineOf(model, row).notes.isEmpty() ? 0 : 1;
    QCOMPARE(told, 3);
}

void tst_RowTimeline::screenReader()
{
    RoomModel model(u"ops"_s);
    Message late = message(2, u"luis"_s);
    late.stamps.local.boot = u"other"_s;
    late.stamps.local.up.reset();
    *late.stamps.live.t -= 7380 * Second;
    late.seen = 1;
    model.add({message(1), late});
    QCOMPARE(
        model.data(model.index(1), RoomModel::AccessibleRole).toString(),
        u"The daemon was started again. luis, 13:05:25 UTC: text Even with what was measured of this clock "
        "it was written at least 2 h 2 min before message 1, which its author had seen. Waited 2 h 3 min to be sent."_s);
}

QTEST_APPLESS_MAIN(tst_RowTimeline)
#include "tst_rowtimeline.moc"
