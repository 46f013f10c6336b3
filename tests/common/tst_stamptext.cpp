// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/stamptext.h"

#include <QSet>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {
constexpr qint64 Least = std::numeric_limits<qint64>::min();
constexpr qint64 Most = std::numeric_limits<qint64>::max();
constexpr qint64 Second = 1'000'000;
constexpr qint64 Minute = 60 * Second;
constexpr qint64 Hour = 60 * Minute;
constexpr qint64 Day = 24 * Hour;
} // namespace

class tst_StampText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void skew_data();
    void skew();
    void bound_data();
    void bound();
    void boundNeverShrinks();
    void words();
    void duration_data();
    void duration();
    void liveMark_data();
    void liveMark();
    void localMarkWithoutReferenceIsUnknown();
    void sourceMark_data();
    void sourceMark();
    void authorRemark_data();
    void authorRemark();
    void everyMarkHasItsOwnShapeAndWord();
    void everyReferenceHasItsOwnWords();
    void paths();
};

void tst_StampText::skew_data()
{
    QTest::addColumn<qint64>("skew");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << 0LL << u"0 µs"_s;
    QTest::newRow("micros") << 3LL << u"+3 µs"_s;
    QTest::newRow("micros-behind") << -99LL << u"−99 µs"_s;
    QTest::newRow("tenth-of-a-millisecond") << 100LL << u"+0.1 ms"_s;
    QTest::newRow("below-a-millisecond") << 212LL << u"+0.2 ms"_s;
    QTest::newRow("carries-to-a-millisecond") << 960LL << u"+1 ms"_s;
    QTest::newRow("milliseconds") << 2'000LL << u"+2 ms"_s;
    QTest::newRow("with-a-tenth") << 2'340LL << u"+2.3 ms"_s;
    QTest::newRow("carries-to-ten") << 9'970LL << u"+10 ms"_s;
    QTest::newRow("whole-milliseconds") << 216'400LL << u"+216 ms"_s;
    QTest::newRow("carries-to-a-second") << 999'600LL << u"+1.00 s"_s;
    QTest::newRow("seconds-keep-two-digits") << -1'800'123LL << u"−1.80 s"_s;
    QTest::newRow("carries-to-ten-seconds") << 9'996'000LL << u"+10.0 s"_s;
    QTest::newRow("tens-of-seconds") << 12'340'000LL << u"+12.3 s"_s;
    QTest::newRow("carries-to-a-minute") << 59'960'000LL << u"+1 min"_s;
    QTest::newRow("minutes") << 2 * Minute + 3 * Second << u"+2 min 3 s"_s;
    QTest::newRow("carries-to-an-hour") << Hour - 1 << u"+1 h"_s;
    QTest::newRow("hours") << 2 * Hour + 3 * Minute << u"+2 h 3 min"_s;
    QTest::newRow("days") << -(3 * Day + 4 * Hour) << u"−3 d 4 h"_s;
    QTest::newRow("many-days") << 400 * Day << u"+400 d"_s;
    QTest::newRow("most") << Most << u"+106751990 d"_s;
    QTest::newRow("least") << Least << u"−106751990 d"_s;
}

void tst_StampText::skew()
{
    QFETCH(qint64, skew);
    QTEST(StampText::skew(skew), "text");
}

void tst_StampText::bound_data()
{
    QTest::addColumn<qint64>("bound");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << 0LL << u"±0 µs"_s;
    QTest::newRow("exact") << 900LL << u"±0.9 ms"_s;
    QTest::newRow("up") << 801LL << u"±0.9 ms"_s;
    QTest::newRow("up-to-a-millisecond") << 901LL << u"±1 ms"_s;
    QTest::newRow("up-to-whole-milliseconds") << 130'001LL << u"±131 ms"_s;
    QTest::newRow("up-to-a-second") << 999'001LL << u"±1.00 s"_s;
    QTest::newRow("up-in-seconds") << 1'230'001LL << u"±1.24 s"_s;
    QTest::newRow("up-in-minutes") << Minute + 1 << u"±1 min 1 s"_s;
}

void tst_StampText::bound()
{
    QFETCH(qint64, bound);
    QTEST(StampText::bound(bound), "text");
}

/// Reads the number back: what people see is never narrower than what is known.
void tst_StampText::boundNeverShrinks()
{
    const QHash<QString, double> units{{u"µs"_s, 1}, {u"ms"_s, 1e3}, {u"s"_s, 1e6}, {u"min"_s, 60e6}};
    for (qint64 bound = 1; bound < 10 * Minute; bound += bound / 7 + 1) {
        const QStringList parts = StampText::bound(bound).mid(1).split(u' ');
        double shown = 0;
        for (qsizetype i = 0; i + 1 < parts.size(); i += 2)
            shown += parts[i].toDouble() * units.value(parts[i + 1]);
        QVERIFY2(shown >= double(bound) - 1e-6, qPrintable(StampText::bound(bound)));
        QVERIFY2(shown <= double(bound) * 2 + 100, qPrintable(StampText::bound(bound)));
    }
}

void tst_StampText::words()
{
    QCOMPARE(StampText::skewInWords(3'000), u"3 ms ahead"_s);
    QCOMPARE(StampText::skewInWords(-1'800'000), u"1.80 s behind"_s);
    QCOMPARE(StampText::skewInWords(0), u"exactly on time"_s);
}

void tst_StampText::duration_data()
{
    QTest::addColumn<qint64>("duration");
    QTest::addColumn<QString>("text");
    QTest::newRow("negative") << -5LL << u"0 s"_s;
    QTest::newRow("zero") << 0LL << u"0 s"_s;
    QTest::newRow("not-rounded-up") << 4'999'999LL << u"4 s"_s;
    QTest::newRow("last-second") << Minute - 1 << u"59 s"_s;
    QTest::newRow("minutes") << 12 * Minute << u"12 min"_s;
    QTest::newRow("hours") << 3 * Hour << u"3 h"_s;
    QTest::newRow("days") << 2 * Day << u"2 d"_s;
    QTest::newRow("most") << Most << u"106751991 d"_s;
}

void tst_StampText::duration()
{
    QFETCH(qint64, duration);
    QTEST(StampText::duration(duration), "text");
}

void tst_StampText::liveMark_data()
{
    QTest::addColumn<OptionalMicros>("offset");
    QTest::addColumn<OptionalMicros>("bound");
    QTest::addColumn<StampState>("state");
    QTest::addColumn<Mark>("mark");
    using enum StampState;
    const OptionalMicros nothing;
    const auto row = [](const char *name, OptionalMicros offset, OptionalMicros bound, StampState state,
                        Mark mark) { QTest::newRow(name) << offset << bound << state << mark; };
    row("fine", 200, 900, Ok, Mark::Fine);
    row("off-by-little", 49'999, 900, Ok, Mark::Fine);
    row("just-not-off", OffAbove, 900, Ok, Mark::Fine);
    row("off", OffAbove + 1, 900, Ok, Mark::Off);
    row("off-ahead", -1'800'123, 900, Ok, Mark::Off);
    row("within-a-wide-bound", 400'000, 400'000, Ok, Mark::Fine);
    row("beyond-a-wide-bound", 400'001, 400'000, Ok, Mark::Off);
    row("held-over", 200, 900, Holdover, Mark::HeldOver);
    row("held-over-and-off", 2 * Second, 900, Holdover, Mark::Off);
    row("falseticker", 200, 900, Falseticker, Mark::Contradiction);
    row("unsynced", 200, nothing, Unsynced, Mark::Unknown);
    row("unsynced-but-surely-off", Hour, 2 * Second, Unsynced, Mark::Off);
    row("not-measured", nothing, nothing, Ok, Mark::Unknown);
    row("no-bound", 200, nothing, Ok, Mark::Unknown);
    row("none", 200, 900, None, Mark::Unknown);
    row("absurd", Most, 900, Ok, Mark::Off);
}

void tst_StampText::liveMark()
{
    QFETCH(OptionalMicros, offset);
    QFETCH(OptionalMicros, bound);
    QFETCH(StampState, state);
    Stamps stamps;
    stamps.live.t = 5;
    stamps.live.offset = offset;
    stamps.live.bound = bound;
    stamps.live.state = state;
    QTEST(StampText::liveMark(stamps), "mark");
    stamps.live.t.reset();
    QCOMPARE(StampText::liveMark(stamps), Mark::Unknown);
}

void tst_StampText::localMarkWithoutReferenceIsUnknown()
{
    Stamps stamps;
    stamps.local = {5, 0, {}, StampState::Unsynced, false, u"b"_s};
    QCOMPARE(StampText::localMark(stamps), Mark::Unknown);
    stamps.local = {5, 212, 450, StampState::Ok, false, u"b"_s};
    QCOMPARE(StampText::localMark(stamps), Mark::Fine);
}

void tst_StampText::sourceMark_data()
{
    QTest::addColumn<qint64>("skew");
    QTest::addColumn<OptionalMicros>("sourceBound");
    QTest::addColumn<OptionalMicros>("bestBound");
    QTest::addColumn<Mark>("mark");
    QTest::newRow("fine") << 0LL << OptionalMicros(450) << OptionalMicros(450) << Mark::Fine;
    QTest::newRow("bounds-meet") << 500'000LL << OptionalMicros(400'000) << OptionalMicros(100'000)
                                 << Mark::Fine;
    QTest::newRow("bounds-do-not-meet")
        << 500'001LL << OptionalMicros(400'000) << OptionalMicros(100'000) << Mark::Off;
    QTest::newRow("no-bound") << 0LL << OptionalMicros() << OptionalMicros(450) << Mark::Unknown;
    QTest::newRow("best-without-bound") << 200'000LL << OptionalMicros(450) << OptionalMicros() << Mark::Off;
    QTest::newRow("bounds-saturate") << Hour << OptionalMicros(Most) << OptionalMicros(Most) << Mark::Fine;
}

void tst_StampText::sourceMark()
{
    QFETCH(qint64, skew);
    QFETCH(OptionalMicros, sourceBound);
    QFETCH(OptionalMicros, bestBound);
    const BestStamp best{1'000'000, bestBound, StampState::Ok};
    const SourceStamp source{1'000'000 + skew, sourceBound, 1, StampState::Ok, u"s"_s};
    QTEST(StampText::sourceMark(source, best), "mark");
    QCOMPARE(StampText::sourceMark(source, BestStamp()), Mark::Unknown);
    QCOMPARE(StampText::sourceMark(SourceStamp(), best), Mark::Unknown);
}

void tst_StampText::authorRemark_data()
{
    QTest::addColumn<LiveStamp>("live");
    QTest::addColumn<QString>("remark");
    QTest::addColumn<Mark>("mark");
    const auto live = [](OptionalMicros offset, StampState state, bool fault) {
        return LiveStamp{5,     offset,         offset ? OptionalMicros(900) : std::nullopt,
                         state, ProbePath::Udp, fault};
    };
    using enum StampState;
    QTest::newRow("fine") << live(200, Ok, false) << QString() << Mark::Fine;
    QTest::newRow("behind") << live(1'800'123, Ok, false) << u"clock 1.80 s behind"_s << Mark::Off;
    QTest::newRow("ahead") << live(-1'800'123, Ok, false) << u"clock 1.80 s ahead"_s << Mark::Off;
    QTest::newRow("not-measured") << live({}, Unsynced, false) << u"clock not measured"_s << Mark::Unknown;
    QTest::newRow("no-clock") << LiveStamp() << u"clock not measured"_s << Mark::Unknown;
    QTest::newRow("held-over") << live(200, Holdover, false) << u"clock held over"_s << Mark::HeldOver;
    QTest::newRow("falseticker") << live(200, Falseticker, false) << u"clock contradicts the others"_s
                                 << Mark::Contradiction;
    QTest::newRow("fine-with-fault") << live(200, Ok, true) << u"injected clock fault"_s << Mark::Off;
    QTest::newRow("held-over-with-fault")
        << live(200, Holdover, true) << u"clock held over, injected fault"_s << Mark::Off;
    QTest::newRow("not-measured-with-fault")
        << live({}, Unsynced, true) << u"clock not measured, injected fault"_s << Mark::Unknown;
    QTest::newRow("off-with-fault") << live(1'800'123, Ok, true) << u"clock 1.80 s behind, injected fault"_s
                                    << Mark::Off;
}

void tst_StampText::authorRemark()
{
    QFETCH(LiveStamp, live);
    Stamps stamps;
    stamps.live = live;
    QTEST(StampText::authorRemark(stamps), "remark");
    QTEST(StampText::authorMark(stamps), "mark");
}

void tst_StampText::everyMarkHasItsOwnShapeAndWord()
{
    QSet<QChar> shapes;
    QSet<QString> words;
    for (const Mark mark : {Mark::Fine, Mark::Off, Mark::Contradiction, Mark::Unknown, Mark::HeldOver}) {
        shapes.insert(markGlyph(mark));
        words.insert(markWord(mark));
    }
    QCOMPARE(shapes.size(), 5);
    QCOMPARE(words.size(), 5);
}

void tst_StampText::everyReferenceHasItsOwnWords()
{
    QSet<QString> words;
    for (int state = 0; state <= int(StampState::None); ++state)
        words.insert(StampText::referenceInWords(StampState(state), {}));
    QCOMPARE(words.size(), 5);
    QCOMPARE(StampText::referenceInWords(StampState::Ok, 900), u"confirmed within ±0.9 ms"_s);
    QCOMPARE(StampText::referenceInWords(StampState::Unsynced, {}),
             u"against the daemon's clock, which nothing confirms"_s);
}

void tst_StampText::paths()
{
    QCOMPARE(StampText::pathInWords(ProbePath::Udp), u"NTP over UDP"_s);
    QCOMPARE(StampText::pathInWords(ProbePath::WebSocket), u"time frames over the WebSocket"_s);
    QCOMPARE(StampText::pathInWords(ProbePath::None), u"not measured"_s);
}

QTEST_GUILESS_MAIN(tst_StampText)
#include "tst_stamptext.moc"
