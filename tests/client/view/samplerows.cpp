// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "samplerows.h"

using namespace Qt::StringLiterals;

namespace Synchat::Sample {

namespace {

constexpr WireMicros Millisecond = 1000;

} // namespace

Message message(qint64 seq, const QString &author, const QString &text, WireMicros at, WireMicros skew)
{
    Message result;
    result.room = u"ops"_s;
    result.seq = seq;
    result.id = QUuid::createUuid();
    result.from = {u"u-"_s + author, author};
    result.text = text;
    Stamps &stamps = result.stamps;
    stamps.best = {at, 450, StampState::Ok};
    stamps.live = {at - 13 * Millisecond, -skew, 900, StampState::Ok, ProbePath::Udp, false};
    stamps.local = {at + 200, -200, 450, StampState::Ok, false, u"k3f9"_s};
    stamps.api = {at + 50 * Millisecond, 130 * Millisecond, 8'000'000, StampState::Ok, u"time.example"_s};
    stamps.ntp = {at, 450, 3'000'000, StampState::Ok, u"ntp.example"_s};
    return result;
}

void fill(RoomModel &model)
{
    Message alarm =
        message(1, u"ana"_s, u"disk alarm on db2, writes are stalling"_s, Noon + 131 * Millisecond);
    Message ack = message(2, u"ana"_s, u"ack, looking"_s, Noon + 2409 * Millisecond);
    Message failover = message(3, u"luis"_s, u"replica lag is at 40 s, failing over now"_s,
                               Noon + 2733 * Millisecond, -1'800'000);
    failover.replyTo = 1;
    failover.stamps.live.t = Noon - 98 * Millisecond;
    Message storage = message(4, u"marta"_s, u"who is on call for storage?"_s, Noon + 3377 * Millisecond);
    storage.stamps.live = {Noon + 3030 * Millisecond, {}, {}, StampState::None, ProbePath::None, false};
    storage.stamps.live.state = StampState::Ok;
    model.add({alarm, ack, failover, storage});

    Message joining = message(0, u"kim"_s, u"me, joining the call"_s, 0, 3000);
    joining.stamps = {};
    joining.stamps.live = {Noon + 4007 * Millisecond, -3000, 900, StampState::Ok, ProbePath::Udp, false};
    model.addPending(joining);
}

void fillOdd(RoomModel &model)
{
    QList<Message> rows;
    Message alone =
        message(1, u"noor"_s, u"a daemon by itself: nothing confirms its clock"_s, Noon - 90'000'000'000);
    alone.stamps.best = {alone.stamps.local.t, {}, StampState::Unsynced};
    alone.stamps.local.offset = 0;
    alone.stamps.local.bound.reset();
    alone.stamps.local.state = StampState::Unsynced;
    alone.stamps.api = {};
    alone.stamps.ntp = {alone.stamps.local.t, {}, {}, StampState::Unsynced, u"self"_s};
    rows << alone;
    Message liar = message(
        2, u"ana"_s, u"see https://example.org/runbook (the long one), and http://db2.example:9100/."_s);
    liar.stamps.api.t = Noon + 5'000'000;
    liar.stamps.api.state = StampState::Falseticker;
    rows << liar;
    rows << message(
        6, u"ana"_s,
        u"a longer text that has to go on over several lines, because somebody pasted the whole of what the "
        "terminal said, and then some more of it, until the line was full again:\n\n\terror: no space left "
        "on device\n\twhile writing /var/lib/db2/journal"_s,
        Noon + 20'000'000);
    Message held =
        message(7, u"kwame"_s, u"two hours on, over a reference that is only held"_s, Noon + 9'000'000'000);
    held.stamps.live.state = StampState::Holdover;
    held.stamps.ntp.state = StampState::Holdover;
    held.stamps.ntp.bound = 80'000;
    held.replyTo = 4;
    rows << held;
    rows << message(8, u"kim"_s, u"我也在看 🙂 שלום עולם"_s, Noon + 9'030'000'000);
    model.add(rows);
    Message lost = message(0, u"kim"_s, u"this one did not get through"_s);
    lost.stamps = {};
    lost.stamps.live = {Noon + 9'100'000'000, -3000, 900, StampState::Ok, ProbePath::Udp, false};
    model.addPending(lost);
    model.markFailed(lost.id, u"The daemon could not store the message: its disk is full."_s);
}

void fillEvents(RoomModel &model)
{
    constexpr WireMicros Second = 1'000'000;
    QList<Message> rows;
    const auto add = [&rows](const QString &author, const QString &text, WireMicros after,
                             WireMicros skew = 2000) {
        Message made = message(rows.size() + 1, author, text, Noon + after, skew);
        made.stamps.live.t = *made.stamps.live.t + skew;
        made.stamps.local.up = 86'400 * Second + after;
        if (!rows.isEmpty()) {
            made.stamps.local.boot = rows.last().stamps.local.boot;
            made.stamps.local.t = *made.stamps.local.t - *rows.last().stamps.local.offset - 200;
            made.stamps.local.offset = rows.last().stamps.local.offset;
            if (made.stamps.local.boot != u"k3f9"_s)
                made.stamps.local.up = after - 20 * Second;
        }
        rows.append(made);
        return &rows.last();
    };
    add(u"ana"_s, u"disk alarm on db2, writes are stalling"_s, 0);
    Message *slow = add(u"luis"_s, u"replica lag is at 40 s, failing over now"_s, 4 * Second, -4'230'000);
    slow->seen = 1;
    Message *restarted = add(u"ana"_s, u"the chat was gone for a moment"_s, 30 * Second);
    restarted->stamps.local.boot = u"m2x7"_s;
    restarted->stamps.local.up = 10 * Second;
    Message *set = add(u"luis"_s, u"I have set my clock"_s, 41 * Second, 3000);
    set->stamps.local.t = *set->stamps.local.t + 3'200'000;
    set->stamps.local.offset = *set->stamps.local.offset - 3'200'000;
    add(u"marta"_s, u"written in the train, sent from the platform"_s, 60 * Second)->stamps.live.t =
        Noon - 7'320 * Second;
    Message *lost = add(u"ana"_s, u"is the network down over there?"_s, 75 * Second);
    lost->stamps.best.state = lost->stamps.local.state = StampState::Holdover;
    lost->stamps.ntp.state = StampState::Holdover;
    Message *fault = add(u"luis"_s, u"now with a fault, to see what you see"_s, 90 * Second, 250'000);
    fault->stamps.best.state = fault->stamps.local.state = StampState::Holdover;
    fault->stamps.live.fault = true;
    add(u"ana"_s, u"back again"_s, 120 * Second);
    model.add(rows);
}

QList<Message> many(int count, qint64 firstSeq)
{
    QList<Message> rows;
    rows.reserve(count);
    for (int i = 0; i < count; ++i) {
        const qint64 seq = firstSeq + i;
        const QString author = seq / 3 % 2 == 0 ? u"ana"_s : u"luis"_s;
        const QString text =
            u"message number %1"_s.arg(seq) + QString(u" with some more words"_s).repeated(seq % 7);
        rows << message(seq, author, text, Noon + seq * 60'000'000);
    }
    return rows;
}

} // namespace Synchat::Sample
