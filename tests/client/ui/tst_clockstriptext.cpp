// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/clockstriptext.h"
#include "common/timestamp.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

/// 2026-11-23T14:03:29Z.
constexpr WireMicros Moment = 1795442609000000;

ClockStatus measured(WireMicros skew, OptionalMicros bound, ProbePath via,
                     StampState reference = StampState::Ok)
{
    ClockStatus status;
    status.offset = -skew;
    status.bound = bound;
    status.state = StampState::Ok;
    status.via = via;
    status.age = 4000000;
    status.referenceState = reference;
    status.referenceBound = 450;
    return status;
}

ClockStripWords at(const ClockStatus &status, const QTimeZone &zone = QTimeZone::utc())
{
    const OptionalMicros reference = status.offset ? OptionalMicros(Moment + *status.offset) : std::nullopt;
    return ClockStripText::words(wallTimeFromWire(Moment), reference, status, zone);
}

} // namespace

class tst_ClockStripText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void words_data();
    void words();
    void saysWhenNothingIsMeasured();
    void saysThatTheMachineSlept();
    void saysWhenNothingConfirms();
    void saysWhenTheReferenceIsUncertain();
    void sentences_data();
    void sentences();
    void namesTheZone();
};

void tst_ClockStripText::words_data()
{
    QTest::addColumn<ClockStatus>("status");
    QTest::addColumn<QString>("skew");
    QTest::addColumn<QString>("bound");
    QTest::addColumn<QString>("path");
    QTest::addColumn<Mark>("mark");
    QTest::newRow("fine") << measured(3000, 900, ProbePath::Udp) << u"3 ms ahead"_s << u"± 0.9 ms"_s
                          << u"NTP over UDP"_s << Mark::Fine;
    QTest::newRow("far-behind") << measured(-1800000, 9000, ProbePath::Udp) << u"1.80 s behind"_s
                                << u"± 9 ms"_s << u"NTP over UDP"_s << Mark::Off;
    QTest::newRow("over-the-socket") << measured(0, 2000, ProbePath::WebSocket) << u"exactly on time"_s
                                     << u"± 2 ms"_s << StampText::pathInWords(ProbePath::WebSocket)
                                     << Mark::Fine;
}

void tst_ClockStripText::words()
{
    QFETCH(ClockStatus, status);
    const ClockStripWords words = at(status);
    QCOMPARE(words.clock, u"14:03:29"_s);
    QTEST(words.skew.value, "skew");
    QTEST(words.skew.detail, "bound");
    QTEST(words.path.value, "path");
    QCOMPARE(words.path.detail, u"4 s ago"_s);
    QTEST(words.mark, "mark");
    QCOMPARE(words.note, QString());
    QVERIFY(words.spoken.contains(words.skew.value));
}

void tst_ClockStripText::saysWhenNothingIsMeasured()
{
    const ClockStripWords words = at({});
    QCOMPARE(words.clock, u"14:03:29"_s);
    QCOMPARE(words.skew.value, u"not measured"_s);
    QCOMPARE(words.mark, Mark::Unknown);
    QCOMPARE(words.reference.value, u"–"_s);
    QCOMPARE(words.spoken, u"Your clock is not measured yet."_s);
}

void tst_ClockStripText::saysThatTheMachineSlept()
{
    ClockStatus status;
    status.slept = true;
    const ClockStripWords words = at(status);
    QCOMPARE(words.skew.value, u"not measured"_s);
    QCOMPARE(words.path.value, u"nothing since this machine slept"_s);
    QCOMPARE(words.note, u"not measured since this machine slept"_s);
    QCOMPARE(words.spoken, u"Your clock was not measured since this machine slept."_s);
}

void tst_ClockStripText::saysWhenNothingConfirms()
{
    ClockStatus status = measured(3000, 900, ProbePath::Udp, StampState::Unsynced);
    status.referenceBound = std::nullopt;
    const ClockStripWords words = at(status);
    QCOMPARE(words.note, u"against the daemon's clock, which nothing confirms"_s);
    QCOMPARE(words.reference.caption, u"The daemon's clock"_s);
    QVERIFY(words.spoken.contains(words.note));
}

void tst_ClockStripText::saysWhenTheReferenceIsUncertain()
{
    ClockStatus status = measured(3000, 900, ProbePath::Udp, StampState::Holdover);
    status.referenceBound = 1500000;
    const ClockStripWords words = at(status);
    QCOMPARE(words.reference.caption, u"Reference, uncertain"_s);
    QVERIFY(words.note.startsWith(u"the reference is "_s));
}

void tst_ClockStripText::sentences_data()
{
    QTest::addColumn<ClockStatus>("status");
    QTest::addColumn<QString>("note");
    QTest::addColumn<QString>("path"); ///< value and detail
    QTest::addColumn<Mark>("mark");
    QTest::addColumn<QString>("spoken");
    const ClockStatus fine = measured(3000, 900, ProbePath::Udp);
    const auto row = [&](const char *name, const auto &change, const char *note, const char *path, Mark mark,
                         const char *spoken) {
        ClockStatus status = fine;
        change(status);
        QTest::newRow(name) << status << QString::fromUtf8(note) << QString::fromUtf8(path) << mark
                            << QString::fromUtf8(spoken);
    };
    row(
        "all-well", [](ClockStatus &) {}, "", "NTP over UDP 4 s ago", Mark::Fine,
        "Your clock is 3 ms ahead, ± 0.9 ms.");
    row(
        "udp-blocked",
        [](ClockStatus &s) {
            s.via = ProbePath::WebSocket;
            s.ntpTrouble = NtpTrouble::Blocked;
        },
        "", "the WebSocket UDP does not get through, 4 s ago", Mark::Fine,
        "Your clock is 3 ms ahead, ± 0.9 ms, measured over the WebSocket, UDP does not get through.");
    row(
        "daemon-has-not-heard-its-sources",
        [](ClockStatus &s) {
            s.via = ProbePath::WebSocket;
            s.ntpTrouble = NtpTrouble::NoTime;
        },
        "", "the WebSocket NTP waits for the daemon's sources of time, 4 s ago", Mark::Fine,
        "Your clock is 3 ms ahead, ± 0.9 ms, measured over the WebSocket, NTP waits for the daemon's sources "
        "of time.");
    row(
        "somebody-else-answers-ntp",
        [](ClockStatus &s) {
            s.via = ProbePath::WebSocket;
            s.ntpTrouble = NtpTrouble::OtherServer;
        },
        "", "the WebSocket what answers NTP there is not this daemon, 4 s ago", Mark::Fine,
        "Your clock is 3 ms ahead, ± 0.9 ms, measured over the WebSocket, what answers NTP there is not this "
        "daemon.");
    row(
        "udp-failed-after-it-measured", [](ClockStatus &s) { s.ntpTrouble = NtpTrouble::Blocked; }, "",
        "NTP over UDP 4 s ago", Mark::Fine, "Your clock is 3 ms ahead, ± 0.9 ms.");
    row(
        "udp-not-offered", [](ClockStatus &s) { s.via = ProbePath::WebSocket; }, "",
        "time frames over the WebSocket 4 s ago", Mark::Fine, "Your clock is 3 ms ahead, ± 0.9 ms.");
    row(
        "slept",
        [](ClockStatus &s) {
            s.slept = true;
            s.state = StampState::Holdover;
        },
        "not measured since this machine slept", "NTP over UDP ", Mark::HeldOver,
        "Your clock is 3 ms ahead, ± 0.9 ms, not measured since this machine slept.");
    row(
        "no-answers-any-more",
        [](ClockStatus &s) {
            s.state = StampState::Holdover;
            s.age = 240'000'000;
        },
        "not measured for 4 min", "NTP over UDP 4 min ago", Mark::HeldOver,
        "Your clock is 3 ms ahead, ± 0.9 ms, not measured for 4 min.");
    row(
        "no-answers-for-hours",
        [](ClockStatus &s) {
            s.state = StampState::Unsynced;
            s.bound = 2'000'000;
        },
        "known no better than ± 2.00 s", "NTP over UDP 4 s ago", Mark::Unknown,
        "Your clock is 3 ms ahead, ± 2.00 s, known no better than ± 2.00 s.");
    row(
        "sources-gone-for-a-while",
        [](ClockStatus &s) {
            s.referenceState = StampState::Holdover;
            s.referenceBound = 54'000;
        },
        "the reference is held over without a fresh sample, ±54 ms", "NTP over UDP 4 s ago", Mark::Fine,
        "Your clock is 3 ms ahead, ± 0.9 ms, the reference is held over without a fresh sample, ±54 ms.");
    row(
        "sources-gone-for-long",
        [](ClockStatus &s) {
            s.referenceState = StampState::Unsynced;
            s.referenceBound = 1'200'000;
        },
        "the reference is known no better than ±1.20 s", "NTP over UDP 4 s ago", Mark::Fine,
        "Your clock is 3 ms ahead, ± 0.9 ms, the reference is known no better than ±1.20 s.");
    row(
        "sources-contradict",
        [](ClockStatus &s) {
            s.referenceState = StampState::Falseticker;
            s.referenceBound = std::nullopt;
        },
        "the sources of time contradict each other", "NTP over UDP 4 s ago", Mark::Fine,
        "Your clock is 3 ms ahead, ± 0.9 ms, the sources of time contradict each other.");
    row(
        "daemon-under-a-fault",
        [](ClockStatus &s) {
            s.referenceState = StampState::Unsynced;
            s.referenceBound = std::nullopt;
            s.referenceFault = true;
        },
        "against the daemon's clock, which is wrong on purpose", "NTP over UDP 4 s ago", Mark::Fine,
        "Your clock is 3 ms ahead, ± 0.9 ms, against the daemon's clock, which is wrong on purpose.");
    row(
        "daemon-under-a-fault-that-its-sources-see", [](ClockStatus &s) { s.referenceFault = true; }, "",
        "NTP over UDP 4 s ago", Mark::Fine, "Your clock is 3 ms ahead, ± 0.9 ms.");
    row(
        "both",
        [](ClockStatus &s) {
            s.slept = true;
            s.state = StampState::Holdover;
            s.referenceState = StampState::Holdover;
            s.referenceBound = 54'000;
        },
        "not measured since this machine slept · the reference is held over without a fresh sample, ±54 ms",
        "NTP over UDP ", Mark::HeldOver,
        "Your clock is 3 ms ahead, ± 0.9 ms, not measured since this machine slept · the reference is held "
        "over without a fresh sample, ±54 ms.");
}

void tst_ClockStripText::sentences()
{
    QFETCH(ClockStatus, status);
    const ClockStripWords words = at(status);
    QTEST(words.note, "note");
    QTEST(QString(words.path.value + u' ' + words.path.detail), "path");
    QTEST(words.mark, "mark");
    QTEST(words.spoken, "spoken");
}

void tst_ClockStripText::namesTheZone()
{
    const ClockStripWords madrid = at(measured(3000, 900, ProbePath::Udp), QTimeZone("Europe/Madrid"));
    QCOMPARE(madrid.place, u"your live clock · Europe/Madrid"_s);
    QCOMPARE(madrid.clock, u"15:03:29"_s);
    QCOMPARE(madrid.reference.value, u"15:03:28.997"_s);
    QCOMPARE(at({}).place, u"your live clock · UTC"_s);
}

QTEST_GUILESS_MAIN(tst_ClockStripText)
#include "tst_clockstriptext.moc"
