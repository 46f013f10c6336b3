// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/bundlecheck.h"
#include "common/messagechain.h"
#include "common/protocol.h"
#include "server/store/signingkeyfile.h"
#include "server/store/timereportfile.h"
#include "tests/server/commands/commandkit.h"
#include "tests/server/store/historyfixture.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTest>

#include <cerrno>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

constexpr WireMicros Start = 1'764'072'000'000'000; // 2025-11-25T12:00:00Z
constexpr WireMicros Minute = 60'000'000;

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(cannot be read)");
}

} // namespace

/// `synchatd export` and `synchatd verify` on real histories.
class tst_ExportCommand : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void formats_data();
    void formats();
    void jsonLinesAreTheHistory();
    void ranges_data();
    void ranges();
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
    void bundleIsGood();
    void partialBundleStartsFromTheHashBefore();
    void bundleAfterRetention();
    void bundleHoldsTheSources();
    void changedHistoryIsNotSigned();
    void bundleNeedsTheKey();
    void goneReaderIsNoNoise();
    void fullOutputIsSaid();
    void verifies_data();
    void verifies();

private:
    /// Five messages in general, a minute apart, the third with a clock an hour ahead; one in `ops`.
    void fill();
    CommandRun run(QStringList arguments) const
    {
        arguments << u"--data-dir"_s << m_fixture->dataDir();
        return runWith(arguments);
    }
    QString path(const QString &name) const { return m_fixture->dataDir() + u'/' + name; }
    QString database() const { return path(u"synchat.db"_s); }
    PublicKey key() const { return readOrMakeSigningKey(m_fixture->dataDir())->publicKey(); }
    BundleVerdict checked(const QByteArray &bytes) const
    {
        BundleChecker checker(key());
        checker.add(bytes);
        return checker.finish();
    }
    std::unique_ptr<HistoryFixture> m_fixture;
};

void tst_ExportCommand::init()
{
    m_fixture = std::make_unique<HistoryFixture>();
}

void tst_ExportCommand::fill()
{
    QVERIFY(m_fixture->open());
    const auto ops = m_fixture->createRoom(u"ops"_s);
    QVERIFY(ops);
    for (int i = 0; i < 5; ++i) {
        Message message = sampleMessage(u"message %1"_s.arg(i + 1));
        message.stamps.best.t = Start + i * Minute + (i == 2 ? 60 * Minute : 0);
        QCOMPARE(m_fixture->store(message), i + 1);
    }
    QVERIFY(m_fixture->store(sampleMessage(u"elsewhere"_s), ops->number));
    (void)key();
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
    fill();
    const CommandRun result = run(QStringList{u"export"_s} + arguments);
    QCOMPARE(result.errors, QString());
    QCOMPARE(result.status, 0);
    QVERIFY2(result.output.startsWith(begin), qPrintable(result.output.left(100)));
    QVERIFY(result.output.endsWith(end));
}

void tst_ExportCommand::jsonLinesAreTheHistory()
{
    fill();
    QByteArray expected;
    for (const Message &message : m_fixture->all())
        expected += encodeServerFrame(message) + '\n';
    QCOMPARE(run({u"export"_s}).output.toUtf8(), expected);
}

void tst_ExportCommand::ranges_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QList<qint64>>("seqs");
    const auto row = [](const char *name, const QStringList &arguments, const QList<qint64> &seqs) {
        QTest::newRow(name) << arguments << seqs;
    };
    row("from-inclusive", {u"--from"_s, u"2025-11-25T12:01Z"_s}, {2, 3, 4, 5});
    row("from-a-microsecond-later", {u"--from"_s, u"2025-11-25T12:01:00.000001Z"_s}, {3, 4, 5});
    row("to-exclusive", {u"--to"_s, u"2025-11-25T12:01Z"_s}, {1});
    // seq 3 lies an hour ahead, and between two that fit
    row("one-in-between", {u"--from"_s, u"2025-11-25T12:01Z"_s, u"--to"_s, u"2025-11-25T12:04Z"_s},
        {2, 3, 4});
    row("only-the-jump", {u"--from"_s, u"2025-11-25 13:00"_s}, {3});
    row("microseconds", {u"--from"_s, QString::number(Start + 4 * Minute), u"--to"_s, u"2025-11-25T13:00Z"_s},
        {5});
    row("day", {u"--from"_s, u"2025-11-25"_s, u"--to"_s, u"2025-11-26"_s}, {1, 2, 3, 4, 5});
}

void tst_ExportCommand::ranges()
{
    QFETCH(QStringList, arguments);
    QFETCH(QList<qint64>, seqs);
    fill();
    const CommandRun result = run(QStringList{u"export"_s} + arguments);
    QCOMPARE(result.errors, QString());
    QList<qint64> found;
    for (const QByteArray &line : result.output.toUtf8().split('\n')) {
        if (!line.isEmpty())
            found << QJsonDocument::fromJson(line).object().value(u"seq"_s).toInteger();
    }
    QCOMPARE(found, seqs);
    const CommandRun bundle = run(QStringList{u"export"_s, u"--format"_s, u"bundle"_s} + arguments);
    const BundleVerdict verdict = checked(bundle.output.toUtf8());
    QVERIFY2(verdict.isGood(), qPrintable(verdict.sentence));
    QCOMPARE(verdict.goodRows, seqs.size());
}

void tst_ExportCommand::besideADaemon()
{
    fill();
    QVERIFY(m_fixture->store(sampleMessage(u"while it runs"_s)));
    const CommandRun first = run({u"export"_s});
    QCOMPARE(first.output.count(u'\n'), 6);
    QVERIFY(m_fixture->store(sampleMessage(u"and it goes on"_s)));
    QVERIFY(run({u"export"_s}).output.contains(u"and it goes on"_s));
}

void tst_ExportCommand::manyPages()
{
    QVERIFY(m_fixture->open());
    for (int i = 0; i < 1201; ++i)
        m_fixture->append(sampleMessage(u"message %1 "_s.arg(i) + QString(400, u'x')));
    QVERIFY(m_fixture->waitForAnswers(1201));
    (void)key();
    QCOMPARE(run({u"export"_s}).output.count(u'\n'), 1201);
    const BundleVerdict verdict = checked(run({u"export"_s, u"--format"_s, u"bundle"_s}).output.toUtf8());
    QVERIFY2(verdict.isGood(), qPrintable(verdict.sentence));
    QCOMPARE(verdict.goodRows, 1201);
}

void tst_ExportCommand::file()
{
    fill();
    const CommandRun result = run({u"export"_s, u"--out"_s, path(u"out.jsonl"_s)});
    QCOMPARE(result.status, 0);
    QCOMPARE(result.output + result.errors, QString());
    QCOMPARE(contentOf(path(u"out.jsonl"_s)), run({u"export"_s}).output.toUtf8());
    QCOMPARE(QDir(m_fixture->dataDir()).entryList({u"out*"_s}), QStringList{u"out.jsonl"_s});
    QCOMPARE(QFile::permissions(path(u"out.jsonl"_s)) & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
}

void tst_ExportCommand::refusesToReplace()
{
    fill();
    QFile there(path(u"there"_s));
    QVERIFY(there.open(QIODevice::WriteOnly));
    there.write("mine");
    there.close();
    const CommandRun result = run({u"export"_s, u"--out"_s, there.fileName()});
    QCOMPARE(result.status, 1);
    QVERIFY2(result.errors.contains(u"--force"_s), qPrintable(result.errors));
    QCOMPARE(contentOf(there.fileName()), "mine"_ba);
    QCOMPARE(QDir(m_fixture->dataDir()).entryList({u"there*"_s}), QStringList{u"there"_s});
}

void tst_ExportCommand::forcedReplaces()
{
    fill();
    QFile there(path(u"there"_s));
    QVERIFY(there.open(QIODevice::WriteOnly));
    there.close();
    QCOMPARE(run({u"export"_s, u"--force"_s, u"--out"_s, there.fileName()}).status, 0);
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
    fill();
    const QString file = name.startsWith(u'/') ? name : path(name);
    const CommandRun result = run({u"export"_s, u"--force"_s, u"--out"_s, file});
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
    const CommandRun result = run(QStringList{u"export"_s} + arguments);
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
    const CommandRun nothing = run({u"export"_s});
    QCOMPARE(nothing.status, 1);
    QVERIFY2(nothing.errors.contains(u"There is no history"_s), qPrintable(nothing.errors));
    fill();
    const CommandRun result = run(QStringList{u"export"_s} + arguments);
    QCOMPARE(result.status, 1);
    QCOMPARE(result.output, QString());
    QVERIFY2(result.errors.contains(named), qPrintable(result.errors));
}

void tst_ExportCommand::bundleIsGood()
{
    fill();
    const BundleVerdict verdict = checked(run({u"export"_s, u"--format"_s, u"bundle"_s}).output.toUtf8());
    QVERIFY2(verdict.isGood(), qPrintable(verdict.sentence));
    QVERIFY(verdict.keyWasExpected);
    QVERIFY(verdict.manifest->beginsTheRoom());
    QCOMPARE(verdict.manifest->roomLast, 5);
    QVERIFY(verdict.manifest->exportedAt > Start);
    QVERIFY(!verdict.manifest->time);
}

void tst_ExportCommand::partialBundleStartsFromTheHashBefore()
{
    fill();
    const QByteArray whole = run({u"export"_s, u"--format"_s, u"bundle"_s}).output.toUtf8();
    const CommandRun part =
        run({u"export"_s, u"--format"_s, u"bundle"_s, u"--from"_s, u"2025-11-25T12:01Z"_s});
    const BundleVerdict verdict = checked(part.output.toUtf8());
    QVERIFY2(verdict.isGood(), qPrintable(verdict.sentence));
    QCOMPARE(verdict.manifest->opening.first, 2);
    QVERIFY(!verdict.manifest->beginsTheRoom());
    QVERIFY(whole.split('\n').at(1).contains(verdict.manifest->opening.previous.toHex())); // message 1's
    QCOMPARE(verdict.manifest->head, checked(whole).manifest->head);
}

void tst_ExportCommand::bundleAfterRetention()
{
    fill();
    m_fixture->close();
    QVERIFY(runOn(
        database(),
        {u"UPDATE room SET cut_seq = 2, cut_chain = (SELECT chain FROM message WHERE seq = 2 AND room = 1)"
         " WHERE name = 'general'"_s,
         u"DELETE FROM message WHERE room = 1 AND seq <= 2"_s}));
    const BundleVerdict verdict = checked(run({u"export"_s, u"--format"_s, u"bundle"_s}).output.toUtf8());
    QVERIFY2(verdict.isGood(), qPrintable(verdict.sentence));
    QCOMPARE(verdict.manifest->opening.first, 3);
    QCOMPARE(verdict.manifest->roomFirst, 3);
}

void tst_ExportCommand::bundleHoldsTheSources()
{
    fill();
    QVERIFY(writeTimeReport(m_fixture->dataDir(),
                            R"({"t":1764072000000000,"sources":[{"name":"ntp.example"}]})"));
    const BundleVerdict verdict = checked(run({u"export"_s, u"--format"_s, u"bundle"_s}).output.toUtf8());
    QVERIFY(verdict.isGood());
    QVERIFY(verdict.manifest->time);
    QCOMPARE(verdict.manifest->time->value(u"t"_s).toInteger(), Start);
}

void tst_ExportCommand::changedHistoryIsNotSigned()
{
    fill();
    m_fixture->close();
    QVERIFY(runOn(database(), {u"UPDATE message SET text = 'never said' WHERE room = 1 AND seq = 3"_s}));
    const CommandRun result = run({u"export"_s, u"--format"_s, u"bundle"_s, u"--out"_s, path(u"out"_s)});
    QCOMPARE(result.status, 1);
    QVERIFY2(result.errors.contains(u"Message 3 "_s), qPrintable(result.errors));
    QVERIFY(!QFile::exists(path(u"out"_s)));
    QCOMPARE(QDir(m_fixture->dataDir()).entryList({u"out*"_s}), QStringList());
    QCOMPARE(run({u"export"_s}).status, 0); // it can still be read
}

void tst_ExportCommand::bundleNeedsTheKey()
{
    fill();
    QVERIFY(QFile::remove(signingKeyPath(m_fixture->dataDir())));
    const CommandRun result = run({u"export"_s, u"--format"_s, u"bundle"_s});
    QCOMPARE(result.status, 1);
    QVERIFY2(result.errors.contains(u"signing key"_s), qPrintable(result.errors));
    QVERIFY(!QFile::exists(signingKeyPath(m_fixture->dataDir())));
}

void tst_ExportCommand::goneReaderIsNoNoise()
{
    fill();
    const SystemClock clock;
    QByteArray errors;
    const CommandOutput closed{.write =
                                   [](const QByteArray &) {
                                       errno = EPIPE;
                                       return false;
                                   },
                               .writeError = [&errors](const QByteArray &bytes) { errors += bytes; }};
    ConfigInputs inputs;
    inputs.arguments = {u"export"_s, u"--data-dir"_s, m_fixture->dataDir()};
    QCOMPARE(runCommand(inputs, closed, clock), std::optional(1));
    QCOMPARE(errors, QByteArray());
}

void tst_ExportCommand::fullOutputIsSaid()
{
    fill();
    const SystemClock clock;
    QByteArray errors;
    const CommandOutput full{.write =
                                 [](const QByteArray &) {
                                     errno = ENOSPC;
                                     return false;
                                 },
                             .writeError = [&errors](const QByteArray &bytes) { errors += bytes; }};
    ConfigInputs inputs;
    inputs.arguments = {u"export"_s, u"--data-dir"_s, m_fixture->dataDir()};
    QCOMPARE(runCommand(inputs, full, clock), std::optional(1));
    QVERIFY(errors.contains("No space left"));
}

void tst_ExportCommand::verifies_data()
{
    QTest::addColumn<QString>("tamper"); ///< replaced by something else
    QTest::addColumn<QString>("expected");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("complained");
    QTest::newRow("good") << QString() << QString() << 0 << u"whole and unchanged"_s << QString();
    QTest::newRow("good-and-expected")
        << QString() << u"own"_s << 0 << u"the key that was expected"_s << QString();
    QTest::newRow("other-key") << QString() << u"11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="_s << 1
                               << u"is not the key that was expected"_s << u"another key"_s;
    QTest::newRow("changed") << u"message 3"_s << u"own"_s << 1 << u"messages 1 to 5"_s
                             << u"Message 3 or its hash"_s;
    QTest::newRow("no-key") << QString() << u"x"_s << 2 << QString() << u"--key"_s;
}

void tst_ExportCommand::verifies()
{
    QFETCH(QString, tamper);
    QFETCH(QString, expected);
    QFETCH(int, status);
    QFETCH(QString, said);
    QFETCH(QString, complained);
    fill();
    QCOMPARE(run({u"export"_s, u"--format"_s, u"bundle"_s, u"--out"_s, path(u"b"_s)}).status, 0);
    if (!tamper.isEmpty()) {
        const QByteArray bytes = contentOf(path(u"b"_s)).replace(tamper.toUtf8(), "m€ssage 3");
        QFile file(path(u"b"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    QStringList arguments{u"verify"_s, path(u"b"_s)};
    if (!expected.isEmpty())
        arguments << u"--key"_s << (expected == u"own"_s ? key().base64() : expected);
    const CommandRun result = runWith(arguments);
    QVERIFY2(result.status == status, qPrintable(result.output + result.errors));
    QVERIFY2(result.output.contains(said), qPrintable(result.output));
    QVERIFY2(complained.isEmpty() ? result.errors.isEmpty() : result.errors.contains(complained),
             qPrintable(result.errors));
}

QTEST_GUILESS_MAIN(tst_ExportCommand)
#include "tst_exportcommand.moc"
