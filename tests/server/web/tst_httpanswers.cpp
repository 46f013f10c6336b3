// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/httpanswers.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

HistoryPage longPage()
{
    HistoryPage page;
    page.room = u"general"_s;
    page.firstSeq = 1;
    page.lastSeq = 100;
    page.complete = true;
    for (qint64 seq = 1; seq <= 100; ++seq) {
        Message message;
        message.seq = seq;
        message.text = QString(500, u'x');
        page.messages.append(message);
    }
    return page;
}

QJsonObject bodyOf(const HttpResponse &response)
{
    return QJsonDocument::fromJson(response.body).object();
}

} // namespace

class tst_HttpAnswers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void problemIsRfc9457();
    void everyAnswerIsGuarded();
    void caching_data();
    void caching();
    void pageThatFits();
    void pageThatIsCut_data();
    void pageThatIsCut();
};

void tst_HttpAnswers::problemIsRfc9457()
{
    const HttpResponse response = problemAnswer(400, u"No \"sense\"."_s);
    QCOMPARE(response.status, 400);
    QCOMPARE(response.contentType, "application/problem+json");
    const QJsonObject body = bodyOf(response);
    QCOMPARE(body[u"type"_s].toString(), u"about:blank"_s);
    QCOMPARE(body[u"title"_s].toString(), u"Bad Request"_s);
    QCOMPARE(body[u"status"_s].toInt(), 400);
    QCOMPARE(body[u"detail"_s].toString(), u"No \"sense\"."_s);
}

void tst_HttpAnswers::everyAnswerIsGuarded()
{
    const QList<HttpResponse> responses{textAnswer("ok"),
                                        jsonAnswer({}),
                                        jsonListAnswer({}),
                                        problemAnswer(503, u"x."_s),
                                        methodNotAllowed("GET, HEAD"),
                                        pageAnswer({}, true),
                                        foundAnswer({})};
    const std::pair<QByteArray, QByteArray> sameOrigin("Cross-Origin-Resource-Policy", "same-origin");
    for (const HttpResponse &response : responses) {
        QVERIFY(response.headers.contains(sameOrigin));
        for (const auto &[name, value] : response.headers)
            QVERIFY(!name.startsWith("Access-Control"));
    }
}

void tst_HttpAnswers::caching_data()
{
    QTest::addColumn<HttpResponse>("response");
    QTest::addColumn<QByteArray>("caching");
    QTest::newRow("text") << textAnswer("ok") << QByteArray("no-store");
    QTest::newRow("json") << jsonAnswer({}) << QByteArray("no-store");
    QTest::newRow("kept-json") << jsonAnswer({}, Caching::Revalidate) << QByteArray("no-cache");
    QTest::newRow("fixed-json") << jsonAnswer({}, Caching::Forever)
                                << QByteArray("public, max-age=31536000, immutable");
    QTest::newRow("problem") << problemAnswer(400, u"x."_s) << QByteArray("no-store");
    QTest::newRow("page") << pageAnswer({}, true) << QByteArray("no-cache");
    QTest::newRow("cut-page") << pageAnswer(longPage(), true, 20'000) << QByteArray("no-cache");
    QTest::newRow("found") << foundAnswer({}) << QByteArray("no-cache");
}

void tst_HttpAnswers::caching()
{
    QFETCH(HttpResponse, response);
    QFETCH(QByteArray, caching);
    QVERIFY(response.headers.contains(std::pair<QByteArray, QByteArray>("Cache-Control", caching)));
}

void tst_HttpAnswers::pageThatFits()
{
    const QJsonObject body = bodyOf(pageAnswer(longPage(), true));
    QCOMPARE(body[u"messages"_s].toArray().size(), 100);
    QCOMPARE(body[u"complete"_s].toBool(), true);
    QCOMPARE(body[u"lastSeq"_s].toInteger(), 100);
    QVERIFY(!body.contains(u"type"_s));
}

void tst_HttpAnswers::pageThatIsCut_data()
{
    QTest::addColumn<bool>("keepNewest");
    QTest::newRow("newest-kept") << true;
    QTest::newRow("oldest-kept") << false;
}

void tst_HttpAnswers::pageThatIsCut()
{
    QFETCH(bool, keepNewest);
    const HttpResponse response = pageAnswer(longPage(), keepNewest, 20'000);
    QVERIFY(response.body.size() <= 20'000);
    const QJsonObject body = bodyOf(response);
    const QJsonArray messages = body[u"messages"_s].toArray();
    QVERIFY(messages.size() > 5 && messages.size() < 100);
    QCOMPARE(body[u"complete"_s].toBool(), false);
    const QJsonValue kept = keepNewest ? messages.last() : messages.first();
    QCOMPARE(kept[u"seq"_s].toInteger(), keepNewest ? 100 : 1);
}

QTEST_APPLESS_MAIN(tst_HttpAnswers)
#include "tst_httpanswers.moc"
