// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The small pure deciders of the window, a table each.
#include "client/ui/clockbannerrule.h"
#include "client/ui/fuzzymatch.h"
#include "client/ui/look.h"
#include "client/ui/machinetime.h"
#include "client/ui/numberline.h"
#include "client/ui/quickswitcher.h"
#include "client/ui/remembered.h"
#include "client/ui/secondticker.h"
#include "client/ui/startoptions.h"
#include "client/ui/startrooms.h"
#include "client/ui/statuslinetext.h"
#include "tests/support/manualclock.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;
using namespace std::chrono;

namespace {

TimeSourceRow sourceRow(const QString &name, QChar mark, OptionalMicros offset)
{
    TimeSourceRow row;
    row.name = name;
    row.kind = u"ntp"_s;
    row.mark = mark;
    row.offset = offset;
    return row;
}

} // namespace

class tst_UiRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void clockBanner_data();
    void clockBanner();
    void clockBannerDoesNotFlicker();
    void bannerSentences_data();
    void bannerSentences();
    void machines_data();
    void machines();
    void untilNextSecond_data();
    void untilNextSecond();
    void tickerTicksAfterTheTurn();
    void aClockThatStandsStillMakesNoSpin();
    void status_data();
    void status();
    void references_data();
    void references();
    void fuzzy_data();
    void fuzzy();
    void switcherPutsTheBestFirst();
    void options_data();
    void options();
    void readsOptions();
    void keepsOurWordsFromQt();
    void rooms();
    void textScaleLadder();
    void numberScale();
    void remembersEverything();
    void forgivesABrokenFile();
};

void tst_UiRules::clockBanner_data()
{
    QTest::addColumn<OptionalMicros>("skew");
    QTest::addColumn<WireMicros>("bound");
    QTest::addColumn<ClockAlarm>("alarm");
    QTest::newRow("not-measured") << OptionalMicros() << WireMicros(0) << ClockAlarm::None;
    QTest::newRow("fine") << OptionalMicros(3000) << WireMicros(900) << ClockAlarm::None;
    QTest::newRow("just-a-second") << OptionalMicros(1000000) << WireMicros(0) << ClockAlarm::None;
    QTest::newRow("over-a-second") << OptionalMicros(1000001) << WireMicros(0) << ClockAlarm::Notice;
    QTest::newRow("behind") << OptionalMicros(-1800000) << WireMicros(9000) << ClockAlarm::Notice;
    QTest::newRow("bound-swallows-it") << OptionalMicros(1500000) << WireMicros(600000) << ClockAlarm::None;
    QTest::newRow("a-minute") << OptionalMicros(-60000001) << WireMicros(0) << ClockAlarm::Loud;
    QTest::newRow("absurd") << OptionalMicros(std::numeric_limits<WireMicros>::min() + 1) << WireMicros(0)
                            << ClockAlarm::Loud;
}

void tst_UiRules::clockBanner()
{
    QFETCH(OptionalMicros, skew);
    QFETCH(WireMicros, bound);
    ClockStatus status;
    if (skew)
        status.offset = -*skew;
    status.bound = bound;
    ClockBannerRule rule;
    QTEST(rule.judge(status), "alarm");
}

void tst_UiRules::clockBannerDoesNotFlicker()
{
    ClockStatus status;
    status.bound = 0;
    ClockBannerRule rule;
    status.offset = 1100000;
    QCOMPARE(rule.judge(status), ClockAlarm::Notice);
    status.offset = 900000;
    QCOMPARE(rule.judge(status), ClockAlarm::Notice);
    status.offset = 700000;
    QCOMPARE(rule.judge(status), ClockAlarm::None);
    status.offset = 900000;
    QCOMPARE(rule.judge(status), ClockAlarm::None);
}

void tst_UiRules::bannerSentences_data()
{
    QTest::addColumn<ClockStatus>("status");
    QTest::addColumn<QString>("expected");
    ClockStatus behind;
    behind.offset = 1'800'000;
    behind.bound = 9000;
    behind.state = StampState::Ok;
    behind.referenceState = StampState::Ok;
    behind.referenceBound = 450;
    const auto row = [&](const char *name, const auto &change, const char *expected) {
        ClockStatus status = behind;
        change(status);
        QTest::newRow(name) << status << QString::fromUtf8(expected);
    };
    row(
        "confirmed", [](ClockStatus &) {},
        "Your clock is 1.80 s behind ± 9 ms. Messages are still in the right order.");
    row(
        "own-fault", [](ClockStatus &s) { s.fault = true; },
        "Your clock is 1.80 s behind ± 9 ms, because a clock fault was injected here on purpose. Messages "
        "are still in the right order.");
    row(
        "unconfirmed",
        [](ClockStatus &s) {
            s.referenceState = StampState::Unsynced;
            s.referenceBound.reset();
        },
        "Your clock is 1.80 s behind ± 9 ms. That is against the daemon's clock, which nothing confirms: it "
        "may be the daemon's clock that is wrong. Messages are still in the right order.");
    row(
        "daemon-under-a-fault",
        [](ClockStatus &s) {
            s.referenceState = StampState::Unsynced;
            s.referenceBound.reset();
            s.referenceFault = true;
        },
        "Your clock is 1.80 s behind ± 9 ms. That is against the daemon's clock, in which a clock fault was "
        "injected on purpose: it is probably not your clock that is wrong. Messages are still in the right "
        "order.");
    row(
        "daemon-under-a-fault-that-its-sources-see", [](ClockStatus &s) { s.referenceFault = true; },
        "Your clock is 1.80 s behind ± 9 ms. Messages are still in the right order.");
    row(
        "held-over", [](ClockStatus &s) { s.referenceState = StampState::Holdover; },
        "Your clock is 1.80 s behind ± 9 ms. The reference has been held over without a fresh sample from "
        "its sources. Messages are still in the right order.");
    row(
        "sources-gone-for-long",
        [](ClockStatus &s) {
            s.referenceState = StampState::Unsynced;
            s.referenceBound = 1'200'000;
        },
        "Your clock is 1.80 s behind ± 9 ms. The reference itself is known no better than ± 1.20 s. Messages "
        "are still in the right order.");
    row(
        "sources-contradict",
        [](ClockStatus &s) {
            s.referenceState = StampState::Falseticker;
            s.referenceBound.reset();
        },
        "Your clock is 1.80 s behind ± 9 ms. The daemon's sources of time contradict each other, so that it "
        "may not be your clock that is wrong. Messages are still in the right order.");
}

void tst_UiRules::bannerSentences()
{
    QFETCH(ClockStatus, status);
    QTEST(ClockBannerRule::sentence(status), "expected");
}

void tst_UiRules::machines_data()
{
    using Housing = MachineTime::Housing;
    QTest::addColumn<QStringList>("files"); ///< with a first line after `=`
    QTest::addColumn<TimeService>("service");
    QTest::addColumn<Housing>("housing");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const QStringList &files, TimeService service, Housing housing,
                        const char *says) {
        QTest::newRow(name) << files << service << housing << QString::fromUtf8(says);
    };
    const QString systemd = u"/run/systemd/system"_s;
    row("timesyncd", {systemd, u"/run/systemd/timesync"_s}, TimeService::Timesyncd, Housing::Metal,
        "timedatectl timesync-status");
    row("timesyncd-off", {systemd, u"/usr/lib/systemd/systemd-timesyncd"_s}, TimeService::TimesyncdOff,
        Housing::Metal, "sudo timedatectl set-ntp true");
    row("chrony-beside-systemd", {systemd, u"/usr/lib/systemd/systemd-timesyncd"_s, u"/run/chrony"_s},
        TimeService::Chrony, Housing::Metal, "sudo chronyc makestep");
    row("ntpd", {systemd, u"/run/ntpd.pid"_s}, TimeService::Ntpd, Housing::Metal, "sudo ntpd -gq");
    row("openntpd", {u"/var/run/ntpd.sock"_s}, TimeService::OpenNtpd, Housing::Metal, "ntpctl -s all");
    row("nothing", {systemd}, TimeService::None, Housing::Metal, "No service that sets the clock");
    row("container", {u"/.dockerenv"_s, u"/run/chrony"_s}, TimeService::Chrony, Housing::Container,
        "mended on the host");
    row("podman", {u"/run/.containerenv"_s}, TimeService::None, Housing::Container, "mended on the host");
    row("virtual-machine", {u"/run/chrony"_s, u"/sys/class/dmi/id/sys_vendor=QEMU"_s}, TimeService::Chrony,
        Housing::VirtualMachine, "This is a virtual machine");
    row("virtual-machine-too", {u"/sys/class/dmi/id/product_name=VirtualBox"_s}, TimeService::None,
        Housing::VirtualMachine, "No service that sets the clock");
    row("metal", {u"/sys/class/dmi/id/sys_vendor=LENOVO"_s, u"/run/chrony"_s}, TimeService::Chrony,
        Housing::Metal, "chronyc tracking");
    row("wsl", {u"/proc/version=Linux version 5.15-microsoft-standard-WSL2"_s}, TimeService::None,
        Housing::Wsl, "wsl --shutdown");
}

void tst_UiRules::machines()
{
    QFETCH(QStringList, files);
    MachineTime::Traces traces;
    traces.kernel = u"linux"_s;
    traces.exists = [&files](const QString &path) { return files.contains(path); };
    traces.firstLine = [&files](const QString &path) {
        const QStringList found = files.filter(path + u'=');
        return found.isEmpty() ? QString() : found.constFirst().section(u'=', 1);
    };
    const MachineTime machine = MachineTime::from(traces);
    QTEST(machine.service, "service");
    QTEST(machine.housing, "housing");
    QFETCH(QString, says);
    QVERIFY2(MendingAdvice::words(machine).contains(says), qPrintable(MendingAdvice::words(machine)));

    traces.containerVariable = u"lxc"_s;
    QCOMPARE(MachineTime::from(traces).housing, MachineTime::Housing::Container);
    traces.kernel = u"darwin"_s;
    QCOMPARE(MachineTime::from(traces), (MachineTime{TimeService::MacOs, MachineTime::Housing::Metal}));
    traces.kernel = u"winnt"_s;
    QCOMPARE(MachineTime::from(traces).service, TimeService::Windows);
    traces.kernel = u"freebsd"_s;
    QCOMPARE(MachineTime::from(traces), MachineTime());
}

void tst_UiRules::untilNextSecond_data()
{
    QTest::addColumn<qint64>("nanos");
    QTest::addColumn<qint64>("wait");
    QTest::newRow("on-the-turn") << qint64(5'000'000'000) << qint64(1000);
    QTest::newRow("just-after") << qint64(5'000'000'001) << qint64(1000);
    QTest::newRow("half") << qint64(5'500'000'000) << qint64(500);
    QTest::newRow("never-early") << qint64(5'999'999'999) << qint64(1);
    QTest::newRow("before-1970") << qint64(-500'000'000) << qint64(500);
}

void tst_UiRules::untilNextSecond()
{
    QFETCH(qint64, nanos);
    QFETCH(qint64, wait);
    QCOMPARE(SecondTicker::untilNextSecond(WallTime(Nanos(nanos))).count(), wait);
}

void tst_UiRules::tickerTicksAfterTheTurn()
{
    ManualClock clock(WallTime(seconds(100) + milliseconds(990)));
    SecondTicker ticker(clock);
    QSignalSpy ticks(&ticker, &SecondTicker::ticked);
    QVERIFY(!ticker.isRunning());
    ticker.start();
    QTRY_VERIFY(ticks.count() >= 1);
    QVERIFY(ticker.isRunning());
}

void tst_UiRules::aClockThatStandsStillMakesNoSpin()
{
    const WallTime late(seconds(100) + milliseconds(999));
    QCOMPARE(SecondTicker::pause(late, 0).count(), 1);
    QCOMPARE(SecondTicker::pause(late, 1).count(), 2);
    QCOMPARE(SecondTicker::pause(late, 20).count(), 1000);
    QCOMPARE(SecondTicker::pause(WallTime(seconds(100)), 3).count(), 1000);
}

void tst_UiRules::status_data()
{
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("expected");
    QTest::newRow("online") << StatusLineText::connection(u"Connected to chat.lab."_s, true, 12)
                            << u"Connected to chat.lab, 12 ms"_s;
    QTest::newRow("no-round-trip") << StatusLineText::connection(u"Connected to chat.lab."_s, true,
                                                                 std::nullopt)
                                   << u"Connected to chat.lab."_s;
    QTest::newRow("offline") << StatusLineText::connection(u"No connection."_s, false, 12)
                             << u"No connection."_s;
    QTest::newRow("none-waiting") << StatusLineText::waiting(0) << u"Nothing waiting to be sent"_s;
    QTest::newRow("one-waiting") << StatusLineText::waiting(1) << u"1 message waiting to be sent"_s;
    QTest::newRow("two-waiting") << StatusLineText::waiting(2) << u"2 messages waiting to be sent"_s;
    QTest::newRow("no-message") << StatusLineText::lastMessage(0) << QString();
    QTest::newRow("message") << StatusLineText::lastMessage(41) << u"message 41"_s;
}

void tst_UiRules::status()
{
    QFETCH(QString, said);
    QTEST(said, "expected");
}

void tst_UiRules::references_data()
{
    QTest::addColumn<StampState>("state");
    QTest::addColumn<QList<TimeSourceRow>>("sources");
    QTest::addColumn<QString>("expected");
    const TimeSourceRow good = sourceRow(u"a"_s, u'+', 100);
    const TimeSourceRow best = sourceRow(u"c"_s, u'*', 100);
    const TimeSourceRow bad = sourceRow(u"time.example"_s, u'x', 5000100);
    const TimeSourceRow silent = sourceRow(u"b"_s, u'?', std::nullopt);
    TimeSourceRow self = sourceRow(u"self"_s, u'-', 100);
    self.kind = u"self"_s;
    using List = QList<TimeSourceRow>;
    QTest::newRow("nothing-known") << StampState::None << List{} << QString();
    QTest::newRow("unsynced") << StampState::Unsynced << List{}
                              << u"Reference: the daemon's clock, which nothing confirms"_s;
    QTest::newRow("all") << StampState::Ok << List{good, best} << u"Reference: 2 of 2 sources agree"_s;
    QTest::newRow("itself") << StampState::Ok << List{best, self} << u"Reference: its one source agrees"_s;
    QTest::newRow("odd-one") << StampState::Ok << List{good, best, good, bad}
                             << u"Reference: 3 of 4 sources agree, time.example is 5.00 s off and not used"_s;
    QTest::newRow("a-hair-less-than-five")
        << StampState::Ok << List{good, best, sourceRow(u"time.example"_s, u'x', 5'000'098)}
        << u"Reference: 2 of 3 sources agree, time.example is 5.00 s off and not used"_s;
    QTest::newRow("two-odd-ones-the-wrong-one-first")
        << StampState::Ok << List{good, silent, best, bad}
        << u"Reference: 2 of 4 sources agree, time.example (5.00 s off) and b are not used"_s;
    QTest::newRow("many-odd-ones")
        << StampState::Ok << List{good, silent, silent, best, bad}
        << u"Reference: 2 of 5 sources agree, time.example (5.00 s off) and 2 others are not used"_s;
    QTest::newRow("silent-one") << StampState::Ok << List{best, silent}
                                << u"Reference: 1 of 2 sources agree, b is not used"_s;
    QTest::newRow("only-silent") << StampState::Unsynced << List{silent}
                                 << u"Reference: the daemon's clock, which nothing confirms"_s;
}

void tst_UiRules::references()
{
    QFETCH(StampState, state);
    QFETCH(QList<TimeSourceRow>, sources);
    ClockStatus status;
    status.referenceState = state;
    std::optional<SourcesReport> report;
    if (!sources.isEmpty()) {
        report.emplace();
        report->offset = 100;
        report->sources = sources;
    }
    const QString said = StatusLineText::reference(status, report);
    QTEST(said, "expected");
}

void tst_UiRules::fuzzy_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("better");
    QTest::addColumn<QString>("worse"); ///< empty: must not fit
    QTest::newRow("start-beats-middle") << u"op"_s << u"ops"_s << u"shop"_s;
    QTest::newRow("run-beats-scatter") << u"lab"_s << u"my-lab"_s << u"lxaxb"_s;
    QTest::newRow("word-starts") << u"i4"_s << u"incident-42"_s << u"bi4"_s;
    QTest::newRow("case") << u"OPS"_s << u"ops"_s << QString();
    QTest::newRow("wrong-order") << u"ab"_s << u"ab"_s << QString();
}

void tst_UiRules::fuzzy()
{
    QFETCH(QString, pattern);
    QFETCH(QString, better);
    QFETCH(QString, worse);
    QVERIFY(fuzzyScore(pattern, better));
    if (worse.isEmpty()) {
        QVERIFY(!fuzzyScore(pattern, u"ba"_s));
        return;
    }
    QVERIFY(fuzzyScore(pattern, worse));
    QVERIFY(*fuzzyScore(pattern, better) > *fuzzyScore(pattern, worse));
}

void tst_UiRules::switcherPutsTheBestFirst()
{
    const auto entry = [](const QString &room, const QString &title, qint64 unread) {
        return RoomEntry{{room, title, false, 1, 1, {}}, true, unread};
    };
    const QList<RoomEntry> rooms{entry(u"general"_s, {}, 0), entry(u"ops"_s, u"Database on call"_s, 2),
                                 entry(u"database"_s, {}, 0)};
    QCOMPARE(QuickSwitcher::matching(rooms, {}).constFirst().info.room, u"ops"_s);
    QCOMPARE(QuickSwitcher::matching(rooms, u"data"_s).constFirst().info.room, u"database"_s);
    QCOMPARE(QuickSwitcher::matching(rooms, u"data"_s).size(), 2);
    QVERIFY(QuickSwitcher::matching(rooms, u"zz"_s).isEmpty());
}

void tst_UiRules::options_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("status");
    QTest::newRow("help") << QStringList{u"--help"_s} << 0;
    QTest::newRow("version") << QStringList{u"--version"_s} << 0;
    QTest::newRow("unknown") << QStringList{u"--colour"_s} << 2;
    QTest::newRow("no-value") << QStringList{u"--server"_s} << 2;
    QTest::newRow("stray") << QStringList{u"hello"_s} << 2;
    QTest::newRow("bad-server") << QStringList{u"--server"_s, u"ftp://x"_s} << 2;
    QTest::newRow("bad-name") << QStringList{u"--name"_s, u"   "_s} << 2;
    QTest::newRow("bad-room") << QStringList{u"--room"_s, u"Not A Room"_s} << 2;
    QTest::newRow("bad-clock-fault") << QStringList{u"--clock-fault"_s, u"offset=3"_s} << 2;
}

void tst_UiRules::options()
{
    QFETCH(QStringList, arguments);
    const auto parsed = StartOptionsParser::parse(QStringList{u"synchat"_s} + arguments);
    QVERIFY(!parsed);
    QTEST(parsed.error().exitStatus, "status");
    QVERIFY(!parsed.error().text.isEmpty());
}

void tst_UiRules::readsOptions()
{
    const auto parsed = StartOptionsParser::parse({u"synchat"_s, u"--server"_s, u"ws://localhost:9000"_s,
                                                   u"--name"_s, u" ana "_s, u"--room=ops"_s, u"--key"_s,
                                                   u"secret"_s, u"--clock-fault"_s, u"jitter=5ms"_s});
    QVERIFY(parsed);
    QCOMPARE(parsed->server->port(), 9000);
    QCOMPARE(parsed->name->text(), u"ana"_s);
    QCOMPARE(parsed->room->text(), u"ops"_s);
    QCOMPARE(parsed->key, u"secret"_s);
    QCOMPARE(parsed->clockFault.toText(), u"jitter=5ms"_s);
    const auto none = StartOptionsParser::parse({u"synchat"_s});
    QVERIFY(none);
    QVERIFY(!none->server && !none->name && !none->room && none->clockFault.isNone());
}

void tst_UiRules::keepsOurWordsFromQt()
{
    const auto shares = StartOptionsParser::shares({u"synchat"_s, u"--name"_s, u"ana"_s, u"-platform"_s,
                                                    u"xcb"_s, u"--room=ops"_s, u"stray"_s, u"--clock-fault"_s,
                                                    u"freeze"_s, u"--key"_s});
    QCOMPARE(shares.ours, (QStringList{u"synchat"_s, u"--name"_s, u"ana"_s, u"--room=ops"_s,
                                       u"--clock-fault"_s, u"freeze"_s, u"--key"_s}));
    QCOMPARE(shares.forQt, (QList<int>{0, 3, 4, 6}));
    QCOMPARE(StartOptionsParser::shares({u"synchat"_s}).forQt, QList<int>{0});
}

void tst_UiRules::rooms()
{
    Remembered known;
    known.server = u"ws://a:1"_s;
    known.room = u"ops"_s;
    known.rooms = {u"general"_s, u"lab"_s};
    QCOMPARE(roomsAtStart({}, known, QUrl(u"ws://a:1"_s)), (QStringList{u"ops"_s, u"general"_s, u"lab"_s}));
    QCOMPARE(roomsAtStart({}, known, QUrl(u"ws://b:1"_s)), QStringList{u"general"_s});
    QCOMPARE(roomsAtStart(*RoomName::parse(u"war"_s), known, QUrl(u"ws://b:1"_s)),
             (QStringList{u"war"_s, u"general"_s}));
}

void tst_UiRules::textScaleLadder()
{
    QCOMPARE(nextTextScale(1.0, 1), 1.1);
    QCOMPARE(nextTextScale(1.0, -1), 0.9);
    QCOMPARE(nextTextScale(3.0, 1), 3.0);
    QCOMPARE(nextTextScale(0.8, -1), 0.8);
    QCOMPARE(boundedTextScale(99), 3.0);
    QCOMPARE(boundedTextScale(qQNaN()), 1.0);
    QCOMPARE(themeChoiceFromName(themeChoiceName(ThemeChoice::Dark)), ThemeChoice::Dark);
    QVERIFY(!styleSheetFor(Theme::light()).contains(u'@'));
    QVERIFY(!styleSheetFor(Theme::darkTheme()).contains(u'@'));
}

void tst_UiRules::numberScale()
{
    const NumberScale scale(-1800000, 1000, 500);
    QCOMPARE(scale.at(-1800000), 0.0);
    QCOMPARE(scale.at(1000), 1.0);
    QVERIFY(scale.at(-1000) < scale.at(0) && scale.at(0) < scale.at(500));
    QVERIFY2(scale.at(500) - scale.at(-500) > 0.05, "what is small must be seen");
    const QList<WireMicros> ticks = scale.ticks(9);
    QVERIFY(ticks.contains(0));
    QVERIFY(std::is_sorted(ticks.begin(), ticks.end()));
    const NumberScale far(-11'000'000'000, 12'000'000, 100'000);
    QCOMPARE(far.ticks(20), (QList<WireMicros>{-3'600'000'000, -600'000'000, -60'000'000, -10'000'000,
                                               -1'000'000, -100'000, 0, 100'000, 1'000'000, 10'000'000}));
    QCOMPARE(NumberScale::label(-3'600'000'000), u"−1 h"_s);
    QCOMPARE(NumberScale::label(10'000'000), u"+10 s"_s);
    QCOMPARE(NumberScale::label(1'000'000), u"+1 s"_s);
    QCOMPARE(NumberScale::label(0), u"0"_s);
    const NumberScale nothing(0, 0, 0);
    QCOMPARE(nothing.at(0), 0.5);
    QVERIFY(NumberScale(std::numeric_limits<WireMicros>::min(), 1, 1).at(0) <= 1.0);
}

void tst_UiRules::remembersEverything()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"deep/synchat.ini"_s);
    Remembered known;
    known.server = u"ws://chat.lab:8737"_s;
    known.name = u"ana"_s;
    known.room = u"ops"_s;
    known.rooms = {u"general"_s, u"ops"_s};
    known.zone = ZoneChoice::utc();
    known.zoneBeforeUtc = ZoneChoice::madrid();
    known.density = Density::Deltas;
    known.theme = ThemeChoice::Dark;
    known.scale = 1.5;
    known.peopleShown = false;
    known.drafts = {{u"ops"_s, u"half a, \"sentence\"\nand more"_s}};
    QVERIFY(known.save(path));
    const Remembered again = Remembered::load(path);
    QCOMPARE(again.server, known.server);
    QCOMPARE(again.name, known.name);
    QCOMPARE(again.room, known.room);
    QCOMPARE(again.rooms, known.rooms);
    QVERIFY(again.zone.isUtc());
    QCOMPARE(again.zoneBeforeUtc.id(), u"Europe/Madrid"_s);
    QCOMPARE(again.density, Density::Deltas);
    QCOMPARE(again.theme, ThemeChoice::Dark);
    QCOMPARE(again.scale, 1.5);
    QVERIFY(again.roomsShown);
    QVERIFY(!again.peopleShown);
    QCOMPARE(again.drafts, known.drafts);
    QVERIFY(!QFile::permissions(path).testAnyFlags(QFile::ReadGroup | QFile::ReadOther));
}

void tst_UiRules::forgivesABrokenFile()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"synchat.ini"_s);
    QFile file(path);
    QVERIFY(file.open(QFile::WriteOnly));
    file.write("[view]\nzone=Mars/Olympus\ndensity=loud\nfontScale=-4\ntheme=pink\n");
    file.close();
    const Remembered known = Remembered::load(path);
    QVERIFY(known.zone.isSystem());
    QCOMPARE(known.density, Density::AllFour);
    QCOMPARE(known.theme, ThemeChoice::System);
    QVERIFY(known.scale >= 0.8 && known.scale <= 3.0);
}

QTEST_GUILESS_MAIN(tst_UiRules)
#include "tst_uirules.moc"
