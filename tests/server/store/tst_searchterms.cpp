// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/searchterms.h"

#include "common/searchwords.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

SearchRequest requestFor(const QString &query)
{
    SearchRequest request;
    request.query = *SearchQuery::parse(query);
    return request;
}

} // namespace

class tst_SearchTerms : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fts_data();
    void fts();
    void scopes();
    void manyRoomsAreLookedAtOneByOne();
    void quotesAreDoubled();
    void authors_data();
    void authors();
};

void tst_SearchTerms::fts_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("match");
    QTest::addColumn<QString>("lexemes");
    QTest::newRow("nothing") << u""_s << u""_s << u""_s;
    QTest::newRow("word") << u"Disk"_s << u"\"disk\""_s << u"'disk'"_s;
    QTest::newRow("words") << u"disk alarm"_s << u"\"disk\" AND \"alarm\""_s << u"'disk' & 'alarm'"_s;
    QTest::newRow("prefix") << u"ala* disk"_s << u"\"disk\" AND \"ala\" *"_s << u"'disk' & 'ala':*"_s;
    QTest::newRow("phrase") << u"\"the disk of the db\""_s << u"\"the\" AND \"disk\" AND \"of\" AND \"db\""_s
                            << u"'the' & 'disk' & 'of' & 'db'"_s;
    QTest::newRow("phrase-with-prefix")
        << u"\"disk ala\"*"_s << u"\"disk\" AND \"ala\" *"_s << u"'disk' & 'ala':*"_s;
    QTest::newRow("same-prefix-in-two-phrases")
        << u"\"x ala\"* \"y ala\"*"_s << u"\"x\" AND \"y\" AND \"ala\" *"_s << u"'x' & 'y' & 'ala':*"_s;
    QTest::newRow("operators") << u"a OR b NOT c"_s << u"\"a\" AND \"or\" AND \"b\" AND \"not\" AND \"c\""_s
                               << u"'a' & 'or' & 'b' & 'not' & 'c'"_s;
}

void tst_SearchTerms::fts()
{
    QFETCH(QString, query);
    QTEST(ftsMatch(indexTerms(requestFor(query))), "match");
    QTEST(tsQuery(indexTerms(requestFor(query))), "lexemes");
}

void tst_SearchTerms::scopes()
{
    SearchRequest request = requestFor(u"disk ala*"_s);
    request.from = u"ana"_s;
    request.rooms = {{7, u"a"_s, 1}, {9, u"b"_s, 1}};
    const IndexTerms terms = indexTerms(request);
    QCOMPARE(ftsMatch(terms), u"\"disk\" AND \"%1\" AND \"ala\" * AND (\"%2\" OR \"%3\")"_s.arg(
                                  authorToken(u"Ana"_s), roomToken(7), roomToken(9)));
    QCOMPARE(tsQuery(terms), u"'disk' & '%1' & 'ala':* & ('%2' | '%3')"_s.arg(authorToken(u"Ana"_s),
                                                                              roomToken(7), roomToken(9)));
    QCOMPARE(ftsMatch(terms.withoutPrefixes()), u"\"disk\" AND \"%1\" AND (\"%2\" OR \"%3\")"_s.arg(
                                                    authorToken(u"Ana"_s), roomToken(7), roomToken(9)));
}

void tst_SearchTerms::manyRoomsAreLookedAtOneByOne()
{
    SearchRequest request;
    for (qint64 number = 1; number <= MaxRoomTerms; ++number)
        request.rooms.append({number, u"r"_s, 1});
    QCOMPARE(indexTerms(request).rooms.size(), MaxRoomTerms);
    request.rooms.append({99, u"r"_s, 1});
    QVERIFY(indexTerms(request).isEmpty());
}

void tst_SearchTerms::quotesAreDoubled()
{
    QCOMPARE(ftsMatch({{u"a\" OR \"b"_s}, {u"c\""_s}, {u"d\""_s}}),
             u"\"a\"\" OR \"\"b\" AND \"c\"\"\" * AND (\"d\"\"\")"_s);
    QCOMPARE(tsQuery({{uR"(a' | 'b\)"_s}, {u"c'"_s}, {u"d:*"_s}}), uR"('a'' | ''b\\' & 'c''':* & ('d:*'))"_s);
}

void tst_SearchTerms::authors_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("lookedFor");
    QTest::addColumn<bool>("same");
    QTest::newRow("same") << u"ana"_s << u"ana"_s << true;
    QTest::newRow("case-and-accents") << u"JOSÉ díaz"_s << u"jose Diaz"_s << true;
    QTest::newRow("one-word-of-two") << u"jose diaz"_s << u"jose"_s << false;
    QTest::newRow("other-order") << u"jose diaz"_s << u"diaz jose"_s << false;
    QTest::newRow("signs-beside-words") << u"ana!"_s << u"ana"_s << true;
    QTest::newRow("signs-alone") << u"\U0001F4BE"_s << u"\U0001F4BE"_s << true;
    QTest::newRow("other-signs") << u"\U0001F4BE"_s << u"\U0001F4BF"_s << false;
}

void tst_SearchTerms::authors()
{
    QFETCH(QString, name);
    QFETCH(QString, lookedFor);
    QTEST(isAuthor(name, lookedFor), "same");
}

QTEST_GUILESS_MAIN(tst_SearchTerms)

#include "tst_searchterms.moc"
