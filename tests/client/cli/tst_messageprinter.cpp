// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cli/messageprinter.h"

#include "common/protocol.h"

#include <QRegularExpression>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

Message message()
{
    Message message;
    message.room = u"general"_s;
    message.seq = 42;
    message.id = QUuid::fromString(u"0b0e4c1a-7d5f-4c2b-9a51-2f1f0a6b3c4d"_s);
    message.from = {u"u7"_s, u"ana"_s};
    message.text = u"disk alarm on db2"_s;
    message.stamps.live = {1'764'000'000'123'456, -1'800'123, 900, StampState::Ok, ProbePath::Udp, false};
    message.stamps.local = {1'764'000'000'130'001, 212, 450, StampState::Ok, false, u"k3f9"_s};
    message.stamps.api = {1'764'000'000'180'000, 130'000, 8'000'000, StampState::Ok, u"time.example"_s};
    message.stamps.ntp = {1'764'000'000'130'213, 450, 3'000'000, StampState::Ok, u"ntp.example"_s};
    message.stamps.best = {1'764'000'000'130'213, 450, StampState::Ok};
    return message;
}

QString printed(MessagePrinter &printer, const Message &what)
{
    return QString::fromUtf8(printer.print(what));
}

MessagePrinter plainPrinter()
{
    return MessagePrinter({false, false, QTimeZone("Europe/Madrid")});
}

} // namespace

class tst_MessagePrinter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fourClocks();
    void fitsInto80Columns();
    void dayAndReferenceOnlyWhenTheyChange();
    void missingReadings();
    void ownNtpServerIsSaid();
    void injectedFaultIsSaid();
    void severalLines();
    void colourOnlyWhenAsked();
    void nothingRawFromOthers();
    void json();
    void absurdTimes();
    void whatHappenedToClocks();
};

void tst_MessagePrinter::fourClocks()
{
    MessagePrinter printer = plainPrinter();
    QCOMPARE(printed(printer, message()),
             u"── Monday 2025-11-24, Europe/Madrid ──\n"
             "── clocks against the reference: confirmed within ±0.5 ms ──\n"
             "17:00:00 ana: disk alarm on db2\n"
             "  live  17:00:00.123 ▲ +1.80 s ±0.9 ms  local 17:00:00.130 ● −0.2 ms ±0.5 ms\n"
             "  api   17:00:00.180 ● +50 ms ±130 ms   ntp   17:00:00.130 ● 0 µs ±0.5 ms\n"_s);
}

void tst_MessagePrinter::fitsInto80Columns()
{
    MessagePrinter printer = plainPrinter();
    const QStringList lines = printed(printer, message()).split(u'\n');
    for (const QString &line : lines)
        QVERIFY2(line.size() <= 80, qPrintable(line));
}

void tst_MessagePrinter::dayAndReferenceOnlyWhenTheyChange()
{
    MessagePrinter printer = plainPrinter();
    QCOMPARE(printed(printer, message()).count(u"── "_s), 2);
    QCOMPARE(printed(printer, message()).count(u"── "_s), 0);
    Message unsynced = message();
    unsynced.stamps.best.state = StampState::Unsynced;
    unsynced.stamps.best.bound.reset();
    QVERIFY(printed(printer, unsynced)
                .startsWith(u"── clocks against the daemon's clock, which nothing confirms ──\n"_s));
    Message tomorrow = unsynced;
    *tomorrow.stamps.best.t += 24LL * 3600 * 1'000'000;
    QVERIFY(
        printed(printer, tomorrow).startsWith(u"── Tuesday 2025-11-25, Europe/Madrid ──\n17:00:00 ana"_s));
}

void tst_MessagePrinter::missingReadings()
{
    MessagePrinter printer = plainPrinter();
    Message bare = message();
    bare.stamps = {};
    const QString out = printed(printer, bare);
    QVERIFY(out.contains(u"--:--:-- ana: disk alarm on db2\n"_s));
    QCOMPARE(out.count(u"no reading"_s), 4);
    bare.stamps.live = {1'764'000'000'123'456, {}, {}, StampState::Unsynced, ProbePath::None, false};
    QVERIFY(printed(printer, bare).contains(u"live  17:00:00.123 ? not measured"_s));
}

void tst_MessagePrinter::ownNtpServerIsSaid()
{
    MessagePrinter printer = plainPrinter();
    Message own = message();
    own.stamps.ntp.source = u"self"_s;
    QVERIFY(printed(printer, own).contains(u"0 µs ±0.5 ms, the daemon's own\n"_s));
}

void tst_MessagePrinter::injectedFaultIsSaid()
{
    MessagePrinter printer = plainPrinter();
    Message faulty = message();
    faulty.stamps.live.fault = true;
    QCOMPARE(printed(printer, faulty).count(u"injected fault"_s), 1);
    faulty.stamps.local.fault = true;
    QCOMPARE(printed(printer, faulty).count(u"injected fault"_s), 2);
}

void tst_MessagePrinter::severalLines()
{
    MessagePrinter printer = plainPrinter();
    Message poem = message();
    poem.text = u"one\r\ntwo\nthree"_s;
    QVERIFY(printed(printer, poem).contains(u"17:00:00 ana: one\n  two\n  three\n  live"_s));
}

void tst_MessagePrinter::colourOnlyWhenAsked()
{
    MessagePrinter plain = plainPrinter();
    QVERIFY(!printed(plain, message()).contains(u'\u001b'));
    MessagePrinter coloured({false, true, QTimeZone::utc()});
    const QString out = printed(coloured, message());
    QVERIFY(out.contains(u"\u001b[1mana\u001b[0m: disk alarm"_s));
    QVERIFY(out.contains(u"\u001b[33mlive"_s)); // off
    QVERIFY(out.contains(u"\u001b[2mapi"_s));
    QString bare = out;
    bare.remove(QRegularExpression(u"\u001b\\[[0-9;]*m"_s));
    MessagePrinter utc({false, false, QTimeZone::utc()});
    QCOMPARE(bare, printed(utc, message()));
}

void tst_MessagePrinter::nothingRawFromOthers()
{
    const QString evil = u"\u001b[2J\u009b31m\u0007\u202e\r"_s;
    Message attack = message();
    attack.text = evil;
    attack.from.name = u"eve\n"_s + evil;
    attack.stamps.api.source = evil;
    attack.stamps.ntp.source = evil;
    attack.stamps.local.boot = evil;
    for (const bool json : {false, true}) {
        MessagePrinter printer({json, false, QTimeZone::utc()});
        const QString out = printed(printer, attack);
        for (const QChar character : out)
            QVERIFY2(character == u'\n' || character.category() != QChar::Other_Control, qPrintable(out));
    }
    MessagePrinter printer = plainPrinter();
    QVERIFY(!printed(printer, attack).contains(u'\u202e'));
    QVERIFY(printed(printer, attack).startsWith(u"17:00:00 eve␊"_s)); // a name makes no line of its own
}

void tst_MessagePrinter::json()
{
    MessagePrinter printer({true, true, QTimeZone::utc()});
    QCOMPARE(printer.print(message()), encodeServerFrame(message()) + '\n');
}

void tst_MessagePrinter::absurdTimes()
{
    for (const qint64 time :
         {std::numeric_limits<qint64>::min(), std::numeric_limits<qint64>::max(), qint64(0)}) {
        MessagePrinter printer = plainPrinter();
        Message absurd = message();
        absurd.stamps.live.t = time;
        absurd.stamps.live.offset = time;
        absurd.stamps.local.t = time;
        absurd.stamps.best.t = time;
        QVERIFY(printed(printer, absurd).contains(u"disk alarm"_s));
    }
}

void tst_MessagePrinter::whatHappenedToClocks()
{
    RowTimeline timeline;
    timeline.lines = {{.kind = TimeEvent::Kind::DaemonRestarted}, {.kind = TimeEvent::Kind::ReferenceLost}};
    timeline.notes = {{.kind = TimeEvent::Kind::AuthorFaultBegan}};
    timeline.contradiction = ClockContradiction{41, 216'000, {}, true};
    Message named = message();
    named.from.name = u"eve\n\u001b[2J"_s;
    MessagePrinter printer = plainPrinter();
    const QString out = QString::fromUtf8(printer.print(named, timeline));
    const QStringList lines = out.split(u'\n');
    QCOMPARE(lines.at(1), u"── The daemon was started again ──"_s);
    QVERIFY(lines.at(2).startsWith(u"── clocks against the reference"_s)); // said once, by its own line
    QVERIFY(!out.contains(u"lost its sources"_s));
    QCOMPARE(
        lines.at(6),
        u"  ✖ by this clock it was written at least 216 ms before message 41, which its author had seen"_s);
    QVERIFY(lines.at(7).contains(u"’s clock runs with an injected fault from here on"_s));
    QVERIFY(!out.contains(u'\u001b'));
    QCOMPARE(lines.size(), 9);
    MessagePrinter json({true, false, QTimeZone::utc()});
    MessagePrinter same({true, false, QTimeZone::utc()});
    QCOMPARE(json.print(named, timeline), same.print(named));
}

QTEST_GUILESS_MAIN(tst_MessagePrinter)
#include "tst_messageprinter.moc"
