// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/roomcheck.h"
#include "server/store/roomtable.h"
#include "server/store/schema.h"
#include "tests/server/store/historyfixture.h"

#include <QSignalSpy>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

constexpr WireMicros Day = WireMicros(86400) * 1'000'000;
constexpr WireMicros Start = WireMicros(1'764'000'000) * 1'000'000;

Message writtenOn(int day, const QString &text = u"hello"_s)
{
    Message message = sampleMessage(text);
    message.stamps.best.t = Start + day * Day;
    return message;
}

} // namespace

/// Retention on a real database, with the time handed in.
class tst_Retention : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void byAge();
    void byCountInSteps();
    void postsGoOnMeanwhile();
    void offByDefault();
    void unknownTimeDeletesNothingByAge();
    void waitsForTheBridge();
    void deadLetterHoldsItsOwnRoomAlone();
    void bridgeThatIsGoneHoldsNothing();
    void wordsGoToo();
    void chainGoesOnAcrossRestart();

private:
    /// One run, to its end: nothing more gets cut.
    void trim(std::optional<WireMicros> now, qint64 firstSeq);
    qint64 value(const QString &sql) const;
    /// Empty: general is as it should be.
    QString problem() const;
    std::unique_ptr<HistoryFixture> m_fixture;
};

void tst_Retention::init()
{
    m_fixture = std::make_unique<HistoryFixture>();
}

qint64 tst_Retention::value(const QString &sql) const
{
    const auto connection =
        StoreConnection::open(m_fixture->config().address(), StoreConnection::Access::ReadOnly);
    const auto result = connection ? (*connection)->run(sql) : Result<QVariant, QSqlError>(QVariant(-1));
    return result ? result->toLongLong() : -1;
}

QString tst_Retention::problem() const
{
    const auto connection =
        StoreConnection::open(m_fixture->config().address(), StoreConnection::Access::ReadOnly);
    const auto rooms = readRooms(**connection);
    SeenNumbers arrivals(100000);
    for (const StoredRoom &room : *rooms) {
        const auto findings = checkRoom(**connection, room, arrivals, [](qint64) {});
        if (!findings)
            return findings.error();
        if (findings->fault)
            return findings->fault->what;
    }
    return {};
}

void tst_Retention::trim(std::optional<WireMicros> now, qint64 firstSeq)
{
    QSignalSpy cut(&m_fixture->history(), &History::frontCut);
    m_fixture->history().trim(now);
    QTRY_VERIFY(!cut.isEmpty() && cut.constLast().at(1).toLongLong() == firstSeq);
    QCOMPARE(cut.constLast().at(0).toLongLong(), m_fixture->general());
}

void tst_Retention::byAge()
{
    m_fixture->config().keep.days = 30;
    QVERIFY(m_fixture->open());
    for (const int day : {0, 1, 2, 20, 40})
        QVERIFY(m_fixture->store(writtenOn(day)));
    trim(Start + 32 * Day, 3); // the message of day 2 is just 30 days old
    const auto page = m_fixture->read({.room = m_fixture->general(), .upTo = 5});
    QVERIFY(page);
    QCOMPARE(page->firstSeq, 3);
    QCOMPARE(page->messages.size(), 3);
    QCOMPARE(value(u"SELECT cut_seq FROM room WHERE number = 1"_s), 2);
    QCOMPARE(problem(), QString());
    trim(Start + 1000 * Day, 5); // the newest stays
    QCOMPARE(m_fixture->all().size(), 1);
    QCOMPARE(m_fixture->store(writtenOn(1000)), 6);
    QCOMPARE(problem(), QString());
}

void tst_Retention::byCountInSteps()
{
    m_fixture->config().keep.messages = 10;
    QVERIFY(m_fixture->open());
    const auto other = m_fixture->createRoom(u"other"_s);
    QVERIFY(other);
    for (int i = 0; i < 450; ++i)
        QVERIFY(m_fixture->append(writtenOn(i % 7)));
    for (int i = 0; i < 5; ++i)
        QVERIFY(m_fixture->append(writtenOn(0), other->number));
    QVERIFY(m_fixture->waitForAnswers(455));
    QSignalSpy cut(&m_fixture->history(), &History::frontCut);
    trim(std::nullopt, 441);
    QCOMPARE(cut.size(), 5); // small steps
    QCOMPARE(m_fixture->all().size(), 10);
    QCOMPARE(m_fixture->all(other->number).size(), 5);
    QCOMPARE(problem(), QString());
}

void tst_Retention::postsGoOnMeanwhile()
{
    m_fixture->config().keep.messages = 10;
    QVERIFY(m_fixture->open());
    for (int i = 0; i < 500; ++i)
        QVERIFY(m_fixture->append(writtenOn(0)));
    QVERIFY(m_fixture->waitForAnswers(500));
    QSignalSpy cut(&m_fixture->history(), &History::frontCut);
    m_fixture->history().trim(std::nullopt);
    QTRY_VERIFY(!cut.isEmpty());
    QCOMPARE(m_fixture->store(writtenOn(0)), 501);
    QVERIFY2(cut.constLast().at(1).toLongLong() < 491, "the run was over before the post");
    QTRY_COMPARE(cut.constLast().at(1).toLongLong(), 491);
    QCOMPARE(problem(), QString());
    m_fixture->history().trim(std::nullopt); // a run that is cut short by the end
    m_fixture->close();
}

void tst_Retention::offByDefault()
{
    QVERIFY(m_fixture->open());
    for (int i = 0; i < 3; ++i)
        QVERIFY(m_fixture->store(writtenOn(0)));
    m_fixture->history().trim(Start + 100000 * Day);
    QVERIFY(m_fixture->store(writtenOn(1)));
    m_fixture->close();
    QVERIFY(m_fixture->open());
    QCOMPARE(m_fixture->all().size(), 4);
}

void tst_Retention::unknownTimeDeletesNothingByAge()
{
    m_fixture->config().keep = {.days = 1, .messages = 3};
    QVERIFY(m_fixture->open());
    for (int i = 0; i < 5; ++i)
        QVERIFY(m_fixture->store(writtenOn(0)));
    trim(std::nullopt, 3);
    QCOMPARE(m_fixture->all().size(), 3);
}

void tst_Retention::waitsForTheBridge()
{
    m_fixture->config().ships = true;
    m_fixture->config().keep.messages = 1;
    QVERIFY(m_fixture->open());
    for (int i = 0; i < 6; ++i)
        QVERIFY(m_fixture->store(writtenOn(0)));
    m_fixture->close();
    // The bridge has taken the first three, and refuses the second for good.
    QVERIFY(m_fixture->runPast({u"DELETE FROM outbox WHERE last <= 3"_s,
                                u"INSERT INTO outbox_dead (arrival, reason, since) VALUES (2, 'bad', 1)"_s}));
    QVERIFY(m_fixture->open());
    trim(std::nullopt, 2);
    m_fixture->close();
    QVERIFY(m_fixture->runPast({u"DELETE FROM outbox_dead"_s}));
    QVERIFY(m_fixture->open());
    trim(std::nullopt, 4);
    QCOMPARE(m_fixture->all().size(), 3);
}

void tst_Retention::deadLetterHoldsItsOwnRoomAlone()
{
    m_fixture->config().ships = true;
    m_fixture->config().keep.messages = 1;
    QVERIFY(m_fixture->open());
    const auto other = m_fixture->createRoom(u"other"_s);
    QVERIFY(other);
    for (int i = 0; i < 3; ++i)
        QVERIFY(m_fixture->store(writtenOn(0), other->number));
    for (int i = 0; i < 3; ++i)
        QVERIFY(m_fixture->store(writtenOn(0)));
    m_fixture->close();
    QVERIFY(m_fixture->runPast({u"DELETE FROM outbox"_s,
                                u"INSERT INTO outbox_dead (arrival, reason, since) VALUES (1, 'bad', 1)"_s}));
    QVERIFY(m_fixture->open());
    trim(std::nullopt, 3);
    QCOMPARE(m_fixture->all(other->number).size(), 3);
}

void tst_Retention::bridgeThatIsGoneHoldsNothing()
{
    m_fixture->config().ships = true;
    m_fixture->config().shipsTo = u"http://bridge.example/db/messages"_s;
    m_fixture->config().keep.messages = 1;
    QVERIFY(m_fixture->open());
    for (int i = 0; i < 3; ++i)
        QVERIFY(m_fixture->store(writtenOn(0)));
    m_fixture->close();
    m_fixture->config().ships = false;
    QVERIFY(m_fixture->open());
    trim(std::nullopt, 3);
}

void tst_Retention::wordsGoToo()
{
    m_fixture->config().keep.messages = 1;
    QVERIFY(m_fixture->open());
    for (int i = 0; i < 3; ++i)
        QVERIFY(m_fixture->store(writtenOn(0, u"Grüße an alle, Straße %1"_s.arg(i))));
    const QString find = testsUsePostgresql()
                             ? u"SELECT count(*) FROM message WHERE words @@ 'alle'::tsquery"_s
                             : u"SELECT count(*) FROM message_words WHERE message_words MATCH 'alle'"_s;
    QCOMPARE(value(find), 3);
    trim(std::nullopt, 3);
    QCOMPARE(value(find), 1);
    if (testsUsePostgresql())
        return; // the words are a column of what was deleted
    m_fixture->close();
    QVERIFY(m_fixture->runPast({u"INSERT INTO message_words (message_words) VALUES ('integrity-check')"_s}));
}

void tst_Retention::chainGoesOnAcrossRestart()
{
    m_fixture->config().keep.messages = 1;
    QVERIFY(m_fixture->open());
    for (int i = 0; i < 3; ++i)
        QVERIFY(m_fixture->store(writtenOn(0)));
    trim(std::nullopt, 3);
    m_fixture->close();
    QVERIFY(m_fixture->open());
    QCOMPARE(m_fixture->history().rooms().constFirst().firstSeq, 3);
    QCOMPARE(m_fixture->store(writtenOn(0)), 4);
    QCOMPARE(problem(), QString());
    QCOMPARE(value(u"SELECT max(arrival) FROM message"_s), 4);
}

QTEST_GUILESS_MAIN(tst_Retention)
#include "tst_retention.moc"
