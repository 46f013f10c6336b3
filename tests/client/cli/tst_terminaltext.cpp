// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cli/terminaltext.h"

#include "common/jsonwriter.h"

#include <QJsonDocument>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

class tst_TerminalText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void plainLine_data();
    void plainLine();
    void plainLines_data();
    void plainLines();
    void jsonMeansTheSame();
    void nothingControlsTheTerminal();
    void columns_data();
    void columns();
    void fitsWithoutCutting_data();
    void fitsWithoutCutting();
};

void tst_TerminalText::plainLine_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("nothing") << QString() << QString();
    QTest::newRow("plain") << u"hola ñ 漢 🕰"_s << u"hola ñ 漢 🕰"_s;
    QTest::newRow("tab") << u"a\tb"_s << u"a b"_s;
    QTest::newRow("colour") << u"\u001b[31mred"_s << u"␛[31mred"_s;
    QTest::newRow("title-of-the-window") << u"\u001b]0;x\u0007"_s << u"␛]0;x␇"_s;
    QTest::newRow("carriage-return") << u"a\rb"_s << u"a␍b"_s;
    QTest::newRow("newline") << u"a\nb"_s << u"a␊b"_s;
    QTest::newRow("delete") << u"a\u007fb"_s << u"a␡b"_s;
    QTest::newRow("c1") << u"a\u009b31m"_s << u"a\uFFFD31m"_s;
    QTest::newRow("line-separator") << u"a\u2028b"_s << u"a\uFFFDb"_s;
    QTest::newRow("right-to-left-override") << u"a\u202Eb\u2066"_s << u"a\uFFFDb\uFFFD"_s;
    QTest::newRow("joiner-is-kept") << u"\u0915\u200D\u0937"_s << u"\u0915\u200D\u0937"_s;
}

void tst_TerminalText::plainLine()
{
    QFETCH(QString, text);
    QTEST(Synchat::plainLine(text), "shown");
}

void tst_TerminalText::plainLines_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("lines");
    QTest::newRow("one") << u"a"_s << QStringList{u"a"_s};
    QTest::newRow("line-feed") << u"a\nb"_s << QStringList{u"a"_s, u"b"_s};
    QTest::newRow("carriage-return-line-feed") << u"a\r\nb"_s << QStringList{u"a"_s, u"b"_s};
    QTest::newRow("lone-carriage-return") << u"a\rb"_s << QStringList{u"a␍b"_s};
    QTest::newRow("separators") << u"a\u2028b\u2029c"_s << QStringList{u"a"_s, u"b"_s, u"c"_s};
    QTest::newRow("escape-in-the-second") << u"a\n\u001bb"_s << QStringList{u"a"_s, u"␛b"_s};
}

void tst_TerminalText::plainLines()
{
    QFETCH(QString, text);
    QTEST(Synchat::plainLines(text), "lines");
}

void tst_TerminalText::jsonMeansTheSame()
{
    QString all;
    for (char16_t c = 0; c < 0x300; ++c)
        all += QChar(c);
    all += u"漢🕰"_s;
    JsonWriter writer;
    writer.beginObject();
    writer.text("k"_L1, all);
    writer.endObject();
    const QByteArray safe = terminalJson(writer.bytes());
    QCOMPARE(QJsonDocument::fromJson(safe), QJsonDocument::fromJson(writer.bytes()));
    QCOMPARE(terminalJson("{\"a\":\"\xC2\x9B\x7F\xC2\xA0\"}"), "{\"a\":\"\\u009b\\u007f\xC2\xA0\"}"_ba);
}

void tst_TerminalText::nothingControlsTheTerminal()
{
    for (char32_t c = 0; c < 0x3000; ++c) {
        const QString shown = Synchat::plainLine(QString::fromUcs4(&c, 1));
        for (const QChar character : shown)
            QVERIFY2(character.category() != QChar::Other_Control,
                     QByteArray::number(uint(c), 16).constData());
    }
}

void tst_TerminalText::columns_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qsizetype>("columns");
    const auto row = [](const char *name, const QString &text, qsizetype columns) {
        QTest::newRow(name) << text << columns;
    };
    row("nothing", u""_s, 0);
    row("narrow", u"a ñ±−…●é"_s, 8);
    row("ideographs", u"時計"_s, 4);
    row("kana", u"サーバー"_s, 8);
    row("narrow-kana", u"ｻｰﾊﾞｰ"_s, 5);
    row("hangul", u"시계"_s, 4);
    row("wide-latin", u"Ａ１"_s, 4);
    row("beyond-the-first-plane", u"𠮷🕰"_s, 4);
    row("mark-that-combines", u"e\u0301"_s, 1);
    row("joiner", u"a\u200Db"_s, 2);
    row("lone-surrogate", QString(QChar(0xD800)), 1);
}

void tst_TerminalText::columns()
{
    QFETCH(QString, text);
    QTEST(columnsOf(text), "columns");
}

void tst_TerminalText::fitsWithoutCutting_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qsizetype>("columns");
    QTest::addColumn<QString>("head");
    QTest::newRow("all") << u"abc"_s << qsizetype(3) << u"abc"_s;
    QTest::newRow("nothing-fits") << u"abc"_s << qsizetype(0) << u""_s;
    QTest::newRow("narrow") << u"abc"_s << qsizetype(2) << u"ab"_s;
    QTest::newRow("half-of-a-wide-one") << u"a時計"_s << qsizetype(4) << u"a時"_s;
    QTest::newRow("surrogates") << u"𠮷𠮷"_s << qsizetype(3) << u"𠮷"_s;
    QTest::newRow("mark-stays-with-its-letter") << u"e\u0301e"_s << qsizetype(1) << u"e\u0301"_s;
}

void tst_TerminalText::fitsWithoutCutting()
{
    QFETCH(QString, text);
    QFETCH(qsizetype, columns);
    QTEST(text.left(unitsWithin(text, columns)), "head");
}

QTEST_GUILESS_MAIN(tst_TerminalText)
#include "tst_terminaltext.moc"
