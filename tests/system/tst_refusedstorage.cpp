// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/system/storagekit.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace Synchat;

/// The disk is full or may not be written: the author is told, nobody sees the message, the numbers keep no
/// hole, the daemon lives, and it goes on by itself when there is room again.
class tst_RefusedStorage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fullDisk();
    void readOnlyFolder();
    void twoDaemonsOnOneFolder();
};

void tst_RefusedStorage::fullDisk()
{
    if (::geteuid() != 0 && qEnvironmentVariableIsSet("CI"))
        QFAIL("In CI nothing may be left out: mounting a small tmpfs needs root.");
    if (::geteuid() != 0)
        QSKIP("LEFT OUT: mounting a small tmpfs needs root; run as root to see what a full disk does");
    QTemporaryDir dir;
    // A file system of its own, 3 MB, seen by the daemon only; reached through /proc from here.
    const QString script = u"mount -t tmpfs -o size=3m none '%1' && exec \"$@\""_s.arg(dir.path());
    DaemonProcess daemon(dir.path());
    daemon.setWrapper({u"unshare"_s, u"--mount"_s, u"sh"_s, u"-c"_s, script, u"sh"_s});
    daemon.setEnvironment(u"SYNCHAT_CHAT_RATE_PER_SECOND"_s, u"0"_s);
    QVERIFY2(daemon.start(), qPrintable(daemon.standardError()));
    RawClient author(daemon, u"author"_s);
    RawClient witness(daemon, u"witness"_s);

    const QString folder = u"/proc/%1/root%2"_s.arg(daemon.pid()).arg(dir.path());
    QFile ballast(folder + u"/ballast"_s);
    QVERIFY(ballast.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    while (ballast.write(QByteArray(4096, 'x')) == 4096)
        continue; // until the disk is full

    const QString text(4000, u'm');
    int posted = 0;
    const auto refused = [&] { return author.ofType(u"error"_s).size(); };
    while (refused() == 0 && posted < 2000) { // what the files still had room for is used up first
        author.post(posted++, text);
        QVERIFY(waitUntil([&] { return author.answers() == posted; }));
    }
    QVERIFY2(refused() > 0, "the disk was never full");
    const QJsonObject error = author.ofType(u"error"_s).first();
    QCOMPARE(error.value(u"code"_s).toString(), u"not_stored"_s);
    QVERIFY(!error.value(u"message"_s).toString().isEmpty());
    QVERIFY(error.value(u"id"_s).toString().startsWith(u"00000000-0000-4000"_s));
    QCOMPARE(httpGet(u"http://127.0.0.1:%1/readyz"_s.arg(daemon.httpPort())).status, 503);
    QCOMPARE(httpGet(u"http://127.0.0.1:%1/healthz"_s.arg(daemon.httpPort())).status, 200);
    const qsizetype stored = author.ofType(u"message"_s).size();

    ballast.resize(0);
    ballast.close();
    QVERIFY(waitUntil([&] {
        const qsizetype before = author.ofType(u"message"_s).size();
        author.post(posted++, u"there is room again"_s);
        waitUntil([&] { return author.answers() == posted; });
        return author.ofType(u"message"_s).size() > before;
    }));
    QVERIFY(waitUntil(
        [&] { return httpGet(u"http://127.0.0.1:%1/readyz"_s.arg(daemon.httpPort())).status == 200; }));
    QVERIFY(waitUntil([&] { return witness.ofType(u"message"_s).size() == stored + 1; }));
    QCOMPARE(problemInSequence(witness.ofType(u"message"_s)), QString());
    QCOMPARE(witness.ofType(u"message"_s), author.ofType(u"message"_s));
    QCOMPARE(witness.ofType(u"message"_s).first().value(u"seq"_s).toInteger(), 1);
    QCOMPARE(daemon.terminate(), 0);
}

void tst_RefusedStorage::readOnlyFolder()
{
    QTemporaryDir dir;
    {
        DaemonProcess daemon(dir.path());
        QVERIFY(daemon.start());
        RawClient author(daemon, u"author"_s);
        author.post(1, u"kept"_s);
        QVERIFY(waitUntil([&] { return author.answers() == 1; }));
        QCOMPARE(daemon.terminate(), 0);
    }
    QFile::setPermissions(dir.path(), QFile::ReadOwner | QFile::ExeOwner);
    for (const QString &file : QDir(dir.path()).entryList(QDir::Files | QDir::Hidden))
        QFile::setPermissions(dir.filePath(file), QFile::ReadOwner);

    DaemonProcess daemon(dir.path());
    if (::geteuid() == 0) // root may write anywhere, unless it gives that up
        daemon.setWrapper({u"setpriv"_s, u"--bounding-set"_s, u"-dac_override,-dac_read_search,-fowner"_s});
    const bool started = daemon.start();
    if (started) { // may read what is there, must say that it cannot store
        QCOMPARE(httpGet(u"http://127.0.0.1:%1/readyz"_s.arg(daemon.httpPort())).status, 503);
        RawClient author(daemon, u"author"_s);
        author.post(2, u"not kept"_s);
        QVERIFY(waitUntil([&] { return !author.ofType(u"error"_s).isEmpty(); }));
        QCOMPARE(author.ofType(u"error"_s).first().value(u"code"_s).toString(), u"not_stored"_s);
        QCOMPARE(daemon.terminate(), 0);
    } else {
        QCOMPARE(daemon.waitForEnd(), 1);
        QVERIFY2(daemon.standardError().contains(dir.path()), qPrintable(daemon.standardError()));
    }

    QFile::setPermissions(dir.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    for (const QString &file : QDir(dir.path()).entryList(QDir::Files | QDir::Hidden))
        QFile::setPermissions(dir.filePath(file), QFile::ReadOwner | QFile::WriteOwner);
    DaemonProcess again(dir.path());
    QVERIFY2(again.start(), qPrintable(again.standardError()));
    RawClient author(again, u"author"_s);
    author.post(3, u"kept too"_s);
    QVERIFY(waitUntil([&] { return author.answers() == 1; }));
    QCOMPARE(author.ofType(u"message"_s).first().value(u"seq"_s).toInteger(), 2);
}

void tst_RefusedStorage::twoDaemonsOnOneFolder()
{
    QTemporaryDir dir;
    DaemonProcess first(dir.path());
    QVERIFY(first.start());
    DaemonProcess second(dir.path());
    QVERIFY(!second.start());
    QCOMPARE(second.waitForEnd(), 1);
    QVERIFY2(second.standardError().contains(dir.path()), qPrintable(second.standardError()));
    first.kill();
    DaemonProcess third(dir.path());
    QVERIFY2(third.start(), qPrintable(third.standardError()));
}

QTEST_GUILESS_MAIN(tst_RefusedStorage)
#include "tst_refusedstorage.moc"
