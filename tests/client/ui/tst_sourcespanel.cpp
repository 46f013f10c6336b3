// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The table of sources: its words, its model and the panel around it.
#include "client/core/sourcestext.h"
#include "client/ui/clocktable.h"
#include "client/ui/sourcesmodel.h"
#include "client/ui/sourcespanel.h"
#include "tests/client/samplesources.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;
using namespace std::chrono_literals;

namespace {

SourcesReport threeSources()
{
    SourcesReport report;
    report.state = StampState::Ok;
    report.bound = 900;
    report.offset = -200;
    report.sources = {sampleSource(u"ntp.one"_s, u'*', -200), sampleSource(u"ntp.two"_s, u'+', 800),
                      sampleSource(u"liar.example"_s, u'x', 4'999'800)};
    report.sources[2].reason = u"It disagrees with the majority of the sources: falseticker."_s;
    return report;
}

QString cell(const SourcesModel &model, int row, int column)
{
    return model.index(row, column).data().toString();
}

} // namespace

class tst_SourcesPanel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void marks_data();
    void marks();
    void kinds_data();
    void kinds();
    void reach_data();
    void reach();
    void offsets_data();
    void offsets();
    void bounds();
    void references_data();
    void references();
    void emptySentences_data();
    void emptySentences();
    void modelSaysWhatTheReportSays();
    void agesCountOn();
    void falsetickersStandOut();
    void keepsTheChosenRow();
    void saysWhyItIsEmpty();
    void saysTheChosenSource();
    void narrowOnesShowLess();
    void lowOnesKeepTheRows();
    void whoIsNotUsedIsExplainedFirst();
    void copiesRows();
};

void tst_SourcesPanel::marks_data()
{
    QTest::addColumn<QChar>("letter");
    QTest::addColumn<Mark>("shape");
    QTest::addColumn<QString>("word");
    QTest::newRow("best") << QChar(u'*') << Mark::Fine << u"best"_s;
    QTest::newRow("used") << QChar(u'+') << Mark::Fine << u"used"_s;
    QTest::newRow("not-needed") << QChar(u'-') << Mark::HeldOver << u"not needed"_s;
    QTest::newRow("falseticker") << QChar(u'x') << Mark::Contradiction << u"falseticker"_s;
    QTest::newRow("unsteady") << QChar(u'~') << Mark::Off << u"too unsteady"_s;
    QTest::newRow("unusable") << QChar(u'?') << Mark::Unknown << u"not usable"_s;
    QTest::newRow("unknown-letter") << QChar(u'!') << Mark::Unknown << u"not usable"_s;
}

void tst_SourcesPanel::marks()
{
    QFETCH(const QChar, letter);
    QTEST(SourcesText::shapeOf(letter), "shape");
    QTEST(SourcesText::markWord(letter), "word");
    QVERIFY(SourcesText::markMeaning(letter).endsWith(u'.'));
}

void tst_SourcesPanel::kinds_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<bool>("unverified");
    QTest::addColumn<QString>("words");
    QTest::newRow("ntp") << u"ntp"_s << false << u"NTP"_s;
    QTest::newRow("http") << u"http"_s << true << u"HTTP, unverified"_s;
    QTest::newRow("os") << u"os"_s << false << u"system clock"_s;
    QTest::newRow("self") << u"self"_s << false << u"this daemon"_s;
    QTest::newRow("of-tomorrow") << u"gnss"_s << false << u"gnss"_s;
}

void tst_SourcesPanel::kinds()
{
    QFETCH(const QString, kind);
    QFETCH(const bool, unverified);
    TimeSourceRow row;
    row.kind = kind;
    row.unverified = unverified;
    QTEST(SourcesText::kind(row), "words");
}

void tst_SourcesPanel::reach_data()
{
    QTest::addColumn<int>("reach");
    QTest::addColumn<QString>("octal");
    QTest::addColumn<QString>("words");
    QTest::newRow("all") << 0377 << u"377"_s
                         << u"●●●●●●●●, the newest at the right: 8 of the last 8 questions were answered."_s;
    QTest::newRow("newest-lost")
        << 0376 << u"376"_s
        << u"●●●●●●●○, the newest at the right: 7 of the last 8 questions were answered."_s;
    QTest::newRow("first") << 1 << u"001"_s
                           << u"○○○○○○○●, the newest at the right: 1 of the last 8 questions was answered."_s;
    QTest::newRow("none") << 0 << u"000"_s
                          << u"○○○○○○○○, the newest at the right: 0 of the last 8 questions were answered."_s;
}

void tst_SourcesPanel::reach()
{
    QFETCH(const int, reach);
    QTEST(SourcesText::reach(static_cast<quint8>(reach)), "octal");
    QTEST(SourcesText::reachInWords(static_cast<quint8>(reach)), "words");
}

void tst_SourcesPanel::offsets_data()
{
    QTest::addColumn<OptionalMicros>("reference");
    QTest::addColumn<OptionalMicros>("offset");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("ahead") << OptionalMicros(-200) << OptionalMicros(4'999'800) << u"+5.00 s"_s
                           << u"5.00 s ahead of the reference."_s;
    QTest::newRow("behind") << OptionalMicros(0) << OptionalMicros(-2'000) << u"−2 ms"_s
                            << u"2 ms behind the reference."_s;
    QTest::newRow("same") << OptionalMicros(7) << OptionalMicros(7) << u"0 µs"_s
                          << u"It shows the reference's time."_s;
    QTest::newRow("no-reference") << OptionalMicros() << OptionalMicros(3'000) << u"+3 ms"_s
                                  << u"3 ms ahead of the daemon's clock; there is no reference."_s;
    QTest::newRow("never-heard") << OptionalMicros(0) << OptionalMicros() << u"–"_s
                                 << u"How far it is off is not known."_s;
}

void tst_SourcesPanel::offsets()
{
    QFETCH(const OptionalMicros, reference);
    QFETCH(const OptionalMicros, offset);
    SourcesReport report;
    report.offset = reference;
    const TimeSourceRow row = sampleSource(u"a"_s, u'+', offset);
    QTEST(SourcesText::offset(report, row), "text");
    QTEST(SourcesText::offsetInWords(report, row), "words");
}

void tst_SourcesPanel::bounds()
{
    TimeSourceRow row = sampleSource(u"a"_s, u'+', 0);
    QCOMPARE(SourcesText::bound(row), u"±0.9 ms"_s);
    row.bound = 130'000;
    row.unverified = true;
    row.assumedError = 100'000;
    QVERIFY(SourcesText::boundInWords(row).endsWith(
        u"Of that, ± 100 ms is an assumption, which nothing confirms."_s));
    row.assumedError.reset();
    QVERIFY(SourcesText::boundInWords(row).endsWith(
        u"A part of that is an assumption, which nothing confirms."_s));
    row.bound.reset();
    QCOMPARE(SourcesText::bound(row), u"–"_s);
    QCOMPARE(SourcesText::boundInWords(row), u"How far it can be trusted is not known."_s);
    QCOMPARE(SourcesText::age({}), u"never"_s);
}

void tst_SourcesPanel::references_data()
{
    QTest::addColumn<StampState>("state");
    QTest::addColumn<bool>("fault");
    QTest::addColumn<QString>("note");
    QTest::addColumn<Mark>("mark");
    QTest::addColumn<QString>("says");
    QTest::newRow("fine")
        << StampState::Ok << false << u""_s << Mark::Fine
        << u"The reference is confirmed within ±0.9 ms. The daemon's clock is 0.2 ms ahead of it."_s;
    QTest::newRow("single") << StampState::Ok << false << u"There is a single source."_s << Mark::Fine
                            << u"There is a single source."_s;
    QTest::newRow("held-over") << StampState::Holdover << false << u""_s << Mark::HeldOver << u"held over"_s;
    QTest::newRow("unsynced") << StampState::Unsynced << false << u""_s << Mark::Unknown
                              << u"no better than"_s;
    QTest::newRow("contradiction") << StampState::Falseticker << false << u""_s << Mark::Contradiction
                                   << u"contradict each other"_s;
    QTest::newRow("fault") << StampState::Ok << true << u""_s << Mark::Fine << u"injected fault"_s;
}

void tst_SourcesPanel::references()
{
    QFETCH(const StampState, state);
    QFETCH(const bool, fault);
    QFETCH(const QString, note);
    QFETCH(const QString, says);
    SourcesReport report = threeSources();
    report.state = state;
    report.fault = fault;
    report.note = note;
    QTEST(SourcesText::referenceMark(report), "mark");
    QVERIFY2(SourcesText::reference(report).contains(says), qPrintable(SourcesText::reference(report)));
}

void tst_SourcesPanel::emptySentences_data()
{
    using Trouble = SourcesPoll::Trouble;
    QTest::addColumn<Trouble>("trouble");
    QTest::addColumn<bool>("reported");
    QTest::addColumn<QString>("title");
    QTest::newRow("not-connected") << Trouble::NotAsked << false << u"Not connected"_s;
    QTest::newRow("no-answer") << Trouble::NoAnswer << false << u"No answer yet"_s;
    QTest::newRow("older-daemon") << Trouble::NotOffered << false << u"Not told"_s;
    QTest::newRow("none-configured") << Trouble::None << true << u"No source of time"_s;
}

void tst_SourcesPanel::emptySentences()
{
    QFETCH(const SourcesPoll::Trouble, trouble);
    QFETCH(const bool, reported);
    const auto report = reported ? std::optional(SourcesReport()) : std::nullopt;
    QTEST(SourcesPanel::emptyTitle(trouble, report), "title");
    QVERIFY(SourcesPanel::emptyHint(trouble, report).endsWith(u'.'));
    QCOMPARE(SourcesPanel::emptyTitle(SourcesPoll::Trouble::None, threeSources()), QString());
}

void tst_SourcesPanel::modelSaysWhatTheReportSays()
{
    SourcesModel model;
    model.setReport(threeSources(), MonoTime(100s));
    QCOMPARE(model.rowCount(), 3);
    QStringList row;
    for (int column = 0; column < model.columnCount(); ++column)
        row.append(cell(model, 2, column));
    QCOMPARE(row, (QStringList{u"x falseticker"_s, u"liar.example"_s, u"NTP"_s, u"2"_s, u"377"_s, u"4 s"_s,
                               u"+5.00 s"_s, u"±0.9 ms"_s, u"12 ms"_s,
                               u"It disagrees with the majority of the sources: falseticker."_s}));
    const auto tip = [&model] {
        return model.headerData(SourcesModel::OffsetColumn, Qt::Horizontal, Qt::ToolTipRole).toString();
    };
    QVERIFY(tip().contains(u"of the reference"_s));
    SourcesReport split = threeSources();
    split.offset.reset();
    model.setReport(split, MonoTime(101s));
    QVERIFY(tip().contains(u"of the daemon's clock"_s));
    QCOMPARE(model.index(0, SourcesModel::MarkColumn).data(Qt::AccessibleTextRole).toString(),
             u"ntp.one: best"_s);
    QVERIFY(
        model.index(0, SourcesModel::NameColumn).data(Qt::ToolTipRole).toString().contains(u"stratum 2"_s));
    model.setReport(std::nullopt, MonoTime(102s));
    QCOMPARE(model.rowCount(), 0);
}

void tst_SourcesPanel::agesCountOn()
{
    SourcesModel model;
    SourcesReport report = threeSources();
    report.sources[1].age.reset();
    model.setReport(report, MonoTime(100s));
    model.setNow(MonoTime(103s));
    QCOMPARE(cell(model, 0, SourcesModel::AgeColumn), u"7 s"_s);
    QCOMPARE(cell(model, 1, SourcesModel::AgeColumn), u"never"_s);
}

void tst_SourcesPanel::falsetickersStandOut()
{
    SourcesModel model;
    model.setTheme(Theme::darkTheme());
    model.setReport(threeSources(), MonoTime(100s));
    const auto color = [&model](int row, int column) {
        return model.index(row, column).data(Qt::ForegroundRole).value<QColor>();
    };
    QCOMPARE(color(2, SourcesModel::NameColumn), Theme::darkTheme().contradiction);
    QCOMPARE(color(0, SourcesModel::NameColumn), Theme::darkTheme().text);
    QCOMPARE(color(0, SourcesModel::MarkColumn), Theme::darkTheme().fine);
    QVERIFY(model.index(2, SourcesModel::NameColumn).data(ClockTable::LoudRole).toBool());
    QVERIFY(!model.index(0, SourcesModel::NameColumn).data(ClockTable::LoudRole).toBool());
    QCOMPARE(model.index(2, 0).data(ClockTable::MarkRole).toInt(), static_cast<int>(Mark::Contradiction));
}

void tst_SourcesPanel::keepsTheChosenRow()
{
    SourcesModel model;
    model.setReport(threeSources(), MonoTime(100s));
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    SourcesReport next = threeSources();
    next.sources[1].mark = u'?';
    model.setReport(next, MonoTime(130s));
    QCOMPARE(reset.size(), 0);
    QCOMPARE(cell(model, 1, 0), u"? not usable"_s);
    next.sources.removeLast();
    model.setReport(next, MonoTime(130s));
    QCOMPARE(reset.size(), 1);
}

void tst_SourcesPanel::saysWhyItIsEmpty()
{
    SourcesPanel panel;
    panel.setLook({});
    panel.resize(900, 300);
    panel.show();
    const auto *table = panel.findChild<ClockTable *>(u"sourcesTable"_s);
    const auto *title = panel.findChild<QLabel *>(u"sourcesEmptyTitle"_s);
    QVERIFY(!table->isVisible() && title->isVisible());
    panel.setReport(threeSources(), SourcesPoll::Trouble::None, MonoTime(1s));
    QVERIFY(table->isVisible() && !title->isVisible());
    panel.setReport(std::nullopt, SourcesPoll::Trouble::NotOffered, MonoTime(2s));
    QVERIFY(!table->isVisible() && title->isVisible());
    QCOMPARE(title->text(), u"Not told"_s);
}

void tst_SourcesPanel::saysTheChosenSource()
{
    SourcesPanel panel;
    panel.setLook({});
    panel.resize(900, 300);
    panel.setReport(threeSources(), SourcesPoll::Trouble::None, MonoTime(1s));
    panel.show();
    const auto *chosen = panel.findChild<QLabel *>(u"sourcesChosen"_s);
    QVERIFY(chosen->isHidden());
    panel.focusTable();
    auto *table = panel.findChild<ClockTable *>(u"sourcesTable"_s);
    table->setCurrentIndex(table->model()->index(0, 0));
    QVERIFY(chosen->text().startsWith(u"ntp.one: It agrees with the majority"_s));
    QTest::keyClick(table, Qt::Key_Down);
    QTest::keyClick(table, Qt::Key_Down);
    QVERIFY2(chosen->text().startsWith(u"liar.example: It disagrees with the majority"_s),
             qPrintable(chosen->text()));
    panel.setReport(std::nullopt, SourcesPoll::Trouble::NoAnswer, MonoTime(2s));
    QVERIFY(chosen->isHidden());
}

void tst_SourcesPanel::narrowOnesShowLess()
{
    SourcesPanel panel;
    panel.setLook({});
    SourcesReport report = threeSources();
    report.sources[0].name = QString(200, u'n');
    panel.setReport(report, SourcesPoll::Trouble::None, MonoTime(1s));
    panel.resize(1200, 300);
    panel.show();
    const auto *table = panel.findChild<ClockTable *>(u"sourcesTable"_s);
    for (int column = 0; column < SourcesModel::ColumnCount; ++column)
        QVERIFY2(!table->isColumnHidden(column), qPrintable(QString::number(column)));
    panel.resize(460, 300);
    QVERIFY(table->isColumnHidden(SourcesModel::StratumColumn));
    for (const int column : {SourcesModel::MarkColumn, SourcesModel::NameColumn, SourcesModel::AgeColumn,
                             SourcesModel::OffsetColumn, SourcesModel::BoundColumn})
        QVERIFY2(!table->isColumnHidden(column), qPrintable(QString::number(column)));
    const int last = table->columnViewportPosition(SourcesModel::BoundColumn);
    QVERIFY(last + table->columnWidth(SourcesModel::BoundColumn) <= table->viewport()->width());
}

void tst_SourcesPanel::lowOnesKeepTheRows()
{
    SourcesPanel panel;
    panel.setLook({});
    panel.setReport(threeSources(), SourcesPoll::Trouble::None, MonoTime(1s));
    panel.resize(800, 240);
    panel.show();
    QVERIFY(panel.findChild<QLabel *>(u"sourcesLegend"_s)->isVisible());
    panel.resize(800, 170);
    QVERIFY(!panel.findChild<QLabel *>(u"sourcesLegend"_s)->isVisible());
}

void tst_SourcesPanel::whoIsNotUsedIsExplainedFirst()
{
    SourcesReport report = threeSources();
    for (TimeSourceRow &source : report.sources)
        source.mark = u'+';
    SourcesPanel allAgree;
    allAgree.setReport(report, SourcesPoll::Trouble::None, MonoTime(1s));
    const auto *table = allAgree.findChild<ClockTable *>(u"sourcesTable"_s);
    allAgree.focusTable();
    QCOMPARE(table->currentIndex().row(), 0);
    report.sources[0].kind = u"self"_s;
    report.sources[0].mark = u'-';
    report.sources[2].mark = u'x';
    SourcesPanel oneLies;
    oneLies.setReport(report, SourcesPoll::Trouble::None, MonoTime(1s));
    table = oneLies.findChild<ClockTable *>(u"sourcesTable"_s);
    oneLies.focusTable();
    QCOMPARE(table->currentIndex().row(), 2);
}

void tst_SourcesPanel::copiesRows()
{
    SourcesPanel panel;
    panel.setLook({});
    panel.resize(1200, 300);
    SourcesReport report = threeSources();
    report.sources[0].name = u"a\tb\nc"_s; // may not break the rows
    panel.setReport(report, SourcesPoll::Trouble::None, MonoTime(1s));
    panel.show();
    auto *table = panel.findChild<ClockTable *>(u"sourcesTable"_s);
    QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
    const QStringList all = QGuiApplication::clipboard()->text().split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(all.size(), 4);
    QCOMPARE(all.at(0).split(u'\t').size(), static_cast<int>(SourcesModel::ColumnCount));
    QVERIFY(all.at(1).startsWith(u"* best\ta b c\tNTP"_s));
    table->selectRow(2);
    QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
    const QStringList one = QGuiApplication::clipboard()->text().split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(one.size(), 2);
    QVERIFY(one.at(1).startsWith(u"x falseticker\tliar.example"_s));
}

QTEST_MAIN(tst_SourcesPanel)
#include "tst_sourcespanel.moc"
