// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cli/linesplitter.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

using Line = LineSplitter::Line;
using Fault = LineSplitter::Fault;

QList<Line> linesOf(const QByteArray &bytes, qsizetype pieceSize)
{
    LineSplitter splitter;
    QList<Line> lines;
    for (qsizetype at = 0; at < bytes.size(); at += pieceSize)
        lines += splitter.feed(QByteArrayView(bytes).sliced(at, std::min(pieceSize, bytes.size() - at)));
    if (const auto last = splitter.finish())
        lines.append(*last);
    return lines;
}

} // namespace

class tst_LineSplitter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void splits_data();
    void splits();
    void holdsLittleOfAnEndlessLine();
    void endsOnce();
};

void tst_LineSplitter::splits_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QList<Line>>("lines");
    const QByteArray longest(LineSplitter::MaxBytes, 'x');
    const auto text = [](qint64 number, const QString &content) {
        return Line{number, content, Fault::None};
    };
    QTest::newRow("nothing") << QByteArray() << QList<Line>{};
    QTest::newRow("one") << "a\n"_ba << QList{text(1, u"a"_s)};
    QTest::newRow("without-end") << "a"_ba << QList{text(1, u"a"_s)};
    QTest::newRow("two") << "a\nb\n"_ba << QList{text(1, u"a"_s), text(2, u"b"_s)};
    QTest::newRow("carriage-returns") << "a\r\nb\r\n"_ba << QList{text(1, u"a"_s), text(2, u"b"_s)};
    QTest::newRow("carriage-return-at-the-end") << "a\r"_ba << QList{text(1, u"a"_s)};
    QTest::newRow("carriage-return-inside") << "a\rb\n"_ba << QList{text(1, u"a\rb"_s)};
    QTest::newRow("empty-lines-count")
        << "\n\r\na\n"_ba << QList{text(1, u""_s), text(2, u""_s), text(3, u"a"_s)};
    QTest::newRow("spaces-are-kept") << "  a \n"_ba << QList{text(1, u"  a "_s)};
    QTest::newRow("many-bytes-a-character") << "ñ漢🕰\n"_ba << QList{text(1, u"ñ漢🕰"_s)};
    QTest::newRow("nul") << QByteArray("a\0b\n", 4) << QList{text(1, QString::fromUtf16(u"a\0b", 3))};
    QTest::newRow("not-utf8") << "\xff\xfe\nb\n"_ba << QList{Line{1, {}, Fault::NotUtf8}, text(2, u"b"_s)};
    QTest::newRow("character-cut-by-the-end") << "a\xC3"_ba << QList{Line{1, {}, Fault::NotUtf8}};
    QTest::newRow("surrogate-in-utf8") << "\xED\xA0\x80\n"_ba << QList{Line{1, {}, Fault::NotUtf8}};
    QTest::newRow("longest") << longest + '\n' << QList{text(1, QString::fromLatin1(longest))};
    QTest::newRow("longest-with-carriage-return") << longest + "\r\n"
                                                  << QList{text(1, QString::fromLatin1(longest))};
    QTest::newRow("one-too-long") << longest + "x\nb\n"
                                  << QList{Line{1, {}, Fault::TooLong}, text(2, u"b"_s)};
    QTest::newRow("much-too-long") << longest.repeated(3) + "\nb"
                                   << QList{Line{1, {}, Fault::TooLong}, text(2, u"b"_s)};
    QTest::newRow("too-long-without-end") << longest.repeated(2) << QList{Line{1, {}, Fault::TooLong}};
}

/// The same lines, however the bytes come.
void tst_LineSplitter::splits()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QList<Line>, lines);
    for (const qsizetype pieceSize : {1, 2, 3, 7, 4096, 1'000'000})
        QCOMPARE(linesOf(bytes, pieceSize), lines);
}

void tst_LineSplitter::holdsLittleOfAnEndlessLine()
{
    LineSplitter splitter;
    const QByteArray piece(1'000'000, 'x');
    for (int i = 0; i < 100; ++i)
        QVERIFY(splitter.feed(piece).isEmpty());
    const auto lines = splitter.feed("\nafter\n");
    QCOMPARE(lines.size(), 2);
    QCOMPARE(lines[0].fault, Fault::TooLong);
    QCOMPARE(lines[1].text, u"after"_s);
}

void tst_LineSplitter::endsOnce()
{
    LineSplitter splitter;
    QVERIFY(splitter.feed("a").isEmpty());
    QVERIFY(splitter.finish().has_value());
    QVERIFY(!splitter.finish().has_value());
}

QTEST_GUILESS_MAIN(tst_LineSplitter)
#include "tst_linesplitter.moc"
