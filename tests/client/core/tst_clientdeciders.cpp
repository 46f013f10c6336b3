// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/clientstate.h"
#include "client/core/clockreport.h"
#include "client/core/posttext.h"
#include "client/core/reconnect.h"
#include "client/core/serverurl.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;

using std::chrono::milliseconds;
using std::chrono::seconds;

class tst_ClientDeciders : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void webSocketUrls_data();
    void webSocketUrls();
    void timeReportUrls();
    void typedServers_data();
    void typedServers();
    void namesTheTypedServerItRefuses();
    void loopback_data();
    void loopback();
    void backoff_data();
    void backoff();
    void retryReasons_data();
    void retryReasons();
    void verdicts_data();
    void verdicts();
    void postTexts_data();
    void postTexts();
    void folderNames();
    void clockReports();
};

void tst_ClientDeciders::webSocketUrls_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("expected"); // empty: refused
    QTest::newRow("ws") << u"ws://chat.lab:9000"_s << u"ws://chat.lab:9000/ws"_s;
    QTest::newRow("http") << u"http://chat.lab"_s << u"ws://chat.lab/ws"_s;
    QTest::newRow("https") << u"https://chat.lab/"_s << u"wss://chat.lab/ws"_s;
    QTest::newRow("upper-case") << u"HTTPS://Chat.Lab"_s << u"wss://chat.lab/ws"_s;
    QTest::newRow("own-path") << u"wss://chat.lab/team/ws"_s << u"wss://chat.lab/team/ws"_s;
    QTest::newRow("user-query-fragment") << u"ws://a:b@chat.lab/?q=1#f"_s << u"ws://chat.lab/ws"_s;
    QTest::newRow("ipv6") << u"ws://[::1]:8737"_s << u"ws://[::1]:8737/ws"_s;
    QTest::newRow("ftp") << u"ftp://chat.lab"_s << QString();
    QTest::newRow("no-host") << u"ws://"_s << QString();
    QTest::newRow("no-scheme") << u"chat.lab"_s << QString();
    QTest::newRow("empty") << QString() << QString();
}

void tst_ClientDeciders::timeReportUrls()
{
    QCOMPARE(timeReportUrl(QUrl(u"wss://u@chat.lab:8443/ws?x=1"_s)),
             QUrl(u"https://chat.lab:8443/api/v1/time"_s));
    QCOMPARE(timeReportUrl(QUrl(u"ws://chat.lab"_s)), QUrl(u"http://chat.lab/api/v1/time"_s));
    QCOMPARE(timeReportUrl(QUrl(u"https://[::1]:9"_s)), QUrl(u"https://[::1]:9/api/v1/time"_s));
}

void tst_ClientDeciders::webSocketUrls()
{
    QFETCH(QString, server);
    QFETCH(QString, expected);
    const auto url = webSocketUrl(QUrl(server));
    QCOMPARE(url ? url->toString() : QString(), expected);
    if (!url)
        QVERIFY(url.error().endsWith(u'.'));
}

void tst_ClientDeciders::typedServers_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected"); // empty: refused
    QTest::newRow("host") << u" chat.lab "_s << u"ws://chat.lab:8737"_s;
    QTest::newRow("host-and-port") << u"chat.lab:80"_s << u"ws://chat.lab:80"_s;
    QTest::newRow("ipv4") << u"10.0.0.7"_s << u"ws://10.0.0.7:8737"_s;
    QTest::newRow("ipv6") << u"[fe80::1]:9000"_s << u"ws://[fe80::1]:9000"_s;
    QTest::newRow("url") << u"https://chat.lab"_s << u"https://chat.lab"_s;
    QTest::newRow("blank") << u"  "_s << QString();
    QTest::newRow("space-inside") << u"chat lab"_s << QString();
    QTest::newRow("port-too-large") << u"chat.lab:70000"_s << QString();
    QTest::newRow("mail") << u"mailto://chat.lab"_s << QString();
}

void tst_ClientDeciders::typedServers()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const auto url = serverFromText(text);
    QCOMPARE(url ? url->toString() : QString(), expected);
}

void tst_ClientDeciders::namesTheTypedServerItRefuses()
{
    for (const QString &text : {u"chat lab"_s, u"ht tp://x"_s, u"chat.lab:70000"_s}) {
        const auto url = serverFromText(text);
        QVERIFY(!url);
        QVERIFY2(url.error().startsWith(u"\"%1\" is not"_s.arg(text)), qPrintable(url.error()));
    }
}

void tst_ClientDeciders::loopback_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("expected");
    QTest::newRow("localhost") << u"ws://LocalHost:1"_s << true;
    QTest::newRow("ipv4") << u"ws://127.0.0.9"_s << true;
    QTest::newRow("ipv6") << u"ws://[::1]"_s << true;
    QTest::newRow("lan") << u"ws://192.168.0.1"_s << false;
    QTest::newRow("name") << u"ws://localhost.example"_s << false;
}

void tst_ClientDeciders::loopback()
{
    QFETCH(QString, url);
    QTEST(isLoopback(QUrl(url)), "expected");
}

void tst_ClientDeciders::backoff_data()
{
    QTest::addColumn<int>("failures");
    QTest::addColumn<double>("chance");
    QTest::addColumn<int>("expected");
    QTest::newRow("first-middle") << 1 << 0.5 << 500;
    QTest::newRow("first-least") << 1 << 0.0 << 400;
    QTest::newRow("first-most") << 1 << 1.0 << 600;
    QTest::newRow("second") << 2 << 0.5 << 1000;
    QTest::newRow("sixth") << 6 << 0.5 << 16000;
    QTest::newRow("seventh-is-capped") << 7 << 0.5 << 30000;
    QTest::newRow("spread-at-the-cap") << 9 << 1.0 << 36000;
    QTest::newRow("very-many") << 1'000'000 << 0.5 << 30000;
    QTest::newRow("none") << 0 << 0.5 << 500;
    QTest::newRow("negative") << -5 << 0.5 << 500;
    QTest::newRow("chance-out-of-range") << 1 << 7.0 << 600;
}

void tst_ClientDeciders::backoff()
{
    QFETCH(int, failures);
    QFETCH(double, chance);
    QFETCH(int, expected);
    QCOMPARE(backoffDelay(failures, chance).count(), expected);
}

void tst_ClientDeciders::retryReasons_data()
{
    QTest::addColumn<QString>("reason");
    QTest::addColumn<int>("expected"); // -1: nothing
    QTest::newRow("plain") << u"retry in 5 s"_s << 5;
    QTest::newRow("zero") << u"retry in 0 s"_s << 0;
    QTest::newRow("in-a-sentence") << u"restart, retry in 12 s please"_s << 12;
    QTest::newRow("capped") << u"retry in 86400 s"_s << 600;
    QTest::newRow("huge") << u"retry in 99999999999999999999 s"_s << -1;
    QTest::newRow("negative") << u"retry in -5 s"_s << -1;
    QTest::newRow("other-unit") << u"retry in 5 sheep"_s << -1;
    QTest::newRow("empty") << QString() << -1;
}

void tst_ClientDeciders::retryReasons()
{
    QFETCH(QString, reason);
    QFETCH(int, expected);
    const auto wait = retryFromReason(reason);
    QCOMPARE(wait ? static_cast<int>(wait->count()) : -1, expected);
}

void tst_ClientDeciders::verdicts_data()
{
    using Code = std::optional<ErrorCode>;
    QTest::addColumn<int>("closeCode");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<bool>("greeted");
    QTest::addColumn<bool>("token");
    QTest::addColumn<Code>("error");
    QTest::addColumn<AfterLink>("expected");
    const QString none;
    QTest::newRow("cut") << 0 << none << true << true << Code() << AfterLink::Retry;
    QTest::newRow("never-reached") << 0 << none << false << false << Code() << AfterLink::Retry;
    QTest::newRow("stops") << 1001 << u"retry in 3 s"_s << true << true << Code()
                           << AfterLink::RetryAfterWait;
    QTest::newRow("stops-silently") << 1001 << none << true << true << Code() << AfterLink::Retry;
    QTest::newRow("full") << 1013 << none << false << false << Code() << AfterLink::RetryAfterWait;
    QTest::newRow("name-taken") << 1008 << none << false << false << Code(ErrorCode::NameTaken)
                                << AfterLink::GiveUp;
    QTest::newRow("bad-name") << 1008 << none << false << false << Code(ErrorCode::BadName)
                              << AfterLink::GiveUp;
    QTest::newRow("old-token") << 1008 << none << false << true << Code(ErrorCode::Unauthorized)
                               << AfterLink::RetryWithoutToken;
    QTest::newRow("bad-password") << 1008 << none << false << false << Code(ErrorCode::Unauthorized)
                                  << AfterLink::GiveUp;
    QTest::newRow("banned-at-the-door")
        << 1008 << none << false << true << Code(ErrorCode::Banned) << AfterLink::GiveUp;
    QTest::newRow("banned-later") << 1008 << none << true << true << Code(ErrorCode::Banned)
                                  << AfterLink::GiveUp;
    QTest::newRow("too-many-errors") << 1008 << none << true << true << Code(ErrorCode::BadField)
                                     << AfterLink::Retry;
    QTest::newRow("old-error-then-cut")
        << 0 << none << true << true << Code(ErrorCode::NameTaken) << AfterLink::Retry;
    QTest::newRow("busy-hello") << 1008 << none << false << false << Code(ErrorCode::Busy)
                                << AfterLink::RetryAfterWait;
    QTest::newRow("broken-hello") << 1008 << none << false << false << Code(ErrorCode::Internal)
                                  << AfterLink::Retry;
}

void tst_ClientDeciders::verdicts()
{
    QFETCH(int, closeCode);
    QFETCH(QString, reason);
    QFETCH(bool, greeted);
    QFETCH(bool, token);
    QFETCH(std::optional<ErrorCode>, error);
    LinkEnd end{closeCode, reason, {}, greeted, token, std::nullopt};
    if (error)
        end.lastError = ErrorFrame{*error, u"No."_s, {}, {}};
    QTEST(afterLink(end).action, "expected");
}

void tst_ClientDeciders::postTexts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("good");
    QTest::newRow("plain") << u"hello"_s << true;
    QTest::newRow("longest") << QString(4096, u'x') << true;
    QTest::newRow("too-long") << QString(4097, u'x') << false;
    QTest::newRow("empty") << QString() << false;
    QTest::newRow("blank") << u" \t\n\u00a0"_s << false;
    QTest::newRow("nul") << QString(u"a"_s + QChar(0)) << false;
    QTest::newRow("lone-surrogate") << QString(u"a"_s + QChar(0xdc00)) << false;
    QTest::newRow("pair") << u"\U0001f552"_s << true;
}

void tst_ClientDeciders::postTexts()
{
    QFETCH(QString, text);
    QTEST(problemOfPostText(text, 4096).isEmpty(), "good");
}

void tst_ClientDeciders::folderNames()
{
    const auto name = [](const QString &text) { return *UserName::parse(text); };
    const QUrl lab(u"ws://chat.lab:8737"_s);
    const QString ana = stateFolderName(lab, name(u"ana"_s));
    QVERIFY(ana.startsWith(u"chat.lab_8737-ana-"_s));
    QCOMPARE(stateFolderName(QUrl(u"http://chat.lab:8737/ws"_s), name(u"ana"_s)), ana);
    QVERIFY(stateFolderName(QUrl(u"wss://chat.lab:8737"_s), name(u"ana"_s)) != ana);
    QVERIFY(stateFolderName(lab, name(u"bea"_s)) != ana);
    const QString odd = stateFolderName(lab, name(u"../\u00e1 /x"_s));
    QVERIFY(!odd.contains(u'/') && !odd.contains(u' '));
    QVERIFY(stateFolderName(lab, name(u"\u00e1"_s)) != stateFolderName(lab, name(u"\u00e9"_s)));
}

void tst_ClientDeciders::clockReports()
{
    const MonoTime start{seconds(1)};
    ClockReport report;
    ClockStatus status;
    QVERIFY(!report.isNews(status, start)); // nothing measured
    status.offset = 1000;
    status.bound = 100;
    status.state = StampState::Ok;
    status.via = ProbePath::Udp;
    QVERIFY(report.isNews(status, start));
    QCOMPARE(report.waitTime(start), Nanos(0));
    report.told(status, start);
    QVERIFY(!report.isNews(status, start));
    status.offset = 1100;
    QVERIFY(!report.isNews(status, start)); // by not more than its bound
    status.offset = 1101;
    QVERIFY(report.isNews(status, start));
    QCOMPARE(report.waitTime(start + milliseconds(300)), Nanos(milliseconds(700)));
    status.offset = 1000;
    status.state = StampState::Holdover;
    QVERIFY(report.isNews(status, start));
    status.state = StampState::Ok;
    status.bound = 201;
    QVERIFY(report.isNews(status, start));
    status.bound = 100;
    QVERIFY(!report.isNews(status, start + ClockReport::SameAgain - Nanos(1)));
    QVERIFY(report.isNews(status, start + ClockReport::SameAgain)); // still here
    status.fault = true;
    QVERIFY(report.isNews(status, start));
    status.fault = false;
    QVERIFY(!report.isNews(status, start));
    report.forget();
    QVERIFY(report.isNews(status, start));
}

QTEST_GUILESS_MAIN(tst_ClientDeciders)
#include "tst_clientdeciders.moc"
