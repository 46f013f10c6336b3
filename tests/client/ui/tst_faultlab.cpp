// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Faults injected into the clock of a window: words, fields, dialog, strip, menu.
#include "client/ui/faultdialog.h"
#include "client/ui/faultlab.h"
#include "client/ui/faultstrip.h"
#include "client/ui/look.h"
#include "client/ui/view/consistentcolor.h"
#include "common/faultclock.h"
#include "tests/support/manualclock.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMainWindow>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;
using namespace std::chrono_literals;

namespace {

ClockFault faultOf(const QString &text)
{
    const auto fault = ClockFault::parse(text);
    if (!fault)
        qFatal("%s", qPrintable(fault.error()));
    return *fault;
}

template <typename T>
T *find(const QObject &in, const QString &name)
{
    T *found = in.findChild<T *>(name);
    if (!found)
        qFatal("nothing is called %s", qPrintable(name));
    return found;
}

} // namespace

class tst_FaultLab : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void words_data();
    void words();
    void previews();
    void draftsKeepTheFault_data();
    void draftsKeepTheFault();
    void presetsAreFaults();
    void dialogIsReadableInBothThemes();
    void dialogByFields();
    void dialogByText();
    void dialogRefusesNonsense();
    void stripSentences();
    void stripIsReadable();
    void injectsAndTurnsOff();
    void withoutAClockNothingCanBeInjected();
};

void tst_FaultLab::words_data()
{
    QTest::addColumn<QString>("expected");
    QTest::newRow("none") << u"no fault"_s;
    QTest::newRow("offset=+250ms") << u"250 ms ahead"_s;
    QTest::newRow("offset=-1.8s") << u"1.8 s behind"_s;
    QTest::newRow("offset=-3h") << u"3 h behind"_s;
    QTest::newRow("offset=90s") << u"90 s ahead"_s;
    QTest::newRow("offset=-10min") << u"10 min behind"_s;
    QTest::newRow("offset=250us") << u"250 µs ahead"_s;
    QTest::newRow("drift=40ppm") << u"drifting 40 ppm fast"_s;
    QTest::newRow("drift=-12.5ppm") << u"drifting 12.5 ppm slow"_s;
    QTest::newRow("jitter=5ms") << u"jittering by up to 5 ms"_s;
    QTest::newRow("freeze") << u"frozen"_s;
    QTest::newRow("freeze@30s") << u"frozen after 30 s"_s;
    QTest::newRow("step=-3.7s@60s") << u"jumping back 3.7 s after 60 s"_s;
    QTest::newRow("step=+1s@0s") << u"jumping ahead 1 s after 0 s"_s;
    QTest::newRow("offset=+250ms,drift=40ppm") << u"250 ms ahead, drifting 40 ppm fast"_s;
}

void tst_FaultLab::words()
{
    QString words = FaultWords::of(faultOf(QString::fromLatin1(QTest::currentDataTag())));
    words.replace(u"after 0 ns"_s, u"after 0 s"_s); // nothing is nothing in every unit
    QTEST(words, "expected");
}

void tst_FaultLab::previews()
{
    QVERIFY(FaultWords::preview({}).startsWith(u"No fault"_s));
    const QString drift = FaultWords::preview(faultOf(u"drift=40ppm"_s));
    QVERIFY2(drift.contains(u"It gains 3.46 s a day."_s), qPrintable(drift));
    QVERIFY(FaultWords::preview(faultOf(u"step=-3.7s@60s"_s)).contains(u"earlier times"_s));
    QVERIFY(!FaultWords::preview(faultOf(u"step=3.7s@60s"_s)).contains(u"earlier times"_s));
    QCOMPARE(FaultWords::option(faultOf(u"offset=250ms,drift=40ppm"_s)),
             u"--clock-fault=offset=+250ms,drift=+40ppm"_s);
}

void tst_FaultLab::draftsKeepTheFault_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"none", "offset=+250ms", "offset=-1.8s", "drift=-40ppm", "jitter=5ms", "freeze",
                             "freeze@30s", "step=-3.7s@60s",
                             "offset=2h,drift=0.5ppm,jitter=10us,freeze@90s,"
                             "step=1ms@1h"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void tst_FaultLab::draftsKeepTheFault()
{
    QFETCH(QString, text);
    const ClockFault fault = faultOf(text);
    QCOMPARE(faultOf(FaultDraft::from(fault).text()), fault);
}

void tst_FaultLab::presetsAreFaults()
{
    const QList<FaultDraft::Preset> presets = FaultDraft::presets();
    QCOMPARE(presets.size(), 6);
    for (const FaultDraft::Preset &preset : presets)
        QVERIFY2(!faultOf(preset.text).isNone(), qPrintable(preset.name));
}

void tst_FaultLab::dialogIsReadableInBothThemes()
{
    for (const Theme &theme : {Theme::light(), Theme::darkTheme()}) {
        QWidget window;
        window.setStyleSheet(styleSheetFor(theme));
        auto *dialog = new FaultDialog(faultOf(u"offset=1s"_s), &window);
        dressFields(*dialog, theme.palette());
        dialog->show();
        QVERIFY(QTest::qWaitForWindowExposed(dialog));
        const QList<QWidget *> fields = dialog->findChildren<QWidget *>();
        for (const QWidget *field : fields) {
            if (!qobject_cast<const QAbstractSpinBox *>(field) && !qobject_cast<const QComboBox *>(field))
                continue;
            const QPalette &palette = field->palette();
            QVERIFY2(contrastRatio(palette.color(QPalette::Text), palette.color(QPalette::Base)) >= 4.5 &&
                         contrastRatio(palette.color(QPalette::ButtonText),
                                       palette.color(QPalette::Button)) >= 4.5,
                     qPrintable(field->objectName()));
        }
        const auto *text = find<QLineEdit>(*dialog, u"faultText"_s);
        QVERIFY(text->height() >= text->sizeHint().height());
    }
}

void tst_FaultLab::dialogByFields()
{
    auto *dialog = new FaultDialog({});
    QSignalSpy chosen(dialog, &FaultDialog::chosen);
    auto *inject = find<QPushButton>(*dialog, u"faultInject"_s);
    QVERIFY(!inject->isEnabled()); // no fault yet
    find<QDoubleSpinBox>(*dialog, u"faultOffset"_s)->setValue(-250);
    find<QDoubleSpinBox>(*dialog, u"faultDrift"_s)->setValue(40);
    find<QDoubleSpinBox>(*dialog, u"faultStep"_s)->setValue(-3.7);
    find<QComboBox>(*dialog, u"faultStepUnit"_s)->setCurrentIndex(1);
    find<QCheckBox>(*dialog, u"faultFreeze"_s)->click();
    const QString text = find<QLineEdit>(*dialog, u"faultText"_s)->text();
    QVERIFY2(text.startsWith(u"offset=-250ms,drift=40ppm,freeze,step=-3.7s@60s"_s), qPrintable(text));
    QVERIFY(find<QLabel>(*dialog, u"faultPreview"_s)->text().contains(u"250 ms behind"_s));
    inject->click();
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.first().first().value<ClockFault>(), faultOf(text));
}

void tst_FaultLab::dialogByText()
{
    FaultDialog dialog(faultOf(u"offset=1s"_s));
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    QSignalSpy chosen(&dialog, &FaultDialog::chosen);
    QCOMPARE(find<QDoubleSpinBox>(dialog, u"faultOffset"_s)->value(), 1.0);
    QCOMPARE(find<QComboBox>(dialog, u"faultOffsetUnit"_s)->currentData().toString(), u"s"_s);
    auto *text = find<QLineEdit>(dialog, u"faultText"_s);
    text->selectAll();
    QTest::keyClicks(text, u"jitter=5ms"_s);
    QCOMPARE(find<QDoubleSpinBox>(dialog, u"faultJitter"_s)->value(), 5.0);
    QCOMPARE(find<QDoubleSpinBox>(dialog, u"faultOffset"_s)->value(), 0.0);
    QCOMPARE(text->text(), u"jitter=5ms"_s); // what is typed stays as it was typed
    auto *presets = find<QComboBox>(dialog, u"faultPresets"_s);
    presets->setCurrentIndex(1);
    Q_EMIT presets->activated(1);
    QCOMPARE(text->text(), u"offset=-1.8s"_s);
    find<QPushButton>(dialog, u"faultOff"_s)->click();
    QVERIFY(chosen.first().first().value<ClockFault>().isNone());
}

void tst_FaultLab::dialogRefusesNonsense()
{
    FaultDialog dialog({});
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    auto *text = find<QLineEdit>(dialog, u"faultText"_s);
    auto *problem = find<QLabel>(dialog, u"faultProblem"_s);
    auto *inject = find<QPushButton>(dialog, u"faultInject"_s);
    text->selectAll();
    QTest::keyClicks(text, u"offset=5ms"_s);
    QVERIFY(inject->isEnabled() && problem->text().isEmpty());
    QTest::keyClicks(text, u",wobble"_s);
    QVERIFY(!inject->isEnabled() && !problem->text().isEmpty());
    find<QDoubleSpinBox>(dialog, u"faultOffset"_s)->setValue(7); // the fields are still a fault
    QVERIFY(inject->isEnabled() && problem->text().isEmpty());
    find<QComboBox>(dialog, u"faultOffsetUnit"_s)->setCurrentIndex(3);
    find<QDoubleSpinBox>(dialog, u"faultOffset"_s)->setValue(1e9); // hours
    QVERIFY(!inject->isEnabled() && !problem->text().isEmpty());
}

void tst_FaultLab::stripSentences()
{
    QCOMPARE(FaultStrip::sentence({}, false), QString());
    QCOMPARE(FaultStrip::sentence(u"250 ms ahead"_s, false), u"Clock fault injected here: 250 ms ahead."_s);
    QCOMPARE(FaultStrip::sentence({}, true), u"The daemon runs under an injected clock fault."_s);
    QCOMPARE(FaultStrip::sentence(u"frozen"_s, true),
             u"Clock fault injected here: frozen. The daemon runs under one, too."_s);
}

void tst_FaultLab::stripIsReadable()
{
    for (const Theme &theme : {Theme::light(), Theme::darkTheme()}) {
        QVERIFY(contrastRatio(theme.background, theme.contradiction) >= 4.5); // the strip's words
        QVERIFY(contrastRatio(theme.contradiction, theme.panel) >= 4.5);      // "fault" beside a person
    }
}

void tst_FaultLab::injectsAndTurnsOff()
{
    const ManualClock truth;
    FaultClock clock(truth, {}, 1);
    QMainWindow window;
    window.setWindowTitle(u"# ops"_s);
    FaultLab lab(&clock, window);
    QMenu menu;
    lab.fillMenu(menu);
    QSignalSpy changed(&lab, &FaultLab::faultChanged);
    QVERIFY(lab.strip()->isHidden());
    QVERIFY(!find<QAction>(menu, u"faultOffAction"_s)->isEnabled());

    lab.inject(faultOf(u"offset=250ms"_s));
    QCOMPARE(changed.size(), 1);
    QVERIFY(clock.isFaulty());
    QCOMPARE(clock.now() - truth.now(), Nanos(250ms));
    QVERIFY(!lab.strip()->isHidden());
    QVERIFY(find<QAction>(menu, u"injectFaultAction"_s)->isChecked());
    QCOMPARE(window.windowTitle(), u"[fault] # ops"_s);
    lab.setTitle(u"# general"_s);
    QCOMPARE(window.windowTitle(), u"[fault] # general"_s);
    find<QAction>(menu, u"copyFaultAction"_s)->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"--clock-fault=offset=+250ms"_s);

    find<QPushButton>(*lab.strip(), u"faultStripOff"_s)->click();
    QCOMPARE(changed.size(), 2);
    QVERIFY(!clock.isFaulty());
    QVERIFY(lab.strip()->isHidden());
    QVERIFY(!find<QAction>(menu, u"injectFaultAction"_s)->isChecked());
    QCOMPARE(window.windowTitle(), u"# general"_s);

    find<QAction>(menu, u"injectFaultAction"_s)->trigger();
    QVERIFY(find<QDialog>(window, u"faultDialog"_s)->isVisible());
    QVERIFY(!find<QAction>(menu, u"injectFaultAction"_s)->isChecked()); // opening it injects nothing
}

void tst_FaultLab::withoutAClockNothingCanBeInjected()
{
    QMainWindow window;
    FaultLab lab(nullptr, window);
    QMenu menu;
    lab.fillMenu(menu);
    QVERIFY(!find<QAction>(menu, u"injectFaultAction"_s)->isEnabled());
    lab.setDaemonFault(true);
    QVERIFY(!lab.strip()->isHidden());
    QVERIFY(find<QPushButton>(*lab.strip(), u"faultStripOff"_s)->isHidden());
    lab.setDaemonFault(false);
    QVERIFY(lab.strip()->isHidden());
}

QTEST_MAIN(tst_FaultLab)
#include "tst_faultlab.moc"
