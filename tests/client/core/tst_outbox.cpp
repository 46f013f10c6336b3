// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/outbox.h"
#include "client/core/postflow.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

OutboxEntry entryOf(const QString &text)
{
    OutboxEntry entry;
    entry.id = QUuid::createUuid();
    entry.room = u"general"_s;
    entry.text = text;
    entry.live = {1'764'000'000'000'000, -1800, 900, StampState::Ok, ProbePath::Udp, true};
    entry.seen = 41;
    entry.replyTo = 7;
    return entry;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

class tst_Outbox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsEverything();
    void isForTheOwnerAlone();
    void survivesACutAtEveryByte();
    void survivesAFlipAtEveryByte();
    void damageIsSetAside();
    void compacts();
    void worksWithoutDisk();
    void tellsWhenTheDiskRefuses();
};

void tst_Outbox::keepsEverything()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(u"outbox.jsonl"_s);
    const OutboxEntry a = entryOf(u"a\nb \"quoted\" \u00e9 \U0001f552"_s);
    const OutboxEntry b = entryOf(u"b"_s);
    const OutboxEntry c = entryOf(u"c"_s);
    {
        Outbox outbox;
        QCOMPARE(outbox.keepIn(path), QString());
        for (const OutboxEntry &entry : {a, b, c})
            QCOMPARE(outbox.add(entry), QString());
        outbox.markFailed(c.id, u"The disk is full."_s);
        outbox.remove(b.id);
    }
    Outbox outbox;
    QCOMPARE(outbox.keepIn(path), QString());
    QCOMPARE(outbox.entries().size(), 2);
    QCOMPARE(outbox.entries().at(0), a);
    QVERIFY(outbox.entries().at(1).failed);
    QCOMPARE(outbox.entries().at(1).failure, u"The disk is full."_s);
    QCOMPARE(outbox.waiting(), 1);
    outbox.markWaiting(c.id);
    Outbox again;
    again.keepIn(path);
    QCOMPARE(again.entries().at(1), c);
}

void tst_Outbox::isForTheOwnerAlone()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(u"outbox.jsonl"_s);
    Outbox outbox;
    outbox.keepIn(path);
    outbox.add(entryOf(u"secret"_s));
    constexpr auto others =
        QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::WriteGroup | QFileDevice::WriteOther;
    QVERIFY(!(QFile::permissions(path) & others));
}

void tst_Outbox::survivesACutAtEveryByte()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(u"outbox.jsonl"_s);
    QList<qsizetype> sizes{0}; // of the file after each post
    QList<OutboxEntry> entries;
    {
        Outbox outbox;
        outbox.keepIn(path);
        for (int i = 0; i < 3; ++i) {
            entries.append(entryOf(u"text %1"_s.arg(i)));
            outbox.add(entries.last());
            sizes.append(contentOf(path).size());
        }
    }
    const QByteArray whole = contentOf(path);
    QList<qsizetype> cuts;
    for (qsizetype cut = 0; cut <= whole.size(); ++cut) {
        qsizetype expected = 0;
        while (expected < 3 && sizes.at(expected + 1) - 1 <= cut)
            ++expected;
        QByteArray damaged;
        QCOMPARE(readOutboxJournal(whole.left(cut), &damaged), entries.mid(0, expected));
        const qsizetype rest = cut - sizes.at(expected);
        QCOMPARE(damaged.isEmpty(), rest <= 0);
        if (rest < 3 || cut % 37 == 0)
            cuts.append(cut);
    }
    for (const qsizetype cut : std::as_const(cuts)) { // the same with files
        const QString cutPath = dir.filePath(u"cut-%1"_s.arg(cut));
        write(cutPath, whole.left(cut));
        qsizetype expected = 0;
        while (expected < 3 && sizes.at(expected + 1) - 1 <= cut) // the line's end itself may be missing
            ++expected;
        const OutboxEntry next = entryOf(u"next"_s);
        {
            Outbox outbox;
            const QString problem = outbox.keepIn(cutPath);
            QCOMPARE(outbox.entries(), entries.mid(0, expected));
            const bool clean = cut == sizes.at(expected) || cut == sizes.at(expected) - 1;
            QCOMPARE(problem.isEmpty(), clean);
            QCOMPARE(QFile::exists(cutPath + u".damaged-1"_s), !clean);
            QCOMPARE(outbox.add(next), QString());
        }
        Outbox outbox; // the next post is not spoilt by what was cut
        QCOMPARE(outbox.keepIn(cutPath), QString());
        QCOMPARE(outbox.entries(), entries.mid(0, expected) + QList{next});
    }
}

void tst_Outbox::survivesAFlipAtEveryByte()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(u"outbox.jsonl"_s);
    {
        Outbox outbox;
        outbox.keepIn(path);
        for (int i = 0; i < 3; ++i)
            outbox.add(entryOf(u"text %1"_s.arg(i)));
    }
    const QByteArray whole = contentOf(path);
    for (qsizetype at = 0; at < whole.size(); ++at) {
        for (const char mask : {'\x01', '\x80', '\x0a'}) {
            QByteArray bytes = whole;
            bytes[at] = static_cast<char>(bytes.at(at) ^ mask);
            QByteArray damaged;
            // At most the line that was hit is lost, and with its end the next one; nothing is lost in
            // silence.
            const qsizetype kept = readOutboxJournal(bytes, &damaged).size();
            QVERIFY2(kept >= 1, qPrintable(QString::number(at)));
            QVERIFY2(kept == 3 || !damaged.isEmpty(), qPrintable(QString::number(at)));
        }
    }
}

void tst_Outbox::damageIsSetAside()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(u"outbox.jsonl"_s);
    const OutboxEntry entry = entryOf(u"whole"_s);
    {
        Outbox outbox;
        outbox.keepIn(path);
        outbox.add(entry);
    }
    write(path, "not json\n" + contentOf(path) + "{\"put\":\"x\"}\n");
    Outbox outbox;
    const QString problem = outbox.keepIn(path);
    QVERIFY2(problem.contains(path + u".damaged-1"_s), qPrintable(problem));
    QCOMPARE(outbox.entries(), QList{entry});
    QCOMPARE(contentOf(path + u".damaged-1"_s), QByteArray("not json\n{\"put\":\"x\"}\n"));
}

void tst_Outbox::compacts()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(u"outbox.jsonl"_s);
    Outbox outbox;
    outbox.keepIn(path);
    const OutboxEntry stays = entryOf(u"stays"_s);
    outbox.add(stays);
    for (int i = 0; i < 200; ++i) {
        const OutboxEntry entry = entryOf(QString(4000, u'x'));
        outbox.add(entry);
        QCOMPARE(outbox.remove(entry.id), QString());
    }
    QVERIFY(contentOf(path).size() < 400'000);
    {
        Outbox again;
        QCOMPARE(again.keepIn(path), QString());
        QCOMPARE(again.entries(), QList{stays});
    }
    outbox.remove(stays.id);
    QVERIFY(contentOf(path).size() < 100'000);
    const OutboxEntry last = entryOf(u"last"_s);
    outbox.add(last);
    Outbox again;
    QCOMPARE(again.keepIn(path), QString());
    QCOMPARE(again.entries(), QList{last});
}

void tst_Outbox::worksWithoutDisk()
{
    Outbox outbox;
    const OutboxEntry entry = entryOf(u"x"_s);
    QCOMPARE(outbox.add(entry), QString());
    QVERIFY(outbox.contains(entry.id));
    QCOMPARE(outbox.remove(entry.id), QString());
    QVERIFY(outbox.entries().isEmpty());
    QVERIFY(!outbox.isFull());
}

void tst_Outbox::tellsWhenTheDiskRefuses()
{
    QTemporaryDir dir;
    Outbox outbox;
    QVERIFY(!outbox.keepIn(dir.filePath(u"missing/outbox.jsonl"_s)).isEmpty());
    const OutboxEntry entry = entryOf(u"x"_s);
    QVERIFY(!outbox.add(entry).isEmpty());
    QVERIFY(outbox.contains(entry.id)); // it is sent all the same
}

QTEST_GUILESS_MAIN(tst_Outbox)
#include "tst_outbox.moc"
