// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/schema.h"
#include "tests/server/store/historyfixture.h"
#include "tests/server/store/troublekit.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

bool writeFile(const QString &path, const QByteArray &content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

int modeOf(const QString &path)
{
    struct stat status
    {};
    return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? int(status.st_mode & 0777) : -1;
}

} // namespace

/// What History::open() makes, takes and refuses.
class tst_HistoryOpen : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void makesPrivateFiles();
    void leavesOneFileBehind();
    void takesAnyFolderName();
    void emptyFileIsNew();
    void newerSchemaIsRefused();
    void foreignFileIsRefused_data();
    void foreignFileIsRefused();
    void damagedFileIsRefused();
    void secondOpenerIsRefused();
    void staleLockIsNoObstacle();
    void fileInPlaceOfFolderIsRefused();
    void readOnlyFolderIsRefused();
    void lastNumberIsNeverGivenAgain();
};

void tst_HistoryOpen::makesPrivateFiles()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    QCOMPARE(fixture.store(sampleMessage()), 1);
    QCOMPARE(modeOf(fixture.dataDir()), 0700);
    const QStringList files = QDir(fixture.dataDir()).entryList(QDir::Files);
    QVERIFY(files.contains(u"synchat.db-wal"_s));
    for (const QString &file : files)
        QCOMPARE(modeOf(fixture.dataDir() + u'/' + file), 0600);
}

void tst_HistoryOpen::leavesOneFileBehind()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    QCOMPARE(fixture.store(sampleMessage()), 1);
    QVERIFY(fixture.read({.room = fixture.general(), .upTo = 1}));
    fixture.close();
    QCOMPARE(QDir(fixture.dataDir()).entryList(QDir::Files),
             (QStringList{u"synchat.db"_s, u"synchat.lock"_s}));
}

void tst_HistoryOpen::takesAnyFolderName()
{
    HistoryFixture fixture;
    fixture.config().dataDir += u"/a b%20c?d#e&f=ñ'\"/deeper"_s;
    QVERIFY2(fixture.open(), qPrintable(fixture.error()));
    QCOMPARE(fixture.store(sampleMessage()), 1);
    QVERIFY(fixture.read({.room = fixture.general(), .upTo = 1}));
    QVERIFY(QFile::exists(fixture.dataDir() + u"/synchat.db"_s));
}

void tst_HistoryOpen::emptyFileIsNew()
{
    HistoryFixture fixture;
    QVERIFY(QDir().mkpath(fixture.dataDir()));
    QVERIFY(writeFile(fixture.dataDir() + u"/synchat.db"_s, {}));
    QVERIFY2(fixture.open(), qPrintable(fixture.error()));
    QCOMPARE(fixture.history().rooms().size(), 1);
}

void tst_HistoryOpen::newerSchemaIsRefused()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    QCOMPARE(fixture.store(sampleMessage()), 1);
    fixture.close();
    const QString file = fixture.dataDir() + u"/synchat.db"_s;
    QVERIFY(runOn(file, {u"PRAGMA user_version = 999"_s}));
    const QByteArray before = contentOf(file);
    QVERIFY(!fixture.open());
    QVERIFY2(fixture.error().contains(u"newer"_s) && fixture.error().contains(u"999"_s),
             qPrintable(fixture.error()));
    QCOMPARE(contentOf(file), before);
    QVERIFY(runOn(file, {u"PRAGMA user_version = %1"_s.arg(SchemaVersion)}));
    QVERIFY(fixture.open());
    QCOMPARE(fixture.all().size(), 1);
}

void tst_HistoryOpen::foreignFileIsRefused_data()
{
    QTest::addColumn<QStringList>("statements"); // empty: not even a database
    QTest::newRow("text") << QStringList();
    QTest::newRow("tables-of-another") << QStringList{u"CREATE TABLE message (a)"_s};
    QTest::newRow("other-application") << QStringList{
        u"CREATE TABLE t (a)"_s, u"PRAGMA application_id = 42"_s, u"PRAGMA user_version = 1"_s};
    QTest::newRow("numbered-by-another") << QStringList{u"PRAGMA user_version = 1"_s};
}

void tst_HistoryOpen::foreignFileIsRefused()
{
    QFETCH(QStringList, statements);
    HistoryFixture fixture;
    QVERIFY(QDir().mkpath(fixture.dataDir()));
    const QString file = fixture.dataDir() + u"/synchat.db"_s;
    if (statements.isEmpty())
        QVERIFY(writeFile(file, QByteArray("Dear diary, today I did nothing at all.\n").repeated(100)));
    else
        QVERIFY(runOn(file, statements));
    const QByteArray before = contentOf(file);
    QVERIFY(!fixture.open());
    QVERIFY2(fixture.error().contains(u"database"_s) && fixture.error().contains(fixture.dataDir()),
             qPrintable(fixture.error()));
    QCOMPARE(contentOf(file), before);
}

void tst_HistoryOpen::damagedFileIsRefused()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    QCOMPARE(fixture.store(sampleMessage()), 1);
    fixture.close();
    const QString file = fixture.dataDir() + u"/synchat.db"_s;
    QByteArray content = contentOf(file);
    content.replace(4096, content.size() - 4096, QByteArray(content.size() - 4096, '\xa5'));
    QVERIFY(writeFile(file, content));
    QVERIFY(!fixture.open());
    for (const QString &word : {u"damaged"_s, u"synchatd check"_s, u"synchatd restore"_s})
        QVERIFY2(fixture.error().contains(word), qPrintable(fixture.error()));
}

void tst_HistoryOpen::secondOpenerIsRefused()
{
    HistoryFixture first;
    QVERIFY(first.open());
    HistoryFixture second(first.config());
    QVERIFY(!second.open());
    QVERIFY2(second.error().contains(u"Another daemon (process %1)"_s.arg(::getpid())),
             qPrintable(second.error()));
    QCOMPARE(first.store(sampleMessage()), 1); // undisturbed
    first.close();
    QVERIFY2(second.open(), qPrintable(second.error()));
}

void tst_HistoryOpen::staleLockIsNoObstacle()
{
    HistoryFixture fixture;
    QVERIFY(QDir().mkpath(fixture.dataDir()));
    QVERIFY(writeFile(fixture.dataDir() + u"/synchat.lock"_s, "1\n")); // init is alive, and holds nothing
    QVERIFY2(fixture.open(), qPrintable(fixture.error()));
}

void tst_HistoryOpen::fileInPlaceOfFolderIsRefused()
{
    HistoryFixture fixture;
    QVERIFY(writeFile(fixture.dataDir(), "a file"));
    QVERIFY(!fixture.open());
    QVERIFY2(fixture.error().contains(fixture.dataDir()), qPrintable(fixture.error()));
    fixture.config().dataDir += u"/below"_s;
    QVERIFY(!fixture.open());
}

void tst_HistoryOpen::readOnlyFolderIsRefused()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    QCOMPARE(fixture.store(sampleMessage()), 1);
    fixture.close();
    QVERIFY(QFile::setPermissions(fixture.dataDir(),
                                  QFile::ReadOwner | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther));
    const QString lock = fixture.dataDir() + u"/synchat.lock"_s;
    QVERIFY(QFile::setPermissions(lock, QFile::ReadOwner));
    const bool isRoot = ::geteuid() == 0; // who may write anyway
    if (isRoot) {
        QVERIFY(QFile::setPermissions(QFileInfo(fixture.dataDir()).path(), QFile::Permissions(0x5755)));
        QCOMPARE(::seteuid(65534), 0);
    }
    const bool opened = fixture.open();
    if (isRoot)
        QCOMPARE(::seteuid(0), 0);
    QVERIFY(!opened);
    QVERIFY2(fixture.error().contains(u"denied"_s), qPrintable(fixture.error()));
}

void tst_HistoryOpen::lastNumberIsNeverGivenAgain()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    for (int i = 0; i < 3; ++i)
        QVERIFY(fixture.store(sampleMessage()));
    fixture.close();
    QVERIFY(runOn(fixture.dataDir() + u"/synchat.db"_s, {u"DELETE FROM message"_s}));
    QVERIFY(fixture.open());
    QCOMPARE(fixture.history().rooms().constFirst().firstSeq, 0);
    QCOMPARE(fixture.history().rooms().constFirst().lastSeq, 3);
    QCOMPARE(fixture.store(sampleMessage()), 4);
    QCOMPARE(fixture.all().constFirst().seq, 4);
}

QTEST_GUILESS_MAIN(tst_HistoryOpen)
#include "tst_historyopen.moc"
