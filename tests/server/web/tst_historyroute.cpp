// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/historyroute.h"

#include "fakesources.h"
#include "server/web/webassets.h"

#include <QTest>

using namespace Synchat;

/// `/history` and what its pages load, as the router answers them.
class tst_HistoryRoute : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void routes_data();
    void routes();
    void pages();
    void pagesThatCannotBeRead();
    void searchesOfTooMany();
    void withoutSearch();

private:
    HttpResponse ask(const QString &path, const QByteArray &method = "GET", const QString &query = {})
    {
        return answerOf(*m_router, path, method, query, m_answers);
    }
    std::unique_ptr<FakeSources> m_sources;
    std::unique_ptr<Router> m_router;
    int m_answers = 0;
};

void tst_HistoryRoute::init()
{
    m_sources = std::make_unique<FakeSources>();
    m_router = std::make_unique<Router>(m_sources->functions());
}

void tst_HistoryRoute::routes_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("query");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    const QByteArray problem = "application/problem+json";
    const QByteArray html = "text/html; charset=utf-8";
    QTest::newRow("history") << u"/history"_s << u""_s << 200 << html;
    QTest::newRow("history-of-a-room") << u"/history"_s << u"room=general&before=9"_s << 200 << html;
    QTest::newRow("history-search") << u"/history"_s << u"q=alarm"_s << 200 << html;
    QTest::newRow("history-unknown-room") << u"/history"_s << u"room=nowhere"_s << 404 << html;
    QTest::newRow("history-hostile-room") << u"/history"_s << u"room=%3Cscript%3E"_s << 404 << html;
    QTest::newRow("history-search-nowhere") << u"/history"_s << u"q=alarm&room=nowhere"_s << 404 << html;
    QTest::newRow("history-nonsense") << u"/history"_s << u"before=abc"_s << 400 << html;
    QTest::newRow("history-slash") << u"/history/"_s << u""_s << 404 << problem;
    QTest::newRow("style") << styleAddress() << u""_s << 200 << QByteArray("text/css; charset=utf-8");
    QTest::newRow("icon") << iconAddress() << u""_s << 200 << QByteArray("image/png");
    QTest::newRow("other-style") << u"/assets/history-000000000000.css"_s << u""_s << 404 << problem;
    QTest::newRow("asset-with-dots") << u"/assets/..%2Fhistory.css"_s << u""_s << 404 << problem;
}

void tst_HistoryRoute::routes()
{
    QFETCH(QString, path);
    QFETCH(QString, query);
    const HttpResponse response = ask(path, "GET", query);
    QCOMPARE(m_answers, 1);
    QTEST(response.status, "status");
    QTEST(response.contentType, "type");
}

void tst_HistoryRoute::pages()
{
    const HttpResponse page = ask(u"/history"_s, "GET", u"around=3"_s);
    QCOMPARE(m_sources->askedRoom, u"general"_s);
    QCOMPARE(m_sources->askedAnchor, HistoryAnchor::Around);
    QCOMPARE(m_sources->askedLimit, 50);
    const auto has = [](const HttpResponse &response, const QByteArray &name, const QByteArray &value) {
        return response.headers.contains(std::pair<QByteArray, QByteArray>(name, value));
    };
    QVERIFY(has(page, "Content-Security-Policy",
                "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
                "frame-ancestors 'none'"));
    QVERIFY(has(page, "Cache-Control", "no-cache"));
    QVERIFY(has(ask(u"/history"_s, "GET", u"room=nowhere"_s), "Cache-Control", "no-store"));
    QVERIFY(has(ask(styleAddress()), "Cache-Control", "public, max-age=31536000, immutable"));
    QVERIFY(ask(u"/history"_s, "GET", u"room=%3Cb%3E"_s).body.contains("&lt;b&gt;"));
    QCOMPARE(ask(u"/history"_s, "POST").status, 405);
    QVERIFY(ask(u"/"_s).body.contains("/history"));
}

void tst_HistoryRoute::pagesThatCannotBeRead()
{
    m_sources->readFails = true;
    m_sources->found.reset();
    QCOMPARE(ask(u"/history"_s).status, 503);
    QCOMPARE(ask(u"/history"_s, "GET", u"q=alarm"_s).status, 503);
    QCOMPARE(m_answers, 1);
}

void tst_HistoryRoute::searchesOfTooMany()
{
    m_sources->tooManySearch = true;
    const HttpResponse refused = ask(u"/history"_s, "GET", u"q=alarm"_s);
    QCOMPARE(m_answers, 1);
    QCOMPARE(refused.status, 503);
    QVERIFY(refused.headers.contains(std::pair<QByteArray, QByteArray>("Retry-After", "2")));
    QVERIFY(refused.body.contains("Too many are searching."));
}

void tst_HistoryRoute::withoutSearch()
{
    m_sources->canSearch = false;
    m_router = std::make_unique<Router>(m_sources->functions());
    QCOMPARE(ask(u"/history"_s).status, 200);
    QCOMPARE(ask(u"/history"_s, "GET", u"q=alarm"_s).status, 503);
}

QTEST_APPLESS_MAIN(tst_HistoryRoute)
#include "tst_historyroute.moc"
