// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakesources.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

class tst_Router : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void routes_data();
    void routes();
    void methods_data();
    void methods();
    void rooms();
    void time();
    void timeInAZone();
    void timeThatIsNotKnown();
    void zones();
    void messages();
    void messagesAnchors_data();
    void messagesAnchors();
    void messagesThatCannotBeRead();
    void answerThatComesLater();
    void found();
    void foundAtTheEnd();
    void searchesThatFail();
    void searchesOfTooMany();
    void searchesAreNotOfferedByAll();
    void notReady();
    void everythingAnswersOnce();

private:
    HttpResponse ask(const QString &path, const QByteArray &method = "GET", const QString &query = {})
    {
        return answerOf(*m_router, path, method, query, m_answers);
    }
    static QJsonObject bodyOf(const HttpResponse &response)
    {
        return QJsonDocument::fromJson(response.body).object();
    }
    std::unique_ptr<FakeSources> m_sources;
    std::unique_ptr<Router> m_router;
    int m_answers = 0;
};

void tst_Router::init()
{
    m_sources = std::make_unique<FakeSources>();
    m_router = std::make_unique<Router>(m_sources->functions());
}

void tst_Router::routes_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("query");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    const QByteArray text = "text/plain; charset=utf-8";
    const QByteArray json = "application/json";
    const QByteArray problem = "application/problem+json";
    QTest::newRow("front") << u"/"_s << u""_s << 200 << text;
    QTest::newRow("healthz") << u"/healthz"_s << u""_s << 200 << text;
    QTest::newRow("readyz") << u"/readyz"_s << u""_s << 200 << text;
    QTest::newRow("rooms") << u"/api/v1/rooms"_s << u""_s << 200 << json;
    QTest::newRow("time") << u"/api/v1/time"_s << u""_s << 200 << json;
    QTest::newRow("zones") << u"/api/timezone"_s << u""_s << 200 << json;
    QTest::newRow("zone-of-1-part") << u"/api/timezone/UTC"_s << u""_s << 200 << json;
    QTest::newRow("zone-of-2-parts") << u"/api/timezone/Etc/UTC"_s << u""_s << 200 << json;
    QTest::newRow("zone-of-3-parts") << u"/api/timezone/America/Argentina/Salta"_s << u""_s << 200 << json;
    QTest::newRow("no-zone") << u"/api/timezone/"_s << u""_s << 404 << problem;
    QTest::newRow("half-a-zone") << u"/api/timezone/Europe"_s << u""_s << 404 << problem;
    QTest::newRow("zone-and-more") << u"/api/timezone/Etc/UTC/x"_s << u""_s << 404 << problem;
    QTest::newRow("zone-and-slash") << u"/api/timezone/Etc/UTC/"_s << u""_s << 404 << problem;
    QTest::newRow("zone-with-dots") << u"/api/timezone/Etc/../UTC"_s << u""_s << 404 << problem;
    QTest::newRow("only-api") << u"/api"_s << u""_s << 404 << problem;
    QTest::newRow("messages") << u"/api/v1/rooms/general/messages"_s << u""_s << 200 << json;
    QTest::newRow("messages-limit-0")
        << u"/api/v1/rooms/general/messages"_s << u"limit=0"_s << 400 << problem;
    QTest::newRow("messages-before-abc")
        << u"/api/v1/rooms/general/messages"_s << u"before=abc"_s << 400 << problem;
    QTest::newRow("search") << u"/api/v1/search"_s << u"q=alarm"_s << 200 << json;
    QTest::newRow("search-nothing") << u"/api/v1/search"_s << u""_s << 400 << problem;
    QTest::newRow("search-limit-0") << u"/api/v1/search"_s << u"q=alarm&limit=0"_s << 400 << problem;
    QTest::newRow("search-nowhere") << u"/api/v1/search"_s << u"q=alarm&room=nowhere"_s << 404 << problem;
    QTest::newRow("unknown-room") << u"/api/v1/rooms/nowhere/messages"_s << u""_s << 404 << problem;
    QTest::newRow("room-that-cannot-be") << u"/api/v1/rooms/GENERAL/messages"_s << u""_s << 404 << problem;
    QTest::newRow("no-room") << u"/api/v1/rooms//messages"_s << u""_s << 404 << problem;
    QTest::newRow("unknown") << u"/nothing"_s << u""_s << 404 << problem;
    QTest::newRow("upper-case") << u"/HEALTHZ"_s << u""_s << 404 << problem;
    QTest::newRow("trailing-slash") << u"/healthz/"_s << u""_s << 404 << problem;
    QTest::newRow("two-slashes") << u"//"_s << u""_s << 404 << problem;
    QTest::newRow("dots") << u"/api/../healthz"_s << u""_s << 404 << problem;
    QTest::newRow("longer") << u"/api/v1/rooms/general/messages/1"_s << u""_s << 404 << problem;
    QTest::newRow("placeholder") << u"/api/v1/rooms/{}/messages"_s << u""_s << 404 << problem;
    QTest::newRow("empty") << u""_s << u""_s << 404 << problem;
    QTest::newRow("huge") << QString(u'/' + QString(60000, u'a')) << u""_s << 404 << problem;
}

void tst_Router::routes()
{
    QFETCH(QString, path);
    QFETCH(QString, query);
    const HttpResponse response = ask(path, "GET", query);
    QCOMPARE(m_answers, 1);
    QTEST(response.status, "status");
    QTEST(response.contentType, "type");
}

void tst_Router::methods_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<int>("status");
    QTest::newRow("get") << QByteArray("GET") << 200;
    QTest::newRow("head") << QByteArray("HEAD") << 200;
    QTest::newRow("post") << QByteArray("POST") << 405;
    QTest::newRow("put") << QByteArray("PUT") << 405;
    QTest::newRow("delete") << QByteArray("DELETE") << 405;
    QTest::newRow("options") << QByteArray("OPTIONS") << 405;
    QTest::newRow("lower-case") << QByteArray("get") << 405;
    QTest::newRow("none") << QByteArray() << 405;
}

void tst_Router::methods()
{
    QFETCH(QByteArray, method);
    QFETCH(int, status);
    const HttpResponse response = ask(u"/api/v1/rooms"_s, method);
    QCOMPARE(response.status, status);
    const bool tellsWhatIsAllowed =
        response.headers.contains(std::pair<QByteArray, QByteArray>("Allow", "GET, HEAD"));
    QCOMPARE(tellsWhatIsAllowed, status == 405);
    QCOMPARE(ask(u"/nothing"_s, method).status, 404);
}

void tst_Router::rooms()
{
    const QJsonArray rooms = bodyOf(ask(u"/api/v1/rooms"_s))[u"rooms"_s].toArray();
    QCOMPARE(rooms.size(), 1);
    QCOMPARE(rooms[0][u"room"_s].toString(), u"general"_s);
    QCOMPARE(rooms[0][u"lastSeq"_s].toInteger(), 5);
}

void tst_Router::time()
{
    QCOMPARE(bodyOf(ask(u"/api/v1/time"_s))[u"t"_s].toInteger(), 5);
}

void tst_Router::timeInAZone()
{
    HttpRequest request;
    request.method = "GET";
    request.path = u"/api/timezone/America/Argentina/Salta"_s;
    request.peer.address = QHostAddress(u"192.0.2.7"_s);
    HttpResponse response;
    m_router->handle(request, [&response](const HttpResponse &given) { response = given; });
    const QJsonObject body = bodyOf(response);
    QCOMPARE(body[u"timezone"_s].toString(), u"America/Argentina/Salta"_s);
    QCOMPARE(body[u"datetime"_s].toString(), u"2026-11-23T11:03:25.118042-03:00"_s);
    QCOMPARE(body[u"state"_s].toString(), u"ok"_s);
    QCOMPARE(body[u"bound"_s].toInteger(), 900);
    QCOMPARE(body[u"client_ip"_s].toString(), u"192.0.2.7"_s);
    QVERIFY(response.headers.contains(std::pair<QByteArray, QByteArray>("Cache-Control", "no-store")));
}

void tst_Router::timeThatIsNotKnown()
{
    m_sources->best = {};
    QCOMPARE(ask(u"/api/timezone/Etc/UTC"_s).status, 503);
    QCOMPARE(ask(u"/api/timezone/Mars/Olympus"_s).status, 404);
}

void tst_Router::zones()
{
    const QJsonArray zones = QJsonDocument::fromJson(ask(u"/api/timezone"_s).body).array();
    QVERIFY(zones.contains(u"Etc/UTC"_s));
    QCOMPARE(ask(u"/api/timezone"_s, "POST").status, 405);
    QCOMPARE(ask(u"/api/timezone/Etc/UTC"_s, "POST").status, 405);
    QCOMPARE(ask(u"/api/timezone/Etc/UTC"_s, "HEAD").status, 200);
}

void tst_Router::messages()
{
    const QJsonObject body = bodyOf(ask(u"/api/v1/rooms/general/messages"_s));
    QCOMPARE(body[u"room"_s].toString(), u"general"_s);
    QCOMPARE(body[u"epoch"_s].toString(), u"e1"_s);
    QVERIFY(body[u"messages"_s].isArray());
    QCOMPARE(body[u"lastSeq"_s].toInteger(), 5);
    QCOMPARE(body[u"complete"_s].isBool(), true);
    QCOMPARE(m_sources->askedLimit, 100);
}

void tst_Router::messagesAnchors_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<HistoryAnchor>("anchor");
    QTest::addColumn<qint64>("value");
    QTest::addColumn<int>("limit");
    QTest::newRow("newest") << u""_s << HistoryAnchor::Newest << qint64(0) << 100;
    QTest::newRow("before") << u"before=9&limit=3"_s << HistoryAnchor::Before << qint64(9) << 3;
    QTest::newRow("after") << u"after=4"_s << HistoryAnchor::After << qint64(4) << 100;
    QTest::newRow("around") << u"around=4"_s << HistoryAnchor::Around << qint64(4) << 100;
    QTest::newRow("at") << u"at=1764000000123456"_s << HistoryAnchor::At << qint64(1'764'000'000'123'456)
                        << 100;
}

void tst_Router::messagesAnchors()
{
    QFETCH(QString, query);
    QCOMPARE(ask(u"/api/v1/rooms/general/messages"_s, "GET", query).status, 200);
    QTEST(m_sources->askedAnchor, "anchor");
    QTEST(m_sources->askedValue, "value");
    QTEST(m_sources->askedLimit, "limit");
}

void tst_Router::messagesThatCannotBeRead()
{
    m_sources->readFails = true;
    QCOMPARE(ask(u"/api/v1/rooms/general/messages"_s).status, 503);
    QCOMPARE(m_answers, 1);
}

void tst_Router::answerThatComesLater()
{
    m_sources->answersLater = true;
    HttpRequest request;
    request.method = "GET";
    request.path = u"/api/v1/rooms/general/messages"_s;
    int answers = 0;
    m_router->handle(request, [&](const HttpResponse &response) {
        ++answers;
        QCOMPARE(response.status, 200);
    });
    QCOMPARE(answers, 0);
    m_router.reset(); // the answer outlives who asked
    m_sources->later(FakeSources::page());
    QCOMPARE(answers, 1);
}

void tst_Router::found()
{
    const QJsonObject body =
        bodyOf(ask(u"/api/v1/search"_s, "GET", u"q=disk+alarm&room=general&from=ana&limit=7"_s));
    QCOMPARE(body.keys(), QStringList({u"cursor"_s, u"messages"_s}));
    QCOMPARE(body[u"cursor"_s].toString(), u"17"_s);
    QCOMPARE(body[u"messages"_s][0][u"seq"_s].toInteger(), 3);
    QCOMPARE(body[u"messages"_s][0][u"text"_s].toString(), u"disk alarm"_s);
    QVERIFY(m_sources->askedSearch);
    QCOMPARE(m_sources->askedSearch->query.phrases().size(), 2);
    QCOMPARE(m_sources->askedSearch->from, u"ana"_s);
    QCOMPARE(m_sources->askedSearch->limit, 7);
}

void tst_Router::foundAtTheEnd()
{
    m_sources->found = FoundFrame();
    const QJsonObject body = bodyOf(ask(u"/api/v1/search"_s, "GET", u"q=alarm"_s));
    QVERIFY(body[u"cursor"_s].isNull());
    QCOMPARE(body[u"messages"_s].toArray().size(), 0);
}

void tst_Router::searchesThatFail()
{
    m_sources->found.reset();
    QCOMPARE(ask(u"/api/v1/search"_s, "GET", u"q=alarm"_s).status, 503);
    QCOMPARE(m_answers, 1);
    QCOMPARE(ask(u"/api/v1/search"_s, "POST", u"q=alarm"_s).status, 405);
}

void tst_Router::searchesOfTooMany()
{
    m_sources->tooManySearch = true;
    const HttpResponse refused = ask(u"/api/v1/search"_s, "GET", u"q=alarm"_s);
    QCOMPARE(m_answers, 1);
    QCOMPARE(refused.status, 503);
    QVERIFY(refused.headers.contains(std::pair<QByteArray, QByteArray>("Retry-After", "2")));
}

void tst_Router::searchesAreNotOfferedByAll()
{
    m_sources->canSearch = false;
    m_router = std::make_unique<Router>(m_sources->functions());
    QCOMPARE(ask(u"/api/v1/search"_s, "GET", u"q=alarm"_s).status, 503);
    QCOMPARE(ask(u"/api/v1/search"_s).status, 400); // what makes no sense is told all the same
}

void tst_Router::notReady()
{
    QCOMPARE(ask(u"/readyz"_s).body, "ready\n");
    m_sources->activity = u"the history is being checked: 40 %"_s;
    QCOMPARE(ask(u"/readyz"_s).body, "ready; the history is being checked: 40 %\n");
    m_sources->problem = u"The disk is full."_s;
    const HttpResponse response = ask(u"/readyz"_s);
    QCOMPARE(response.status, 503);
    QCOMPARE(bodyOf(response)[u"detail"_s].toString(), u"The disk is full."_s);
    QCOMPARE(ask(u"/healthz"_s).status, 200);
}

void tst_Router::everythingAnswersOnce()
{
    const QStringList paths{u"/"_s,
                            u"/healthz"_s,
                            u"/readyz"_s,
                            u"/api/v1/rooms"_s,
                            u"/api/v1/time"_s,
                            u"/api/timezone"_s,
                            u"/api/timezone/UTC"_s,
                            u"/api/timezone/Mars"_s,
                            u"/x"_s,
                            u"/history"_s,
                            u"/assets/x"_s,
                            u"/api/v1/rooms/general/messages"_s,
                            u"/api/v1/rooms/no/messages"_s};
    for (const QString &path : paths) {
        for (const QByteArray method : {"GET", "HEAD", "POST"}) {
            ask(path, method);
            QCOMPARE(m_answers, 1);
        }
    }
}

QTEST_APPLESS_MAIN(tst_Router)
#include "tst_router.moc"
