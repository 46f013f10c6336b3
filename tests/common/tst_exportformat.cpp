// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/csvexport.h"
#include "common/exportformat.h"
#include "common/protocol.h"
#include "tests/common/sampleframes.h"

#include <QJsonDocument>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

ExportHeading heading(CsvCells cells = CsvCells::Exact)
{
    return {.room = u"general"_s,
            .title = u"Night <shift>"_s,
            .origin = u"a&b"_s,
            .madeAt = 1'764'000'000'000'000,
            .cells = cells};
}

/// Reads RFC 4180 as a stranger would.
QList<QStringList> readCsv(const QByteArray &bytes)
{
    const QString text = QString::fromUtf8(bytes);
    QList<QStringList> records;
    QStringList record;
    QString field;
    bool quoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (quoted && c == u'"' && text.mid(i + 1, 1) == u"\""_s) {
            field += c;
            ++i;
        } else if (c == u'"') {
            quoted = !quoted;
        } else if (!quoted && c == u',') {
            record << std::exchange(field, {});
        } else if (!quoted && c == u'\r' && text.mid(i + 1, 1) == u"\n"_s) {
            record << std::exchange(field, {});
            records << std::exchange(record, {});
            ++i;
        } else {
            field += c;
        }
    }
    return field.isEmpty() && record.isEmpty() && !quoted ? records : QList<QStringList>();
}

QString valueIn(const QList<QStringList> &records, const QString &column)
{
    return records.value(1).value(records.value(0).indexOf(column), u"(no such column)"_s);
}

QList<QStringList> csvOf(const Message &message, CsvCells cells = CsvCells::Exact)
{
    ExportWriter writer(ExportFormat::Csv, heading(cells));
    const QByteArray head = writer.header();
    return readCsv(head + writer.row(message) + writer.footer());
}

QString htmlOf(const QList<Message> &messages)
{
    ExportWriter writer(ExportFormat::Html, heading());
    QByteArray bytes = writer.header();
    for (const Message &message : messages)
        bytes += writer.row(message);
    return QString::fromUtf8(bytes + writer.footer());
}

} // namespace

class tst_ExportFormat : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void names();
    void jsonLineIsTheMessage();
    void csvColumns_data();
    void csvColumns();
    void csvKeepsTexts_data();
    void csvKeepsTexts();
    void csvForSpreadsheets_data();
    void csvForSpreadsheets();
    void csvOfNothingKnown();
    void htmlEscapes_data();
    void htmlEscapes();
    void htmlSaysGaps();
    void htmlMarksWhatIsOff();
};

void tst_ExportFormat::names()
{
    QCOMPARE(exportFormatNames(), QStringList({u"jsonl"_s, u"csv"_s, u"html"_s}));
    for (const QString &name : exportFormatNames()) {
        QVERIFY(exportFormatFromName(name));
        QCOMPARE(exportFormatName(*exportFormatFromName(name)), name);
    }
    QVERIFY(!exportFormatFromName(u"pdf"_s));
}

void tst_ExportFormat::jsonLineIsTheMessage()
{
    ExportWriter writer(ExportFormat::JsonLines, heading());
    Message message = sampleMessage();
    message.text = u"two\nlines"_s;
    QCOMPARE(writer.header(), QByteArray());
    const QByteArray line = writer.row(message);
    QCOMPARE(line, encodeServerFrame(message) + '\n');
    QCOMPARE(line.count('\n'), 1);
    QCOMPARE(writer.footer(), QByteArray());
    QCOMPARE(writer.rows(), 1);
}

void tst_ExportFormat::csvColumns_data()
{
    QTest::addColumn<QString>("column");
    QTest::addColumn<QString>("value");
    const auto row = [](const char *name, const QString &value) {
        QTest::newRow(name) << QString::fromLatin1(name) << value;
    };
    const Message message = sampleMessage();
    const Stamps &stamps = message.stamps;
    row("room", message.room);
    row("seq", u"42"_s);
    row("id", message.id.toString(QUuid::WithoutBraces));
    row("author_id", message.from.id);
    row("author_name", message.from.name);
    row("seen", QString::number(*message.seen));
    row("live_t", QString::number(*stamps.live.t));
    row("live_iso", isoUtc(*stamps.live.t));
    row("live_skew", QString::number(-*stamps.live.offset));
    row("live_bound", QString::number(*stamps.live.bound));
    row("live_via", u"udp"_s);
    row("local_t", QString::number(*stamps.local.t));
    row("local_skew", QString::number(-*stamps.local.offset));
    row("local_boot", stamps.local.boot);
    row("local_fault", u"false"_s);
    row("api_t", QString::number(*stamps.api.t));
    row("api_skew", QString::number(*stamps.api.t - *stamps.best.t));
    row("api_source", stamps.api.source);
    row("ntp_t", QString::number(*stamps.ntp.t));
    row("ntp_age", QString::number(*stamps.ntp.age));
    row("best_t", QString::number(*stamps.best.t));
    row("best_iso", isoUtc(*stamps.best.t));
    row("best_state", u"ok"_s);
    row("best_bound", QString::number(*stamps.best.bound));
    row("on_the_way", QString::number(*timeOnTheWay(stamps)));
}

void tst_ExportFormat::csvColumns()
{
    QFETCH(QString, column);
    QFETCH(QString, value);
    const QList<QStringList> records = csvOf(sampleMessage());
    QCOMPARE(records.size(), 2);
    QCOMPARE(records[1].size(), records[0].size());
    QCOMPARE(valueIn(records, column), value);
}

void tst_ExportFormat::csvKeepsTexts_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << u"disk alarm on db2"_s;
    QTest::newRow("comma") << u"a,b"_s;
    QTest::newRow("quotes") << u"say \"hi\""_s;
    QTest::newRow("only-quotes") << u"\"\""_s;
    QTest::newRow("line-feed") << u"a\nb"_s;
    QTest::newRow("return") << u"a\rb"_s;
    QTest::newRow("both") << u"a\r\nb"_s;
    QTest::newRow("outer-spaces") << u"  a "_s;
    QTest::newRow("formula") << u"=HYPERLINK(\"http://x\",\"y\")"_s;
    QTest::newRow("formula-after-a-semicolon") << u"hi;=1"_s;
    QTest::newRow("beyond-the-basic-plane") << u"\U0001F4BE ü \u202Eabc"_s;
}

void tst_ExportFormat::csvKeepsTexts()
{
    QFETCH(QString, text);
    Message message = sampleMessage();
    message.text = text;
    QCOMPARE(valueIn(csvOf(message), u"text"_s), text);
}

void tst_ExportFormat::csvForSpreadsheets_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("cell");
    QTest::newRow("equals") << u"=1+2"_s << u"'=1+2"_s;
    QTest::newRow("plus") << u"+1"_s << u"'+1"_s;
    QTest::newRow("minus") << u"-1"_s << u"'-1"_s;
    QTest::newRow("at") << u"@SUM(A1)"_s << u"'@SUM(A1)"_s;
    QTest::newRow("tab") << u"\t=1"_s << u"'\t'=1"_s;
    QTest::newRow("return") << u"\r=1"_s << u"'\r'=1"_s;
    QTest::newRow("harmless") << u"1=1"_s << u"1=1"_s;
    QTest::newRow("wide") << u"\uFF1D1+2"_s << u"'\uFF1D1+2"_s;
    QTest::newRow("after-a-space") << u" =1+2"_s << u" '=1+2"_s;
    QTest::newRow("after-a-semicolon") << u"hi;=HYPERLINK(\"x\";\"y\")"_s << u"hi;'=HYPERLINK(\"x\";\"y\")"_s;
    QTest::newRow("after-each") << u"a;+1;-2;@x;b"_s << u"a;'+1;'-2;'@x;b"_s;
    QTest::newRow("after-a-tab") << u"hi\t=1"_s << u"hi\t'=1"_s;
    QTest::newRow("on-a-line") << u"hi\n=1"_s << u"hi\n'=1"_s;
    QTest::newRow("on-a-line-of-dos") << u"hi\r\n@x"_s << u"hi\r\n'@x"_s;
    QTest::newRow("after-a-return") << u"hi\r-1"_s << u"hi\r'-1"_s;
    QTest::newRow("in-quotes") << u"hi;\"=1\""_s << u"hi;\"'=1\""_s;
    QTest::newRow("in-quotes-after-spaces") << u"hi; \" =1\""_s << u"hi; \" '=1\""_s;
    QTest::newRow("after-a-comma") << u"a,=1"_s << u"a,=1"_s; // quoted where commas separate
    QTest::newRow("inside") << u"a; b=1 -2 c@d e\tf"_s << u"a; b=1 -2 c@d e\tf"_s;
}

void tst_ExportFormat::csvForSpreadsheets()
{
    QFETCH(QString, text);
    QFETCH(QString, cell);
    Message message = sampleMessage();
    message.text = text;
    message.from.name = text;
    message.stamps.ntp.source = text;
    const QList<QStringList> records = csvOf(message, CsvCells::ForSpreadsheets);
    QVERIFY(csvHeader(CsvCells::ForSpreadsheets).startsWith("\xEF\xBB\xBFroom,"));
    QCOMPARE(valueIn(records, u"text"_s), cell);
    QCOMPARE(valueIn(records, u"author_name"_s), cell);
    QCOMPARE(valueIn(records, u"ntp_source"_s), cell);
    // a number is no formula
    QCOMPARE(valueIn(records, u"local_skew"_s), QString::number(-*message.stamps.local.offset));
}

void tst_ExportFormat::csvOfNothingKnown()
{
    Message message = sampleMessage();
    message.stamps = {};
    const QList<QStringList> records = csvOf(message);
    QCOMPARE(records.value(1).size(), records.value(0).size());
    for (const QString &column :
         {u"live_t"_s, u"live_iso"_s, u"api_skew"_s, u"best_bound"_s, u"on_the_way"_s})
        QCOMPARE(valueIn(records, column), QString());
    QCOMPARE(valueIn(records, u"best_state"_s), u"none"_s);
}

void tst_ExportFormat::htmlEscapes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("tags") << u"<script>alert(1)</script>"_s << u"&lt;script&gt;alert(1)&lt;/script&gt;"_s;
    QTest::newRow("quotes") << u"\" onload=\"x"_s << u"&quot; onload=&quot;x"_s;
    QTest::newRow("entities") << u"&lt;"_s << u"&amp;lt;"_s;
    QTest::newRow("return") << u"a\r\nb"_s << u"a&#13;\nb"_s;
    QTest::newRow("what-looks-like-a-place") << u"%1 %7"_s << u"%1 %7"_s;
}

void tst_ExportFormat::htmlEscapes()
{
    QFETCH(QString, text);
    QFETCH(QString, shown);
    Message message = sampleMessage();
    message.text = text;
    message.from.name = text;
    const QString html = htmlOf({message});
    QVERIFY2(html.contains(u"<p dir=auto>%1</p>"_s.arg(shown)), qPrintable(html));
    QVERIFY(html.contains(u"<bdi>%1</bdi>"_s.arg(shown)));
    QVERIFY(html.contains(u"<h1>Night &lt;shift&gt; (general)</h1>"_s));
    QVERIFY(html.contains(u"From a&amp;b."_s));
    QVERIFY(!html.contains(u"<script"_s));
}

void tst_ExportFormat::htmlSaysGaps()
{
    const QString whole = htmlOf({sampleMessage(5), sampleMessage(6)});
    QVERIFY(!whole.contains(u"class=gap"_s));
    QVERIFY(whole.contains(u"2 messages."_s));
    const QString holed = htmlOf({sampleMessage(5), sampleMessage(9)});
    QCOMPARE(holed.count(u"class=gap"_s), 1);
    QVERIFY(holed.contains(u"3 message(s) missing here."_s));
}

void tst_ExportFormat::htmlMarksWhatIsOff()
{
    Message message = sampleMessage();
    message.stamps.live = {.t = 1, .offset = 3, .bound = 5, .state = StampState::Ok, .via = ProbePath::Udp};
    QVERIFY(
        htmlOf({message}).contains(u"<span title=\"1970-01-01T00:00:00.000001Z\">live −3 µs ±5 µs</span>"_s));
    message.stamps.live.offset = -1'800'000;
    QVERIFY(
        htmlOf({message}).contains(u"<span class=off title=\"1970-01-01T00:00:00.000001Z\">live +1.80 s"_s));
    message.stamps.live = {};
    QVERIFY(htmlOf({message}).contains(u"<span class=off>live none</span>"_s));
}

QTEST_APPLESS_MAIN(tst_ExportFormat)
#include "tst_exportformat.moc"
