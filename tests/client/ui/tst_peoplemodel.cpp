// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/peoplemodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <limits>

using namespace Qt::StringLiterals;
using namespace Synchat;
using namespace std::chrono_literals;

namespace {

const MonoTime Now = MonoTime(5h);

PersonClock clockOf(OptionalMicros skew, Nanos age = 0s, StampState state = StampState::Ok)
{
    return {skew, 9000, state, false, Now - age};
}

QStringList namesOf(const PeopleModel &model)
{
    QStringList names;
    for (int row = 0; row < model.rowCount(); ++row)
        names.append(model.index(row).data().toString());
    return names;
}

} // namespace

class tst_PeopleModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void words_data();
    void words();
    void spoken();
    void scale();
    void thoseWhoAreOffStandFirst();
    void keepsWhoWasChosen();
    void sayingTheSameAgainMovesNothing();
    void growsOldInSteps();
    void tellsTheLastMinutes();
};

void tst_PeopleModel::words_data()
{
    QTest::addColumn<PersonClock>("clock");
    QTest::addColumn<QString>("words");
    QTest::addColumn<Mark>("mark");
    const auto row = [](const char *name, const PersonClock &clock, const char *words, Mark mark) {
        QTest::newRow(name) << clock << QString::fromUtf8(words) << mark;
    };
    row("not-measured", {}, "not measured", Mark::Unknown);
    row("fresh", clockOf(3000), "3 ms ahead ± 9 ms", Mark::Fine);
    row("off", clockOf(-1'800'000), "1.80 s behind ± 9 ms", Mark::Off);
    row("a-little-old", clockOf(3000, 1s), "3 ms ahead ± 10 ms", Mark::Fine);
    row("older", clockOf(3000, 100s), "3 ms ahead ± 19 ms", Mark::Fine);
    row("just-not-old", clockOf(3000, 149s), "3 ms ahead ± 24 ms", Mark::Fine);
    row("old", clockOf(3000, 240s), "4 min old, ± 33 ms", Mark::HeldOver);
    row("old-and-off", clockOf(-1'800'000, 240s), "1.80 s behind, 4 min old", Mark::Off);
    row("held-over-by-themselves", clockOf(3000, 0s, StampState::Holdover), "3 ms ahead ± 9 ms",
        Mark::HeldOver);
    row("hours-old", clockOf(3000, 10h), "10 h old, ± 3.61 s", Mark::HeldOver);
    row("from-the-future", clockOf(3000, -5s), "3 ms ahead ± 9 ms", Mark::Fine);
    row("no-bound", {3000, {}, StampState::Ok, false, Now}, "3 ms ahead", Mark::Unknown);
    row("no-bound-and-old", {3000, {}, StampState::Ok, false, Now - 240s}, "3 ms ahead, 4 min old",
        Mark::HeldOver);
    constexpr WireMicros most = std::numeric_limits<WireMicros>::max();
    row("absurd-bound", {3000, most, StampState::Ok, false, Now - 60s}, "3 ms ahead ± 106751990 d",
        Mark::Fine);
}

void tst_PeopleModel::words()
{
    QFETCH(PersonClock, clock);
    QTEST(PeopleModel::markOf(clock, Now), "mark");
    if (QLatin1StringView(QTest::currentDataTag()) == "absurd-bound"_L1)
        QVERIFY(PeopleModel::wordsOf(clock, Now).startsWith(u"3 ms ahead ± "_s));
    else
        QTEST(PeopleModel::wordsOf(clock, Now), "words");
}

void tst_PeopleModel::spoken()
{
    RecentSkews recent{{{Now - 10min, 3000, 900, StampState::Ok, false}}, Now};
    QCOMPARE(PeopleModel::spokenOf(u"luis"_s, {}, {}, Now), u"luis, clock not measured"_s);
    QCOMPARE(PeopleModel::spokenOf(u"luis"_s, clockOf(3000), recent, Now),
             u"luis, clock 3 ms ahead ± 9 ms, steady"_s);
    PersonClock fault = clockOf(3000, 240s);
    fault.fault = true;
    QCOMPARE(PeopleModel::spokenOf(u"luis"_s, fault, {}, Now),
             u"luis, clock 3 ms ahead ± 33 ms, under a clock fault that was injected on purpose; this was "
             "reported 4 min ago and not renewed"_s);
}

void tst_PeopleModel::scale()
{
    QCOMPARE(PeopleModel::scaleOf({}), QString());
    RecentSkews recent{{{Now - 10min, 3000, 900, StampState::Ok, false}}, Now};
    QCOMPARE(PeopleModel::scaleOf(recent),
             u"The line shows the last ten minutes: 3 ms ahead all the time."_s);
    recent.points.append({Now - 5min, -1'800'000, 900, StampState::Ok, false});
    QCOMPARE(
        PeopleModel::scaleOf(recent),
        u"The line shows the last ten minutes, on a scale of its own: from 1.80 s behind to 3 ms ahead."_s);
}

void tst_PeopleModel::thoseWhoAreOffStandFirst()
{
    PeopleModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setNow(Now);
    model.setPeople({{u"1"_s, u"zoe"_s}, {u"2"_s, u"Bea"_s}, {u"3"_s, u"ana"_s}, {u"4"_s, u"luis"_s}});
    QCOMPARE(namesOf(model), (QStringList{u"ana"_s, u"Bea"_s, u"luis"_s, u"zoe"_s}));
    model.setClocks({{u"4"_s, clockOf(-1'800'000)},
                     {u"1"_s, clockOf(60'000'000)},
                     {u"3"_s, clockOf(50'000)},
                     {u"2"_s, clockOf(std::numeric_limits<WireMicros>::max())}});
    QCOMPARE(namesOf(model), (QStringList{u"Bea"_s, u"zoe"_s, u"luis"_s, u"ana"_s}));
}

void tst_PeopleModel::keepsWhoWasChosen()
{
    PeopleModel model;
    model.setNow(Now);
    model.setPeople({{u"1"_s, u"ana"_s}, {u"2"_s, u"bea"_s}});
    const QPersistentModelIndex chosen = model.index(0);
    model.setClocks({{u"2"_s, clockOf(-1'800'000)}});
    QCOMPARE(namesOf(model), (QStringList{u"bea"_s, u"ana"_s}));
    QCOMPARE(chosen.data().toString(), u"ana"_s);
}

void tst_PeopleModel::sayingTheSameAgainMovesNothing()
{
    PeopleModel model;
    model.setNow(Now);
    model.setPeople({{u"1"_s, u"ana"_s}});
    model.setClocks({{u"1"_s, clockOf(3000, 200s)}});
    QVERIFY(model.index(0).data(PeopleModel::ClockRole).toString().contains(u"old"_s));
    QSignalSpy layout(&model, &QAbstractItemModel::layoutChanged);
    model.setClocks({{u"1"_s, clockOf(3000)}});
    QCOMPARE(layout.size(), 0);
    QCOMPARE(model.index(0).data(PeopleModel::ClockRole).toString(), u"3 ms ahead ± 9 ms"_s); // but is fresh
}

void tst_PeopleModel::growsOldInSteps()
{
    PeopleModel model;
    model.setPeople({{u"1"_s, u"ana"_s}});
    model.setNow(Now);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setNow(Now + 1s);
    model.setNow(Now + 9s);
    QCOMPARE(changed.size(), 0);
    model.setNow(Now + 10s);
    QCOMPARE(changed.size(), 1);
}

void tst_PeopleModel::tellsTheLastMinutes()
{
    PeopleModel model;
    model.setNow(Now);
    model.setPeople({{u"1"_s, u"ana"_s}});
    QVERIFY(model.index(0).data(PeopleModel::RecentRole).value<RecentSkews>().points.isEmpty());
    model.setRecent([](const QString &userId) {
        return RecentSkews{{{Now - 10min, userId == u"1"_s ? 3000 : 0, 900, StampState::Ok, false}}, Now};
    });
    model.setClocks({{u"1"_s, clockOf(3000)}});
    QCOMPARE(model.index(0).data(PeopleModel::RecentRole).value<RecentSkews>().points.size(), 1);
    QCOMPARE(model.index(0).data(Qt::AccessibleTextRole).toString(),
             u"ana, clock 3 ms ahead ± 9 ms, steady"_s);
    QVERIFY(model.index(0).data(Qt::ToolTipRole).toString().contains(u"last ten minutes"_s));
}

QTEST_GUILESS_MAIN(tst_PeopleModel)
#include "tst_peoplemodel.moc"
