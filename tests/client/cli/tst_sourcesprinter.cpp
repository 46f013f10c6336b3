// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cli/sourcesprinter.h"

#include "client/cli/terminaltext.h"
#include "tests/client/samplesources.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

SourcesReport twoSources()
{
    SourcesReport report;
    report.state = StampState::Ok;
    report.bound = 900;
    report.offset = -200;
    report.sources = {sampleSource(u"ntp.one"_s, u'*', -200),
                      sampleSource(u"liar.example"_s, u'x', 4'999'800)};
    report.sources[1].reason = u"It contradicts the majority."_s;
    return report;
}

/// Everything as wide as it gets.
SourcesReport wideSources()
{
    SourcesReport report = twoSources();
    report.note = QString(u"A long note. "_s).repeated(20);
    TimeSourceRow wide = sampleSource(QString(u"time.of.somebody."_s).repeated(20), u'?', -3'599'000'000);
    wide.kind = QString(500, u'k');
    wide.bound = 3'599'000'000;
    wide.delay = 3'599'000'000;
    wide.age = 3'599'000'000;
    wide.reason = QString(1000, u'r');
    wide.unverified = true;
    wide.assumedError = 100'000;
    report.sources.append(wide);
    return report;
}

QString printed(const SourcesReport &report, bool legend = false)
{
    return QString::fromUtf8(SourcesPrinter::print(report, legend));
}

} // namespace

class tst_SourcesPrinter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void looks_data();
    void looks();
    void fitsInto80Columns_data();
    void fitsInto80Columns();
    void longNamesLoseTheirMiddle();
    void wideNamesKeepTheColumns();
    void saysWhatIsAssumed();
    void nothingRawFromOthers();
    void json_data();
    void json();
};

void tst_SourcesPrinter::looks_data()
{
    QTest::addColumn<SourcesReport>("report");
    QTest::addColumn<bool>("legend");
    QTest::addColumn<QString>("text");
    QTest::newRow("table")
        << twoSources() << false
        << u"● ok: The reference is confirmed within ±0.9 ms. The daemon's clock is 0.2 ms\n"
           "  ahead of it.\n"
           "\n"
           "  Source        Kind  Str  Reach  Age   Offset    Bound  Delay\n"
           "* ntp.one       NTP     2    377  4 s     0 µs  ±0.9 ms  12 ms\n"
           "x liar.example  NTP     2    377  4 s  +5.00 s  ±0.9 ms  12 ms\n"
           "    It contradicts the majority.\n"_s;
    SourcesReport nothing;
    nothing.state = StampState::Unsynced;
    QTest::newRow("no-source-with-legend")
        << nothing << true
        << u"? unsynced: The reference is the daemon's own clock, which nothing confirms.\n"
           "* best  + used  - not needed  x falseticker  ~ too unsteady  ? not usable\n"
           "Offset: How far the source is ahead (+) or behind (−) of the daemon's clock:\n"
           "there is no reference.\n"_s;
    SourcesReport silent = nothing;
    silent.fault = true;
    silent.sources.append(TimeSourceRow());
    silent.sources[0].name = u"time.example"_s;
    silent.sources[0].kind = u"http"_s;
    silent.sources[0].reach = 0376;
    silent.sources[0].reason = u"It has not been heard yet."_s;
    QTest::newRow("silent-source")
        << silent << false
        << u"? unsynced: The reference is the daemon's own clock, which nothing confirms. The\n"
           "  daemon's clock is wrong on purpose (an injected fault).\n"
           "\n"
           "  Source        Kind  Str  Reach    Age  Offset  Bound  Delay\n"
           "? time.example  HTTP    –    376  never       –      –      –\n"
           "    It has not been heard yet.\n"_s;
}

void tst_SourcesPrinter::looks()
{
    QFETCH(SourcesReport, report);
    QFETCH(bool, legend);
    QFETCH(QString, text);
    QCOMPARE(printed(report, legend).split(u'\n'), text.split(u'\n'));
}

void tst_SourcesPrinter::fitsInto80Columns_data()
{
    QTest::addColumn<SourcesReport>("report");
    QTest::newRow("usual") << twoSources();
    QTest::newRow("wide") << wideSources();
    QTest::newRow("nothing") << SourcesReport();
    SourcesReport ideographs = wideSources();
    for (TimeSourceRow &source : ideographs.sources) {
        source.name = QString(u"時計"_s).repeated(60);
        source.reason = QString(u"理由"_s).repeated(60) + u" a"_s + QString(u"理由"_s).repeated(60);
    }
    QTest::newRow("ideographs") << ideographs;
}

void tst_SourcesPrinter::fitsInto80Columns()
{
    QFETCH(SourcesReport, report);
    const QStringList lines = printed(report, true).split(u'\n');
    for (const QString &line : lines)
        QVERIFY2(columnsOf(line) <= 80, qPrintable(line));
    QVERIFY(lines.constLast().isEmpty());
}

void tst_SourcesPrinter::longNamesLoseTheirMiddle()
{
    SourcesReport report = twoSources();
    report.sources[0].name = u"first."_s + QString(u"middle."_s).repeated(20) + u"last"_s;
    const QString line = printed(report).split(u'\n').at(4);
    QVERIFY2(line.startsWith(u"* first.middle."_s), qPrintable(line));
    QVERIFY2(line.contains(u'…') && line.contains(u"middle.last  NTP"_s), qPrintable(line));
}

void tst_SourcesPrinter::wideNamesKeepTheColumns()
{
    SourcesReport report = twoSources();
    const QString wide(60, u'時');
    for (const QString &name : {u"時"_s, wide.left(8), wide, u'a' + wide, wide + u'a', u'a' + wide + u'a'}) {
        report.sources[0].name = name;
        const QStringList lines = printed(report).split(u'\n');
        const auto columnOfKind = [&lines](int line, const QString &word) {
            return columnsOf(lines.at(line).left(lines.at(line).indexOf(word)));
        };
        QCOMPARE(columnOfKind(4, u"NTP"_s), columnOfKind(3, u"Kind"_s));
        QCOMPARE(columnOfKind(5, u"NTP"_s), columnOfKind(3, u"Kind"_s));
    }
}

void tst_SourcesPrinter::saysWhatIsAssumed()
{
    SourcesReport report = twoSources();
    report.sources[0].unverified = true;
    report.sources[0].assumedError = 100'000;
    QVERIFY(!printed(twoSources()).contains(u"assumption"_s));
    QVERIFY(printed(report).simplified().contains(u"± 100 ms is an assumption, which nothing confirms."_s));
}

void tst_SourcesPrinter::nothingRawFromOthers()
{
    SourcesReport report = twoSources();
    const QString evil = u"a\u001b[2Jb\nc\u202Ed"_s;
    report.note = evil;
    report.sources[0].name = evil;
    report.sources[0].kind = evil;
    report.sources[0].reason = evil;
    const QString text = printed(report);
    QVERIFY(!text.contains(u'\u001b') && !text.contains(u'\u202E'));
    QCOMPARE(text.count(u'\n'), printed(twoSources()).count(u'\n') + 1); // the reason's line
}

void tst_SourcesPrinter::json_data()
{
    QTest::addColumn<QByteArray>("came");
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("as-it-came") << QByteArray(R"({"b":1.0,"a":[ ]})")
                                << QByteArray("{\"b\":1.0,\"a\":[ ]}\n");
    QTest::newRow("several-lines") << QByteArray("{\n\t\"a\": 1\r\n}\n") << QByteArray("{  \"a\": 1  }\n");
    QTest::newRow("for-terminals") << QByteArray("{\"a\":\"\x7f\xc2\x9b\"}")
                                   << QByteArray("{\"a\":\"\\u007f\\u009b\"}\n");
}

void tst_SourcesPrinter::json()
{
    QFETCH(QByteArray, came);
    QTEST(SourcesPrinter::printJson(came), "line");
    QCOMPARE(QJsonDocument::fromJson(SourcesPrinter::printJson(came)), QJsonDocument::fromJson(came));
}

QTEST_APPLESS_MAIN(tst_SourcesPrinter)
#include "tst_sourcesprinter.moc"
