// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/searchwords.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

class tst_SearchWords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tokens_data();
    void tokens();
    void longWordIsCut();
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
}

void tst_SearchWords::longWordIsCut()
{
    QCOMPARE(searchTokens(QString(4096, u'x')), QStringList{QString(MaxWordUnits, u'x')});
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
