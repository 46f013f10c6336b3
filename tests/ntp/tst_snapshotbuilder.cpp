// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/snapshotbuilder.h"

#include "tests/support/manualclock.h"

#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;

namespace {

SourceReport ntp(const char *name, Nanos middle, Nanos bound, int stratum, quint32 referenceId, int leap = 0)
{
    SourceReport report;
    report.status.name = QString::fromLatin1(name);
    report.status.state = StampState::Ok;
    report.status.interval = Interval::around(middle, bound);
    report.status.stratum = stratum;
    report.status.fedAt = MonoTime(1h);
    report.referenceId = referenceId;
    report.leap = leap;
    return report;
}

SourceReport other(const char *name, SourceKind kind, std::optional<Interval> interval)
{
    SourceReport report;
    report.status.name = QString::fromLatin1(name);
    report.status.kind = kind;
    report.status.interval = interval;
    report.status.state = interval ? StampState::Ok : StampState::None;
    return report;
}

} // namespace

class tst_SnapshotBuilder : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isLocalWithoutSources();
    void followsTheLowestStratumThatAgrees();
    void agesAsTheSourcesAtItsEdges();
    void addsTheWayToTheRootDelay();
    void announcesTheMajoritysLeapSecond_data();
    void announcesTheMajoritysLeapSecond();
    void servesTheConfiguredLocalStratum();
    void endsAChainAtStratum15();
    void httpAloneIsServedAtTheLocalStratum();
    void showsTheSharpestOfEachKind();
    void showsWhatStillAnswers_data();
    void showsWhatStillAnswers();
    void saysThatItSlept_data();
    void saysThatItSlept();
    void showsAnUnheardSourceRatherThanNone();
    void showsItselfWhenNoNtpServerIsConfigured();
};

void tst_SnapshotBuilder::isLocalWithoutSources()
{
    const ReferenceSnapshot snapshot = buildSnapshot({}, {});
    QVERIFY(!snapshot.offset);
    QCOMPARE(snapshot.state, StampState::Unsynced);
    QCOMPARE(snapshot.stratum, 10);
    QCOMPARE(snapshot.referenceId, quint32(0x7F7F0101));
    QCOMPARE(snapshot.apiIndex, -1);
    QCOMPARE(snapshot.ntpIndex, -1);
    QVERIFY(!snapshot.note.isEmpty());
}

void tst_SnapshotBuilder::followsTheLowestStratumThatAgrees()
{
    const ReferenceSnapshot snapshot = buildSnapshot(
        {}, {ntp("liar", 5s, 1us, 1, 1), ntp("sharp", 0ms, 1ms, 4, 2), ntp("near", 0ms, 5ms, 2, 3)});
    QCOMPARE(snapshot.stratum, 3);
    QCOMPARE(snapshot.referenceId, quint32(3));
    QCOMPARE(snapshot.lastUpdate, std::optional(MonoTime(1h)));
    QCOMPARE(snapshot.ntpIndex, 1); // the sharpest is what is shown
}

void tst_SnapshotBuilder::agesAsTheSourcesAtItsEdges()
{
    const auto rated = [](const char *name, Nanos middle, Nanos bound, double frequency, double drift) {
        SourceReport report = ntp(name, middle, bound, 2, 1);
        report.status.frequencyPpm = frequency;
        report.status.driftPpm = drift;
        return report;
    };
    // -1 to 1 ms: the lower edge is b's, the upper one a's.
    const std::vector<SourceReport> reports = {rated("a", -2ms, 3ms, 10, 20), rated("b", 2ms, 3ms, -5, 16),
                                               rated("wide", 0ms, 90ms, 0, 100),
                                               rated("liar", 5s, 1ms, 90, 1)};
    const ReferenceSnapshot snapshot = buildSnapshot({}, reports);
    QCOMPARE(snapshot.offset, Interval::between(-1ms, 1ms));
    QCOMPARE(snapshot.frequencyPpm - snapshot.driftPpm, -21.0);
    QCOMPARE(snapshot.frequencyPpm + snapshot.driftPpm, 30.0);
    // Two that contradict each other in their rates: what either says is possible.
    const ReferenceSnapshot torn =
        buildSnapshot({}, {rated("a", -2ms, 3ms, -40, 15), rated("b", 2ms, 3ms, 40, 15)});
    QCOMPARE(torn.frequencyPpm - torn.driftPpm, -55.0);
    QCOMPARE(torn.frequencyPpm + torn.driftPpm, 55.0);
    QCOMPARE(buildSnapshot({}, {}).driftPpm, 100.0);
}

void tst_SnapshotBuilder::addsTheWayToTheRootDelay()
{
    SourceReport near = ntp("near", 0ms, 5ms, 2, 3);
    near.status.rootDelay = 30ms;
    near.status.delay = 4ms;
    SourceReport far = ntp("far", 0ms, 1ms, 3, 3);
    far.status.rootDelay = 700ms;
    QCOMPARE(buildSnapshot({}, {far, near}).rootDelay, Nanos(34ms)); // of the one that is followed
    near.status.delay.reset();
    QCOMPARE(buildSnapshot({}, {far, near}).rootDelay, Nanos(30ms));
    QCOMPARE(buildSnapshot({}, {}).rootDelay, Nanos::zero());
}

void tst_SnapshotBuilder::announcesTheMajoritysLeapSecond_data()
{
    QTest::addColumn<QList<int>>("told"); // -1: by one that is a second off
    QTest::addColumn<int>("announced");
    QTest::newRow("alone") << QList<int>{1} << 1;
    QTest::newRow("none") << QList<int>{0, 0, 0} << 0;
    QTest::newRow("one-of-three") << QList<int>{1, 0, 0} << 0;
    QTest::newRow("two-of-three") << QList<int>{1, 0, 1} << 1;
    QTest::newRow("half") << QList<int>{1, 1, 0, 0} << 0;
    QTest::newRow("split") << QList<int>{1, 2, 0} << 0;
    QTest::newRow("deleted") << QList<int>{2, 2, 0} << 2;
    QTest::newRow("unsynchronised-is-no-vote") << QList<int>{3, 3, 1} << 0;
    QTest::newRow("a-falseticker-has-no-vote") << QList<int>{0, 1, 1, -1} << 1;
}

void tst_SnapshotBuilder::announcesTheMajoritysLeapSecond()
{
    QFETCH(QList<int>, told);
    std::vector<SourceReport> reports;
    for (const int leap : told)
        reports.push_back(ntp("server", leap < 0 ? 5s : 0s, 1ms, 2, 1, std::max(leap, 0)));
    reports.push_back(other("web", SourceKind::Http, Interval::around(0s, 90ms))); // knows nothing of leaps
    QTEST(buildSnapshot({}, reports).leap, "announced");
}

void tst_SnapshotBuilder::servesTheConfiguredLocalStratum()
{
    ReferenceSnapshot base;
    base.stratum = 5;
    QCOMPARE(buildSnapshot(base, {}).stratum, 5);
    QCOMPARE(buildSnapshot(base, {other("web", SourceKind::Http, Interval::around(0s, 90ms))}).stratum, 5);
    QCOMPARE(buildSnapshot(base, {ntp("a", 0ms, 1ms, 1, 1)}).stratum, 2);
}

void tst_SnapshotBuilder::endsAChainAtStratum15()
{
    QCOMPARE(buildSnapshot({}, {ntp("a", 0ms, 1ms, 14, 1)}).stratum, 15);
    QCOMPARE(buildSnapshot({}, {ntp("a", 0ms, 1ms, 15, 1)}).stratum, UnsynchronisedStratum);
}

void tst_SnapshotBuilder::httpAloneIsServedAtTheLocalStratum()
{
    const ReferenceSnapshot snapshot =
        buildSnapshot({}, {other("web", SourceKind::Http, Interval::around(0s, 200ms))});
    QCOMPARE(snapshot.state, StampState::Ok);
    QCOMPARE(snapshot.stratum, 10);
    QCOMPARE(snapshot.apiIndex, 0);
}

void tst_SnapshotBuilder::showsTheSharpestOfEachKind()
{
    const ReferenceSnapshot snapshot = buildSnapshot(
        {}, {ntp("wide", 0ms, 9ms, 2, 1), other("unheard", SourceKind::Http, {}),
             ntp("sharp", 0ms, 1ms, 2, 1), other("web", SourceKind::Http, Interval::around(0s, 90ms))});
    QCOMPARE(snapshot.ntpIndex, 2);
    QCOMPARE(snapshot.apiIndex, 3);
}

void tst_SnapshotBuilder::showsWhatStillAnswers_data()
{
    QTest::addColumn<QList<SourceStatus>>("web");
    QTest::addColumn<int>("shown");
    const auto web = [](Nanos middle, Nanos bound, StampState state) {
        SourceStatus status = other("web", SourceKind::Http, Interval::around(middle, bound)).status;
        status.state = state;
        return status;
    };
    const SourceStatus fresh = web(0ms, 150ms, StampState::Ok);
    const SourceStatus sharpStale = web(0ms, 120ms, StampState::Holdover);
    const SourceStatus sharpLiar = web(5s, 110ms, StampState::Ok);
    const SourceStatus unheard = other("web", SourceKind::Http, {}).status;
    using List = QList<SourceStatus>;
    QTest::newRow("fresh-before-sharper-stale") << List{sharpStale, fresh} << 1;
    QTest::newRow("stale-before-liar") << List{sharpLiar, sharpStale} << 1;
    QTest::newRow("liar-before-unheard") << List{unheard, sharpLiar} << 1;
    QTest::newRow("sharper-of-two-stale") << List{web(0ms, 150ms, StampState::Holdover), sharpStale} << 1;
    QTest::newRow("sharper-of-two-fresh") << List{fresh, web(0ms, 120ms, StampState::Ok)} << 1;
}

void tst_SnapshotBuilder::showsWhatStillAnswers()
{
    QFETCH(const QList<SourceStatus>, web);
    std::vector<SourceReport> reports = {ntp("a", 0ms, 1ms, 2, 1), ntp("b", 0ms, 1ms, 2, 1)};
    for (const SourceStatus &status : web)
        reports.push_back({status});
    QFETCH(const int, shown);
    QCOMPARE(buildSnapshot({}, reports).apiIndex, 2 + shown);
}

void tst_SnapshotBuilder::saysThatItSlept_data()
{
    QTest::addColumn<bool>("hadReference");
    QTest::addColumn<bool>("slept");
    QTest::addColumn<bool>("heard");
    QTest::addColumn<QString>("note");
    const QString unheard = QStringLiteral("No source of time was heard, so nothing confirms");
    QTest::newRow("slept") << true << true << false << QStringLiteral("This machine has slept");
    QTest::newRow("slept-and-heard-since") << true << true << true << QStringLiteral("There is a single");
    QTest::newRow("awake") << true << false << false << unheard;
    QTest::newRow("never-known") << false << true << false << unheard;
}

void tst_SnapshotBuilder::saysThatItSlept()
{
    QFETCH(const bool, hadReference);
    QFETCH(const bool, slept);
    QFETCH(const bool, heard);
    ManualClock clock;
    const ClockReading before = clock.read();
    if (slept)
        clock.sleep(8h);
    ReferenceSnapshot base;
    base.at = clock.read().mono;
    base.wallAt = clock.read().wall;
    base.asleepAt = clock.read().asleep;
    const SourceReport source =
        heard ? ntp("a", 0ms, 1ms, 2, 1) : SourceReport{other("a", SourceKind::Ntp, {})};
    const auto snapshot = buildSnapshot(base, {source}, hadReference ? std::optional(before) : std::nullopt);
    QFETCH(const QString, note);
    QVERIFY2(snapshot.note.startsWith(note), qPrintable(snapshot.note));
}

void tst_SnapshotBuilder::showsAnUnheardSourceRatherThanNone()
{
    const ReferenceSnapshot snapshot = buildSnapshot({}, {other("a", SourceKind::Http, {})});
    QCOMPARE(snapshot.apiIndex, 0);
    QVERIFY(!snapshot.sources.at(0).reason.isEmpty());
}

void tst_SnapshotBuilder::showsItselfWhenNoNtpServerIsConfigured()
{
    const auto self = other("self", SourceKind::Self, Interval::around(0s, 10us));
    ReferenceSnapshot snapshot = buildSnapshot({}, {self});
    QCOMPARE(snapshot.ntpIndex, 0);
    QCOMPARE(snapshot.sources.at(0).state, StampState::Unsynced);
    QVERIFY(!snapshot.offset);
    snapshot = buildSnapshot({}, {self, other("clock", SourceKind::Os, Interval::around(0s, 5ms))});
    QCOMPARE(snapshot.ntpIndex, 0);
    QCOMPARE(snapshot.sources.at(0).state, StampState::Ok); // worth what it repeats
    QCOMPARE(snapshot.state, StampState::Ok);
    QVERIFY(snapshot.note.contains(QStringLiteral("single source")));
}

QTEST_APPLESS_MAIN(tst_SnapshotBuilder)
#include "tst_snapshotbuilder.moc"
