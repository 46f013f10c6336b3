// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/store/historyfixture.h"

#include "server/store/storeconnection.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Start = 1'764'000'000'000'000;
constexpr qint64 Second = 1'000'000;
constexpr qint64 Everything = std::numeric_limits<qint64>::max();

struct Sample
{
    QString text;
    QString author;
    bool inOps = false;
    qint64 second = 0;
};

// In order of arrival; the clock of the daemon was wrong at the seventh.
QList<Sample> samples()
{
    return {
        Sample{u"Disk alarm on db2"_s, u"ana"_s, false, 1},
        Sample{u"the alarm: disk of db-2 is full"_s, u"bo"_s, false, 2},
        Sample{u"café con leche"_s, u"Ana Lee"_s, false, 3},
        Sample{u"東京タワー is high"_s, u"bo"_s, true, 4},
        Sample{u"alarms in ops, no disk"_s, u"ana"_s, true, 5},
        Sample{u"I said: \"it's OR, not AND\" (really)"_s, u"ána"_s, true, 6},
        Sample{u"disk again"_s, u"bo"_s, false, -1000},
        Sample{u"\u0411\u043B\u043E\u043A disk Straße"_s, u"\U0001F4BE"_s, false, 8},
    };
}

} // namespace

class tst_HistorySearch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void finds_data();
    void finds();
    void hostileQueries_data();
    void hostileQueries();
    void nothingBeyondWhatWasAnnounced();
    void pagesWithoutHoleOrRepeat_data();
    void pagesWithoutHoleOrRepeat();
    void messagesThatArriveMeanwhileChangeNoPage();
    void whatWasFoundIsWhole();
    void deletedMessagesAreGone();
    void searchesAreBounded();
    void closedHistoryFailsThem();
    void reopensAfterFailure();

private:
    SearchRequest request(const QString &query) const;
    /// Places in samples(), from 1, newest first.
    QList<qint64> arrivalsOf(const StoredFinds &finds) const;

    HistoryFixture m_fixture;
    StoredRoom m_ops;
    std::unique_ptr<HistoryFixture> m_pages;
    std::unique_ptr<HistoryFixture> m_hurriedPages;
};

void tst_HistorySearch::initTestCase()
{
    QVERIFY(m_fixture.open());
    const auto ops = m_fixture.createRoom(u"ops"_s);
    QVERIFY(ops);
    m_ops = *ops;
    const QList<Sample> all = samples();
    for (const Sample &sample : all) {
        Message message = sampleMessage(sample.text);
        message.from = {u"u-"_s + sample.author, sample.author};
        message.room = sample.inOps ? u"ops"_s : u"general"_s;
        message.stamps.best.t = Start + sample.second * Second;
        m_fixture.append(message, sample.inOps ? m_ops.number : m_fixture.general());
    }
    QVERIFY(m_fixture.waitForAnswers(all.size()));
}

SearchRequest tst_HistorySearch::request(const QString &query) const
{
    SearchRequest request;
    request.query = *SearchQuery::parse(query);
    request.rooms = {{m_fixture.general(), u"general"_s, Everything}, {m_ops.number, u"ops"_s, Everything}};
    return request;
}

QList<qint64> tst_HistorySearch::arrivalsOf(const StoredFinds &finds) const
{
    QList<qint64> arrivals;
    for (const FoundMessage &found : finds.finds)
        arrivals.append(found.arrival);
    return arrivals;
}

void tst_HistorySearch::finds_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("room"); // empty: both
    QTest::addColumn<OptionalMicros>("since");
    QTest::addColumn<OptionalMicros>("until");
    QTest::addColumn<QList<qint64>>("arrivals");
    const auto row = [](const char *name, const QString &query, const QList<qint64> &arrivals,
                        const QString &from = {}, const QString &room = {}, OptionalMicros since = {},
                        OptionalMicros until = {}) {
        QTest::newRow(name) << query << from << room << since << until << arrivals;
    };
    row("word", u"disk"_s, {8, 7, 5, 2, 1});
    row("case", u"DISK"_s, {8, 7, 5, 2, 1});
    row("two-words", u"disk alarm"_s, {2, 1});
    row("no-such-word", u"moon"_s, {});
    row("one-of-two", u"disk moon"_s, {});
    row("part-of-a-word", u"alar"_s, {});
    row("prefix", u"ala*"_s, {5, 2, 1});
    row("prefix-and-word", u"ala* full"_s, {2});
    row("two-prefixes", u"ala* fu*"_s, {2});
    row("prefix-nowhere", u"moo*"_s, {});
    row("phrase", u"\"disk alarm\""_s, {1});
    row("phrase-with-prefix", u"\"disk ala\"*"_s, {1});
    row("piece", u"db-2"_s, {2});
    row("accents", u"CAFE"_s, {3});
    row("sharp-s", u"strasse"_s, {8});
    row("cyrillic", u"\u0431\u043B\u043E\u043A"_s, {8});
    row("cyrillic-prefix", u"\u0431\u043B*"_s, {8});
    row("han", u"東京"_s, {4});
    row("one-han", u"京"_s, {4});
    row("han-in-other-order", u"京東"_s, {});
    row("author", u""_s, {6, 5, 1}, u"ana"_s);
    row("author-without-case-or-accents", u""_s, {6, 5, 1}, u"ÁNA"_s);
    row("author-of-two-words", u""_s, {3}, u"ana lee"_s);
    row("author-and-word", u"disk"_s, {5, 1}, u"ana"_s);
    row("author-and-prefix", u"al*"_s, {5, 1}, u"ana"_s);
    row("author-of-signs", u""_s, {8}, u"\U0001F4BE"_s);
    row("author-of-other-signs", u""_s, {}, u"\U0001F4BF"_s);
    row("author-in-room", u""_s, {6, 5}, u"ana"_s, u"ops"_s);
    row("room", u""_s, {6, 5, 4}, {}, u"ops"_s);
    row("word-in-room", u"disk"_s, {5}, {}, u"ops"_s);
    row("other-room", u"disk"_s, {8, 7, 2, 1}, {}, u"general"_s);
    row("since-counts", u""_s, {8, 6, 5}, {}, {}, Start + 5 * Second);
    row("since-just-after", u""_s, {8, 6}, {}, {}, Start + 5 * Second + 1);
    row("until-counts", u""_s, {7, 2, 1}, {}, {}, {}, Start + 2 * Second);
    row("until-just-before", u""_s, {7, 1}, {}, {}, {}, Start + 2 * Second - 1);
    row("time-range-and-word", u"disk"_s, {5, 2}, {}, {}, Start + 2 * Second, Start + 7 * Second);
    row("time-range-and-prefix", u"ala*"_s, {5, 2}, {}, {}, Start + 2 * Second, Start + 7 * Second);
    row("all-of-it", u"alarm* disk"_s, {5}, u"ana"_s, u"ops"_s, Start + 5 * Second, Start + 5 * Second);
    row("everything", u""_s, {8, 7, 6, 5, 4, 3, 2, 1});
}

void tst_HistorySearch::finds()
{
    QFETCH(QString, query);
    QFETCH(QString, room);
    SearchRequest asked = request(query);
    QFETCH(QString, from);
    QFETCH(OptionalMicros, since);
    QFETCH(OptionalMicros, until);
    asked.from = from;
    asked.since = since;
    asked.until = until;
    if (!room.isEmpty())
        asked.rooms.removeIf([&room](const SearchedRoom &each) { return each.name != room; });
    const auto finds = m_fixture.search(asked);
    QVERIFY(finds);
    QTEST(arrivalsOf(*finds), "arrivals");
    QCOMPARE(finds->next, std::nullopt);
}

void tst_HistorySearch::hostileQueries_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QList<qint64>>("arrivals");
    QTest::newRow("or") << u"disk OR moon"_s << QList<qint64>{};
    QTest::newRow("operators-are-words") << u"it's OR, not AND"_s << QList<qint64>{6};
    QTest::newRow("near") << u"NEAR(disk alarm, 5)"_s << QList<qint64>{};
    QTest::newRow("column") << u"words:disk"_s << QList<qint64>{};
    QTest::newRow("first") << u"^disk"_s << QList<qint64>{8, 7, 5, 2, 1};
    QTest::newRow("parentheses") << u"(disk) (((alarm"_s << QList<qint64>{2, 1};
    QTest::newRow("single-quotes") << u"'disk' '; DROP TABLE message; --"_s << QList<qint64>{};
    QTest::newRow("backslashes") << u"\\disk\\ \\\\"_s << QList<qint64>{8, 7, 5, 2, 1};
    QTest::newRow("tsquery") << u"disk & !alarm | <-> :*"_s << QList<qint64>{2, 1};
    QTest::newRow("nul") << u"disk"_s + QChar(u'\0') << QList<qint64>{8, 7, 5, 2, 1};
    QTest::newRow("token-of-a-room") << u"\uE000r1"_s << QList<qint64>{};
    QTest::newRow("percent") << u"%1 %s disk"_s << QList<qint64>{};
    QTest::newRow("lone-surrogate") << u"disk"_s + QChar(0xDC00) << QList<qint64>{8, 7, 5, 2, 1};
    QTest::newRow("new-scripts") << u"disk \U0001E922\U00010D00x"_s << QList<qint64>{};
}

void tst_HistorySearch::hostileQueries()
{
    QFETCH(QString, query);
    const auto finds = m_fixture.search(request(query));
    QVERIFY(finds);
    QTEST(arrivalsOf(*finds), "arrivals");
}

void tst_HistorySearch::nothingBeyondWhatWasAnnounced()
{
    SearchRequest asked = request(u"disk"_s);
    asked.rooms[0].upTo = 1;
    QCOMPARE(arrivalsOf(*m_fixture.search(asked)), (QList<qint64>{5, 1}));
    asked.rooms.removeLast();
    QCOMPARE(arrivalsOf(*m_fixture.search(asked)), (QList<qint64>{1}));
    asked.rooms.clear();
    QCOMPARE(arrivalsOf(*m_fixture.search(asked)), (QList<qint64>{}));
    for (qint64 number = 1000; number < 1000 + 40; ++number) // too many for the index
        asked.rooms.append({number, u"x"_s, Everything});
    QCOMPARE(arrivalsOf(*m_fixture.search(asked)), (QList<qint64>{}));
    asked.rooms.append({m_ops.number, u"ops"_s, Everything});
    QCOMPARE(arrivalsOf(*m_fixture.search(asked)), (QList<qint64>{5}));
}

void tst_HistorySearch::pagesWithoutHoleOrRepeat_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<int>("limit");
    QTest::addColumn<bool>("hurried"); // each search ends after its first piece
    for (const bool hurried : {false, true}) {
        for (const char *query : {"even", "ev*", "", "\"number even\"", "from:bo", "from:bo ev*"}) {
            for (const int limit : {1, 7, 150, 500})
                QTest::addRow("%s-%d%s", query, limit, hurried ? "-hurried" : "")
                    << QString::fromLatin1(query) << limit << hurried;
        }
    }
}

void tst_HistorySearch::pagesWithoutHoleOrRepeat()
{
    QFETCH(QString, query);
    QFETCH(int, limit);
    QFETCH(bool, hurried);
    std::unique_ptr<HistoryFixture> &kept = hurried ? m_hurriedPages : m_pages;
    if (!kept)
        kept = std::make_unique<HistoryFixture>();
    HistoryFixture &fixture = *kept;
    if (fixture.committed.isEmpty()) {
        if (hurried)
            fixture.config().searchPace = {std::chrono::milliseconds(0), 1, 1};
        QVERIFY(fixture.open());
        for (int i = 1; i <= 300; ++i) {
            Message message = sampleMessage(i % 2 ? u"number odd"_s : u"number even"_s);
            message.from.name = i % 4 ? u"ana"_s : u"bo"_s;
            fixture.append(message);
        }
        QVERIFY(fixture.waitForAnswers(300));
    }
    SearchRequest asked;
    asked.query = *SearchQuery::parse(query);
    asked.from = asked.query.from();
    asked.rooms = {{fixture.general(), u"general"_s, Everything}};
    asked.limit = limit;
    QList<qint64> arrivals;
    int pages = 0;
    do {
        const auto finds = fixture.search(asked);
        QVERIFY(finds);
        QVERIFY(finds->finds.size() <= limit);
        arrivals.append(arrivalsOf(*finds));
        asked.before = finds->next;
        ++pages;
    } while (asked.before && pages < 1000);
    QList<qint64> expected;
    for (qint64 i = 300; i >= 1; --i) {
        if ((i % 4 == 0 || !query.contains(u"bo"_s)) && (i % 2 == 0 || !query.contains(u"ev"_s)))
            expected.append(i);
    }
    QCOMPARE(arrivals, expected);
    if (!hurried)
        QCOMPARE(pages, int((expected.size() + limit - 1) / limit)); // no empty page at the end
}

void tst_HistorySearch::messagesThatArriveMeanwhileChangeNoPage()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    for (int i = 1; i <= 20; ++i)
        fixture.append(sampleMessage(u"disk %1"_s.arg(i)));
    QVERIFY(fixture.waitForAnswers(20));
    SearchRequest asked;
    asked.query = *SearchQuery::parse(u"disk"_s);
    asked.rooms = {{fixture.general(), u"general"_s, 20}};
    asked.limit = 3;
    QList<qint64> arrivals;
    do {
        const auto finds = fixture.search(asked);
        QVERIFY(finds);
        arrivals.append(arrivalsOf(*finds));
        asked.before = finds->next;
        QVERIFY(fixture.store(sampleMessage(u"disk"_s)) > 0);
        asked.rooms[0].upTo = Everything;
    } while (asked.before);
    QCOMPARE(arrivals.size(), 20);
    for (qsizetype i = 0; i < 20; ++i)
        QCOMPARE(arrivals[i], 20 - i);
}

void tst_HistorySearch::whatWasFoundIsWhole()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    Message message = sampleMessage(u"something in every field"_s);
    message.replyTo = 2;
    message.seq = fixture.store(message);
    SearchRequest asked;
    asked.query = *SearchQuery::parse(u"field"_s);
    asked.rooms = {{fixture.general(), u"general"_s, Everything}};
    const auto finds = fixture.search(asked);
    QVERIFY(finds && finds->finds.size() == 1);
    QCOMPARE(finds->finds.constFirst().message, message);
}

void tst_HistorySearch::deletedMessagesAreGone()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    for (int i = 1; i <= 5; ++i)
        QVERIFY(fixture.store(sampleMessage(u"disk %1"_s.arg(i))) > 0);
    const auto connection =
        StoreConnection::open(fixture.config().address(), StoreConnection::Access::ReadWrite);
    QVERIFY(connection);
    QVERIFY((*connection)->run(u"DELETE FROM message WHERE arrival IN (1, 3)"_s));
    SearchRequest asked;
    asked.query = *SearchQuery::parse(u"disk"_s);
    asked.rooms = {{fixture.general(), u"general"_s, Everything}};
    const auto finds = fixture.search(asked);
    QVERIFY(finds);
    QCOMPARE(arrivalsOf(*finds), (QList<qint64>{5, 4, 2}));
}

void tst_HistorySearch::searchesAreBounded()
{
    QSignalSpy searched(&m_fixture.history(), &History::searched);
    int taken = 0;
    while (taken < 1000 && m_fixture.history().search(quint64(10'000 + taken), request(u"disk"_s)))
        ++taken;
    QCOMPARE(taken, 64);
    QTRY_COMPARE(searched.size(), taken);
    QVERIFY(m_fixture.search(request(u"disk"_s)));
}

void tst_HistorySearch::closedHistoryFailsThem()
{
    HistoryFixture fixture;
    fixture.config().searchPace = {std::chrono::milliseconds(0), 1000, 1000};
    QVERIFY(fixture.open());
    for (int i = 0; i < 300; ++i)
        fixture.append(sampleMessage(u"disk"_s));
    QVERIFY(fixture.waitForAnswers(300));
    QSignalSpy searched(&fixture.history(), &History::searched);
    QSignalSpy failed(&fixture.history(), &History::searchFailed);
    SearchRequest asked;
    asked.query = *SearchQuery::parse(u"moon*"_s);
    asked.rooms = {{fixture.general(), u"general"_s, Everything}};
    for (quint64 ticket = 1; ticket <= 20; ++ticket)
        QVERIFY(fixture.history().search(ticket, asked));
    fixture.history().close();
    QCOMPARE(searched.size() + failed.size(), 20);
    QVERIFY(!fixture.history().search(21, asked));
}

void tst_HistorySearch::reopensAfterFailure()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    QVERIFY(fixture.store(sampleMessage(u"disk"_s)) > 0);
    const auto connection =
        StoreConnection::open(fixture.config().address(), StoreConnection::Access::ReadWrite);
    QVERIFY(connection);
    const QString table = testsUsePostgresql() ? u"message"_s : u"message_words"_s;
    SearchRequest asked;
    asked.query = *SearchQuery::parse(u"disk"_s);
    asked.rooms = {{fixture.general(), u"general"_s, Everything}};
    QVERIFY((*connection)->run(u"ALTER TABLE %1 RENAME TO away"_s.arg(table)));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"^searching fails: .+"_s));
    QVERIFY(!fixture.search(asked));
    QVERIFY((*connection)->run(u"ALTER TABLE away RENAME TO %1"_s.arg(table)));
    const auto finds = fixture.search(asked);
    QVERIFY(finds);
    QCOMPARE(arrivalsOf(*finds), (QList<qint64>{1}));
}

QTEST_GUILESS_MAIN(tst_HistorySearch)

#include "tst_historysearch.moc"
