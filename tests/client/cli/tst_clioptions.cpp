// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cli/clioptions.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

auto parseTask(QStringList arguments, const QString &login = u"ana"_s)
{
    arguments.prepend(u"synchat-cli"_s);
    return CliOptionsParser::parse(arguments, login, QTimeZone("Europe/Madrid"));
}

Result<CliOptions, CliOptionsParser::Stop> parse(const QStringList &arguments,
                                                 const QString &login = u"ana"_s)
{
    const auto task = parseTask(arguments, login);
    if (!task)
        return Failure(task.error());
    return std::get<CliOptions>(*task);
}

} // namespace

class tst_CliOptions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void defaults();
    void everything();
    void zones();
    void refuses_data();
    void refuses();
    void unusableLoginNeedsAName();
    void sources_data();
    void sources();
    void refusesWithSources_data();
    void refusesWithSources();
    void search_data();
    void search();
    void refusesSearch_data();
    void refusesSearch();
    void tellsAboutItself();
};

void tst_CliOptions::defaults()
{
    const auto options = parse({});
    QVERIFY(options.has_value());
    QCOMPARE(options->server, QUrl(u"ws://127.0.0.1:8737"_s));
    QCOMPARE(options->name.text(), u"ana"_s);
    QCOMPARE(options->room, RoomName::general());
    QCOMPARE(options->key, QString());
    QCOMPARE(options->history, 0);
    QVERIFY(!options->json);
    QVERIFY(!options->once);
    QVERIFY(options->clockFault.isNone());
    QCOMPARE(options->zone, QTimeZone("Europe/Madrid"));
}

void tst_CliOptions::everything()
{
    const auto options = parse({u"--server"_s, u"wss://chat.lab:9"_s, u"--name=Luis"_s, u"--room"_s, u"ops"_s,
                                u"--key"_s, u"k"_s, u"--json"_s, u"--history"_s, u"20"_s, u"--once"_s,
                                u"--clock-fault"_s, u"offset=-3s,freeze"_s});
    QVERIFY(options.has_value());
    QCOMPARE(options->server, QUrl(u"wss://chat.lab:9"_s));
    QCOMPARE(options->name.text(), u"Luis"_s);
    QCOMPARE(options->room.text(), u"ops"_s);
    QCOMPARE(options->key, u"k"_s);
    QCOMPARE(options->history, 20);
    QVERIFY(options->json);
    QVERIFY(options->once);
    QCOMPARE(options->clockFault.toText(), u"offset=-3s,freeze"_s);
}

void tst_CliOptions::zones()
{
    QCOMPARE(parse({u"--utc"_s})->zone, QTimeZone::utc());
    QCOMPARE(parse({u"--time-zone"_s, u"Asia/Kolkata"_s})->zone, QTimeZone("Asia/Kolkata"));
}

void tst_CliOptions::refuses_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("unknown-flag") << QStringList{u"--nonsense"_s};
    QTest::newRow("stray-word") << QStringList{u"hello"_s};
    QTest::newRow("server-scheme") << QStringList{u"--server"_s, u"gopher://x"_s};
    QTest::newRow("server-empty") << QStringList{u"--server"_s, u""_s};
    QTest::newRow("name-empty") << QStringList{u"--name"_s, u""_s};
    QTest::newRow("name-too-long") << QStringList{u"--name"_s, QString(33, u'x')};
    QTest::newRow("room-upper-case") << QStringList{u"--room"_s, u"General"_s};
    QTest::newRow("clock-fault") << QStringList{u"--clock-fault"_s, u"offset=3"_s};
    QTest::newRow("history-word") << QStringList{u"--history"_s, u"all"_s};
    QTest::newRow("history-negative") << QStringList{u"--history=-1"_s};
    QTest::newRow("history-fraction") << QStringList{u"--history"_s, u"1.5"_s};
    QTest::newRow("history-too-large") << QStringList{u"--history"_s, u"1000001"_s};
    QTest::newRow("history-without-number") << QStringList{u"--history"_s};
    QTest::newRow("zone-unknown") << QStringList{u"--time-zone"_s, u"Mars/Olympus"_s};
    QTest::newRow("two-zones") << QStringList{u"--utc"_s, u"--time-zone"_s, u"Europe/Madrid"_s};
    QTest::newRow("value-for-a-switch") << QStringList{u"--once=yes"_s};
}

void tst_CliOptions::refuses()
{
    QFETCH(QStringList, arguments);
    const auto options = parse(arguments);
    QVERIFY(!options.has_value());
    QCOMPARE(options.error().exitStatus, 2);
    QVERIFY(!options.error().text.isEmpty());
}

void tst_CliOptions::unusableLoginNeedsAName()
{
    QVERIFY(!parse({}, QString()).has_value());
    QVERIFY(parse({u"--name"_s, u"ana"_s}, QString()).has_value());
}

void tst_CliOptions::sources_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QUrl>("server");
    QTest::addColumn<bool>("json");
    QTest::newRow("default-server") << QStringList{} << QUrl(u"ws://127.0.0.1:8737"_s) << false;
    QTest::newRow("json") << QStringList{u"--json"_s} << QUrl(u"ws://127.0.0.1:8737"_s) << true;
    const auto server = [](const char *name, const char *given, const char *url) {
        QTest::newRow(name) << QStringList{u"--server"_s, QString::fromLatin1(given)}
                            << QUrl(QString::fromLatin1(url)) << false;
    };
    server("bare", "chat.lab:9", "ws://chat.lab:9");
    server("bare-without-port", "chat.lab", "ws://chat.lab:8737");
    server("bare-ipv6", "[::1]:9", "ws://[::1]:9");
    server("wss", "wss://chat.lab", "wss://chat.lab");
    server("http", "http://chat.lab:9/", "http://chat.lab:9/");
    server("https", "https://chat.lab", "https://chat.lab");
}

void tst_CliOptions::sources()
{
    QFETCH(QStringList, arguments);
    const auto task = parseTask(arguments + QStringList{u"--sources"_s}, QString()); // no name is needed
    QVERIFY2(task.has_value(), task ? "" : qPrintable(task.error().text));
    const auto *options = std::get_if<SourcesOptions>(&*task);
    QVERIFY(options);
    QTEST(options->server, "server");
    QTEST(options->json, "json");
}

void tst_CliOptions::refusesWithSources_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("once") << QStringList{u"--once"_s};
    QTest::newRow("room") << QStringList{u"--room"_s, u"ops"_s};
    QTest::newRow("key") << QStringList{u"--key"_s, u"k"_s};
    QTest::newRow("name") << QStringList{u"--name"_s, u"ana"_s};
    QTest::newRow("history") << QStringList{u"--history"_s, u"5"_s};
    QTest::newRow("utc") << QStringList{u"--utc"_s};
    QTest::newRow("time-zone") << QStringList{u"--time-zone"_s, u"Europe/Madrid"_s};
    QTest::newRow("clock-fault") << QStringList{u"--clock-fault"_s, u"offset=3s"_s};
}

void tst_CliOptions::refusesWithSources()
{
    QFETCH(QStringList, arguments);
    const auto task = parseTask(arguments + QStringList{u"--sources"_s});
    QVERIFY(!task.has_value());
    QCOMPARE(task.error().exitStatus, 2);
    QVERIFY2(task.error().text.contains(arguments.constFirst()), qPrintable(task.error().text));
}

void tst_CliOptions::search_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<SearchFrame>("frame");
    QTest::addColumn<int>("most");
    const auto row = [](const char *name, const QStringList &arguments, const SearchFrame &frame,
                        int most = 100) { QTest::newRow(name) << arguments << frame << most; };
    const RoomName ops = *RoomName::parse(u"ops"_s);
    const WireMicros day = 1763852400000000; // 2025-11-23T00:00 in Madrid
    const WireMicros hour = WireMicros(3600) * 1000000;
    row("words", {u"disk ala*"_s}, {u"disk ala*"_s, {}, {}, {}, {}, 100, {}});
    row("room", {u"disk"_s, u"--room"_s, u"ops"_s}, {u"disk"_s, ops, {}, {}, {}, 100, {}});
    row("author-alone", {u""_s, u"--from-name"_s, u"Ana Lee"_s}, {u""_s, {}, u"Ana Lee"_s, {}, {}, 100, {}});
    row("days", {u"x"_s, u"--since"_s, u"2025-11-23"_s, u"--until"_s, u"2025-11-23"_s},
        {u"x"_s, {}, {}, day, day + 24 * hour - 1, 100, {}});
    row("minute", {u"x"_s, u"--since"_s, u"2025-11-23T01:00"_s}, {u"x"_s, {}, {}, day + hour, {}, 100, {}});
    row("in-utc", {u"x"_s, u"--since"_s, u"2025-11-23"_s, u"--utc"_s},
        {u"x"_s, {}, {}, day + hour, {}, 100, {}});
    row("says-its-zone", {u"x"_s, u"--since"_s, u"2025-11-23T00:00:00Z"_s},
        {u"x"_s, {}, {}, day + hour, {}, 100, {}});
    row("most", {u"x"_s, u"--history"_s, u"7"_s}, {u"x"_s, {}, {}, {}, {}, 100, {}}, 7);
}

void tst_CliOptions::search()
{
    QFETCH(QStringList, arguments);
    QFETCH(SearchFrame, frame);
    const auto task = parseTask(QStringList{u"--search"_s} + arguments, QString()); // no name is needed
    QVERIFY2(task.has_value(), task ? "" : qPrintable(task.error().text));
    const auto *options = std::get_if<SearchOptions>(&*task);
    QVERIFY(options);
    QCOMPARE(encodeClientFrame(options->search), encodeClientFrame(frame));
    QTEST(options->most, "most");
}

void tst_CliOptions::refusesSearch_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("part");
    const auto search = [](const char *name, const QStringList &more, const QString &part) {
        QTest::newRow(name) << QStringList{u"--search"_s, u"disk"_s} + more << part;
    };
    search("name", {u"--name"_s, u"ana"_s}, u"--name"_s);
    search("once", {u"--once"_s}, u"--once"_s);
    search("key", {u"--key"_s, u"k"_s}, u"--key"_s);
    search("clock-fault", {u"--clock-fault"_s, u"offset=3s"_s}, u"--clock-fault"_s);
    search("sources", {u"--sources"_s}, u"--search"_s);
    search("since-no-time", {u"--since"_s, u"yesterday"_s}, u"--since"_s);
    search("until-no-day", {u"--until"_s, u"2025-02-30"_s}, u"--until"_s);
    search("backwards", {u"--since"_s, u"2025-11-24"_s, u"--until"_s, u"2025-11-23"_s},
           u"before it begins"_s);
    search("bad-room", {u"--room"_s, u"A b"_s}, u"room"_s);
    search("bad-history", {u"--history"_s, u"x"_s}, u"--history"_s);
    QTest::newRow("no-words") << QStringList{u"--search"_s, u""_s} << u"Please give a word"_s;
    QTest::newRow("short-beginning") << QStringList{u"--search"_s, u"a*"_s} << u"at least 2"_s;
    QTest::newRow("since-without-search") << QStringList{u"--since"_s, u"2025-11-23"_s} << u"--search only"_s;
    QTest::newRow("author-without-search") << QStringList{u"--from-name"_s, u"ana"_s} << u"--search only"_s;
}

void tst_CliOptions::refusesSearch()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, part);
    const auto task = parseTask(arguments);
    QVERIFY(!task.has_value());
    QCOMPARE(task.error().exitStatus, 2);
    QVERIFY2(task.error().text.contains(part), qPrintable(task.error().text));
}

void tst_CliOptions::tellsAboutItself()
{
    const auto help = parse({u"--help"_s});
    QVERIFY(!help.has_value());
    QCOMPARE(help.error().exitStatus, 0);
    for (const QString &flag : {u"--server"_s, u"--name"_s, u"--room"_s, u"--key"_s, u"--json"_s,
                                u"--history"_s, u"--once"_s, u"--utc"_s, u"--time-zone"_s, u"--clock-fault"_s,
                                u"--sources"_s, u"--search"_s, u"--from-name"_s, u"--since"_s, u"--until"_s})
        QVERIFY2(help.error().text.contains(flag), qPrintable(flag));
    const auto version = parse({u"--version"_s});
    QCOMPARE(version.error().exitStatus, 0);
    QVERIFY(version.error().text.startsWith(u"synchat-cli "_s));
}

QTEST_GUILESS_MAIN(tst_CliOptions)
#include "tst_clioptions.moc"
