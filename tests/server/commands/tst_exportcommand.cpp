// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/protocol.h"
#include "tests/server/commands/exportkit.h"
#include "tests/server/store/troublekit.h"

#include <QDir>

#include <cerrno>

using namespace Synchat;
using namespace Qt::StringLiterals;

/// `synchatd export` on real histories.
class tst_ExportCommand : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void formats_data();
    void formats();
    void jsonLinesAreTheHistory();
    void besideADaemon();
    void manyPages();
    void file();
    void refusesToReplace();
    void forcedReplaces();
    void fileThatCannotBe_data();
    void fileThatCannotBe();
    void badUse_data();
    void badUse();
    void refuses_data();
    void refuses();
    void goneReaderIsNoNoise();
    void fullOutputIsSaid();

private:
    std::unique_ptr<ExportRig> m_rig;
};

void tst_ExportCommand::init()
{
    m_rig = std::make_unique<ExportRig>();
}

void tst_ExportCommand::formats_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("begin");
    QTest::addColumn<QString>("end");
    QTest::newRow("default") << QStringList{} << u"{\"type\":\"message\""_s << u"}\n"_s;
    QTest::newRow("jsonl") << QStringList{u"--format"_s, u"jsonl"_s} << u"{\"type\":\"message\""_s
                           << u"}\n"_s;
    QTest::newRow("csv") << QStringList{u"--format"_s, u"csv"_s} << u"room,seq,"_s << u"\r\n"_s;
    QTest::newRow("csv-for-spreadsheets")
        << QStringList{u"--format=csv"_s, u"--for-spreadsheets"_s} << u"room,seq,"_s << u"\r\n"_s;
    QTest::newRow("html") << QStringList{u"--format"_s, u"html"_s} << u"<!DOCTYPE html>"_s << u"</html>\n"_s;
    QTest::newRow("bundle") << QStringList{u"--format"_s, u"bundle"_s} << u"{\"epoch\":"_s << u"}\n"_s;
    QTest::newRow("room") << QStringList{u"--room"_s, u"ops"_s} << u"{\"type\":\"message\",\"room\":\"ops\""_s
                          << u"}\n"_s;
}

void tst_ExportCommand::formats()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, begin);
    QFETCH(QString, end);
    m_rig->fill();
    const CommandRun result = m_rig->run(QStringList{u"export"_s} + arguments);
    QCOMPARE(result.errors, QString());
    QCOMPARE(result.status, 0);
    QVERIFY2(result.output.startsWith(begin), qPrintable(result.output.left(100)));
    QVERIFY(result.output.endsWith(end));
}

void tst_ExportCommand::jsonLinesAreTheHistory()
{
    m_rig->fill();
    QByteArray expected;
    for (const Message &message : m_rig->fixture.all())
        expected += encodeServerFrame(message) + '\n';
    QCOMPARE(m_rig->run({u"export"_s}).output.toUtf8(), expected);
}

void tst_ExportCommand::besideADaemon()
{
    m_rig->fill();
    QVERIFY(m_rig->fixture.store(sampleMessage(u"while it runs"_s)));
    const CommandRun first = m_rig->run({u"export"_s});
    QCOMPARE(first.output.count(u'\n'), 6);
    QVERIFY(m_rig->fixture.store(sampleMessage(u"and it goes on"_s)));
    QVERIFY(m_rig->run({u"export"_s}).output.contains(u"and it goes on"_s));
}

void tst_ExportCommand::manyPages()
{
    QVERIFY(m_rig->fixture.open());
    for (int i = 0; i < 1201; ++i)
        m_rig->fixture.append(sampleMessage(u"message %1 "_s.arg(i) + QString(400, u'x')));
    QVERIFY(m_rig->fixture.waitForAnswers(1201));
    (void)m_rig->key();
    QCOMPARE(m_rig->run({u"export"_s}).output.count(u'\n'), 1201);
    const BundleVerdict verdict =
        m_rig->checked(m_rig->run({u"export"_s, u"--format"_s, u"bundle"_s}).output.toUtf8());
    QVERIFY2(verdict.isGood(), qPrintable(verdict.sentence));
    QCOMPARE(verdict.goodRows, 1201);
}

void tst_ExportCommand::file()
{
    m_rig->fill();
    const CommandRun result = m_rig->run({u"export"_s, u"--out"_s, m_rig->path(u"out.jsonl"_s)});
    QCOMPARE(result.status, 0);
    QCOMPARE(result.output + result.errors, QString());
    QCOMPARE(contentOf(m_rig->path(u"out.jsonl"_s)), m_rig->run({u"export"_s}).output.toUtf8());
    QCOMPARE(QDir(m_rig->dataDir()).entryList({u"out*"_s}), QStringList{u"out.jsonl"_s});
    QCOMPARE(QFile::permissions(m_rig->path(u"out.jsonl"_s)) & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
}

void tst_ExportCommand::refusesToReplace()
{
    m_rig->fill();
    QFile there(m_rig->path(u"there"_s));
    QVERIFY(there.open(QIODevice::WriteOnly));
    there.write("mine");
    there.close();
    const CommandRun result = m_rig->run({u"export"_s, u"--out"_s, there.fileName()});
    QCOMPARE(result.status, 1);
    QVERIFY2(result.errors.contains(u"--force"_s), qPrintable(result.errors));
    QCOMPARE(contentOf(there.fileName()), "mine"_ba);
    QCOMPARE(QDir(m_rig->dataDir()).entryList({u"there*"_s}), QStringList{u"there"_s});
}

void tst_ExportCommand::forcedReplaces()
{
    m_rig->fill();
    QFile there(m_rig->path(u"there"_s));
    QVERIFY(there.open(QIODevice::WriteOnly));
    there.close();
    QCOMPARE(m_rig->run({u"export"_s, u"--force"_s, u"--out"_s, there.fileName()}).status, 0);
    QCOMPARE(contentOf(there.fileName()).count('\n'), 5);
}

void tst_ExportCommand::fileThatCannotBe_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("no-such-folder") << u"nowhere/out"_s;
    QTest::newRow("a-folder") << u"."_s;
    QTest::newRow("a-device") << u"/dev/null"_s;
}

void tst_ExportCommand::fileThatCannotBe()
{
    QFETCH(QString, name);
    m_rig->fill();
    const QString file = name.startsWith(u'/') ? name : m_rig->path(name);
    const CommandRun result = m_rig->run({u"export"_s, u"--force"_s, u"--out"_s, file});
    QCOMPARE(result.status, 1);
    QVERIFY2(result.errors.contains(file), qPrintable(result.errors));
    QCOMPARE(result.errors.count(u'\n'), 1);
}

void tst_ExportCommand::badUse_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("named");
    QTest::newRow("format") << QStringList{u"--format"_s, u"pdf"_s} << u"jsonl, csv, html, bundle"_s;
    QTest::newRow("from") << QStringList{u"--from"_s, u"yesterday"_s} << u"--from"_s;
    QTest::newRow("to") << QStringList{u"--to"_s, u"2025-02-30"_s} << u"--to"_s;
    QTest::newRow("backwards") << QStringList{u"--from"_s, u"2025-11-26"_s, u"--to"_s, u"2025-11-25"_s}
                               << u"--from must be before --to"_s;
    QTest::newRow("spreadsheets-of-json") << QStringList{u"--for-spreadsheets"_s} << u"csv"_s;
    QTest::newRow("word") << QStringList{u"general"_s} << u"general"_s;
}

void tst_ExportCommand::badUse()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, named);
    const CommandRun result = m_rig->run(QStringList{u"export"_s} + arguments);
    QCOMPARE(result.status, 2);
    QCOMPARE(result.output, QString());
    QVERIFY2(result.errors.contains(named), qPrintable(result.errors));
}

void tst_ExportCommand::refuses_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("named");
    QTest::newRow("unknown-room") << QStringList{u"--room"_s, u"nowhere"_s} << u"there are: general, ops"_s;
    QTest::newRow("nothing-in-that-time") << QStringList{u"--from"_s, u"2030-01-01"_s} << u"general"_s;
}

void tst_ExportCommand::refuses()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, named);
    const CommandRun nothing = m_rig->run({u"export"_s});
    QCOMPARE(nothing.status, 1);
    QVERIFY2(nothing.errors.contains(u"There is no history"_s), qPrintable(nothing.errors));
    m_rig->fill();
    const CommandRun result = m_rig->run(QStringList{u"export"_s} + arguments);
    QCOMPARE(result.status, 1);
    QCOMPARE(result.output, QString());
    QVERIFY2(result.errors.contains(named), qPrintable(result.errors));
}

void tst_ExportCommand::goneReaderIsNoNoise()
{
    m_rig->fill();
    const SystemClock clock;
    QByteArray errors;
    const CommandOutput closed{.write =
                                   [](const QByteArray &) {
                                       errno = EPIPE;
                                       return false;
                                   },
                               .writeError = [&errors](const QByteArray &bytes) { errors += bytes; }};
    QCOMPARE(runCommand(m_rig->inputs({u"export"_s}, m_rig->fixture), closed, clock), std::optional(1));
    QCOMPARE(errors, QByteArray());
}

void tst_ExportCommand::fullOutputIsSaid()
{
    m_rig->fill();
    const SystemClock clock;
    QByteArray errors;
    const CommandOutput full{.write =
                                 [](const QByteArray &) {
                                     errno = ENOSPC;
                                     return false;
                                 },
                             .writeError = [&errors](const QByteArray &bytes) { errors += bytes; }};
    QCOMPARE(runCommand(m_rig->inputs({u"export"_s}, m_rig->fixture), full, clock), std::optional(1));
    QVERIFY(errors.contains("No space left"));
}

QTEST_GUILESS_MAIN(tst_ExportCommand)
#include "tst_exportcommand.moc"
