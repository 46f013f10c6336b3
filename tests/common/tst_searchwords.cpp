// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/searchwords.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

QStringList wordsOf(const QList<PlacedWord> &placed)
{
    QStringList words;
    for (const PlacedWord &each : placed)
        words.append(each.word);
    return words;
}

} // namespace

class tst_SearchWords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tokens_data();
    void tokens();
    void longWordIsCut();
    void placesAreOfTheSameWords();
    void places_data();
    void places();
    void scopesAreNoWords();
    void authorsByFoldedName();
};

void tst_SearchWords::tokens_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("words");
    QTest::newRow("empty") << u""_s << QStringList();
    QTest::newRow("no-words") << u"... !? \U0001F4BE"_s << QStringList();
    QTest::newRow("plain") << u"Disk ALARM on db2, disk 3!"_s
                           << QStringList{u"disk"_s, u"alarm"_s, u"on"_s, u"db2"_s, u"disk"_s, u"3"_s};
    QTest::newRow("accents") << u"Crème Brûlée àéñõü"_s << QStringList{u"creme"_s, u"brulee"_s, u"aenou"_s};
    QTest::newRow("combining") << u"cafe\u0301"_s << QStringList{u"cafe"_s};
    QTest::newRow("sharp-s") << u"Straße STRASSE"_s << QStringList{u"strasse"_s, u"strasse"_s};
    QTest::newRow("capital-sharp-s") << u"GRO\u1E9E"_s << QStringList{u"gross"_s};
    QTest::newRow("compatibility") << u"ﬁle ＡＢＣ x²"_s << QStringList{u"file"_s, u"abc"_s, u"x2"_s};
    QTest::newRow("greek") << u"ΆΛΦΑ άλφα"_s << QStringList{u"αλφα"_s, u"αλφα"_s};
    QTest::newRow("marks-inside-stay") << u"क्या हाल"_s << QStringList{u"क्या"_s, u"हाल"_s};
    QTest::newRow("han-one-by-one") << u"東京db"_s << QStringList{u"東"_s, u"京"_s, u"db"_s};
    QTest::newRow("beyond-the-plane") << u"x\U00020000y"_s << QStringList{u"x"_s, u"\U00020000"_s, u"y"_s};
    QTest::newRow("address") << u"root@db-2.example.org"_s
                             << QStringList{u"root"_s, u"db"_s, u"2"_s, u"example"_s, u"org"_s};
    QTest::newRow("underscore-divides") << u"max_queued"_s << QStringList{u"max"_s, u"queued"_s};
    QTest::newRow("private-use-divides") << u"a\uE000b"_s << QStringList{u"a"_s, u"b"_s};
}

void tst_SearchWords::tokens()
{
    QFETCH(QString, text);
    QFETCH(QStringList, words);
    QCOMPARE(searchTokens(text), words);
    QCOMPARE(searchTokens(searchTokens(text).join(u' ')), words); // folding twice changes nothing
    QCOMPARE(wordsOf(placedTokens(text)), words);
}

void tst_SearchWords::longWordIsCut()
{
    QCOMPARE(searchTokens(QString(4096, u'x')), QStringList{QString(MaxWordUnits, u'x')});
}

/// Folding piece by piece finds what folding the whole finds: marks that change places, characters that fold
/// to several, halves of pairs.
void tst_SearchWords::placesAreOfTheSameWords()
{
    const QList<char32_t> some = {U'a',    U'B',    U' ',   U'-',   0x301,  0x323,  0x345,  0x344,
                                  0xDF,    0x1E9E,  0xBD,   0xFB01, 0x1F80, 0x1F8D, 0xF73,  0xF71,
                                  0xFF76,  0xFF9E,  0x3099, 0x6771, 0x915,  0x94D,  0xAC01, 0x110BA,
                                  0x1109A, 0x10400, 0xD800, 0xDC00, 0x2126, 0x0};
    QRandomGenerator random(20261125);
    for (int round = 0; round < 3000; ++round) {
        QString text;
        const int length = 1 + random.bounded(8);
        for (int i = 0; i < length; ++i)
            text += QChar::fromUcs4(some[random.bounded(int(some.size()))]);
        QVERIFY2(wordsOf(placedTokens(text)) == searchTokens(text), text.toUtf8().toHex(' ').constData());
    }
}

void tst_SearchWords::places_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("parts");
    QTest::newRow("plain") << u" Disk, on"_s << QStringList{u"Disk"_s, u"on"_s};
    QTest::newRow("accent-is-inside") << u"cafe\u0301 x"_s << QStringList{u"cafe\u0301"_s, u"x"_s};
    QTest::newRow("several-from-one") << u"a ½b"_s << QStringList{u"a"_s, u"½"_s, u"½b"_s};
    QTest::newRow("pairs") << u"\U0001F4BE\U00010400 \U00020000"_s
                           << QStringList{u"\U00010400"_s, u"\U00020000"_s};
    QTest::newRow("cut") << QString(70, u'x') << QStringList{QString(70, u'x')};
}

void tst_SearchWords::places()
{
    QFETCH(QString, text);
    QStringList parts;
    for (const PlacedWord &each : placedTokens(text))
        parts.append(text.sliced(each.start, each.end - each.start));
    QTEST(parts, "parts");
}

void tst_SearchWords::scopesAreNoWords()
{
    QVERIFY(roomToken(7) != roomToken(70));
    for (const QString &scope : {roomToken(7), authorToken(u"ana"_s)})
        QVERIFY(!searchTokens(scope).contains(scope));
}

void tst_SearchWords::authorsByFoldedName()
{
    QCOMPARE(authorToken(u"José Díaz"_s), authorToken(u"JOSE DIAZ"_s));
    QVERIFY(authorToken(u"jose"_s) != authorToken(u"josé díaz"_s));
}

QTEST_GUILESS_MAIN(tst_SearchWords)

#include "tst_searchwords.moc"
