// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/chat/chatfixture.h"

#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>
#include <QUuid>

#include <csignal>
#include <sys/resource.h>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

QString newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

QJsonObject post(const QString &id, const QString &text = u"text"_s)
{
    return {{u"type"_s, u"post"_s}, {u"room"_s, u"general"_s}, {u"id"_s, id}, {u"text"_s, text}};
}

/// While it lives, no file of this process can grow: a disk that is full for us alone.
class FullDisk
{
public:
    FullDisk()
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        rlimit none = m_before;
        none.rlim_cur = 0;
        setrlimit(RLIMIT_FSIZE, &none);
    }
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &m_before); }
    Q_DISABLE_COPY_MOVE(FullDisk)

private:
    rlimit m_before{};
};

} // namespace

class tst_Posting : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void messageAsInTheContract();
    void everybodyGetsItOnceInOrder();
    void authorWhoHasLeftIsAnswered();
    void sameIdTwiceQuickly();
    void sameIdLaterIsAnsweredHereOnly();
    void sameIdOnAnotherConnection();
    void sameIdAfterRestart();
    void refusedPostCarriesItsIdAndRef_data();
    void refusedPostCarriesItsIdAndRef();
    void wrongLiveIsNone();
    void seenBeyondTheLast();
    void rateLimit();
    void rateLimitIsThePersons();
    void rateLimitDoesNotClose();
    void fullDisk();
    void fullQueueIsBusy();
    void nothingBehindWhatTheBridgeRefuses();
    void refusedByABridgeBesides();

private:
    void restart()
    {
        m_fixture->stop();
        QVERIFY2(m_fixture->start(), qPrintable(m_fixture->error()));
    }
    std::unique_ptr<ChatFixture> m_fixture;
};

void tst_Posting::init()
{
    m_fixture = std::make_unique<ChatFixture>();
    QVERIFY2(m_fixture->start(), qPrintable(m_fixture->error()));
}

void tst_Posting::cleanup()
{
    m_fixture.reset();
}

void tst_Posting::messageAsInTheContract()
{
    auto client = m_fixture->member(u"ana"_s);
    QVERIFY(client);
    const QString id = newId();
    QJsonObject request = post(id, u" disk alarm\non db2 "_s);
    request[u"ref"_s] = u"never-repeated"_s;
    request[u"live"_s] = QJsonObject{{u"t"_s, qint64(1764000000123456)},
                                     {u"state"_s, u"ok"_s},
                                     {u"offset"_s, -1800123},
                                     {u"bound"_s, 900},
                                     {u"via"_s, u"udp"_s},
                                     {u"fault"_s, false}};
    client->send(request);
    const QJsonObject message = client->take(u"message"_s);
    QCOMPARE(message[u"room"_s].toString(), u"general"_s);
    QCOMPARE(message[u"seq"_s].toInteger(), 1);
    QCOMPARE(message[u"id"_s].toString(), id);
    QCOMPARE(message[u"kind"_s].toString(), u"text"_s);
    QCOMPARE(message[u"from"_s][u"id"_s].toString(), client->userId());
    QCOMPARE(message[u"from"_s][u"name"_s].toString(), u"ana"_s);
    QCOMPARE(message[u"text"_s].toString(), u" disk alarm\non db2 "_s);
    QVERIFY(!message.contains(u"ref"_s));
    const QJsonObject stamps = message[u"stamps"_s].toObject();
    QCOMPARE(stamps[u"live"_s][u"t"_s].toInteger(), 1764000000123456);
    QCOMPARE(stamps[u"live"_s][u"offset"_s].toInteger(), -1800123);
    for (const QString &name : {u"live"_s, u"local"_s, u"api"_s, u"ntp"_s, u"best"_s})
        QVERIFY2(stamps[name].isObject(), qPrintable(name));
    QVERIFY(stamps[u"local"_s][u"t"_s].isDouble());
}

void tst_Posting::everybodyGetsItOnceInOrder()
{
    auto one = m_fixture->member(u"ana"_s);
    auto two = m_fixture->member(u"eva"_s);
    QVERIFY(one && two);
    constexpr int Each = 400; // more than may be unhandled for one connection
    for (int i = 0; i < Each; ++i) {
        one->post(u"a%1"_s.arg(i));
        two->post(u"b%1"_s.arg(i));
    }
    for (const auto &client : {one.get(), two.get()}) {
        QTRY_COMPARE_WITH_TIMEOUT(client->all(u"message"_s).size(), 2 * Each, 30000);
        QVERIFY(client->settle());
        const QList<QJsonObject> messages = client->all(u"message"_s);
        QCOMPARE(messages.size(), 2 * Each);
        for (int i = 0; i < messages.size(); ++i)
            QCOMPARE(messages[i][u"seq"_s].toInteger(), i + 1);
    }
}

void tst_Posting::authorWhoHasLeftIsAnswered()
{
    auto client = m_fixture->member(u"ana"_s);
    QVERIFY(client);
    const QString id = client->post(u"good bye"_s);
    client->send({{u"type"_s, u"leave"_s}, {u"room"_s, u"general"_s}});
    QCOMPARE(client->take(u"message"_s)[u"id"_s].toString(), id);
    QVERIFY(!client->take(u"left"_s).isEmpty());
}

void tst_Posting::sameIdTwiceQuickly()
{
    auto client = m_fixture->member(u"ana"_s);
    auto other = m_fixture->member(u"eva"_s);
    QVERIFY(client && other);
    const QString id = newId();
    client->send(post(id, u"first"_s));
    client->send(post(id, u"second"_s));
    client->send(post(newId(), u"end"_s));
    QTRY_COMPARE(client->all(u"message"_s).size(), 3);
    QVERIFY(client->settle() && other->settle());
    const QList<QJsonObject> atOther = other->all(u"message"_s);
    QCOMPARE(atOther.size(), 2);
    QCOMPARE(atOther[0][u"text"_s].toString(), u"first"_s);
    QCOMPARE(atOther[1][u"seq"_s].toInteger(), 2);
    int originals = 0;
    for (const QJsonObject &message : client->all(u"message"_s)) {
        if (message[u"id"_s].toString() != id)
            continue;
        ++originals;
        QCOMPARE(message[u"text"_s].toString(), u"first"_s);
        QCOMPARE(message[u"seq"_s].toInteger(), 1);
    }
    QCOMPARE(originals, 2);
}

void tst_Posting::sameIdLaterIsAnsweredHereOnly()
{
    auto client = m_fixture->member(u"ana"_s);
    auto other = m_fixture->member(u"eva"_s);
    QVERIFY(client && other);
    const QString id = client->post(u"first"_s);
    const QJsonObject original = client->take(u"message"_s);
    other->take(u"message"_s);
    client->send(post(id, u"a different text"_s));
    const QJsonObject again = client->take(u"message"_s);
    QCOMPARE(again, original);
    QVERIFY(other->settle());
    QVERIFY(other->all(u"message"_s).isEmpty());
    // the same id of another person is another message
    other->send(post(id, u"mine"_s));
    QCOMPARE(other->take(u"message"_s)[u"seq"_s].toInteger(), 2);
}

void tst_Posting::sameIdOnAnotherConnection()
{
    auto first = m_fixture->member(u"ana"_s);
    QVERIFY(first);
    const QString id = first->post(u"first"_s);
    QVERIFY(!first->take(u"message"_s).isEmpty());
    auto second = m_fixture->greet(u"ana"_s, first->token());
    second->send({{u"type"_s, u"join"_s}, {u"room"_s, u"general"_s}});
    QVERIFY(!second->take(u"joined"_s).isEmpty());
    second->send(post(id));
    QCOMPARE(second->take(u"message"_s)[u"text"_s].toString(), u"first"_s);
    QVERIFY(first->settle());
    QVERIFY(first->all(u"message"_s).isEmpty());
}

void tst_Posting::sameIdAfterRestart()
{
    auto before = m_fixture->member(u"ana"_s);
    QVERIFY(before);
    const QString id = before->post(u"first"_s);
    QVERIFY(!before->take(u"message"_s).isEmpty());
    const QString token = before->token();
    restart();
    auto after = m_fixture->greet(u"ana"_s, token);
    after->send({{u"type"_s, u"join"_s}, {u"room"_s, u"general"_s}});
    QVERIFY(!after->take(u"joined"_s).isEmpty());
    after->send(post(id));
    QCOMPARE(after->take(u"message"_s)[u"seq"_s].toInteger(), 1);
    QCOMPARE(m_fixture->chat().publicRoom(u"general"_s)->lastSeq, 1);
}

void tst_Posting::refusedPostCarriesItsIdAndRef_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *name, const QString &key, const QJsonValue &value, const QString &code) {
        QTest::newRow(name) << key << value << code;
    };
    row("not-joined", u"room"_s, u"elsewhere"_s, u"not_joined"_s);
    row("blank", u"text"_s, u" \n"_s, u"blank"_s);
    row("too-long", u"text"_s, QString(4097, u'x'), u"too_long"_s);
    row("text-is-a-number", u"text"_s, 5, u"bad_field"_s);
    row("reply-beyond", u"replyTo"_s, 1, u"bad_field"_s);
    row("reply-to-zero", u"replyTo"_s, 0, u"bad_field"_s);
    row("reply-to-text", u"replyTo"_s, u"1"_s, u"bad_field"_s);
}

void tst_Posting::refusedPostCarriesItsIdAndRef()
{
    QFETCH(QString, key);
    QFETCH(QJsonValue, value);
    QFETCH(QString, code);
    auto client = m_fixture->member(u"ana"_s);
    QVERIFY(client);
    const QString id = newId();
    QJsonObject request = post(id);
    request[key] = value;
    request[u"ref"_s] = u"r"_s;
    client->send(request);
    QJsonObject error;
    QCOMPARE(client->takeError(&error), code);
    QCOMPARE(error[u"id"_s].toString(), id);
    QCOMPARE(error[u"ref"_s].toString(), u"r"_s);
    client->post(u"well formed"_s);
    QCOMPARE(client->take(u"message"_s)[u"seq"_s].toInteger(), 1);
}

void tst_Posting::wrongLiveIsNone()
{
    auto client = m_fixture->member(u"ana"_s);
    QVERIFY(client);
    QJsonObject request = post(newId());
    request[u"live"_s] = QJsonObject{{u"t"_s, u"now"_s}};
    client->send(request);
    const QJsonObject message = client->take(u"message"_s);
    QCOMPARE(message[u"stamps"_s][u"live"_s][u"state"_s].toString(), u"none"_s);
    QVERIFY(message[u"stamps"_s][u"live"_s][u"t"_s].isNull());
}

void tst_Posting::seenBeyondTheLast()
{
    auto client = m_fixture->member(u"ana"_s);
    QVERIFY(client && m_fixture->fill(u"general"_s, 3));
    QJsonObject request = post(newId());
    request[u"seen"_s] = 1000;
    request[u"replyTo"_s] = 3;
    client->send(request);
    const QJsonObject message = client->take(u"message"_s, [](const QJsonObject &frame) {
        return frame[u"from"_s][u"name"_s].toString() == u"ana"_s;
    });
    QCOMPARE(message[u"seen"_s].toInteger(), 3);
    QCOMPARE(message[u"replyTo"_s].toInteger(), 3);
}

void tst_Posting::rateLimit()
{
    m_fixture->chatConfig.ratePerSecond = 1;
    m_fixture->chatConfig.rateBurst = 30;
    restart();
    auto client = m_fixture->member(u"ana"_s);
    QVERIFY(client);
    for (int i = 0; i < 30; ++i)
        client->post(QString::number(i));
    const QString id = newId();
    QJsonObject request = post(id);
    request[u"ref"_s] = u"r"_s;
    QJsonObject error;
    for (int i = 0; i < 30 && error.isEmpty(); ++i) { // a slow machine fills the bucket a little meanwhile
        client->send(request);
        QVERIFY(client->settle());
        const QList<QJsonObject> errors = client->all(u"error"_s);
        if (!errors.isEmpty())
            error = errors.first();
    }
    QCOMPARE(error[u"code"_s].toString(), u"rate_limited"_s);
    QCOMPARE(error[u"id"_s].toString(), id);
    QCOMPARE(error[u"ref"_s].toString(), u"r"_s);
    const double wait = error[u"retryAfter"_s].toDouble();
    QVERIFY2(wait > 0 && wait <= 1, qPrintable(QString::number(wait)));
    QTRY_VERIFY(client->all(u"message"_s).size() >= 30);
}

void tst_Posting::rateLimitIsThePersons()
{
    m_fixture->chatConfig.ratePerSecond = 1;
    m_fixture->chatConfig.rateBurst = 2;
    restart();
    auto one = m_fixture->member(u"ana"_s);
    QVERIFY(one);
    auto two = m_fixture->greet(u"ana"_s, one->token());
    auto other = m_fixture->member(u"eva"_s);
    two->send({{u"type"_s, u"join"_s}, {u"room"_s, u"general"_s}});
    QVERIFY(!two->take(u"joined"_s).isEmpty());
    for (int i = 0; i < 20; ++i) {
        one->post(u"x"_s);
        two->post(u"x"_s);
    }
    QVERIFY(one->settle() && two->settle());
    const qsizetype refused = one->all(u"error"_s).size() + two->all(u"error"_s).size();
    QVERIFY2(refused >= 20, qPrintable(QString::number(refused)));
    other->post(u"not held back by others"_s);
    QVERIFY(!other
                 ->take(u"message"_s,
                        [&](const QJsonObject &frame) {
                            return frame[u"from"_s][u"id"_s].toString() == other->userId();
                        })
                 .isEmpty());
}

void tst_Posting::rateLimitDoesNotClose()
{
    m_fixture->chatConfig.ratePerSecond = 1;
    m_fixture->chatConfig.rateBurst = 1;
    restart();
    auto client = m_fixture->member(u"ana"_s);
    QVERIFY(client);
    for (int i = 0; i < 100; ++i)
        client->post(u"x"_s);
    QVERIFY(client->settle());
    QVERIFY(client->all(u"error"_s).size() > 40);
    QVERIFY(client->isOpen());
}

void tst_Posting::fullDisk()
{
    auto client = m_fixture->member(u"ana"_s);
    auto other = m_fixture->member(u"eva"_s);
    QVERIFY(client && other);
    client->post(u"before"_s);
    QVERIFY(!client->take(u"message"_s).isEmpty());
    const QString id = newId();
    {
        const FullDisk full;
        QJsonObject request = post(id, QString(4000, u'x'));
        request[u"ref"_s] = u"r"_s;
        client->send(request);
        QJsonObject error;
        QCOMPARE(client->takeError(&error), u"not_stored"_s);
        QCOMPARE(error[u"id"_s].toString(), id);
        QCOMPARE(error[u"ref"_s].toString(), u"r"_s);
        for (int i = 0; i < 17; ++i)
            client->post(QString(4000, u'y'));
        QTRY_COMPARE(client->all(u"error"_s).size(), 17);
        client->send({{u"type"_s, u"create"_s}, {u"room"_s, u"ops"_s}});
        QTRY_COMPARE(client->all(u"error"_s).size(), 18);
        QVERIFY(client->isOpen());
    }
    client->send(post(id, u"again"_s));
    const QJsonObject message = client->take(u"message"_s);
    QCOMPARE(message[u"seq"_s].toInteger(), 2);
    QCOMPARE(message[u"text"_s].toString(), u"again"_s);
    QVERIFY(other->settle());
    QCOMPARE(other->all(u"message"_s).size(), 2);
    QCOMPARE(m_fixture->chat().publicRooms().size(), 1);
}

void tst_Posting::fullQueueIsBusy()
{
    m_fixture->storeConfig.maxQueued = 5;
    restart();
    auto client = m_fixture->member(u"ana"_s);
    QVERIFY(client);
    constexpr int Posts = 200;
    QStringList ids;
    for (int i = 0; i < Posts; ++i)
        ids.append(client->post(u"x"_s));
    QTRY_COMPARE(client->all(u"message"_s).size() + client->all(u"error"_s).size(), Posts);
    QVERIFY(client->isOpen());
    for (const QJsonObject &error : client->all(u"error"_s)) {
        QCOMPARE(error[u"code"_s].toString(), u"busy"_s);
        QVERIFY(ids.contains(error[u"id"_s].toString()));
        QVERIFY(error[u"retryAfter"_s].toDouble() > 0);
    }
    const QList<QJsonObject> messages = client->all(u"message"_s);
    for (int i = 0; i < messages.size(); ++i)
        QCOMPARE(messages[i][u"seq"_s].toInteger(), i + 1);
}

void tst_Posting::nothingBehindWhatTheBridgeRefuses()
{
    m_fixture->storeConfig.ships = true;
    m_fixture->storeConfig.waitsForBridge = true;
    restart();
    History &history = m_fixture->history();
    const qint64 room = history.rooms().constFirst().number;
    history.setBridgeAnswers(true);
    history.setRefusedRooms({room});
    QVERIFY(!history.append(ChatServer::FirstForeignTicket, room, {}));
    auto client = m_fixture->member(u"ana"_s);
    QVERIFY(client);
    const QString id = client->post(u"x"_s);
    QJsonObject error;
    QCOMPARE(client->takeError(&error), u"busy"_s);
    QCOMPARE(error[u"id"_s].toString(), id);
    QVERIFY(error[u"retryAfter"_s].toDouble() > 1);
    QVERIFY2(error[u"message"_s].toString().contains(u"synchatd mongo replay"_s),
             qPrintable(error[u"message"_s].toString()));

    history.setRefusedRooms({room + 1});
    client->post(u"y"_s);
    history.settleOutbox(1, {.taken = {{1, 1}}});
    QCOMPARE(client->take(u"message"_s)[u"text"_s].toString(), u"y"_s);
}

/// Who does not wait for the bridge loses nothing by it.
void tst_Posting::refusedByABridgeBesides()
{
    m_fixture->storeConfig.ships = true;
    restart();
    History &history = m_fixture->history();
    history.setRefusedRooms({history.rooms().constFirst().number});
    auto client = m_fixture->member(u"ana"_s);
    QVERIFY(client);
    client->post(u"x"_s);
    QVERIFY(!client->take(u"message"_s).isEmpty());
}

QTEST_GUILESS_MAIN(tst_Posting)
#include "tst_posting.moc"
