// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/jsonwriter.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <limits>

using namespace Synchat;
using namespace Qt::StringLiterals;

class tst_JsonWriter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsTheOrder();
    void text_data();
    void text();
    void everyCharacterComesBack();
    void numbers_data();
    void numbers();
    void reals();
};

void tst_JsonWriter::keepsTheOrder()
{
    JsonWriter writer;
    writer.beginObject();
    writer.text("z"_L1, u"1");
    writer.beginArray("list"_L1);
    writer.raw("1");
    writer.raw("[]");
    writer.beginObject();
    writer.endObject();
    writer.endArray();
    writer.beginObject("a"_L1);
    writer.null("n"_L1);
    writer.boolean("b"_L1, true);
    writer.endObject();
    writer.textOrNull("e"_L1, QString());
    writer.number("m"_L1, qint64(-7));
    writer.number("o"_L1, std::optional<qint64>());
    writer.endObject();
    QCOMPARE(writer.take(),
             R"({"z":"1","list":[1,[],{}],"a":{"n":null,"b":true},"e":null,"m":-7,"o":null})"_ba);
}

void tst_JsonWriter::text_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QString() << R"("")"_ba;
    QTest::newRow("plain") << u"abc"_s << R"("abc")"_ba;
    QTest::newRow("quote-and-backslash") << u"a\"b\\c"_s << R"("a\"b\\c")"_ba;
    QTest::newRow("named-controls") << u"\n\r\t"_s << R"("\n\r\t")"_ba;
    QTest::newRow("other-controls") << u"\u0001\u001F"_s << R"("\u0001\u001f")"_ba;
    QTest::newRow("escape-at-the-ends") << u"\"a\""_s << R"("\"a\"")"_ba;
    QTest::newRow("two-bytes") << u"\u00E9"_s << "\"\xC3\xA9\""_ba;
    QTest::newRow("pair") << QString::fromUcs4(U"\U0001F600") << "\"\xF0\x9F\x98\x80\""_ba;
    QTest::newRow("lone-surrogate") << QString(QChar(0xD800)) << R"("?")"_ba;
}

void tst_JsonWriter::text()
{
    QFETCH(QString, value);
    QFETCH(QByteArray, json);
    JsonWriter writer;
    writer.beginObject();
    writer.text("k"_L1, value);
    writer.endObject();
    QCOMPARE(writer.bytes(), "{\"k\":" + json + "}");
}

void tst_JsonWriter::everyCharacterComesBack()
{
    QString all;
    for (char32_t c = 0; c < 0x11000; ++c) {
        if (c < 0xD800 || c > 0xDFFF)
            all += QString::fromUcs4(&c, 1);
    }
    JsonWriter writer;
    writer.beginObject();
    writer.text("k"_L1, all);
    writer.endObject();
    QCOMPARE(QJsonDocument::fromJson(writer.bytes()).object().value("k"_L1).toString(), all);
}

void tst_JsonWriter::numbers_data()
{
    QTest::addColumn<qint64>("value");
    for (const qint64 value : {qint64(0), qint64(-1), qint64(1'764'000'000'123'456),
                               std::numeric_limits<qint64>::max(), std::numeric_limits<qint64>::min()})
        QTest::newRow(QByteArray::number(value).constData()) << value;
}

void tst_JsonWriter::numbers()
{
    QFETCH(qint64, value);
    JsonWriter writer;
    writer.beginObject();
    writer.number("k"_L1, value);
    writer.endObject();
    QCOMPARE(writer.bytes(), "{\"k\":" + QByteArray::number(value) + "}");
}

void tst_JsonWriter::reals()
{
    JsonWriter writer;
    writer.beginObject();
    writer.real("a"_L1, 0.1);
    writer.real("b"_L1, std::numeric_limits<double>::infinity());
    writer.real("c"_L1, std::numeric_limits<double>::quiet_NaN());
    writer.real("d"_L1, 1e300);
    writer.endObject();
    QCOMPARE(writer.bytes(), R"({"a":0.1,"b":null,"c":null,"d":1e+300})"_ba);
}

QTEST_GUILESS_MAIN(tst_JsonWriter)
#include "tst_jsonwriter.moc"
