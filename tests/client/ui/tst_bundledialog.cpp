// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/bundlereading.h"
#include "client/ui/bundledialog.h"
#include "client/ui/bundlewords.h"
#include "common/messagechain.h"

#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QMimeData>
#include <QProgressBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

QByteArray bundle(int messages, const SigningKey &key)
{
    BundleOpening opening{
        .room = u"general"_s, .epoch = u"e"_s, .first = 1, .previous = chainStart(u"general"_s, u"e"_s)};
    BundleWriter writer(opening);
    QByteArray bytes = writer.begin();
    QByteArray chain = opening.previous;
    for (qint64 seq = 1; seq <= messages; ++seq) {
        Message message;
        message.room = opening.room;
        message.seq = seq;
        message.from = {u"u1"_s, u"ana"_s};
        message.text = u"message %1"_s.arg(seq);
        chain = chainNext(chain, canonicalMessage(message));
        bytes += *writer.row(message, chain);
    }
    BundleManifest facts;
    facts.roomFirst = 1;
    facts.roomLast = messages;
    facts.program = u"synchatd"_s;
    return bytes + writer.end(facts, key);
}

SigningKey key(char letter = 'd')
{
    return *SigningKey::fromSeed(QByteArray(SigningSeedBytes, letter));
}

QString serverKey()
{
    return key().publicKey().base64();
}

} // namespace

class tst_BundleDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void words_data();
    void words();
    void readsBetweenOtherThings();
    void cannotBeRead_data();
    void cannotBeRead();
    void showsAVerdict();
    void namesTheFirstBadMessage();
    void anotherFileReplacesTheFirst();
    void takesADroppedFile();

private:
    QString file(const QByteArray &content, const QString &name = u"b.jsonl"_s) const
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size() ? file.fileName()
                                                                                        : QString();
    }
    QTemporaryDir m_folder;
};

void tst_BundleDialog::words_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("connected");
    QTest::addColumn<Mark>("mark");
    QTest::addColumn<QString>("signature");
    const QByteArray good = bundle(3, key());
    QTest::newRow("good") << good << true << Mark::Fine
                          << u"the key of the server that you are connected to"_s;
    QTest::newRow("good-not-connected") << good << false << Mark::Unknown << u"Compare that with the key"_s;
    QTest::newRow("signed-by-another")
        << bundle(3, key('x')) << true << Mark::Off << u"is not the key of the server"_s;
    QByteArray bad = good;
    bad.replace("message 2", "massage 2");
    QTest::newRow("changed") << bad << true << Mark::Contradiction << u"the key of the server"_s;
    QTest::newRow("no-bundle") << "hello\n"_ba << true << Mark::Contradiction << u"No valid signature"_s;
}

void tst_BundleDialog::words()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, connected);
    QFETCH(Mark, mark);
    QFETCH(QString, signature);
    BundleChecker checker;
    checker.add(bytes);
    const BundleWords words(checker.finish(), connected ? std::optional(serverKey()) : std::nullopt);
    QCOMPARE(words.mark, mark);
    QVERIFY2(words.signature.contains(signature), qPrintable(words.signature));
    QCOMPARE(words.fault.isEmpty(), mark != Mark::Contradiction);
}

void tst_BundleDialog::readsBetweenOtherThings()
{
    BundleReading reading(file(bundle(2000, key())));
    QSignalSpy progressed(&reading, &BundleReading::progressed);
    QSignalSpy finished(&reading, &BundleReading::finished);
    int turns = 0; // of the event loop, in which others had their turn
    QTimer other;
    connect(&other, &QTimer::timeout, this, [&turns] { ++turns; });
    other.start(0);
    reading.start();
    QCOMPARE(finished.size(), 0);
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(finished.first().first().value<BundleVerdict>().isGood());
    QVERIFY(turns > 5);
    QVERIFY(progressed.size() > 5);
    QCOMPARE(progressed.last().first().toInt(), 100);
}

void tst_BundleDialog::cannotBeRead_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("nowhere") << u"/nowhere/b"_s;
    QTest::newRow("a-folder") << u"/"_s;
    QTest::newRow("a-device") << u"/dev/zero"_s;
}

void tst_BundleDialog::cannotBeRead()
{
    QFETCH(QString, path);
    BundleReading reading(path);
    QSignalSpy failed(&reading, &BundleReading::failed);
    reading.start();
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(failed.first().first().toString().contains(path));
}

QString textOf(const BundleDialog &dialog, const char *name)
{
    return dialog.findChild<QLabel *>(QString::fromLatin1(name))->text();
}

void tst_BundleDialog::showsAVerdict()
{
    BundleDialog dialog(serverKey(), Look());
    dialog.show();
    QVERIFY(textOf(dialog, "bundleHeadline").contains(u"No file yet"_s));
    dialog.check(file(bundle(3, key())));
    QVERIFY(dialog.findChild<QProgressBar *>()->isVisible());
    QTRY_VERIFY(textOf(dialog, "bundleHeadline").contains(u"Whole and unchanged"_s));
    QVERIFY(!dialog.findChild<QProgressBar *>()->isVisible());
    QVERIFY(textOf(dialog, "bundleFacts").contains(u"general, messages 1 to 3"_s));
    QVERIFY(textOf(dialog, "bundleLimits").contains(u"does not prove"_s));
    QCOMPARE(textOf(dialog, "bundleFault"), QString());
}

void tst_BundleDialog::namesTheFirstBadMessage()
{
    BundleDialog dialog(serverKey(), Look());
    dialog.check(file(bundle(3, key()).replace("message 2", "<b>age 2")));
    QTRY_VERIFY(textOf(dialog, "bundleHeadline").contains(u"Not as it was signed"_s));
    QVERIFY(textOf(dialog, "bundleFault").startsWith(u"Message 2 "_s));
    QCOMPARE(textOf(dialog, "bundleLimits"), QString());
}

void tst_BundleDialog::anotherFileReplacesTheFirst()
{
    BundleDialog dialog(serverKey(), Look());
    dialog.check(file(bundle(2000, key()), u"long"_s));
    dialog.check(file("hello", u"other"_s));
    QTRY_VERIFY(textOf(dialog, "bundleHeadline").contains(u"Not as it was signed"_s));
    QCOMPARE(textOf(dialog, "bundleFile"), u"other"_s);
    QTest::qWait(0);
    QCOMPARE(textOf(dialog, "bundleFile"), u"other"_s);
}

void tst_BundleDialog::takesADroppedFile()
{
    BundleDialog dialog(serverKey(), Look());
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file(bundle(3, key())))});
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&dialog, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&dialog, &drop);
    QTRY_VERIFY(textOf(dialog, "bundleHeadline").contains(u"Whole and unchanged"_s));

    QMimeData link;
    link.setUrls({QUrl(u"https://example.com/b"_s)});
    QDragEnterEvent refused(QPoint(5, 5), Qt::CopyAction, &link, Qt::LeftButton, Qt::NoModifier);
    refused.ignore();
    QCoreApplication::sendEvent(&dialog, &refused);
    QVERIFY(!refused.isAccepted());
}

QTEST_MAIN(tst_BundleDialog)
#include "tst_bundledialog.moc"
