// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/commands/commandkit.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

CommandUsage sampleUsage()
{
    return {.words = u"FILE [COPY]"_s,
            .leastWords = 1,
            .mostWords = 2,
            .options = {{u"room"_s, u"Of this room alone."_s, u"NAME"_s},
                        {u"force"_s, u"Whatever is there."_s, {}}}};
}

/// Says what it was called with.
int runSample(const CommandLine &line, const CommandOutput &output, const Clock &)
{
    output.say(u"dir=%1 words=%2 room=%3 force=%4"_s
                   .arg(line.config.store.dataDir, line.words.join(u','), line.options.value(u"room"_s))
                   .arg(line.has(u"force"_s)));
    return line.words.first() == u"bad"_s ? output.complain(u"It is bad."_s) : Done;
}

constexpr Command Samples[] = {{u"sample", "Says what it was called with.", sampleUsage, runSample},
                               {u"other", "Another one.", sampleUsage, runSample}};

using Environment = QMap<QString, QString>;

} // namespace

Q_DECLARE_METATYPE(Environment)

class tst_Commands : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void serves_data();
    void serves();
    void runs_data();
    void runs();
    void findsTheDaemonsHistory_data();
    void findsTheDaemonsHistory();
    void refuses_data();
    void refuses();
    void statusIsHandedOn();
    void helpOfOne();
    void helpOfAll();
};

void tst_Commands::serves_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("nothing") << QStringList{};
    QTest::newRow("flag") << QStringList{u"--port"_s, u"0"_s};
    QTest::newRow("flag-before-word") << QStringList{u"--port"_s, u"sample"_s};
}

void tst_Commands::serves()
{
    QFETCH(QStringList, arguments);
    const CommandRun result = runWith(arguments, Samples);
    QCOMPARE(result.status, -1);
    QCOMPARE(result.output + result.errors, QString());
}

void tst_Commands::runs_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("said");
    QTest::newRow("least") << QStringList{u"sample"_s, u"a"_s} << u"dir= words=a room= force=0"_s;
    QTest::newRow("most") << QStringList{u"other"_s,   u"a"_s,       u"b"_s,          u"--room"_s,
                                         u"general"_s, u"--force"_s, u"--data-dir"_s, u"/x"_s}
                          << u"dir=/x words=a,b room=general force=1"_s;
    QTest::newRow("option-first") << QStringList{u"sample"_s, u"--room=general"_s, u"a"_s}
                                  << u"dir= words=a room=general force=0"_s;
    QTest::newRow("word-like-an-option")
        << QStringList{u"sample"_s, u"--"_s, u"--room"_s} << u"dir= words=--room room= force=0"_s;
}

void tst_Commands::runs()
{
    QFETCH(QStringList, arguments);
    const CommandRun result = runWith(arguments, Samples);
    QCOMPARE(result.errors, QString());
    QCOMPARE(result.status, 0);
    QTEST(result.output.trimmed(), "said");
}

void tst_Commands::findsTheDaemonsHistory_data()
{
    QTest::addColumn<QStringList>("flags");
    QTest::addColumn<Environment>("environment");
    QTest::addColumn<QString>("dataDir");
    QTest::newRow("default") << QStringList{} << Environment{} << u"/home/ana/synchatd"_s;
    QTest::newRow("service-manager") << QStringList{} << Environment{{u"STATE_DIRECTORY"_s, u"/state"_s}}
                                     << u"/state"_s;
    QTest::newRow("variable") << QStringList{} << Environment{{u"SYNCHAT_STORE_DATA_DIR"_s, u"/variable"_s}}
                              << u"/variable"_s;
    QTest::newRow("file") << QStringList{u"--config"_s, u"/etc/synchat.ini"_s} << Environment{} << u"/file"_s;
    QTest::newRow("flag") << QStringList{u"--config"_s, u"/etc/synchat.ini"_s, u"--data-dir"_s, u"/flag"_s}
                          << Environment{{u"SYNCHAT_STORE_DATA_DIR"_s, u"/variable"_s}} << u"/flag"_s;
}

void tst_Commands::findsTheDaemonsHistory()
{
    QFETCH(QStringList, flags);
    QFETCH(Environment, environment);
    QFETCH(QString, dataDir);
    ConfigInputs inputs;
    inputs.arguments = QStringList{u"sample"_s, u"a"_s} + flags;
    inputs.environment = environment;
    inputs.defaultDataDir = u"/home/ana/synchatd"_s;
    inputs.readFile = [](const QString &) -> Result<QByteArray, QString> {
        return QByteArray("[store]\ndata_dir = /file\n");
    };
    const CommandRun result = runWith(inputs, Samples);
    QCOMPARE(result.status, 0);
    QVERIFY2(result.output.startsWith(u"dir=%1 "_s.arg(dataDir)), qPrintable(result.output));
}

void tst_Commands::refuses_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QStringList>("named");
    QTest::newRow("unknown") << QStringList{u"smaple"_s} << QStringList{u"smaple"_s, u"sample, other"_s};
    QTest::newRow("empty") << QStringList{u""_s} << QStringList{u"sample, other"_s};
    QTest::newRow("too-few") << QStringList{u"sample"_s} << QStringList{u"FILE [COPY]"_s, u"sample --help"_s};
    QTest::newRow("too-many") << QStringList{u"sample"_s, u"a"_s, u"b"_s, u"third"_s}
                              << QStringList{u"third"_s};
    QTest::newRow("unknown-option") << QStringList{u"sample"_s, u"a"_s, u"--nonsense"_s}
                                    << QStringList{u"nonsense"_s};
    QTest::newRow("flag-of-serving") << QStringList{u"sample"_s, u"a"_s, u"--port"_s, u"1"_s}
                                     << QStringList{u"port"_s};
    QTest::newRow("no-value") << QStringList{u"sample"_s, u"a"_s, u"--room"_s} << QStringList{u"room"_s};
    QTest::newRow("no-such-file") << QStringList{u"sample"_s, u"a"_s, u"--config"_s, u"/nowhere"_s}
                                  << QStringList{u"/nowhere"_s};
    QTest::newRow("empty-data-dir") << QStringList{u"sample"_s, u"a"_s, u"--data-dir"_s, u""_s}
                                    << QStringList{u"data_dir"_s};
}

void tst_Commands::refuses()
{
    QFETCH(QStringList, arguments);
    QFETCH(QStringList, named);
    const CommandRun result = runWith(arguments, Samples);
    QCOMPARE(result.status, 2);
    QCOMPARE(result.output, QString());
    for (const QString &word : named)
        QVERIFY2(result.errors.contains(word), qPrintable(result.errors));
    QVERIFY(result.errors.startsWith(u"synchatd: "_s));
}

void tst_Commands::statusIsHandedOn()
{
    const CommandRun result = runWith({u"sample"_s, u"bad"_s}, Samples);
    QCOMPARE(result.status, 1);
    QCOMPARE(result.errors, u"synchatd: It is bad.\n"_s);
}

void tst_Commands::helpOfOne()
{
    const CommandRun result = runWith({u"sample"_s, u"--help"_s}, Samples);
    QCOMPARE(result.status, 0);
    QVERIFY2(result.output.startsWith(u"Usage: synchatd sample FILE [COPY] [options]\n"_s),
             qPrintable(result.output));
    for (const QString &word : {u"Says what it was called with."_s, u"--room"_s, u"--force"_s, u"--config"_s,
                                u"--data-dir"_s, u"Of this room alone."_s})
        QVERIFY2(result.output.contains(word), qPrintable(result.output));
    QVERIFY(!result.output.contains(u"--port"_s));
}

void tst_Commands::helpOfAll()
{
    const CommandRun help = runWith({u"help"_s});
    QCOMPARE(help.status, 0);
    for (const Command &command : allCommands()) {
        const QString name = QString::fromUtf16(command.name);
        QVERIFY2(help.output.contains(u"\n  "_s + name + u' '), qPrintable(name));
        const CommandRun one = runWith({u"help"_s, name});
        QCOMPARE(one.status, 0);
        QCOMPARE(one.output, runWith({name, u"--help"_s}).output);
        QVERIFY(one.output.contains(QString::fromUtf8(command.summary)));
    }
    QVERIFY(help.output.contains(u"[net] port"_s));
    const CommandRun unknown = runWith({u"help"_s, u"nonsense"_s});
    QCOMPARE(unknown.status, 2);
    QVERIFY(unknown.errors.contains(u"nonsense"_s));
}

QTEST_GUILESS_MAIN(tst_Commands)
#include "tst_commands.moc"
