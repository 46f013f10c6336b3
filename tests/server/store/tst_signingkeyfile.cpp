// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/signingkeyfile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

constexpr auto OwnerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

void writeKeyFile(const QString &folder, const QByteArray &content,
                  QFileDevice::Permissions permissions = OwnerOnly)
{
    QFile file(signingKeyPath(folder));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    QVERIFY(file.setPermissions(permissions));
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(cannot be read)");
}

} // namespace

class tst_SigningKeyFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void madeOnceForTheOwner();
    void readOnlyMakesNone();
    void refusesRightsOfOthers_data();
    void refusesRightsOfOthers();
    void refusesDamage_data();
    void refusesDamage();
    void refusesAFolder();
    void cannotBeMade();
    void leftoverIsNoKey();
    void configuredNeedsNoFile();
};

void tst_SigningKeyFile::madeOnceForTheOwner()
{
    const QTemporaryDir folder;
    const auto made = readOrMakeSigningKey(folder.path());
    QVERIFY2(made, qPrintable(made ? QString() : made.error()));
    struct stat status = {};
    QCOMPARE(::stat(QFile::encodeName(signingKeyPath(folder.path())).constData(), &status), 0);
    QCOMPARE(status.st_mode & 07777, mode_t(0600));
    QCOMPARE(contentOf(signingKeyPath(folder.path())), made->seed().toBase64() + '\n');
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{u"signing.key"_s});

    const auto again = readOrMakeSigningKey(folder.path());
    QVERIFY(again);
    QCOMPARE(again->publicKey(), made->publicKey());
    QCOMPARE(readSigningKey(folder.path())->publicKey(), made->publicKey());
}

void tst_SigningKeyFile::readOnlyMakesNone()
{
    const QTemporaryDir folder;
    const auto key = readSigningKey(folder.path());
    QVERIFY(!key);
    QVERIFY2(key.error().contains(folder.path()), qPrintable(key.error()));
    QVERIFY(!QFile::exists(signingKeyPath(folder.path())));
}

void tst_SigningKeyFile::refusesRightsOfOthers_data()
{
    QTest::addColumn<QFileDevice::Permissions>("more");
    QTest::newRow("group-reads") << QFileDevice::Permissions(QFileDevice::ReadGroup);
    QTest::newRow("group-writes") << QFileDevice::Permissions(QFileDevice::WriteGroup);
    QTest::newRow("others-read") << QFileDevice::Permissions(QFileDevice::ReadOther);
    QTest::newRow("others-write") << QFileDevice::Permissions(QFileDevice::WriteOther);
}

void tst_SigningKeyFile::refusesRightsOfOthers()
{
    QFETCH(QFileDevice::Permissions, more);
    const QTemporaryDir folder;
    const QByteArray content = SigningKey::generate().seed().toBase64() + '\n';
    writeKeyFile(folder.path(), content, OwnerOnly | more);
    const auto key = readOrMakeSigningKey(folder.path());
    QVERIFY(!key);
    QVERIFY2(key.error().contains(u"chmod 600 "_s + signingKeyPath(folder.path())), qPrintable(key.error()));
    QCOMPARE(contentOf(signingKeyPath(folder.path())), content);
}

void tst_SigningKeyFile::refusesDamage_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("short") << QByteArray(31, 'x').toBase64();
    QTest::newRow("long") << QByteArray(33, 'x').toBase64();
    QTest::newRow("not-base64") << "-----BEGIN PRIVATE KEY-----\n"_ba;
    QTest::newRow("something-behind") << QByteArray(32, 'x').toBase64() + "\nmore\n";
    QTest::newRow("huge") << QByteArray(100'000, 'A');
}

void tst_SigningKeyFile::refusesDamage()
{
    QFETCH(QByteArray, content);
    const QTemporaryDir folder;
    writeKeyFile(folder.path(), content);
    const auto key = readOrMakeSigningKey(folder.path());
    QVERIFY(!key);
    QVERIFY2(key.error().contains(u"damaged"_s), qPrintable(key.error()));
    QCOMPARE(contentOf(signingKeyPath(folder.path())), content); // never replaced in silence
}

void tst_SigningKeyFile::refusesAFolder()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir(u"signing.key"_s));
    QVERIFY(!readOrMakeSigningKey(folder.path()));
}

void tst_SigningKeyFile::cannotBeMade()
{
    const QTemporaryDir folder;
    const auto key = readOrMakeSigningKey(folder.path() + u"/nowhere"_s);
    QVERIFY(!key);
    QVERIFY2(key.error().contains(u"cannot be made"_s), qPrintable(key.error()));
}

void tst_SigningKeyFile::leftoverIsNoKey()
{
    const QTemporaryDir folder;
    QFile leftover(signingKeyPath(folder.path()) + u".new"_s);
    QVERIFY(leftover.open(QIODevice::WriteOnly));
    leftover.write("half");
    leftover.close();
    QVERIFY(readOrMakeSigningKey(folder.path()));
    QVERIFY(!leftover.exists());
}

void tst_SigningKeyFile::configuredNeedsNoFile()
{
    const QTemporaryDir folder;
    const QByteArray seed(SigningSeedBytes, 's');
    QCOMPARE(readOrMakeSigningKey(folder.path(), seed)->seed(), seed);
    QCOMPARE(readSigningKey(folder.path(), seed)->seed(), seed);
    QVERIFY(!QFile::exists(signingKeyPath(folder.path())));
}

QTEST_APPLESS_MAIN(tst_SigningKeyFile)
#include "tst_signingkeyfile.moc"
