// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/timereportfile.h"
#include "tests/server/commands/exportkit.h"
#include "tests/server/store/troublekit.h"

#include <QDir>
#include <QJsonDocument>

using namespace Synchat;
using namespace Qt::StringLiterals;

/// `synchatd export --format bundle` and `synchatd verify` on real histories, in both databases.
class tst_ExportBundle : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void bundleIsGood();
    void ranges_data();
    void ranges();
    void partialBundleStartsFromTheHashBefore();
    void bundleAfterRetention();
    void bundleHoldsTheSources();
    void sameInBothDatabases();
    void changedHistoryIsNotSigned();
    void bundleNeedsTheKey();
    void verifies_data();
    void verifies();

private:
    std::unique_ptr<ExportRig> m_rig;
};

void tst_ExportBundle::init()
{
    m_rig = std::make_unique<ExportRig>();
}

void tst_ExportBundle::bundleIsGood()
{
    m_rig->fill();
    const BundleVerdict verdict =
        m_rig->checked(m_rig->run({u"export"_s, u"--format"_s, u"bundle"_s}).output.toUtf8());
    QVERIFY2(verdict.isGood(), qPrintable(verdict.sentence));
    QVERIFY(verdict.keyWasExpected);
    QVERIFY(verdict.manifest->beginsTheRoom());
    QCOMPARE(verdict.manifest->roomLast, 5);
    QVERIFY(verdict.manifest->exportedAt > ExportStart);
    QVERIFY(!verdict.manifest->time);
}

void tst_ExportBundle::ranges_data()
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
    row("microseconds",
        {u"--from"_s, QString::number(ExportStart + 4 * ExportMinute), u"--to"_s, u"2025-11-25T13:00Z"_s},
        {5});
    row("day", {u"--from"_s, u"2025-11-25"_s, u"--to"_s, u"2025-11-26"_s}, {1, 2, 3, 4, 5});
}

void tst_ExportBundle::ranges()
{
    QFETCH(QStringList, arguments);
    QFETCH(QList<qint64>, seqs);
    m_rig->fill();
    const CommandRun result = m_rig->run(QStringList{u"export"_s} + arguments);
    QCOMPARE(result.errors, QString());
    QList<qint64> found;
    for (const QByteArray &line : result.output.toUtf8().split('\n')) {
        if (!line.isEmpty())
            found << QJsonDocument::fromJson(line).object().value(u"seq"_s).toInteger();
    }
    QCOMPARE(found, seqs);
    const CommandRun bundle = m_rig->run(QStringList{u"export"_s, u"--format"_s, u"bundle"_s} + arguments);
    const BundleVerdict verdict = m_rig->checked(bundle.output.toUtf8());
    QVERIFY2(verdict.isGood(), qPrintable(verdict.sentence));
    QCOMPARE(verdict.goodRows, seqs.size());
}

void tst_ExportBundle::partialBundleStartsFromTheHashBefore()
{
    m_rig->fill();
    const QByteArray whole = m_rig->run({u"export"_s, u"--format"_s, u"bundle"_s}).output.toUtf8();
    const CommandRun part =
        m_rig->run({u"export"_s, u"--format"_s, u"bundle"_s, u"--from"_s, u"2025-11-25T12:01Z"_s});
    const BundleVerdict verdict = m_rig->checked(part.output.toUtf8());
    QVERIFY2(verdict.isGood(), qPrintable(verdict.sentence));
    QCOMPARE(verdict.manifest->opening.first, 2);
    QVERIFY(!verdict.manifest->beginsTheRoom());
    QVERIFY(whole.split('\n').at(1).contains(verdict.manifest->opening.previous.toHex())); // message 1's
    QCOMPARE(verdict.manifest->head, m_rig->checked(whole).manifest->head);
}

void tst_ExportBundle::bundleAfterRetention()
{
    m_rig->fill();
    m_rig->fixture.close();
    QVERIFY(m_rig->fixture.runPast(
        {u"UPDATE room SET cut_seq = 2, cut_chain = (SELECT chain FROM message WHERE seq = 2 AND room = 1)"
         " WHERE name = 'general'"_s,
         u"DELETE FROM message WHERE room = 1 AND seq <= 2"_s}));
    const BundleVerdict verdict =
        m_rig->checked(m_rig->run({u"export"_s, u"--format"_s, u"bundle"_s}).output.toUtf8());
    QVERIFY2(verdict.isGood(), qPrintable(verdict.sentence));
    QCOMPARE(verdict.manifest->opening.first, 3);
    QCOMPARE(verdict.manifest->roomFirst, 3);
}

void tst_ExportBundle::bundleHoldsTheSources()
{
    m_rig->fill();
    QVERIFY(
        writeTimeReport(m_rig->dataDir(), R"({"t":1764072000000000,"sources":[{"name":"ntp.example"}]})"));
    const BundleVerdict verdict =
        m_rig->checked(m_rig->run({u"export"_s, u"--format"_s, u"bundle"_s}).output.toUtf8());
    QVERIFY(verdict.isGood());
    QVERIFY(verdict.manifest->time);
    QCOMPARE(verdict.manifest->time->value(u"t"_s).toInteger(), ExportStart);
}

/// Also on a history in PostgreSQL, where the other one is in SQLite all the same.
void tst_ExportBundle::sameInBothDatabases()
{
    StoreConfig config;
    config.dataDir = m_rig->path(u"other"_s);
    HistoryFixture other(config);
    for (HistoryFixture *fixture : {&m_rig->fixture, &other}) {
        QVERIFY(fixture->open());
        fixture->close();
        QVERIFY(fixture->runPast({u"UPDATE room SET epoch = 'AAAABBBBCCCCDDDD'"_s})); // else by chance
        QVERIFY(fixture->open());
    }
    for (int i = 1; i <= 600; ++i) { // more than one page
        const Message message =
            sampleMessage(u"Nº %1: \u00e9 e\u0301 \U0001f600 \\ \" \n\t'%2"_s.arg(i).arg(i % 7));
        m_rig->fixture.append(message);
        other.append(message);
    }
    QVERIFY(m_rig->fixture.waitForAnswers(600) && other.waitForAnswers(600));
    (void)m_rig->key();
    QVERIFY(QFile::copy(signingKeyPath(m_rig->dataDir()), signingKeyPath(other.dataDir())));

    const QStringList lines{u"export"_s, u"--format"_s, u"jsonl"_s};
    QCOMPARE(runWith(m_rig->inputs(lines, other)).output, m_rig->run(lines).output);
    const QStringList bundle{u"export"_s, u"--format"_s, u"bundle"_s};
    const QByteArray one = m_rig->run(bundle).output.toUtf8();
    const QByteArray two = runWith(m_rig->inputs(bundle, other)).output.toUtf8();
    const BundleVerdict first = m_rig->checked(one);
    const BundleVerdict second = m_rig->checked(two);
    QVERIFY2(first.isGood() && second.isGood(), qPrintable(first.sentence + second.sentence));
    QCOMPARE(first.goodRows, 600);
    QCOMPARE(one.count('\n'), two.count('\n'));
    QCOMPARE(one.split('\n').first(601), two.split('\n').first(601)); // opening and rows
    QCOMPARE(first.manifest->head, second.manifest->head);
    QCOMPARE(first.manifest->content, second.manifest->content);
}

void tst_ExportBundle::changedHistoryIsNotSigned()
{
    m_rig->fill();
    m_rig->fixture.close();
    QVERIFY(m_rig->fixture.runPast({u"UPDATE message SET text = 'never said' WHERE room = 1 AND seq = 3"_s}));
    const CommandRun result =
        m_rig->run({u"export"_s, u"--format"_s, u"bundle"_s, u"--out"_s, m_rig->path(u"out"_s)});
    QCOMPARE(result.status, 1);
    QVERIFY2(result.errors.contains(u"Message 3 "_s), qPrintable(result.errors));
    QVERIFY(!QFile::exists(m_rig->path(u"out"_s)));
    QCOMPARE(QDir(m_rig->dataDir()).entryList({u"out*"_s}), QStringList());
    QCOMPARE(m_rig->run({u"export"_s}).status, 0); // it can still be read
}

void tst_ExportBundle::bundleNeedsTheKey()
{
    m_rig->fill();
    QVERIFY(QFile::remove(signingKeyPath(m_rig->dataDir())));
    const CommandRun result = m_rig->run({u"export"_s, u"--format"_s, u"bundle"_s});
    QCOMPARE(result.status, 1);
    QVERIFY2(result.errors.contains(u"signing key"_s), qPrintable(result.errors));
    QVERIFY(!QFile::exists(signingKeyPath(m_rig->dataDir())));
}

void tst_ExportBundle::verifies_data()
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

void tst_ExportBundle::verifies()
{
    QFETCH(QString, tamper);
    QFETCH(QString, expected);
    QFETCH(int, status);
    QFETCH(QString, said);
    QFETCH(QString, complained);
    m_rig->fill();
    QCOMPARE(m_rig->run({u"export"_s, u"--format"_s, u"bundle"_s, u"--out"_s, m_rig->path(u"b"_s)}).status,
             0);
    if (!tamper.isEmpty()) {
        const QByteArray bytes = contentOf(m_rig->path(u"b"_s)).replace(tamper.toUtf8(), "m€ssage 3");
        QFile file(m_rig->path(u"b"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    QStringList arguments{u"verify"_s, m_rig->path(u"b"_s)};
    if (!expected.isEmpty())
        arguments << u"--key"_s << (expected == u"own"_s ? m_rig->key().base64() : expected);
    const CommandRun result = runWith(arguments);
    QVERIFY2(result.status == status, qPrintable(result.output + result.errors));
    QVERIFY2(result.output.contains(said), qPrintable(result.output));
    QVERIFY2(complained.isEmpty() ? result.errors.isEmpty() : result.errors.contains(complained),
             qPrintable(result.errors));
}

QTEST_GUILESS_MAIN(tst_ExportBundle)
#include "tst_exportbundle.moc"
