// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/clockcells.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

constexpr WireMicros Noon = 1'795'435'200'000'000;

Stamps measured()
{
    Stamps stamps;
    stamps.live = {Noon, 1'800'123, 9'000, StampState::Ok, ProbePath::Udp};
    stamps.local = {Noon + 10, -212, 450, StampState::Ok, false, {}};
    stamps.api = {Noon + 50'000, 130'000, {}, StampState::Ok, u"time.example"_s};
    stamps.ntp = {Noon + 100, 450, {}, StampState::Ok, u"ntp.example"_s};
    stamps.best = {Noon, 450, StampState::Ok};
    return stamps;
}

Stamps unsynced()
{
    Stamps stamps;
    stamps.live = {Noon, {}, {}, StampState::Unsynced};
    stamps.local = {Noon, 0, {}, StampState::Unsynced, false, {}};
    stamps.ntp = {Noon, {}, {}, StampState::Unsynced, u"self"_s};
    stamps.best = {Noon, {}, StampState::Unsynced};
    return stamps;
}

Stamps liar()
{
    Stamps stamps = measured();
    stamps.api.t = Noon + 5'000'000;
    stamps.api.state = StampState::Falseticker;
    stamps.ntp.bound = std::nullopt;
    return stamps;
}

} // namespace

/// What a page says of each clock; what the window says is in tst_rowcontent.
class tst_ClockCells : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void skewAndBound_data();
    void skewAndBound();
    void namesStandInTheirOrder();
};

void tst_ClockCells::skewAndBound_data()
{
    QTest::addColumn<Stamps>("stamps");
    QTest::addColumn<ClockColumn>("column");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const Stamps &stamps, ClockColumn column, const QString &words) {
        QTest::newRow(name) << stamps << column << words;
    };
    row("author", measured(), ClockColumn::Author, u"12:00:00.000|▲|−1.80 s|±9 ms"_s);
    row("daemon", measured(), ClockColumn::Daemon, u"12:00:00.000|●|+0.2 ms|±0.5 ms"_s);
    row("api", measured(), ClockColumn::TimeApi, u"12:00:00.05|●|+50 ms|±130 ms"_s);
    row("ntp", measured(), ClockColumn::Ntp, u"12:00:00.000|●|+0.1 ms|±0.5 ms"_s);
    row("author-not-measured", unsynced(), ClockColumn::Author, u"12:00:00.000|?|unknown|"_s);
    row("daemon-alone", unsynced(), ClockColumn::Daemon, u"12:00:00.000|?|unconfirmed|"_s);
    row("no-api", unsynced(), ClockColumn::TimeApi, u"–|||"_s);
    row("own-ntp", unsynced(), ClockColumn::Ntp, u"12:00:00.000|?|own clock|"_s);
    row("liar", liar(), ClockColumn::TimeApi, u"12:00:05.00|✖|+5.00 s|±130 ms"_s);
    row("source-without-bound", liar(), ClockColumn::Ntp, u"12:00:00.000|?|+0.1 ms|"_s);
    row("nothing-at-all", Stamps(), ClockColumn::Author, u"–|||"_s);
    row("no-daemon", Stamps(), ClockColumn::Daemon, u"–|||"_s);
}

void tst_ClockCells::skewAndBound()
{
    QFETCH(Stamps, stamps);
    QFETCH(ClockColumn, column);
    const ClockCell cell = ClockCells::of(stamps, QTimeZone::utc()).at(static_cast<int>(column));
    const QString mark = cell.hasMark ? QString(markGlyph(cell.mark)) : QString();
    QTEST(QStringList({cell.reading, mark, cell.skew, cell.bound}).join(u'|'), "words");
    QCOMPARE(cell.time.has_value(), cell.hasMark);
}

void tst_ClockCells::namesStandInTheirOrder()
{
    const QList<ClockCell> cells = ClockCells::of(measured(), QTimeZone::utc());
    QCOMPARE(cells.size(), ClockColumns);
    const QStringList names{u"author"_s, u"daemon"_s, u"time API"_s, u"NTP"_s};
    for (int i = 0; i < ClockColumns; ++i) {
        QCOMPARE(cells[i].column, static_cast<ClockColumn>(i));
        QCOMPARE(cells[i].name, names[i]);
    }
}

QTEST_APPLESS_MAIN(tst_ClockCells)
#include "tst_clockcells.moc"
