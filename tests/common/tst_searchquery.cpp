// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/searchquery.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

/// `disk "db 2" ala*`: phrases as one line, to compare by.
QString written(const SearchQuery &query)
{
    QStringList parts;
    for (const SearchQuery::Phrase &phrase : query.phrases()) {
        const QString words = phrase.words.join(u' ');
        const QString quoted = phrase.words.size() > 1 ? u"\"%1\""_s.arg(words) : words;
        parts.append(phrase.lastIsPrefix ? quoted + u'*' : quoted);
    }
    if (!query.from().isEmpty())
        parts.append(u"from=%1"_s.arg(query.from()));
    if (query.room())
        parts.append(u"room=%1"_s.arg(query.room()->text()));
    return parts.join(u' ');
}

/// The text with what is marked in brackets.
QString marked(const QString &text, const QList<TextRange> &ranges)
{
    QString result = text;
    for (auto range = ranges.crbegin(); range != ranges.crend(); ++range) {
        result.insert(range->start + range->length, u']');
        result.insert(range->start, u'[');
    }
    return result;
}

} // namespace

class tst_SearchQuery : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void parses_data();
    void parses();
    void refuses_data();
    void refuses();
    void matches_data();
    void matches();
    void highlights_data();
    void highlights();
    void knowsWhenTheTextIsNeeded();
    void checksFrames_data();
    void checksFrames();
    void joinsQueryAndFields();
    void refusesFrames_data();
    void refusesFrames();
};

void tst_SearchQuery::parses_data()
{
    QTest::addColumn<QString>("input");
    QTest::addColumn<QString>("phrases");
    QTest::newRow("empty") << u""_s << u""_s;
    QTest::newRow("blank") << u" \t\n"_s << u""_s;
    QTest::newRow("words") << u"Disk  ALARM"_s << u"disk alarm"_s;
    QTest::newRow("same-word-twice") << u"disk Disk"_s << u"disk"_s;
    QTest::newRow("prefix") << u"ala*"_s << u"ala*"_s;
    QTest::newRow("two-stars") << u"ala**"_s << u"ala*"_s;
    QTest::newRow("star-inside") << u"a*b"_s << u"\"a b\""_s;
    QTest::newRow("star-before") << u"*disk"_s << u"disk"_s;
    QTest::newRow("phrase") << u"\"disk alarm\" db"_s << u"\"disk alarm\" db"_s;
    QTest::newRow("phrase-with-prefix") << u"\"disk ala\"*"_s << u"\"disk ala\"*"_s;
    QTest::newRow("star-in-quotes-is-a-sign") << u"\"disk ala*\""_s << u"\"disk ala\""_s;
    QTest::newRow("quotes-of-phones") << u"\u201Cdisk alarm\u201D"_s << u"\"disk alarm\""_s;
    QTest::newRow("open-quote") << u"x \"disk ala"_s << u"x \"disk ala\""_s;
    QTest::newRow("lone-quote") << u"x \""_s << u"x"_s;
    QTest::newRow("empty-quotes") << u"\"\" x"_s << u"x"_s;
    QTest::newRow("quote-after-word") << u"x\"disk alarm\"y"_s << u"x \"disk alarm\" y"_s;
    QTest::newRow("one-piece-is-a-phrase") << u"db-2 root@host"_s << u"\"db 2\" \"root host\""_s;
    QTest::newRow("accents") << u"Crème*"_s << u"creme*"_s;
    QTest::newRow("han") << u"東京 db"_s << u"\"東 京\" db"_s;
    QTest::newRow("han-prefix-is-whole") << u"東京*"_s << u"\"東 京\""_s;
    QTest::newRow("one-han-prefix") << u"東*"_s << u"東"_s;
    QTest::newRow("signs-beside-words") << u"!? disk ..."_s << u"disk"_s;
    QTest::newRow("author") << u"from:Ana disk"_s << u"disk from=Ana"_s;
    QTest::newRow("author-in-quotes") << u"from:\"Ana Lee\" disk"_s << u"disk from=Ana Lee"_s;
    QTest::newRow("author-with-signs") << u"from:\U0001F4BE"_s << u"from=\U0001F4BE"_s;
    QTest::newRow("phones-begin-with-capitals") << u"From:ana"_s << u"from=ana"_s;
    QTest::newRow("author-not-given") << u"from: ana"_s << u"from ana"_s;
    QTest::newRow("from-at-the-end") << u"ana from:"_s << u"ana from"_s;
    QTest::newRow("room") << u"room:ops"_s << u"room=ops"_s;
    QTest::newRow("key-in-quotes-is-text") << u"\"from:ana\""_s << u"\"from ana\""_s;
    QTest::newRow("other-key-is-text") << u"http://x"_s << u"\"http x\""_s;
    QTest::newRow("operators-are-words") << u"a OR NOT b NEAR(c) AND"_s << u"a or not b \"near c\" and"_s;
    QTest::newRow("minus-is-a-sign") << u"-5 --force"_s << u"5 force"_s;
    QTest::newRow("hostile") << u"a') ; DROP\\\\ (b | c) :* ^d {e}: 'f' & !g <-> h"_s
                             << u"a drop b c d e f g h"_s;
    QTest::newRow("nul") << u"a"_s + QChar(u'\0') + u"b"_s << u"\"a b\""_s;
    QTest::newRow("private-use") << u"\uE000r1"_s << u"r1"_s;
    QTest::newRow("lone-surrogate") << u"a"_s + QChar(0xD800) + u"b"_s << u"\"a b\""_s;
    QTest::newRow("longest") << QString(SearchQuery::MaxUnits, u'x') << QString(64, u'x');
}

void tst_SearchQuery::parses()
{
    QFETCH(QString, input);
    QFETCH(QString, phrases);
    const auto query = SearchQuery::parse(input);
    QVERIFY2(query.has_value(), qPrintable(query ? QString() : query.error()));
    QCOMPARE(written(*query), phrases);
}

void tst_SearchQuery::refuses_data()
{
    QTest::addColumn<QString>("input");
    QTest::addColumn<QString>("part");
    QTest::newRow("too-long") << QString(SearchQuery::MaxUnits + 1, u'x') << u"256 characters"_s;
    QTest::newRow("signs-alone") << u"?! \U0001F4BE"_s << u"no word"_s;
    QTest::newRow("star-alone") << u"*"_s << u"no word"_s;
    QTest::newRow("short-prefix") << u"a*"_s << u"at least 2 letters"_s;
    QTest::newRow("short-prefix-in-phrase") << u"\"disk a\"*"_s << u"at least 2 letters"_s;
    QTest::newRow("short-prefix-beyond-the-plane") << u"\U00010400*"_s << u"at least 2 letters"_s;
    QTest::newRow("too-many-prefixes") << u"aa* bb* cc* dd* ee*"_s << u"more than 4"_s;
    QTest::newRow("too-many-words") << u"a-b-c-d-e-f-g-h "_s.repeated(1) + u"東"_s.repeated(57)
                                    << u"more than 64"_s;
    QTest::newRow("two-authors") << u"from:a from:b"_s << u"author twice"_s;
    QTest::newRow("no-author") << u"from:\"\""_s << u"author to search for"_s;
    QTest::newRow("no-room") << u"room:\"a b\""_s << u"room to search in"_s;
    QTest::newRow("two-rooms") << u"room:a room:b"_s << u"room twice"_s;
}

void tst_SearchQuery::refuses()
{
    QFETCH(QString, input);
    QFETCH(QString, part);
    const auto query = SearchQuery::parse(input);
    QVERIFY(!query.has_value());
    QVERIFY2(query.error().contains(part), qPrintable(query.error()));
    QVERIFY(query.error().endsWith(u'.'));
}

void tst_SearchQuery::matches_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("does");
    const QString text = u"Disk ALARM on db-2: the café's disk is full, 東京タワー"_s;
    QTest::newRow("empty") << u""_s << text << true;
    QTest::newRow("word") << u"alarm"_s << text << true;
    QTest::newRow("two-words-in-any-order") << u"full alarm"_s << text << true;
    QTest::newRow("one-of-two") << u"full moon"_s << text << false;
    QTest::newRow("part-of-a-word") << u"ala"_s << text << false;
    QTest::newRow("prefix") << u"ala*"_s << text << true;
    QTest::newRow("prefix-is-a-whole-word") << u"alarm*"_s << text << true;
    QTest::newRow("prefix-longer") << u"alarms*"_s << text << false;
    QTest::newRow("accent") << u"CAFE"_s << text << true;
    QTest::newRow("phrase") << u"\"disk is full\""_s << text << true;
    QTest::newRow("phrase-over-signs") << u"\"full 東\""_s << text << true;
    QTest::newRow("words-but-no-phrase") << u"\"full disk\""_s << text << false;
    QTest::newRow("phrase-with-prefix") << u"\"disk is fu\"*"_s << text << true;
    QTest::newRow("prefix-is-of-the-last-word-only") << u"\"disk i full\"*"_s << text << false;
    QTest::newRow("phrase-beyond-the-end") << u"\"ワ ー x\""_s << text << false;
    QTest::newRow("second-try-of-a-phrase") << u"\"disk is\""_s << text << true;
    QTest::newRow("piece") << u"db-2"_s << text << true;
    QTest::newRow("piece-in-other-order") << u"2-db"_s << text << false;
    QTest::newRow("han") << u"東京"_s << text << true;
    QTest::newRow("han-in-other-order") << u"京東"_s << text << false;
    QTest::newRow("empty-text") << u"disk"_s << u""_s << false;
}

void tst_SearchQuery::matches()
{
    QFETCH(QString, query);
    QFETCH(QString, text);
    const auto parsed = SearchQuery::parse(query);
    QVERIFY(parsed.has_value());
    QTEST(parsed->matches(text), "does");
}

void tst_SearchQuery::highlights_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("nothing") << u"moon"_s << u"disk alarm"_s << u"disk alarm"_s;
    QTest::newRow("all-places") << u"disk"_s << u"Disk, disk."_s << u"[Disk], [disk]."_s;
    QTest::newRow("whole-word-of-a-prefix") << u"ala*"_s << u"disk alarm!"_s << u"disk [alarm]!"_s;
    QTest::newRow("phrase-with-its-signs")
        << u"\"disk alarm\""_s << u"a disk, alarm"_s << u"a [disk, alarm]"_s;
    QTest::newRow("overlap-is-one") << u"\"a b\" \"b c\""_s << u"a b c"_s << u"[a b c]"_s;
    QTest::newRow("accents-apart") << u"cafe"_s << u"un cafe\u0301!"_s << u"un [cafe\u0301]!"_s;
    QTest::newRow("folded-longer") << u"strasse"_s << u"die Straße."_s << u"die [Straße]."_s;
    QTest::newRow("ligature") << u"file"_s << u"a ﬁle"_s << u"a [ﬁle]"_s;
    QTest::newRow("half-of-a-character") << u"2"_s << u"x \u00BD y"_s << u"x [\u00BD] y"_s;
    QTest::newRow("beyond-the-plane")
        << u"\U00010428b"_s << u"\U0001F4BE \U00010400b"_s << u"\U0001F4BE [\U00010400b]"_s;
    QTest::newRow("han-side-by-side") << u"東 京"_s << u"在東京"_s << u"在[東京]"_s;
    QTest::newRow("what-was-cut-too")
        << QString(64, u'x') << QString(70, u'x') + u" y"_s << u'[' + QString(70, u'x') + u"] y"_s;
    QTest::newRow("some-of-the-words") << u"disk moon"_s << u"the disk"_s << u"the [disk]"_s;
}

void tst_SearchQuery::highlights()
{
    QFETCH(QString, query);
    QFETCH(QString, text);
    const auto parsed = SearchQuery::parse(query);
    QVERIFY(parsed.has_value());
    QTEST(marked(text, parsed->highlights(text)), "shown");
}

void tst_SearchQuery::knowsWhenTheTextIsNeeded()
{
    QVERIFY(!SearchQuery::parse(u"disk ala*"_s)->needsText());
    QVERIFY(SearchQuery::parse(u"disk db-2"_s)->needsText());
}

void tst_SearchQuery::checksFrames_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("from");
    QTest::addColumn<OptionalMicros>("since");
    QTest::addColumn<OptionalMicros>("until");
    QTest::newRow("word-alone") << u"disk"_s << u""_s << OptionalMicros() << OptionalMicros();
    QTest::newRow("author-alone") << u""_s << u" ana "_s << OptionalMicros() << OptionalMicros();
    QTest::newRow("since-alone") << u""_s << u""_s << OptionalMicros(0) << OptionalMicros();
    QTest::newRow("until-alone") << u""_s << u""_s << OptionalMicros() << OptionalMicros(-5);
    QTest::newRow("shortest-time") << u""_s << u""_s << OptionalMicros(5) << OptionalMicros(5);
    QTest::newRow("author-in-the-query-alone")
        << u"from:ana"_s << u""_s << OptionalMicros() << OptionalMicros();
}

void tst_SearchQuery::checksFrames()
{
    QFETCH(QString, query);
    QFETCH(QString, from);
    QFETCH(OptionalMicros, since);
    QFETCH(OptionalMicros, until);
    const auto search = checkedSearch({query, {}, from, since, until, 7, {}});
    QVERIFY2(search.has_value(), qPrintable(search ? QString() : search.error()));
    QCOMPARE(search->since, since);
    QCOMPARE(search->until, until);
    QCOMPARE(search->limit, 7);
    QCOMPARE(search->cursor, std::nullopt);
    QCOMPARE(search->from, from.isEmpty() ? search->query.from() : from.trimmed());
}

void tst_SearchQuery::joinsQueryAndFields()
{
    const RoomName ops = *RoomName::parse(u"ops"_s);
    const auto fromQuery = checkedSearch({u"from:ana room:ops"_s, {}, {}, {}, {}, 100, searchCursor(12)});
    QVERIFY(fromQuery.has_value());
    QCOMPARE(fromQuery->from, u"ana"_s);
    QVERIFY(fromQuery->room == ops);
    QCOMPARE(fromQuery->cursor, std::optional<qint64>(12));
    QVERIFY(checkedSearch({u"room:ops"_s, ops, {}, {}, {}, 100, {}}).has_value());
    QVERIFY(checkedSearch({u""_s, ops, {}, {}, {}, 100, {}})->room == ops);
}

void tst_SearchQuery::refusesFrames_data()
{
    QTest::addColumn<SearchFrame>("frame");
    QTest::addColumn<QString>("part");
    const auto row = [](const char *name, const SearchFrame &frame, const QString &part) {
        QTest::newRow(name) << frame << part;
    };
    row("nothing", {u" "_s, {}, {}, {}, {}, 100, {}}, u"Please give a word"_s);
    row("signs", {u"?!"_s, {}, {}, {}, {}, 100, {}}, u"no word"_s);
    row("author-twice", {u"from:ana"_s, {}, u"bo"_s, {}, {}, 100, {}}, u"author twice"_s);
    row("author-too-long", {u"x"_s, {}, QString(33, u'x'), {}, {}, 100, {}}, u"author to search for"_s);
    row("two-rooms", {u"room:ops"_s, RoomName::general(), {}, {}, {}, 100, {}}, u"two rooms"_s);
    row("no-time", {u"x"_s, {}, {}, 6, 5, 100, {}}, u"before it begins"_s);
    for (const QString &cursor :
         {u"x"_s, u"0"_s, u"-1"_s, u"012"_s, u" 1"_s, u"1e3"_s, u"9223372036854775808"_s})
        row(qPrintable(u"cursor-"_s + cursor), {u"x"_s, {}, {}, {}, {}, 100, cursor}, u"the cursor"_s);
}

void tst_SearchQuery::refusesFrames()
{
    QFETCH(SearchFrame, frame);
    QFETCH(QString, part);
    const auto search = checkedSearch(frame);
    QVERIFY(!search.has_value());
    QVERIFY2(search.error().contains(part), qPrintable(search.error()));
    QVERIFY(search.error().endsWith(u'.'));
}

QTEST_GUILESS_MAIN(tst_SearchQuery)

#include "tst_searchquery.moc"
