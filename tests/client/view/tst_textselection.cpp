// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/view/textselection.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

const QStringList Rows{u"alpha beta"_s, u""_s, u"gamma"_s, u"delta"_s};

QString textOf(const TextSelection &selection)
{
    return selection.text([](int row) { return Rows.at(row); },
                          [](int row, const QString &part) { return QString::number(row) + u':' + part; });
}

} // namespace

class tst_TextSelection : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void text_data();
    void text();
    void followsItsRows();
    void losesAnEnd();
    void spanBeyondTheTextIsCut();
    void words_data();
    void words();
};

void tst_TextSelection::text_data()
{
    QTest::addColumn<int>("fromRow");
    QTest::addColumn<int>("fromOffset");
    QTest::addColumn<int>("toRow");
    QTest::addColumn<int>("toOffset");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << 0 << 3 << 0 << 3 << u""_s;
    QTest::newRow("inside-one-row-is-bare") << 0 << 6 << 0 << 10 << u"beta"_s;
    QTest::newRow("backwards") << 0 << 10 << 0 << 6 << u"beta"_s;
    QTest::newRow("two-rows") << 2 << 2 << 3 << 2 << u"2:mma\n3:de"_s;
    QTest::newRow("upwards") << 3 << 2 << 2 << 2 << u"2:mma\n3:de"_s;
    QTest::newRow("over-an-empty-row") << 0 << 6 << 2 << 5 << u"0:beta\n1:\n2:gamma"_s;
    QTest::newRow("end-only-touches") << 2 << 0 << 3 << 0 << u"2:gamma"_s;
    QTest::newRow("begin-only-touches") << 0 << 10 << 2 << 5 << u"1:\n2:gamma"_s;
}

void tst_TextSelection::text()
{
    QFETCH(int, fromRow);
    QFETCH(int, fromOffset);
    QFETCH(int, toRow);
    QFETCH(int, toOffset);
    TextSelection selection;
    selection.begin({fromRow, fromOffset});
    selection.extendTo({toRow, toOffset});
    QTEST(textOf(selection), "text");
}

void tst_TextSelection::followsItsRows()
{
    TextSelection selection;
    selection.select({0, 1}, {2, 3});
    selection.rowsInserted(1, 10);
    QCOMPARE(selection.first(), (TextPosition{0, 1}));
    QCOMPARE(selection.last(), (TextPosition{12, 3}));
    selection.rowsRemoved(1, 10);
    QCOMPARE(selection.last(), (TextPosition{2, 3}));
    selection.rowsInserted(0, 1);
    QCOMPARE(selection.first(), (TextPosition{1, 1}));
}

void tst_TextSelection::losesAnEnd()
{
    TextSelection selection;
    selection.select({0, 1}, {2, 3});
    selection.rowsRemoved(2, 1);
    QVERIFY(selection.isEmpty());
    QVERIFY(!selection.hasAnchor());
}

void tst_TextSelection::spanBeyondTheTextIsCut()
{
    TextSelection selection;
    selection.select({0, 4}, {0, 40});
    QCOMPARE(selection.spanIn(0, 10), (TextSpan{4, 6}));
    QCOMPARE(selection.spanIn(0, 2), (TextSpan{2, 0}));
    QVERIFY(!selection.spanIn(1, 10));
}

void tst_TextSelection::words_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("offset");
    QTest::addColumn<QString>("word");
    QTest::newRow("first") << u"alpha beta"_s << 0 << u"alpha"_s;
    QTest::newRow("inside") << u"alpha beta"_s << 8 << u"beta"_s;
    QTest::newRow("behind-the-last") << u"alpha beta"_s << 10 << u"beta"_s;
    QTest::newRow("blank") << u"alpha beta"_s << 5 << u" "_s;
    QTest::newRow("empty") << u""_s << 0 << u""_s;
    QTest::newRow("letters-with-marks") << u"qué tal"_s << 1 << u"qué"_s;
}

void tst_TextSelection::words()
{
    QFETCH(QString, text);
    QFETCH(int, offset);
    const TextSpan span = wordAt(text, offset);
    QTEST(text.sliced(span.start, span.length), "word");
}

QTEST_APPLESS_MAIN(tst_TextSelection)
#include "tst_textselection.moc"
