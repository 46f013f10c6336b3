// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/messagedetails.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

constexpr WireMicros Moment = 1795442609000000;

Message sample()
{
    Message message;
    message.room = u"ops"_s;
    message.seq = 42;
    message.from = {u"u1"_s, u"luis"_s};
    message.text = u"failing over"_s;
    message.stamps.live = {Moment - 1800000, 1800000, 9000, StampState::Ok, ProbePath::Udp, false};
    message.stamps.local = {Moment + 200, -200, 450, StampState::Ok, false, u"boot"_s};
    message.stamps.api = {Moment + 50000, 130000, 8000000, StampState::Ok, u"time.example"_s};
    message.stamps.ntp = {Moment, 450, 3000000, StampState::Ok, u"ntp.example"_s};
    message.stamps.best = {Moment, 450, StampState::Ok};
    return message;
}

} // namespace

class tst_MessageDetails : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void listsAllFourAndTheReference();
    void rawReadingsStayRaw();
    void overlapLeavesAFalsetickerOut();
    void noOverlapWithoutTwo();
    void saysWhatIsMissing();
    void saysWhenNothingConfirms();
};

void tst_MessageDetails::listsAllFourAndTheReference()
{
    const MessageDetails details(sample());
    QCOMPARE(details.readings().size(), 5);
    QCOMPARE(details.readings().at(0).source, u"author's clock (luis)"_s);
    QCOMPARE(details.readings().at(0).skew, u"−1.80 s"_s);
    QCOMPARE(details.readings().at(0).mark, Mark::Off);
    QCOMPARE(details.readings().at(2).source, u"time API (time.example)"_s);
    QCOMPARE(details.readings().at(2).age, u"8 s"_s);
    QCOMPARE(details.readings().at(3).source, u"NTP (ntp.example)"_s);
    QCOMPARE(details.readings().at(4).source, u"reference"_s);

    Message late = sample();
    late.stamps.local.t = Moment + 4200;
    QCOMPARE(MessageDetails(late).way(), u"By the reference it was 4 ms on its way to the daemon."_s);
}

void tst_MessageDetails::rawReadingsStayRaw()
{
    const MessageDetails details(sample());
    QCOMPARE(details.readings().at(0).time, isoUtc(Moment - 1800000));
    QCOMPARE(details.readings().at(1).time, isoUtc(Moment + 200));
    QVERIFY(details.readings().at(0).time.endsWith(u"200000Z"_s));
}

void tst_MessageDetails::overlapLeavesAFalsetickerOut()
{
    Message message = sample();
    QCOMPARE(*MessageDetails(message).overlap(), (DetailOverlap{-450, 450}));
    message.stamps.api.t = Moment - 5000000;
    message.stamps.api.state = StampState::Falseticker;
    QCOMPARE(*MessageDetails(message).overlap(), (DetailOverlap{-450, 450}));
    message.stamps.api.state = StampState::Ok; // no falseticker, yet apart: nothing is shaded
    QVERIFY(!MessageDetails(message).overlap());
}

void tst_MessageDetails::noOverlapWithoutTwo()
{
    Message message = sample();
    message.stamps.api = {};
    message.stamps.ntp = {};
    QVERIFY(!MessageDetails(message).overlap());
}

void tst_MessageDetails::saysWhatIsMissing()
{
    Message message;
    message.from.name = u"ana"_s;
    const MessageDetails details(message);
    QCOMPARE(details.readings().size(), 5);
    for (const ReadingDetail &reading : details.readings()) {
        QCOMPARE(reading.time, u"–"_s);
        QCOMPARE(reading.state, u"not measured"_s);
        QVERIFY(!reading.position);
    }
    QVERIFY(details.way().isEmpty());
    QVERIFY(!details.overlap());
}

void tst_MessageDetails::saysWhenNothingConfirms()
{
    Message message = sample();
    message.stamps.best = {Moment, std::nullopt, StampState::Unsynced};
    message.stamps.ntp = {Moment, std::nullopt, 0, StampState::Unsynced, u"self"_s};
    message.stamps.api = {};
    const MessageDetails details(message);
    QVERIFY(details.worth().contains(u"which nothing confirms"_s));
    QCOMPARE(details.readings().at(3).source, u"NTP (the daemon's own server)"_s);
    QCOMPARE(details.readings().at(3).state, u"not confirmed by anything"_s);
}

QTEST_GUILESS_MAIN(tst_MessageDetails)
#include "tst_messagedetails.moc"
