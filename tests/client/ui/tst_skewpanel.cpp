// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Skews over time: the axis, the picture, its values, the table and the panel around them.
#include "client/ui/clocktable.h"
#include "client/ui/skewcanvas.h"
#include "client/ui/skewpanel.h"
#include "client/ui/skewvalues.h"
#include "client/ui/view/consistentcolor.h"
#include "tests/support/manualclock.h"

#include <QAction>
#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace Synchat;
using namespace std::chrono_literals;

namespace {

constexpr MonoTime Now = MonoTime(10h);

SkewPoint point(Nanos ago, OptionalMicros skew, OptionalMicros bound = 1000)
{
    return {Now - ago, skew, bound, StampState::Ok, false};
}

ClockSubject member(const QString &name)
{
    return {ClockSubject::Kind::Member, u"m:"_s + name, name, name};
}

SkewPicture picture(const QList<std::pair<QString, QList<SkewPoint>>> &series)
{
    SkewHistory history;
    QList<ClockSubject> subjects;
    for (const auto &[name, points] : series) {
        subjects.append(member(name));
        for (const SkewPoint &one : points)
            history.add(subjects.constLast().key, one);
    }
    return SkewPicture::of(history, subjects, {}, Now, 10min, SkewScale::Kind::Linear);
}

MemberClock clockOf(const QString &id, WireMicros skew)
{
    return {id, skew, 900, StampState::Ok, false};
}

} // namespace

class tst_SkewPanel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void roundLengths_data();
    void roundLengths();
    void scales_data();
    void scales();
    void linearTicks();
    void gapsStayGaps();
    void lastValueHoldsUntilNow();
    void manyPointsKeepTheirPeaks();
    void scaleFitsWhatIsShown();
    void pointerFindsTheNearest();
    void timeAxis();
    void values();
    void colorsCanBeSeen();
    void tableSaysPercentiles();
    void boxesHideCurves();
    void onlyOneAndAll();
    void pauseHoldsThePicture();
    void tableNeedsNoScrolling_data();
    void tableNeedsNoScrolling();
    void readOutByKeys();
    void savesPictureAndValues();
    void withoutConnection();
    void addingIsCheap();
    void paintingIsCheap();

private:
    void openPanel();
    template <typename T>
    T *find(const QString &name) const
    {
        return m_panel->findChild<T *>(name);
    }

    ManualClock m_clock;
    std::unique_ptr<SkewRecorder> m_recorder;
    std::unique_ptr<SkewPanel> m_panel;
};

void tst_SkewPanel::roundLengths_data()
{
    QTest::addColumn<WireMicros>("length");
    QTest::addColumn<WireMicros>("round");
    QTest::newRow("nothing") << WireMicros(0) << WireMicros(0);
    QTest::newRow("negative") << WireMicros(-5) << WireMicros(0);
    QTest::newRow("one") << WireMicros(1) << WireMicros(1);
    QTest::newRow("three") << WireMicros(3) << WireMicros(5);
    QTest::newRow("six-ms") << WireMicros(6'000) << WireMicros(10'000);
    QTest::newRow("over-10-s") << WireMicros(10'000'001) << WireMicros(20'000'000);
    QTest::newRow("21-s") << WireMicros(21'000'000) << WireMicros(30'000'000);
    QTest::newRow("a-minute") << WireMicros(60'000'000) << WireMicros(60'000'000);
    QTest::newRow("four-minutes") << WireMicros(240'000'000) << WireMicros(300'000'000);
    QTest::newRow("absurd") << WireMicros(9'007'199'254'740'992) << WireMicros(31'536'000'000'000);
}

void tst_SkewPanel::roundLengths()
{
    QFETCH(const WireMicros, length);
    QTEST(SkewScale::roundUp(length), "round");
}

void tst_SkewPanel::scales_data()
{
    QTest::addColumn<SkewScale::Kind>("kind");
    QTest::addColumn<WireMicros>("lo");
    QTest::addColumn<WireMicros>("hi");
    for (const auto kind : {SkewScale::Kind::Linear, SkewScale::Kind::NearAndFar}) {
        const bool linear = kind == SkewScale::Kind::Linear;
        const auto row = [&](const char *name, WireMicros lo, WireMicros hi) {
            QTest::addRow("%s-%s", linear ? "linear" : "bent", name) << kind << lo << hi;
        };
        row("nothing", 0, 0);
        row("both-sides", -3'000, 7'100);
        row("all-ahead", 200, 61'000'000);
        row("all-behind", -4'000'000, -3'999'000);
        row("absurd", -9'007'199'254'740'992, 9'007'199'254'740'992);
    }
}

void tst_SkewPanel::scales()
{
    QFETCH(const SkewScale::Kind, kind);
    QFETCH(const WireMicros, lo);
    QFETCH(const WireMicros, hi);
    const SkewScale scale(kind, lo, hi, 100);
    constexpr WireMicros year = 365LL * 86'400 * 1'000'000;
    QVERIFY(scale.lo() <= std::clamp<WireMicros>(lo, -year, 0));
    QVERIFY(scale.hi() >= std::clamp<WireMicros>(hi, 0, year));
    QVERIFY(scale.lo() < scale.hi());
    QCOMPARE(scale.at(scale.lo()), 0.0);
    QCOMPARE(scale.at(scale.hi()), 1.0);
    const QList<WireMicros> ticks = scale.ticks(7);
    QVERIFY(ticks.contains(0));
    QVERIFY(ticks.size() <= 9);
    for (qsizetype i = 1; i < ticks.size(); ++i)
        QVERIFY(scale.at(ticks.at(i - 1)) < scale.at(ticks.at(i)));
}

void tst_SkewPanel::linearTicks()
{
    const SkewScale scale(SkewScale::Kind::Linear, -1'900, 3'600, 1);
    QCOMPARE(scale.ticks(8), (QList<WireMicros>{-2000, -1000, 0, 1000, 2000, 3000, 4000}));
}

void tst_SkewPanel::gapsStayGaps()
{
    const SkewPicture shown = picture(
        {{u"ana"_s, {point(500s, 1000), point(400s, {}, {}), point(300s, 2000, {}), point(0s, 2000)}}});
    const CurveLine line = shown.line(shown.curves.first(), shown.scale());
    QCOMPARE(line.x, (QList<double>{-500.0, -400.0, -300.0, 0.0}));
    QVERIFY(!std::isnan(line.middle.at(0)) && !std::isnan(line.lower.at(0)));
    QVERIFY(std::isnan(line.middle.at(1)) && std::isnan(line.lower.at(1)) && std::isnan(line.upper.at(1)));
    QVERIFY(!std::isnan(line.middle.at(2)));
    QVERIFY(std::isnan(line.lower.at(2)) && std::isnan(line.upper.at(2))); // no bound, no band
    QVERIFY(line.lower.at(3) < line.middle.at(3) && line.middle.at(3) < line.upper.at(3));
}

void tst_SkewPanel::lastValueHoldsUntilNow()
{
    const SkewPicture shown = picture({{u"ana"_s, {point(120s, 1000)}}});
    QCOMPARE(shown.line(shown.curves.first(), shown.scale()).x, (QList<double>{-120.0, 0.0}));
    // What is not known any more does not come back.
    const SkewPicture gone = picture({{u"ana"_s, {point(120s, 1000), point(60s, {}, {})}}});
    const CurveLine line = gone.line(gone.curves.first(), gone.scale());
    QVERIFY(std::isnan(line.middle.constLast()));
}

void tst_SkewPanel::manyPointsKeepTheirPeaks()
{
    QList<SkewPoint> points;
    for (int i = 600; i >= 0; --i)
        points.append(point(i * 1s, i == 301 ? 90'000 : i == 302 ? -90'000 : i % 7));
    const SkewPicture shown = picture({{u"ana"_s, points}});
    const SkewScale scale = shown.scale();
    const CurveLine line = shown.line(shown.curves.first(), scale);
    QVERIFY(line.x.size() < 601);
    QVERIFY(line.middle.contains(scale.at(90'000)) && line.middle.contains(scale.at(-90'000)));
    QCOMPARE(line.x.constLast(), 0.0);
}

void tst_SkewPanel::scaleFitsWhatIsShown()
{
    SkewPicture shown = picture({{u"ana"_s, {point(9s, 500, 400)}}, {u"luis"_s, {point(9s, -61'000'000)}}});
    QVERIFY(shown.scale().lo() <= -61'001'000);
    shown.curves[1].shown = false;
    QVERIFY(shown.scale().lo() > -1000);
    QVERIFY(shown.scale().hi() >= 900);
}

void tst_SkewPanel::pointerFindsTheNearest()
{
    SkewPicture shown = picture(
        {{u"ana"_s, {point(500s, 1000)}}, {u"luis"_s, {point(500s, -1'800'000, 9000), point(60s, {}, {})}}});
    const SkewScale scale = shown.scale();
    const double low = scale.at(-1'800'000);
    SkewHit hit = shown.hit(125.9, low + 0.01, 0.1, scale);
    QCOMPARE(hit.curve, 1);
    QCOMPARE(shown.sentence(hit, 125.9), u"luis: 1.80 s behind ± 9 ms, 2 min 5 s ago"_s);
    QCOMPARE(shown.hit(125.9, low + 0.2, 0.1, scale).curve, -1); // too far
    QCOMPARE(shown.hit(30.0, low, 0.1, scale).curve, -1);        // nothing was known
    QCOMPARE(shown.hit(550.0, low, 2.0, scale).curve, -1);       // before the first
    hit = shown.hit(0.2, 0.5, 2.0, scale);
    QCOMPARE(shown.sentence(hit, 0.2), u"ana: 1 ms ahead ± 1 ms, now"_s);
    shown.curves[0].shown = false;
    QCOMPARE(shown.hit(0.2, 0.5, 2.0, scale).curve, -1);
    QCOMPARE(shown.sentence({}, 1.0), QString());
}

void tst_SkewPanel::timeAxis()
{
    SkewPicture shown;
    QCOMPARE(shown.timeTicks().first(), (std::pair<double, QString>{-600.0, u"−10 min"_s}));
    QCOMPARE(shown.timeTicks().last(), (std::pair<double, QString>{0.0, u"now"_s}));
    shown.span = 1h;
    QCOMPARE(shown.timeTicks().size(), 6);
}

void tst_SkewPanel::values()
{
    SkewPicture shown =
        picture({{u"=ana \"a\""_s, {point(2s, 1000), point(1s, {}, {})}}, {u"b"_s, {point(1s, 5)}}});
    shown.curves[1].shown = false;
    const WallTime wall(std::chrono::seconds(1'764'000'000));
    QCOMPARE(
        skewValues(shown, wall),
        QByteArray("name,kind,time_utc,before_now_us,skew_us,bound_us,state,fault\r\n"
                   "\"'=ana \"\"a\"\"\",member,2025-11-24T15:59:58.000000Z,2000000,1000,1000,ok,false\r\n"
                   "\"'=ana \"\"a\"\"\",member,2025-11-24T15:59:59.000000Z,1000000,,,unknown,false\r\n"));
}

void tst_SkewPanel::colorsCanBeSeen()
{
    for (const Theme &theme : {Theme::light(), Theme::darkTheme()}) {
        for (const QString &name : {u"a"_s, u"time.example"_s, u"pool"_s}) {
            QVERIFY(contrastRatio(curveColor(theme, {ClockSubject::Kind::Source, {}, name, {}}),
                                  theme.background) >= 4.4);
            QVERIFY(contrastRatio(curveColor(theme, member(name)), theme.background) >= 4.4);
        }
    }
}

void tst_SkewPanel::openPanel()
{
    m_clock = ManualClock();
    m_recorder = std::make_unique<SkewRecorder>(m_clock);
    m_panel = std::make_unique<SkewPanel>(m_clock);
    m_panel->setLook({});
    m_panel->resize(1000, 320);
    m_panel->setRecorder(m_recorder.get());
    m_recorder->takeMember({u"u1"_s, u"ana"_s}, clockOf(u"u1"_s, 2'000));
    m_recorder->takeMember({u"u2"_s, u"luis"_s}, clockOf(u"u2"_s, -1'800'000));
    m_clock.advance(90s);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    QCOMPARE(m_panel->picture().curves.size(), 2);
}

void tst_SkewPanel::tableSaysPercentiles()
{
    openPanel();
    m_recorder->takeMember({u"u1"_s, u"ana"_s}, clockOf(u"u1"_s, -3'000));
    m_clock.advance(10s);
    m_panel->refresh();
    const QAbstractItemModel *model = find<ClockTable>(u"skewTable"_s)->model();
    QStringList row;
    for (int column = 0; column < model->columnCount(); ++column)
        row.append(model->index(0, column).data().toString());
    QCOMPARE(row,
             (QStringList{u"ana"_s, u"−3 ms"_s, u"2 ms"_s, u"3 ms"_s, u"3 ms"_s, u"3 ms"_s, u"±0.9 ms"_s}));
    QCOMPARE(model->index(0, 1).data(Qt::AccessibleTextRole).toString(), u"Now: −3 ms"_s);
}

void tst_SkewPanel::boxesHideCurves()
{
    openPanel();
    auto *table = find<ClockTable>(u"skewTable"_s);
    table->setCurrentIndex(table->model()->index(1, SkewTableModel::MaxColumn));
    QTest::keyClick(table, Qt::Key_Space);
    QVERIFY(!m_panel->picture().curves.at(1).shown);
    m_clock.advance(1s);
    m_panel->refresh();
    QVERIFY(!m_panel->picture().curves.at(1).shown); // it stays
    QTest::keyClick(table, Qt::Key_Space);
    QVERIFY(m_panel->picture().curves.at(1).shown);
}

void tst_SkewPanel::onlyOneAndAll()
{
    openPanel();
    auto *table = find<ClockTable>(u"skewTable"_s);
    table->setCurrentIndex(table->model()->index(1, 0));
    find<QAction>(u"skewOnlyAction"_s)->trigger();
    QVERIFY(!m_panel->picture().curves.at(0).shown && m_panel->picture().curves.at(1).shown);
    find<QAction>(u"skewAllAction"_s)->trigger();
    QVERIFY(m_panel->picture().curves.at(0).shown && m_panel->picture().curves.at(1).shown);
}

void tst_SkewPanel::tableNeedsNoScrolling_data()
{
    QTest::addColumn<int>("width");
    for (const int width : {800, 1240, 1920})
        QTest::addRow("%d", width) << width;
}

void tst_SkewPanel::tableNeedsNoScrolling()
{
    QFETCH(int, width);
    openPanel();
    m_panel->resize(width, 320);
    // A value that grows takes a wider column with it.
    m_recorder->takeMember({u"u1"_s, u"ana"_s}, clockOf(u"u1"_s, -8'405'000'000));
    m_clock.advance(1s);
    m_panel->refresh();
    const auto *table = find<ClockTable>(u"skewTable"_s);
    QTRY_VERIFY(!table->horizontalScrollBar()->isVisible());
    for (const int column : {SkewTableModel::NameColumn, SkewTableModel::NowColumn, SkewTableModel::P99Column,
                             SkewTableModel::BoundColumn}) {
        QVERIFY(!table->isColumnHidden(column));
        const int right = table->columnViewportPosition(column) + table->columnWidth(column);
        QVERIFY(right <= table->viewport()->width());
    }
}

void tst_SkewPanel::pauseHoldsThePicture()
{
    openPanel();
    auto *button = find<QToolButton>(u"skewPauseButton"_s);
    button->click();
    const MonoTime held = m_panel->picture().now;
    m_clock.advance(30s);
    m_recorder->takeMember({u"u1"_s, u"ana"_s}, clockOf(u"u1"_s, 77'000));
    m_panel->refresh();
    QCOMPARE(m_panel->picture().now, held);
    QCOMPARE(m_panel->picture().curves.at(0).points.constLast().skew, OptionalMicros(2'000));
    button->click();
    QCOMPARE(m_panel->picture().now, held + 30s);
    QCOMPARE(m_panel->picture().curves.at(0).points.constLast().skew, OptionalMicros(77'000));
}

void tst_SkewPanel::readOutByKeys()
{
    if (!SkewCanvas::canDraw())
        QSKIP("built without QCustomPlot");
    openPanel();
    const auto *readOut = find<QLabel>(u"skewReadOut"_s);
    QCOMPARE(readOut->text(), QString());
    auto *canvas = find<SkewCanvas>(u"skewCanvas"_s);
    QTest::keyClick(canvas, Qt::Key_Left);
    QCOMPARE(readOut->text(), u"ana: 2 ms ahead ± 0.9 ms, 10 s ago"_s);
    QTest::keyClick(canvas, Qt::Key_Right);
    QCOMPARE(readOut->text(), u"ana: 2 ms ahead ± 0.9 ms, now"_s);
}

void tst_SkewPanel::savesPictureAndValues()
{
    openPanel();
    QTemporaryDir folder;
    QVERIFY(m_panel->savePicture(folder.filePath(u"a.png"_s)));
    QVERIFY(QImage(folder.filePath(u"a.png"_s)).width() > 500);
    QVERIFY(m_panel->saveValues(folder.filePath(u"a.csv"_s)));
    QFile file(folder.filePath(u"a.csv"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("\"luis\",member,"));
    QVERIFY(!m_panel->savePicture(folder.filePath(u"no/such/a.png"_s)));
    QVERIFY(!m_panel->saveValues(folder.filePath(u"no/such/a.csv"_s)));
}

void tst_SkewPanel::withoutConnection()
{
    openPanel();
    m_panel->setRecorder(nullptr);
    m_recorder.reset();
    m_panel->refresh();
    QCOMPARE(m_panel->picture().curves.size(), 0);
    QCOMPARE(find<QLabel>(u"skewReadOut"_s)->text(), u"Nothing has been measured yet."_s);
}

void tst_SkewPanel::addingIsCheap()
{
    QStringList keys;
    for (int i = 0; i < 200; ++i)
        keys.append(SkewHistory::memberKey(QString::number(i)));
    SkewHistory history;
    Nanos at{};
    QBENCHMARK
    { // 200 series, one point each
        at += 1s;
        for (const QString &key : keys)
            history.add(key, {MonoTime(at), at.count() % 7919, 100, StampState::Ok, false});
    }
}

void tst_SkewPanel::paintingIsCheap()
{
    if (!SkewCanvas::canDraw())
        QSKIP("built without QCustomPlot");
    SkewHistory history;
    QList<ClockSubject> subjects;
    for (int i = 0; i < 50; ++i) {
        subjects.append(member(QString::number(i)));
        for (int second = 3600; second > 0; second -= 2)
            history.add(subjects.constLast().key, point(second * 1s, i * 100 + second * 7919 % 1000, 500));
    }
    SkewCanvas canvas;
    canvas.resize(1000, 400);
    QBENCHMARK
    {
        canvas.draw(SkewPicture::of(history, subjects, {}, Now, 1h, SkewScale::Kind::NearAndFar));
        canvas.grab();
    }
}

QTEST_MAIN(tst_SkewPanel)
#include "tst_skewpanel.moc"
