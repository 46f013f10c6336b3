// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/schema.h"
#include "tests/server/commands/commandkit.h"
#include "tests/server/store/historyfixture.h"
#include "tests/server/store/troublekit.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

/// `synchatd backup` and `synchatd restore` on real files.
class tst_BackupCommand : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void besideADaemon();
    void refusesToOverwrite();
    void refuses_data();
    void refuses();
    void fullDiskLeavesNothing();
    void restoredHistoryIsAnother();
    void restoreKeepsWhatWasThere();
    void restoreBesideADaemonIsRefused();
    void badBackupChangesNothing_data();
    void badBackupChangesNothing();
    void bridgeGetsEverythingAgain();
    void olderSchemaIsRestored();
    void cutHistoryIsRestored();
    void newEpochsInPlace();
    void postgresqlHasItsOwnTools();
    void badUse();

private:
    /// `messages` in general and one in ops, open.
    void fill(int messages);
    CommandRun backup(const QStringList &more = {}) const
    {
        return runWith(QStringList{u"backup"_s, m_file, u"--data-dir"_s, m_fixture->dataDir()} + more);
    }
    CommandRun restore(const QString &dataDir) const
    {
        return runWith({u"restore"_s, m_file, u"--data-dir"_s, dataDir});
    }
    static QString checkErrors(const QString &dataDir)
    {
        return runWith({u"check"_s, u"--data-dir"_s, dataDir}).errors;
    }
    static QString database(const QString &dataDir) { return dataDir + u"/synchat.db"_s; }
    static QStringList filesIn(const QString &dataDir) { return QDir(dataDir).entryList(QDir::Files); }
    static qint64 value(const QString &file, const QString &sql);

    std::unique_ptr<HistoryFixture> m_fixture;
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

void tst_BackupCommand::init()
{
    m_fixture = std::make_unique<HistoryFixture>();
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = m_folder->filePath(u"backup.db"_s);
}

void tst_BackupCommand::fill(int messages)
{
    QVERIFY(m_fixture->open());
    const auto ops = m_fixture->createRoom(u"ops"_s);
    QVERIFY(ops);
    for (int i = 1; i <= messages; ++i)
        QVERIFY(m_fixture->append(sampleMessage(u"number %1."_s.arg(i))));
    QVERIFY(m_fixture->append(sampleMessage(), ops->number));
    QVERIFY(m_fixture->waitForAnswers(messages + 1));
}

qint64 tst_BackupCommand::value(const QString &file, const QString &sql)
{
    const auto connection = StoreConnection::open(file, StoreConnection::Access::ReadOnly);
    const auto result = connection ? (*connection)->run(sql) : Result<QVariant, QSqlError>(QVariant(-1));
    return result ? result->toLongLong() : -1;
}

void tst_BackupCommand::besideADaemon()
{
    fill(300);
    const CommandRun result = backup();
    QVERIFY2(result.status == 0, qPrintable(result.errors));
    QVERIFY2(result.output.contains(m_file) && result.output.contains(u"checked"_s),
             qPrintable(result.output));
    QCOMPARE(filesIn(m_folder->path()), QStringList{u"backup.db"_s});
    QCOMPARE(QFileInfo(m_file).permissions(),
             QFile::ReadUser | QFile::WriteUser | QFile::ReadOwner | QFile::WriteOwner);
    QCOMPARE(value(m_file, u"SELECT count(*) FROM message"_s), 301);
    QCOMPARE(value(m_file, u"PRAGMA application_id"_s), SchemaApplicationId);
    QCOMPARE(value(m_file, u"PRAGMA user_version"_s), SchemaVersion);
    QCOMPARE(m_fixture->store(sampleMessage()), 301); // the daemon goes on
}

void tst_BackupCommand::refusesToOverwrite()
{
    fill(3);
    QCOMPARE(backup().status, 0);
    QCOMPARE(m_fixture->store(sampleMessage()), 4);
    const CommandRun again = backup();
    QCOMPARE(again.status, 1);
    QVERIFY2(again.errors.contains(m_file) && again.errors.contains(u"--force"_s), qPrintable(again.errors));
    QCOMPARE(value(m_file, u"SELECT count(*) FROM message"_s), 4);
    QCOMPARE(backup({u"--force"_s}).status, 0);
    QCOMPARE(value(m_file, u"SELECT count(*) FROM message"_s), 5);
    QCOMPARE(filesIn(m_folder->path()), QStringList{u"backup.db"_s});
}

void tst_BackupCommand::refuses_data()
{
    QTest::addColumn<QString>("file"); // {data}: the data folder, {tmp}: another
    QTest::addColumn<QString>("named");
    QTest::newRow("no-folder") << u"{tmp}/nowhere/backup.db"_s << u"cannot be written"_s;
    QTest::newRow("a-folder") << u"{tmp}"_s << u"cannot be written"_s;
    QTest::newRow("the-history-itself") << u"{data}/synchat.db"_s << u"is the history itself"_s;
    QTest::newRow("itself-another-way") << u"{data}/../data/synchat.db"_s << u"is the history itself"_s;
}

void tst_BackupCommand::refuses()
{
    QFETCH(QString, file);
    QFETCH(QString, named);
    fill(3);
    m_file = file.replace(u"{data}"_s, m_fixture->dataDir()).replace(u"{tmp}"_s, m_folder->path());
    const CommandRun result = backup({u"--force"_s});
    QCOMPARE(result.status, 1);
    QVERIFY2(result.errors.contains(named), qPrintable(result.errors));
    QCOMPARE(filesIn(m_folder->path()), QStringList());
    QCOMPARE(m_fixture->store(sampleMessage()), 4);
    QCOMPARE(runWith({u"backup"_s, m_folder->filePath(u"x"_s), u"--data-dir"_s, m_folder->path()}).status, 1);
}

void tst_BackupCommand::fullDiskLeavesNothing()
{
    fill(300);
    m_fixture->close();
    {
        const FileSizeLimit limit(100'000);
        const CommandRun result = backup();
        QCOMPARE(result.status, 1);
        QVERIFY2(result.errors.contains(u"disk"_s), qPrintable(result.errors));
    }
    QCOMPARE(filesIn(m_folder->path()), QStringList());
    QVERIFY(m_fixture->open());
    QCOMPARE(m_fixture->all().size(), 300);
}

void tst_BackupCommand::restoredHistoryIsAnother()
{
    fill(1200);
    const QList<Message> before = m_fixture->all();
    const QList<StoredRoom> oldRooms = m_fixture->history().rooms();
    QCOMPARE(backup().status, 0);

    HistoryFixture other;
    const CommandRun result = restore(other.dataDir());
    QVERIFY2(result.status == 0, qPrintable(result.errors));
    QVERIFY2(result.output.contains(u"1201 messages"_s) && !result.output.contains(u"kept as"_s),
             qPrintable(result.output));
    QCOMPARE(checkErrors(other.dataDir()), QString());
    QVERIFY2(other.open(), qPrintable(other.error()));
    QVERIFY(!other.history().activity().isEmpty()); // looked at once more
    QCOMPARE(other.all(), before);
    QCOMPARE(other.history().secret(), m_fixture->history().secret());
    for (const StoredRoom &room : other.history().rooms()) {
        for (const StoredRoom &old : oldRooms)
            QVERIFY(room.epoch != old.epoch);
    }
    QCOMPARE(other.store(sampleMessage()), 1201);
    other.close();
    QCOMPARE(checkErrors(other.dataDir()), QString());
    QCOMPARE(filesIn(other.dataDir()), (QStringList{u"synchat.db"_s, u"synchat.lock"_s}));
}

void tst_BackupCommand::restoreKeepsWhatWasThere()
{
    fill(3);
    QCOMPARE(backup().status, 0);
    QCOMPARE(m_fixture->store(sampleMessage(u"after the backup"_s)), 4);
    m_fixture->close();
    const CommandRun result = restore(m_fixture->dataDir());
    QVERIFY2(result.status == 0, qPrintable(result.errors));
    const QStringList kept = QDir(m_fixture->dataDir()).entryList({u"synchat.db.before-restore-*"_s});
    QCOMPARE(kept.size(), 1);
    QVERIFY2(result.output.contains(kept.constFirst()), qPrintable(result.output));
    static const QRegularExpression form(u"before-restore-\\d{8}T\\d{6}Z\\z"_s);
    QVERIFY(form.match(kept.constFirst()).hasMatch());
    QCOMPARE(value(m_fixture->dataDir() + u'/' + kept.constFirst(), u"SELECT count(*) FROM message"_s), 5);
    QVERIFY(m_fixture->open());
    QCOMPARE(m_fixture->all().size(), 3);
}

void tst_BackupCommand::restoreBesideADaemonIsRefused()
{
    fill(3);
    QCOMPARE(backup().status, 0);
    const CommandRun result = restore(m_fixture->dataDir());
    QCOMPARE(result.status, 1);
    QVERIFY2(result.errors.contains(u"already uses the data folder"_s), qPrintable(result.errors));
    QCOMPARE(m_fixture->store(sampleMessage()), 4);
}

void tst_BackupCommand::badBackupChangesNothing_data()
{
    QTest::addColumn<QStringList>("statements"); // on the backup
    QTest::addColumn<QByteArray>("content");     // of the backup; empty: what it was
    QTest::addColumn<QString>("named");
    const QStringList none;
    QTest::newRow("missing") << none << QByteArray("-") << u"There is no file"_s;
    QTest::newRow("text") << none << QByteArray(5000, 'x') << u"not a database"_s;
    QTest::newRow("newer") << QStringList{u"PRAGMA user_version = 999"_s} << QByteArray()
                           << u"newer version"_s;
    QTest::newRow("other-program") << QStringList{u"PRAGMA application_id = 42"_s} << QByteArray()
                                   << u"some other program"_s;
    QTest::newRow("forged") << QStringList{u"UPDATE message SET text = 'x' WHERE text = 'number 2.'"_s}
                            << QByteArray() << u"Room general, message 2: The message does not fit"_s;
    QTest::newRow("hole") << QStringList{u"DELETE FROM message WHERE text = 'number 2.'"_s} << QByteArray()
                          << u"Room general, message 2: The message is missing"_s;
    QTest::newRow("truncated") << none << QByteArray("half") << u"damaged"_s;
}

void tst_BackupCommand::badBackupChangesNothing()
{
    QFETCH(QStringList, statements);
    QFETCH(QByteArray, content);
    QFETCH(QString, named);
    fill(200);
    QCOMPARE(backup().status, 0);
    m_fixture->close();
    if (!statements.isEmpty())
        QVERIFY(runOn(m_file, statements));
    QFile file(m_file);
    if (content == "-") {
        QVERIFY(file.remove());
    } else if (content == "half") {
        QVERIFY(file.resize(file.size() / 2 / 4096 * 4096));
    } else if (!content.isEmpty()) {
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
        file.close();
    }
    const QByteArray before = contentOf(database(m_fixture->dataDir()));
    const CommandRun result = restore(m_fixture->dataDir());
    QCOMPARE(result.status, 1);
    QVERIFY2(result.errors.contains(named) && result.errors.contains(m_file), qPrintable(result.errors));
    QCOMPARE(filesIn(m_fixture->dataDir()), (QStringList{u"synchat.db"_s, u"synchat.lock"_s}));
    QVERIFY(contentOf(database(m_fixture->dataDir())) == before);
}

void tst_BackupCommand::bridgeGetsEverythingAgain()
{
    m_fixture->config().ships = true;
    fill(5);
    m_fixture->close();
    const QString file = database(m_fixture->dataDir());
    QVERIFY(runOn(file, {u"DELETE FROM outbox WHERE first > 1"_s, u"UPDATE room SET shipped = 1"_s,
                         u"INSERT INTO outbox_dead (arrival, reason, since) VALUES (2, 'bad', 1)"_s}));
    QCOMPARE(backup().status, 0);
    QCOMPARE(restore(m_fixture->dataDir()).status, 0);
    QCOMPARE(value(file, u"SELECT count(*) FROM outbox"_s), 1);
    QCOMPARE(value(file, u"SELECT first FROM outbox"_s), 1);
    QCOMPARE(value(file, u"SELECT last FROM outbox"_s), 6);
    QCOMPARE(value(file, u"SELECT count(*) FROM outbox_dead"_s), 0);
    QCOMPARE(value(file, u"SELECT max(shipped) FROM room"_s), 0);
    QCOMPARE(checkErrors(m_fixture->dataDir()), QString());
}

void tst_BackupCommand::olderSchemaIsRestored()
{
    QVERIFY(QFile::copy(QFINDTESTDATA("../store/schema1.db"), m_file));
    QVERIFY(QFile::setPermissions(m_file, QFile::ReadOwner));
    const CommandRun result = restore(m_fixture->dataDir());
    QVERIFY2(result.status == 0, qPrintable(result.errors));
    QCOMPARE(value(database(m_fixture->dataDir()), u"PRAGMA user_version"_s), SchemaVersion);
    QCOMPARE(checkErrors(m_fixture->dataDir()), QString());
    QVERIFY(m_fixture->open());
    QVERIFY(!m_fixture->all().isEmpty());
}

void tst_BackupCommand::cutHistoryIsRestored()
{
    m_fixture->config().keep.messages = 3;
    fill(10);
    m_fixture->history().trim(std::nullopt);
    QTRY_COMPARE(m_fixture->read({.room = m_fixture->general(), .upTo = 10})->firstSeq, 8);
    QCOMPARE(backup().status, 0);
    m_fixture->close();
    QCOMPARE(restore(m_fixture->dataDir()).status, 0);
    QCOMPARE(checkErrors(m_fixture->dataDir()), QString());
    QVERIFY(m_fixture->open());
    QCOMPARE(m_fixture->all().constFirst().seq, 8);
    QCOMPARE(m_fixture->store(sampleMessage()), 11);
}

void tst_BackupCommand::newEpochsInPlace()
{
    fill(3);
    const QString before = m_fixture->history().rooms().constFirst().epoch;
    m_fixture->close();
    const CommandRun result =
        runWith({u"restore"_s, u"--new-epochs"_s, u"--data-dir"_s, m_fixture->dataDir()});
    QVERIFY2(result.status == 0, qPrintable(result.errors));
    QCOMPARE(checkErrors(m_fixture->dataDir()), QString());
    QVERIFY(m_fixture->open());
    QVERIFY(m_fixture->history().rooms().constFirst().epoch != before);
    QCOMPARE(m_fixture->all().size(), 3);
}

void tst_BackupCommand::postgresqlHasItsOwnTools()
{
    const auto address = StoreAddress::parse(u"postgresql://ana:secret@db.example/chat"_s);
    QVERIFY(address);
    CommandLine line;
    line.config.store.postgresql = *address;
    line.words = QStringList{u"file"_s};
    const SystemClock clock;
    for (const auto &[name, tool] :
         {std::pair(u"backup"_s, u"pg_dump"_s), std::pair(u"restore"_s, u"pg_restore"_s)}) {
        QString errors;
        const CommandOutput output{
            .write = [](const QByteArray &) { return true; },
            .writeError = [&](const QByteArray &bytes) { errors += QString::fromUtf8(bytes); }};
        for (const Command &command : allCommands()) {
            if (QString::fromUtf16(command.name) == name)
                QCOMPARE(command.run(line, output, clock), 1);
        }
        QVERIFY2(errors.contains(tool) && errors.contains(u"db.example"_s), qPrintable(errors));
        QVERIFY2(!errors.contains(u"secret"_s), qPrintable(errors));
    }
}

void tst_BackupCommand::badUse()
{
    QCOMPARE(runWith({u"restore"_s, u"--data-dir"_s, m_fixture->dataDir()}).status, 2);
    QCOMPARE(restore(m_fixture->dataDir()).status, 1);
    QCOMPARE(runWith({u"restore"_s, m_file, u"--new-epochs"_s, u"--data-dir"_s, m_fixture->dataDir()}).status,
             2);
    QCOMPARE(runWith({u"backup"_s}).status, 2);
}

QTEST_GUILESS_MAIN(tst_BackupCommand)
#include "tst_backupcommand.moc"
