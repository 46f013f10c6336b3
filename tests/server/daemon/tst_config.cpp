// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/settings.h"
#include "tests/server/daemon/configkit.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

class tst_Config : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void defaultsNeedNothing();
    void everySettingIsTaken_data();
    void everySettingIsTaken();
    void precedence_data();
    void precedence();
    void badValueIsNamed_data();
    void badValueIsNamed();
    void addresses_data();
    void addresses();
    void ntpPort_data();
    void ntpPort();
    void clockFault();
    void ntpRates();
    void lists();
    void badUse_data();
    void badUse();
    void asksForHelpOrVersion_data();
    void asksForHelpOrVersion();
    void dataDirOfServiceManager();
    void helpNamesEverySetting();
};

void tst_Config::defaultsNeedNothing()
{
    const auto invocation = readConfig(inputs({}));
    QVERIFY(invocation);
    QVERIFY(invocation->task == Invocation::Task::Serve);
    const Config &config = invocation->config;
    QCOMPARE(config.net.port, 8737);
    QCOMPARE(config.net.address, QHostAddress(QHostAddress::Any));
    QVERIFY(config.ntp.enabled);
    QVERIFY(!config.ntp.port);
    QVERIFY(config.time.ntpServers.isEmpty());
    QVERIFY(config.time.httpSources.isEmpty());
    QVERIFY(config.time.useOsClock);
    QCOMPARE(config.time.osClockError, Nanos(std::chrono::milliseconds(50)));
    QVERIFY(config.clockFault.isNone());
    QCOMPARE(config.store.dataDir, u"/home/ana/.local/share/synchatd"_s);
    QCOMPARE(config.ntp.limits.perSecond, 8);
    QCOMPARE(config.ntp.limits.burst, 32);
    QVERIFY(!config.ntp.limits.limitNearby);
    QCOMPARE(config.time.localStratum, 10);
    QCOMPARE(config.chat.ratePerSecond, 10);
    QCOMPARE(config.chat.rateBurst, 30);
    QVERIFY(config.logLevel == LogLevel::Info);
    QVERIFY(config.warnings.isEmpty());
}

void tst_Config::everySettingIsTaken_data()
{
    QTest::addColumn<QString>("section");
    QTest::addColumn<QString>("key");
    for (const Setting &setting : allSettings())
        QTest::addRow("%ls.%ls", qUtf16Printable(setting.sectionName()), qUtf16Printable(setting.keyName()))
            << setting.sectionName() << setting.keyName();
}

/// Each takes a value that makes sense, from the file and from the environment, and refuses nonsense.
void tst_Config::everySettingIsTaken()
{
    static const QMap<QString, QString> good{
        {u"net.bind"_s, u"127.0.0.1"_s},
        {u"net.allowed_origins"_s, u"https://a.example"_s},
        {u"net.max_pending_bytes"_s, u"100000"_s},
        {u"ntp.rate_limit_lan"_s, u"yes"_s},
        {u"time.ntp_servers"_s, u"ntp.example:123"_s},
        {u"time.http_sources"_s, u"https://time.example/api"_s},
        {u"time.os_clock"_s, u"no"_s},
        {u"time.clock_fault"_s, u"offset=-3s"_s},
        {u"store.commit"_s, u"sql"_s},
        {u"store.signing_key"_s, QString(43, u'A') + u'='},
        {u"store.data_dir"_s, u"/var/lib/x"_s},
        {u"store.url"_s, u"postgresql://u@h/chat"_s},
        {u"chat.name"_s, u"Lab"_s},
        {u"bridge.take_back"_s, u"no"_s},
        {u"bridge.uri"_s, u"http://127.0.0.1:8080/chat/messages"_s},
        {u"log.level"_s, u"debug"_s},
    };
    QFETCH(QString, section);
    QFETCH(QString, key);
    const QString value = good.value(section + u'.' + key, u"7"_s);
    const auto file = [&](const QString &text) {
        return u"[%1]\n%2 = %3\n"_s.arg(section, key, text).toUtf8();
    };
    const QString variable = u"SYNCHAT_%1_%2"_s.arg(section.toUpper(), key.toUpper());

    const auto fromFile = readConfig(inputs(WithFile, {}, file(value)));
    QVERIFY2(fromFile, fromFile ? "" : qPrintable(fromFile.error()));
    const auto fromEnvironment = readConfig(inputs({}, {{variable, value}}));
    QVERIFY2(fromEnvironment, fromEnvironment ? "" : qPrintable(fromEnvironment.error()));

    if (key == u"data_dir"_s || key == u"password"_s)
        return; // any text is one
    const QString nonsense = key == u"name"_s ? QString(100, u'x') : u"http://[nonsense"_s;
    const auto bad = readConfig(inputs(WithFile, {}, file(nonsense)));
    QVERIFY(!bad);
    QVERIFY2(bad.error().startsWith(u"/etc/synchat.ini:2: "_s) && bad.error().contains(key),
             qPrintable(bad.error()));
    const auto badVariable = readConfig(inputs({}, {{variable, nonsense}}));
    QVERIFY(!badVariable);
    QVERIFY2(badVariable.error().contains(variable), qPrintable(badVariable.error()));
}

void tst_Config::precedence_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<Environment>("environment");
    QTest::addColumn<int>("port");
    const QStringList flags = WithFile + QStringList{u"--port"_s, u"4"_s};
    const Environment both{{u"PORT"_s, u"2"_s}, {u"SYNCHAT_NET_PORT"_s, u"3"_s}};
    QTest::newRow("default") << QStringList() << Environment() << 8737;
    QTest::newRow("file") << WithFile << Environment() << 1;
    QTest::newRow("short-variable") << WithFile << Environment{{u"PORT"_s, u"2"_s}} << 2;
    QTest::newRow("long-variable") << WithFile << both << 3;
    QTest::newRow("empty-variable") << WithFile
                                    << Environment{{u"PORT"_s, u""_s}, {u"SYNCHAT_NET_PORT"_s, u""_s}} << 1;
    QTest::newRow("flag") << flags << both << 4;
    QTest::newRow("flag-with-equals") << QStringList{u"--port=5"_s} << both << 5;
    QTest::newRow("last-flag") << QStringList{u"--port=5"_s, u"--port=6"_s} << both << 6;
}

void tst_Config::precedence()
{
    QFETCH(QStringList, arguments);
    QFETCH(Environment, environment);
    const auto invocation = readConfig(inputs(arguments, environment, "[net]\nport=1\n"));
    QVERIFY2(invocation, invocation ? "" : qPrintable(invocation.error()));
    QTEST(int(invocation->config.net.port), "port");
}

void tst_Config::badValueIsNamed_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<Environment>("environment");
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QString>("place");
    const Environment none;
    QTest::newRow("flag") << QStringList{u"--port"_s, u"x"_s} << none << QByteArray() << u"--port: \"x\""_s;
    QTest::newRow("flag-too-large") << QStringList{u"--port"_s, u"65536"_s} << none << QByteArray()
                                    << u"65536"_s;
    QTest::newRow("flag-negative") << QStringList{u"--port=-1"_s} << none << QByteArray() << u"-1"_s;
    QTest::newRow("flag-empty") << QStringList{u"--port="_s} << none << QByteArray() << u"--port"_s;
    QTest::newRow("flag-bind") << QStringList{u"--bind"_s, u"nowhere"_s} << none << QByteArray()
                               << u"nowhere"_s;
    QTest::newRow("flag-data-dir") << QStringList{u"--data-dir="_s} << none << QByteArray()
                                   << u"--data-dir"_s;
    QTest::newRow("flag-clock-fault") << QStringList{u"--clock-fault=offset=3"_s} << none << QByteArray()
                                      << u"--clock-fault: \"offset=3\""_s;
    QTest::newRow("clock-fault-says-why") << QStringList{u"--clock-fault=wobble"_s} << none << QByteArray()
                                          << u"(The clock fault \"wobble\" is not known"_s;
    QTest::newRow("variable") << QStringList() << Environment{{u"PORT"_s, u"x"_s}} << QByteArray()
                              << u"Environment PORT"_s;
    QTest::newRow("variable-ntp") << QStringList() << Environment{{u"NTP_PORT"_s, u"x"_s}} << QByteArray()
                                  << u"Environment NTP_PORT"_s;
    QTest::newRow("unknown-variable") << QStringList() << Environment{{u"SYNCHAT_NET_PROT"_s, u"1"_s}}
                                      << QByteArray() << u"SYNCHAT_NET_PROT"_s;
    QTest::newRow("unknown-key") << WithFile << none << QByteArray("[net]\n\nprot=1\n")
                                 << u"synchat.ini:3: "_s;
    QTest::newRow("unknown-section") << WithFile << none << QByteArray("[nets]\nport=1\n") << u"[nets]"_s;
    QTest::newRow("key-of-other-section")
        << WithFile << none << QByteArray("[chat]\nport=1\n") << u"\"port\""_s;
    QTest::newRow("broken-line") << WithFile << none << QByteArray("[net]\nport\n")
                                 << u"/etc/synchat.ini:2: "_s;
    QTest::newRow("rate-negative") << WithFile << none << QByteArray("[chat]\nrate_per_second=-1\n")
                                   << u"rate_per_second"_s;
    QTest::newRow("not-a-number") << WithFile << none << QByteArray("[net]\nhello_timeout_seconds=nan\n")
                                  << u"nan"_s;
    QTest::newRow("infinite") << WithFile << none << QByteArray("[net]\nhello_timeout_seconds=inf\n")
                              << u"inf"_s;
    QTest::newRow("signing-key-too-short")
        << WithFile << none << QByteArray("[store]\nsigning_key=AAAA\n") << u"32 bytes in base64"_s;
    QTest::newRow("commit-without-a-bridge")
        << WithFile << none << QByteArray("[store]\ncommit=bridge\n") << u"MONGO_URI"_s;
    QTest::newRow("commit-elsewhere")
        << WithFile << none << QByteArray("[store]\ncommit=moon\n") << u"moon"_s;
    QTest::newRow("origin-with-path")
        << WithFile << none << QByteArray("[net]\nallowed_origins=https://a/b\n") << u"origins"_s;
    QTest::newRow("bad-source-in-list")
        << WithFile << none << QByteArray("[time]\nntp_servers=a.example, b:0x\n") << u"ntp_servers"_s;
}

void tst_Config::badValueIsNamed()
{
    QFETCH(QStringList, arguments);
    QFETCH(Environment, environment);
    QFETCH(QByteArray, file);
    QFETCH(QString, place);
    const auto invocation = readConfig(inputs(arguments, environment, file));
    QVERIFY(!invocation);
    QVERIFY2(invocation.error().contains(place), qPrintable(invocation.error()));
    QVERIFY2(invocation.error().endsWith(u'.'), qPrintable(invocation.error()));
}

void tst_Config::addresses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QHostAddress>("address");
    QTest::newRow("all") << u"::"_s << QHostAddress(QHostAddress::Any);
    QTest::newRow("star") << u"*"_s << QHostAddress(QHostAddress::Any);
    QTest::newRow("all-ipv4") << u"0.0.0.0"_s << QHostAddress(QHostAddress::AnyIPv4);
    QTest::newRow("loopback") << u"127.0.0.1"_s << QHostAddress(QHostAddress::LocalHost);
    QTest::newRow("localhost") << u"localhost"_s << QHostAddress(QHostAddress::LocalHost);
    QTest::newRow("loopback-6") << u"::1"_s << QHostAddress(QHostAddress::LocalHostIPv6);
}

void tst_Config::addresses()
{
    QFETCH(QString, text);
    const auto invocation = readConfig(inputs({u"--bind"_s, text}));
    QVERIFY(invocation);
    QTEST(invocation->config.net.address, "address");
}

void tst_Config::ntpPort_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<Environment>("environment");
    QTest::addColumn<int>("port"); // -1: off, -2: default
    QTest::newRow("default") << QStringList() << Environment() << -2;
    QTest::newRow("flag") << QStringList{u"--ntp-port"_s, u"1123"_s} << Environment() << 1123;
    QTest::newRow("free") << QStringList{u"--ntp-port"_s, u"0"_s} << Environment() << 0;
    QTest::newRow("off") << QStringList{u"--ntp-port"_s, u"off"_s} << Environment() << -1;
    QTest::newRow("variable") << QStringList() << Environment{{u"NTP_PORT"_s, u"99"_s}} << 99;
    QTest::newRow("off-by-variable") << QStringList() << Environment{{u"SYNCHAT_NTP_PORT"_s, u"off"_s}} << -1;
    QTest::newRow("on-again") << QStringList{u"--ntp-port=5"_s} << Environment{{u"NTP_PORT"_s, u"off"_s}}
                              << 5;
}

void tst_Config::ntpPort()
{
    QFETCH(QStringList, arguments);
    QFETCH(Environment, environment);
    const auto invocation = readConfig(inputs(arguments, environment));
    QVERIFY(invocation);
    const NtpConfig &ntp = invocation->config.ntp;
    QTEST(ntp.enabled ? int(ntp.port ? *ntp.port : -2) : -1, "port");
}

void tst_Config::clockFault()
{
    const auto fault = [](const QStringList &arguments) {
        const auto invocation =
            readConfig(inputs(WithFile + arguments, {}, "[time]\nclock_fault = jitter=5ms,freeze\n"));
        return invocation ? invocation->config.clockFault.toText() : invocation.error();
    };
    QCOMPARE(fault({}), u"jitter=5ms,freeze"_s);
    QCOMPARE(fault({u"--clock-fault"_s, u"offset=-3s,step=1s@2s"_s}), u"offset=-3s,step=+1s@2s"_s);
    QCOMPARE(fault({u"--clock-fault=none"_s}), u"none"_s);
}

void tst_Config::ntpRates()
{
    // Another setting of the section, read later, leaves them as they are.
    const auto invocation =
        readConfig(inputs(WithFile + QStringList{u"--ntp-port"_s, u"off"_s}, {},
                          "[ntp]\nrate_per_second = 0\nrate_burst = 5\nrate_limit_lan = yes\n"
                          "local_stratum = 12\n"));
    QVERIFY2(invocation, invocation ? "" : qPrintable(invocation.error()));
    const NtpRateLimits &limits = invocation->config.ntp.limits;
    QCOMPARE(limits.perSecond, 0);
    QCOMPARE(limits.burst, 5);
    QVERIFY(limits.limitNearby);
    QCOMPARE(invocation->config.time.localStratum, 12);
    for (const char *stratum : {"0", "16", "-1", "x"})
        QVERIFY(!readConfig(inputs(WithFile, {}, QByteArray("[ntp]\nlocal_stratum=") + stratum + "\n")));
}

void tst_Config::lists()
{
    const auto invocation = readConfig(
        inputs(WithFile, {{u"SYNCHAT_TIME_NTP_SERVERS"_s, u" a.example , [::1]:1123,,127.0.0.1:99 "_s}},
               "[time]\nntp_servers = x.example\nhttp_sources = http://127.0.0.1:8080/api/timezone/UTC\n"
               "[net]\nallowed_origins = https://a.example, http://b.example:8080\n"));
    QVERIFY2(invocation, invocation ? "" : qPrintable(invocation.error()));
    QCOMPARE(invocation->config.time.ntpServers,
             (QStringList{u"a.example"_s, u"[::1]:1123"_s, u"127.0.0.1:99"_s}));
    QCOMPARE(invocation->config.time.httpSources, QStringList{u"http://127.0.0.1:8080/api/timezone/UTC"_s});
    QCOMPARE(invocation->config.time.httpRefresh, std::chrono::milliseconds(60'000));
    QCOMPARE(invocation->config.net.allowedOrigins,
             (QStringList{u"https://a.example"_s, u"http://b.example:8080"_s}));
}

void tst_Config::badUse_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("unknown-flag") << QStringList{u"--prot"_s, u"1"_s};
    QTest::newRow("flag-without-value") << QStringList{u"--port"_s};
    QTest::newRow("positional") << QStringList{u"serve"_s};
    QTest::newRow("missing-file") << QStringList{u"--config"_s, u"/nowhere.ini"_s};
}

void tst_Config::badUse()
{
    QFETCH(QStringList, arguments);
    const auto invocation = readConfig(inputs(arguments));
    QVERIFY(!invocation);
    QVERIFY(!invocation.error().isEmpty());
}

void tst_Config::asksForHelpOrVersion_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<bool>("help");
    QTest::newRow("help") << QStringList{u"--help"_s} << true;
    QTest::newRow("h") << QStringList{u"-h"_s} << true;
    QTest::newRow("version") << QStringList{u"--version"_s} << false;
    QTest::newRow("help-beside-nonsense") << QStringList{u"--help"_s, u"--port"_s, u"x"_s} << true;
}

void tst_Config::asksForHelpOrVersion()
{
    QFETCH(QStringList, arguments);
    QFETCH(bool, help);
    const auto invocation = readConfig(inputs(arguments));
    QVERIFY(invocation);
    QVERIFY(invocation->task == (help ? Invocation::Task::ShowHelp : Invocation::Task::ShowVersion));
}

void tst_Config::dataDirOfServiceManager()
{
    const Environment service{{u"STATE_DIRECTORY"_s, u"/var/lib/synchat:/var/lib/other"_s}};
    QCOMPARE(readConfig(inputs({}, service))->config.store.dataDir, u"/var/lib/synchat"_s);
    QCOMPARE(readConfig(inputs({u"--data-dir=/x"_s}, service))->config.store.dataDir, u"/x"_s);
}

void tst_Config::helpNamesEverySetting()
{
    const QString help = helpText();
    for (const Setting &setting : allSettings())
        QVERIFY(help.contains(u"[%1] %2 "_s.arg(setting.sectionName(), setting.keyName())));
    for (const QString &flag : {u"--config"_s, u"--port"_s, u"--ntp-port"_s, u"--bind"_s, u"--data-dir"_s})
        QVERIFY(help.contains(flag));
}

QTEST_GUILESS_MAIN(tst_Config)
#include "tst_config.moc"
