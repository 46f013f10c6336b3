// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/daemon/configkit.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

/// The bridge's settings, and that no secret of any setting is repeated.
class tst_BridgeConfig : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void passwordIsNotRepeated();
    void bridge();
    void bridgeWarnings_data();
    void bridgeWarnings();
    void secretsAreNotPrinted_data();
    void secretsAreNotPrinted();
};

void tst_BridgeConfig::passwordIsNotRepeated()
{
    const QString url = u"postgresql://u:pa55@h/a/b"_s;
    const auto variable = readConfig(inputs({}, {{u"SYNCHAT_STORE_URL"_s, url}}));
    QVERIFY(!variable);
    QVERIFY2(!variable.error().contains(u"pa55"_s) && variable.error().contains(u"SYNCHAT_STORE_URL"_s),
             qPrintable(variable.error()));
    const auto fromFile = readConfig(inputs(WithFile, {}, "[store]\nurl = " + url.toUtf8() + '\n'));
    QVERIFY(!fromFile);
    QVERIFY2(!fromFile.error().contains(u"pa55"_s), qPrintable(fromFile.error()));
}

void tst_BridgeConfig::bridge()
{
    const auto none = readConfig(inputs({}));
    QVERIFY(!none->config.bridge.isWanted());

    const auto invocation =
        readConfig(inputs({}, {{u"MONGO_URI"_s, u"http://127.0.0.1:8080/chat/messages/"_s},
                               {u"MONGO_USER"_s, u"admin"_s},
                               {u"MONGO_PASSWORD"_s, u" se:cret "_s}}));
    QVERIFY(invocation);
    const BridgeConfig &bridge = invocation->config.bridge;
    QVERIFY(bridge.isWanted());
    QCOMPARE(bridge.address->messages(), QUrl(u"http://127.0.0.1:8080/chat/messages"_s));
    QCOMPARE(bridge.user, u"admin"_s);
    QCOMPARE(bridge.password, u" se:cret "_s);
    QVERIFY(invocation->config.warnings.isEmpty());

    // the longer name of the same setting wins
    const auto longer = readConfig(inputs({}, {{u"MONGO_URI"_s, u"http://127.0.0.1/a/b"_s},
                                               {u"SYNCHAT_BRIDGE_URI"_s, u"https://db.example/c/d"_s}}));
    QCOMPARE(longer->config.bridge.address->messages(), QUrl(u"https://db.example/c/d"_s));

    // names of others that only look a little like ours
    const auto others = readConfig(inputs({}, {{u"SYNCHAT_BIN"_s, u"/x"_s}, {u"SYNCHAT_SERVER"_s, u"y"_s}}));
    QVERIFY(others);
    QVERIFY(others->config.warnings.isEmpty());
}

void tst_BridgeConfig::bridgeWarnings_data()
{
    QTest::addColumn<Environment>("environment");
    QTest::addColumn<QString>("words");
    QTest::newRow("user-alone") << Environment{{u"MONGO_USER"_s, u"admin"_s}} << u"MONGO_URI"_s;
    QTest::newRow("password-alone") << Environment{{u"MONGO_PASSWORD"_s, u"secret"_s}} << u"MONGO_URI"_s;
    QTest::newRow("open-to-listeners")
        << Environment{{u"MONGO_URI"_s, u"http://db.example/a/b"_s}} << u"https://"_s;
}

void tst_BridgeConfig::bridgeWarnings()
{
    QFETCH(Environment, environment);
    QFETCH(QString, words);
    const auto invocation = readConfig(inputs({}, environment));
    QVERIFY(invocation);
    QCOMPARE(invocation->config.warnings.size(), 1);
    QVERIFY(invocation->config.warnings.first().contains(words));
    QVERIFY(!invocation->config.warnings.first().contains(u"secret"_s));
}

void tst_BridgeConfig::secretsAreNotPrinted_data()
{
    QTest::addColumn<Environment>("environment");
    QTest::newRow("driver-address") << Environment{{u"MONGO_URI"_s, u"mongodb://ana:hush@db/a"_s}};
    QTest::newRow("no-address") << Environment{{u"MONGO_URI"_s, u"http://ana:hush@/a/b"_s}};
    QTest::newRow("no-url") << Environment{{u"MONGO_URI"_s, u"ana:hush@db"_s}};
    QTest::newRow("signing-key") << Environment{{u"SYNCHAT_STORE_SIGNING_KEY"_s, u"hush"_s}};
    QTest::newRow("long-password") << Environment{{u"MONGO_PASSWORD"_s, u"hush"_s.repeated(2000)}};
}

void tst_BridgeConfig::secretsAreNotPrinted()
{
    QFETCH(Environment, environment);
    const auto invocation = readConfig(inputs({}, environment));
    QVERIFY(!invocation);
    QVERIFY(invocation.error().contains(environment.firstKey()));
    QVERIFY2(!invocation.error().contains(u"hush"_s), qPrintable(invocation.error()));
    const QByteArray file = "[bridge]\nuri = http://ana:hush@/a/b\n";
    QVERIFY(!readConfig(inputs(WithFile, {}, file)).error().contains(u"hush"_s));
}

QTEST_GUILESS_MAIN(tst_BridgeConfig)
#include "tst_bridgeconfig.moc"
