// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/store/historyfixture.h"

#include <QDir>
#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <cerrno>
#include <unistd.h>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

std::atomic<bool> syncFails = false;

} // namespace

/// In the place of the C library's: SQLite's last step of a commit.
extern "C" int fdatasync(int descriptor)
{
    if (!syncFails)
        return ::fsync(descriptor);
    errno = EIO;
    return -1;
}

/// A disk that takes the bytes and then does not confirm them: the commit is refused, but it stands in the
/// log.
class tst_HistorySync : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { syncFails = false; }
    void refusedPostDoesNotComeBack();
    void refusedRoomDoesNotComeBack();

private:
    /// The files as a crash would leave them now.
    static bool copyHistory(const HistoryFixture &from, const QString &to);
};

bool tst_HistorySync::copyHistory(const HistoryFixture &from, const QString &to)
{
    bool copied = true;
    for (const QString &name : {u"synchat.db"_s, u"synchat.db-wal"_s})
        copied = QFile::copy(from.dataDir() + u'/' + name, to + u'/' + name) && copied;
    return copied;
}

void tst_HistorySync::refusedPostDoesNotComeBack()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    QCOMPARE(fixture.store(sampleMessage()), 1);
    syncFails = true;
    const Message refused = sampleMessage(u"refused"_s);
    QCOMPARE(fixture.store(refused), 0);
    QVERIFY(!fixture.history().problem().isEmpty());

    QTemporaryDir folder;
    QVERIFY(copyHistory(fixture, folder.path()));
    syncFails = false;
    HistoryFixture afterCrash(StoreConfig{.dataDir = folder.path()});
    QVERIFY2(afterCrash.open(), qPrintable(afterCrash.error()));
    QCOMPARE(afterCrash.all().size(), 1);
    QCOMPARE(afterCrash.store(refused), 2);

    QTRY_COMPARE_WITH_TIMEOUT(fixture.history().problem(), QString(), 20000);
    QCOMPARE(fixture.store(sampleMessage()), 2);
}

void tst_HistorySync::refusedRoomDoesNotComeBack()
{
    HistoryFixture fixture;
    QVERIFY(fixture.open());
    QCOMPARE(fixture.store(sampleMessage()), 1);
    syncFails = true;
    QVERIFY(!fixture.createRoom(u"refused"_s));

    QTemporaryDir folder;
    QVERIFY(copyHistory(fixture, folder.path()));
    syncFails = false;
    HistoryFixture afterCrash(StoreConfig{.dataDir = folder.path()});
    QVERIFY2(afterCrash.open(), qPrintable(afterCrash.error()));
    QCOMPARE(afterCrash.history().rooms().size(), 1);
}

QTEST_GUILESS_MAIN(tst_HistorySync)
#include "tst_historysync.moc"
