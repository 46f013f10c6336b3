// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/postrules.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Seq = std::optional<qint64>;

Room roomWith(qint64 lastSeq)
{
    return Room({7, u"ops"_s, u""_s, u"e1"_s, lastSeq ? 1 : 0, lastSeq});
}

PostFrame post()
{
    PostFrame frame{*RoomName::parse(u"ops"_s), QUuid::createUuid(), u" kept as sent\n"_s, {}, {}, {}};
    frame.live.t = -5;
    frame.live.state = StampState::Ok;
    return frame;
}

} // namespace

class tst_PostRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void replyTo_data();
    void replyTo();
    void seen_data();
    void seen();
    void message();
};

void tst_PostRules::replyTo_data()
{
    QTest::addColumn<Seq>("replyTo");
    QTest::addColumn<bool>("accepted");
    QTest::newRow("none") << Seq() << true;
    QTest::newRow("first") << Seq(1) << true;
    QTest::newRow("last") << Seq(5) << true;
    QTest::newRow("beyond") << Seq(6) << false;
    QTest::newRow("zero") << Seq(0) << false;
    QTest::newRow("negative") << Seq(-1) << false;
}

void tst_PostRules::replyTo()
{
    QFETCH(Seq, replyTo);
    QFETCH(bool, accepted);
    PostFrame frame = post();
    frame.replyTo = replyTo;
    const auto problem = problemWithPost(frame, roomWith(5));
    QCOMPARE(!problem.has_value(), accepted);
    if (problem)
        QCOMPARE(problem->code, ErrorCode::BadField);
}

void tst_PostRules::seen_data()
{
    QTest::addColumn<Seq>("seen");
    QTest::addColumn<Seq>("kept");
    QTest::newRow("none") << Seq() << Seq();
    QTest::newRow("zero") << Seq(0) << Seq(0);
    QTest::newRow("inside") << Seq(3) << Seq(3);
    QTest::newRow("last") << Seq(5) << Seq(5);
    QTest::newRow("beyond-counts-as-last") << Seq(6) << Seq(5);
    QTest::newRow("absurd") << Seq(std::numeric_limits<qint64>::max()) << Seq(5);
}

void tst_PostRules::seen()
{
    QFETCH(Seq, seen);
    PostFrame frame = post();
    frame.seen = seen;
    const Message message = messageFromPost(frame, roomWith(5), {}, {}, {});
    QTEST(message.seen, "kept");
}

void tst_PostRules::message()
{
    const PostFrame frame = post();
    ReferenceSnapshot snapshot;
    snapshot.boot = u"b1"_s;
    const ClockReading now{WallTime(100s), MonoTime(7s)};
    const Message message = messageFromPost(frame, roomWith(5), {u"g1"_s, u"ana"_s}, snapshot, now);
    QCOMPARE(message.room, u"ops"_s);
    QCOMPARE(message.seq, 0);
    QCOMPARE(message.id, frame.id);
    QCOMPARE(message.kind, u"text"_s);
    QCOMPARE(message.from.id, u"g1"_s);
    QCOMPARE(message.from.name, u"ana"_s);
    QCOMPARE(message.text, u" kept as sent\n"_s);
    QCOMPARE(message.stamps.live, frame.live);
    QCOMPARE(message.stamps.local.t, OptionalMicros(100'000'000));
    QCOMPARE(message.stamps.local.boot, u"b1"_s);
}

QTEST_APPLESS_MAIN(tst_PostRules)
#include "tst_postrules.moc"
