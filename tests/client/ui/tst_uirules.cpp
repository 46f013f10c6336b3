// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The small pure deciders of the window, a table each. Those about clocks: tst_clockrules.cpp.
#include "client/ui/fuzzymatch.h"
#include "client/ui/look.h"
#include "client/ui/quickswitcher.h"
#include "client/ui/remembered.h"
#include "client/ui/startoptions.h"
#include "client/ui/startrooms.h"
#include "client/ui/statuslinetext.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;

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
    void remembersEverything();
    void forgivesABrokenFile();
};

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
