// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/comparison.h"
#include "client/ui/orderbar.h"
#include "client/ui/roompage.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

constexpr WireMicros Second = 1'000'000;
constexpr WireMicros Noon = 1'795'439'005 * Second;

Message message(qint64 seq, const QString &name, WireMicros at, WireMicros skew = 0)
{
    Message made;
    made.room = u"ops"_s;
    made.seq = seq;
    made.id = QUuid::createUuid();
    made.from = {u"u-"_s + name, name};
    made.text = u"text"_s;
    made.stamps.live = {at + skew, -skew, 900, StampState::Ok, ProbePath::Udp, false};
    made.stamps.local = {at + 10'000, 0, 450, StampState::Ok, false, u"k3f9"_s, at - Noon + 10'000};
    made.stamps.best = {at + 10'000, 450, StampState::Ok};
    return made;
}

} // namespace

class tst_OrderBar : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void barsStandOnOneLine();
    void overlapIsShaded();
    void contradictionShowsTheRawReading();
    void nothingMeasured();
    void unconfirmedBarsAreNotFine();
    void copies();
    void pageComparesTwoRows();
};

void tst_OrderBar::barsStandOnOneLine()
{
    const Comparison comparison(message(41, u"ana"_s, Noon), message(44, u"luis"_s, Noon + Second), {});
    const QList<ReadingDetail> &bars = comparison.readings();
    QCOMPARE(bars.size(), 4);
    QCOMPARE(bars.at(0).source, u"41 · ana: written"_s);
    QCOMPARE(bars.at(0).position, OptionalMicros(0));
    QCOMPARE(bars.at(0).halfWidth, OptionalMicros(900));
    QCOMPARE(bars.at(1).position, OptionalMicros(10'000));
    QCOMPARE(bars.at(2).source, u"44 · luis: written"_s);
    QCOMPARE(bars.at(2).position, OptionalMicros(Second));
    QCOMPARE(bars.at(3).halfWidth, OptionalMicros(450));
    QVERIFY(!comparison.overlap());
}

void tst_OrderBar::overlapIsShaded()
{
    const Comparison comparison(message(41, u"ana"_s, Noon), message(44, u"luis"_s, Noon + 800), {});
    QCOMPARE(comparison.verdict().doubt, OrderDoubt::Overlap);
    QCOMPARE(*comparison.overlap(), (DetailOverlap{-100, 900}));
}

void tst_OrderBar::contradictionShowsTheRawReading()
{
    Message late = message(44, u"luis"_s, Noon + Second, -2 * Second);
    late.seen = 41;
    const Comparison comparison(message(41, u"ana"_s, Noon), late, {});
    QCOMPARE(comparison.words().mark, Mark::Contradiction);
    const ReadingDetail &raw = comparison.readings().at(3);
    QCOMPARE(raw.source, u"44 · luis: by their clock"_s);
    QCOMPARE(raw.position, OptionalMicros(-Second));
    QVERIFY(!raw.halfWidth);
    QCOMPARE(raw.mark, Mark::Contradiction);
}

void tst_OrderBar::nothingMeasured()
{
    Message first = message(41, u"ana"_s, Noon);
    Message second = message(44, u"luis"_s, Noon);
    first.stamps = {};
    second.stamps = {};
    const Comparison comparison(first, second, {});
    for (const ReadingDetail &bar : comparison.readings()) {
        QVERIFY(!bar.position);
        QCOMPARE(bar.mark, Mark::Unknown);
        QCOMPARE(bar.state, u"not measured"_s);
    }
}

void tst_OrderBar::unconfirmedBarsAreNotFine()
{
    Message first = message(41, u"ana"_s, Noon);
    first.stamps.best.bound.reset();
    const Comparison comparison(first, message(44, u"luis"_s, Noon + Second), {});
    QCOMPARE(comparison.verdict().doubt, OrderDoubt::NoCommonReference);
    QCOMPARE(comparison.readings().at(0).mark, Mark::Unknown);
    QCOMPARE(comparison.readings().at(2).mark, Mark::Fine);
}

void tst_OrderBar::copies()
{
    const Comparison comparison(message(41, u"ana"_s, Noon), message(44, u"luis"_s, Noon + Second), {});
    OrderBar bar;
    bar.showComparison(comparison);
    QVERIFY(!bar.isHidden());
    QCOMPARE(bar.accessibleName(), comparison.words().text());
    bar.findChild<QPushButton *>(u"orderCopy"_s)->click();
    const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n');
    QCOMPARE(lines.size(), 5);
    QVERIFY(lines.at(0).startsWith(u"Certainly before: Message 41 by ana was written at least 998 ms"_s));
    QCOMPARE(lines.at(1), u"41 · ana: written: 2026-11-23T13:03:25.000000Z ±0.9 ms"_s);
}

void tst_OrderBar::pageComparesTwoRows()
{
    RoomModel model(u"ops"_s);
    model.add({message(1, u"ana"_s, Noon), message(2, u"luis"_s, Noon + Second)});
    RoomPage page;
    page.view().setModel(&model);
    page.resize(700, 600);
    page.show();
    OrderBar &bar = page.orderBar();
    page.view().setCurrentRow(0);
    page.view().compareCurrent();
    QVERIFY(bar.isVisible());
    QVERIFY(bar.text().contains(u"Message 1 by ana is picked."_s));
    page.view().setCurrentRow(1);
    page.view().compareCurrent();
    QVERIFY(bar.text().startsWith(u"Certainly before: Message 1 by ana"_s));
    bar.findChild<QPushButton *>(u"orderClose"_s)->click();
    QVERIFY(!bar.isVisible());
    page.view().compareCurrent();
    QVERIFY(bar.isVisible());
    page.view().setModel(nullptr);
    QVERIFY(!bar.isVisible());
}

QTEST_MAIN(tst_OrderBar)
#include "tst_orderbar.moc"
