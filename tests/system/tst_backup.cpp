// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/system/storagekit.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

/// Everything of general, as a program that comes anew gets it.
QList<QJsonObject> historyOf(const DaemonProcess &daemon)
{
    const qint64 count = generalOf(daemon).value(u"lastSeq"_s).toInteger();
    TerminalClient late(daemon.url(), u"late"_s, {u"--history"_s, u"2000"_s});
    if (!late.waitForMessages(count))
        qWarning("%s", qPrintable(late.standardError()));
    return late.messages();
}

} // namespace

/// `synchatd backup` beside a daemon that is posted to, and `synchatd restore` afterwards: as an
/// administrator does it.
class tst_Backup : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void backupUnderPosts();
    void restoreBringsEverythingBack();

private:
    /// Posts until there are so many, each one answered.
    void postUpTo(RawClient &author, int count);

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<QTemporaryDir> m_safe;
    std::unique_ptr<DaemonProcess> m_daemon;
    QString m_backup;
};

void tst_Backup::init()
{
    m_daemon.reset(); // before its folder
    m_dir = std::make_unique<QTemporaryDir>();
    m_safe = std::make_unique<QTemporaryDir>();
    m_backup = m_safe->filePath(u"backup.db"_s);
    m_daemon = std::make_unique<DaemonProcess>(m_dir->path());
    m_daemon->setEnvironment(u"SYNCHAT_CHAT_RATE_PER_SECOND"_s, u"0"_s);
    QVERIFY2(m_daemon->start(), qPrintable(m_daemon->standardError()));
}

void tst_Backup::postUpTo(RawClient &author, int count)
{
    for (qsizetype i = author.answers() + 1; i <= count; ++i) {
        author.post(int(i), u"number %1."_s.arg(i));
        QVERIFY(waitUntil([&] { return author.answers() == i; }));
    }
}

void tst_Backup::backupUnderPosts()
{
    constexpr int Before = 100;
    RawClient author(*m_daemon, u"author"_s);
    postUpTo(author, Before);
    CommandProcess backup({u"backup"_s, m_backup}, m_dir->path());
    while (backup.isRunning())
        postUpTo(author, int(author.answers()) + 1);
    QVERIFY2(backup.waitForEnd() == 0, qPrintable(backup.said()));
    const QList<QJsonObject> posted = author.ofType(u"message"_s);
    QCOMPARE(posted.size(), author.answers()); // none was refused meanwhile
    QVERIFY(posted.size() > Before);

    QTemporaryDir other;
    CommandProcess restore({u"restore"_s, m_backup}, other.path());
    QVERIFY2(restore.waitForEnd() == 0, qPrintable(restore.said()));
    DaemonProcess second(other.path());
    QVERIFY2(second.start(), qPrintable(second.standardError()));
    const QList<QJsonObject> kept = historyOf(second);
    QVERIFY2(kept.size() >= Before && kept.size() <= posted.size(), qPrintable(restore.said()));
    QCOMPARE(problemInSequence(kept), QString());
    QCOMPARE(kept, posted.first(kept.size())); // all up to one moment
}

void tst_Backup::restoreBringsEverythingBack()
{
    constexpr int Kept = 150;
    constexpr int More = 10;
    {
        RawClient author(*m_daemon, u"author"_s);
        postUpTo(author, Kept);
        CommandProcess backup({u"backup"_s, m_backup}, m_dir->path());
        QVERIFY2(backup.waitForEnd() == 0, qPrintable(backup.said()));
        CommandProcess tooEarly({u"restore"_s, m_backup}, m_dir->path());
        QCOMPARE(tooEarly.waitForEnd(), 1);
        QVERIFY2(tooEarly.said().contains(u"already uses the data folder"_s), qPrintable(tooEarly.said()));
        postUpTo(author, Kept + More); // undisturbed
        QCOMPARE(author.ofType(u"message"_s).size(), Kept + More);
    }
    const QJsonValue epoch = generalOf(*m_daemon).value(u"epoch"_s);
    const QList<QJsonObject> before = historyOf(*m_daemon);
    QCOMPARE(before.size(), Kept + More);
    QCOMPARE(m_daemon->terminate(), 0);

    CommandProcess restore({u"restore"_s, m_backup}, m_dir->path());
    QVERIFY2(restore.waitForEnd() == 0, qPrintable(restore.said()));
    const QStringList kept = QDir(m_dir->path()).entryList({u"synchat.db.before-restore-*"_s});
    QCOMPARE(kept.size(), 1);
    QVERIFY2(restore.said().contains(u"%1 messages"_s.arg(Kept)) && restore.said().contains(kept.first()),
             qPrintable(restore.said()));
    QVERIFY2(m_daemon->start(), qPrintable(m_daemon->standardError()));
    QVERIFY(waitUntil([&] { return readyOf(*m_daemon).body == "ready\n"; }));
    const QJsonObject restored = generalOf(*m_daemon);
    QCOMPARE(restored.value(u"lastSeq"_s).toInteger(), Kept);
    QVERIFY(epoch.isString() && restored.value(u"epoch"_s).isString() && restored.value(u"epoch"_s) != epoch);
    QCOMPARE(historyOf(*m_daemon), before.first(Kept));
    RawClient author(*m_daemon, u"another"_s);
    author.post(Kept + More + 1, u"goes on"_s);
    QVERIFY(waitUntil([&] { return author.answers() == 1; }));
    QCOMPARE(author.ofType(u"message"_s).value(0).value(u"seq"_s).toInteger(), Kept + 1);
    QCOMPARE(m_daemon->terminate(), 0);
    CommandProcess check({u"check"_s}, m_dir->path());
    QVERIFY2(check.waitForEnd() == 0, qPrintable(check.said()));
}

QTEST_GUILESS_MAIN(tst_Backup)
#include "tst_backup.moc"
