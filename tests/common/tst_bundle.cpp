// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/bundlecheck.h"
#include "common/messagechain.h"
#include "tests/common/sampleframes.h"

#include <QTest>

#include <functional>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

const QString Room = u"general"_s;
const QString Epoch = u"epoch-1"_s;

/// Always the same, so that tables can be made before the test runs.
SigningKey keyOf(char letter)
{
    return *SigningKey::fromSeed(QByteArray(SigningSeedBytes, letter));
}

PublicKey daemonKey()
{
    return keyOf('d').publicKey();
}

Message message(qint64 seq, const QString &text = {})
{
    Message made = sampleMessage(seq);
    made.room = Room;
    made.text = text.isNull() ? u"message %1 \"ü\"\n"_s.arg(seq) : text;
    return made;
}

BundleManifest facts()
{
    BundleManifest facts;
    facts.title = u"Night shift"_s;
    facts.roomFirst = 1;
    facts.roomLast = 50;
    facts.to = 1'764'000'000'000'000;
    facts.exportedAt = 1'764'000'100'000'000;
    facts.program = u"synchatd 0.1.0"_s;
    facts.time = QJsonObject{{u"state"_s, u"ok"_s}, {u"frequencyPpm"_s, 1.5}};
    return facts;
}

/// Signed by `key`, whoever that is; the chain and manifest fit the messages.
QByteArray bundleOf(const QList<Message> &messages, const SigningKey &key)
{
    BundleOpening opening{
        .room = Room, .epoch = Epoch, .first = messages.first().seq, .previous = chainStart(Room, Epoch)};
    for (qint64 seq = 1; seq < opening.first; ++seq)
        opening.previous = chainNext(opening.previous, canonicalMessage(message(seq)));
    BundleWriter writer(opening);
    QByteArray bytes = writer.begin();
    QByteArray chain = opening.previous;
    for (const Message &each : messages) {
        chain = chainNext(chain, canonicalMessage(each));
        bytes += writer.row(each, chain).value_or("!");
    }
    return bytes + writer.end(facts(), key);
}

QByteArray sampleBundle(qint64 first = 1, qint64 last = 5)
{
    QList<Message> messages;
    for (qint64 seq = first; seq <= last; ++seq)
        messages << message(seq);
    return bundleOf(messages, keyOf('d'));
}

BundleVerdict check(const QByteArray &bytes, const std::optional<PublicKey> &expected = daemonKey())
{
    BundleChecker checker(expected);
    checker.add(bytes);
    return checker.finish();
}

using Lines = QList<QByteArray>;

/// What somebody did to a bundle of the messages 1 to 5: line 0 opens, 1 to 5 are rows, then manifest and
/// signature.
QByteArray tampered(const std::function<void(Lines &)> &change)
{
    Lines lines = sampleBundle().split('\n');
    change(lines);
    return lines.join('\n');
}

void replaceIn(QByteArray &line, const QByteArray &what, const QByteArray &by)
{
    QVERIFY2(line.contains(what), line.constData());
    line.replace(what, by);
}

/// The chain of every row is made to fit again, the manifest too; the signature is what it was.
QByteArray rehashedForgery()
{
    QList<Message> messages{message(1), message(2), message(3, u"I never said that"_s), message(4),
                            message(5)};
    Lines forged = bundleOf(messages, keyOf('d')).split('\n');
    forged[7] = sampleBundle().split('\n')[7];
    return forged.join('\n');
}

} // namespace

class tst_Bundle : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goodOnes_data();
    void goodOnes();
    void manifestTells();
    void anyPieces_data();
    void anyPieces();
    void writerRefuses();
    void tampering_data();
    void tampering();
    void rehashedForgeryPassesTheChainOnly();
    void everyByteCounts();
    void everyCutIsSeen();
    void unexpectedKeyIsTold();
    void longLinesEndIt();
};

void tst_Bundle::goodOnes_data()
{
    QTest::addColumn<qint64>("first");
    QTest::addColumn<qint64>("last");
    QTest::newRow("from-the-beginning") << qint64(1) << qint64(5);
    QTest::newRow("one-message") << qint64(1) << qint64(1);
    QTest::newRow("from-the-middle") << qint64(3) << qint64(5);
}

void tst_Bundle::goodOnes()
{
    QFETCH(qint64, first);
    QFETCH(qint64, last);
    const BundleVerdict verdict = check(sampleBundle(first, last));
    QVERIFY2(verdict.isGood(), qPrintable(verdict.sentence));
    QCOMPARE(verdict.goodRows, last - first + 1);
    QVERIFY(verdict.manifestSigned && verdict.keyWasExpected);
    QCOMPARE(verdict.manifest->opening.first, first);
    QCOMPARE(verdict.manifest->last, last);
    QCOMPARE(verdict.manifest->beginsTheRoom(), first == 1);
}

void tst_Bundle::manifestTells()
{
    const BundleVerdict verdict = check(sampleBundle());
    const BundleManifest &manifest = *verdict.manifest;
    QCOMPARE(manifest.opening.room, Room);
    QCOMPARE(manifest.opening.epoch, Epoch);
    QCOMPARE(manifest.title, u"Night shift"_s);
    QCOMPARE(manifest.roomLast, 50);
    QCOMPARE(manifest.from, OptionalMicros());
    QCOMPARE(manifest.to, facts().to);
    QCOMPARE(manifest.exportedAt, facts().exportedAt);
    QCOMPARE(manifest.program, facts().program);
    QCOMPARE(manifest.key, daemonKey().base64());
    QCOMPARE(manifest.time, facts().time);
}

void tst_Bundle::anyPieces_data()
{
    QTest::addColumn<int>("size");
    QTest::newRow("bytes") << 1;
    QTest::newRow("seven") << 7;
    QTest::newRow("thousand") << 1000;
}

void tst_Bundle::anyPieces()
{
    QFETCH(int, size);
    const QByteArray bytes = sampleBundle();
    BundleChecker checker(daemonKey());
    for (qsizetype at = 0; at < bytes.size(); at += size)
        QVERIFY(checker.add(bytes.mid(at, size)));
    QVERIFY(checker.finish().isGood());
}

void tst_Bundle::writerRefuses()
{
    const QByteArray start = chainStart(Room, Epoch);
    const QByteArray fits = chainNext(start, canonicalMessage(message(1)));
    BundleWriter writer({.room = Room, .epoch = Epoch, .first = 1, .previous = start});
    QVERIFY(!writer.row(message(1, u"changed in the database"_s), fits));
    QVERIFY(!writer.row(message(2), chainNext(start, canonicalMessage(message(2)))));
    QVERIFY(!writer.row(message(1), {}));
    QVERIFY(writer.row(message(1), fits));
    QVERIFY(!writer.row(message(1), fits));
    QCOMPARE(writer.rows(), 1);
}

void tst_Bundle::tampering_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<BundleFault>("fault");
    QTest::addColumn<qint64>("badSeq");
    const auto row = [](const char *name, BundleFault fault, qint64 badSeq,
                        const std::function<void(Lines &)> &change) {
        QTest::newRow(name) << tampered(change) << fault << badSeq;
    };
    using enum BundleFault;
    row("changed-text", ChangedRow, 3, [](Lines &l) { replaceIn(l[3], "message 3", "massage 3"); });
    row("changed-stamp", ChangedRow, 2,
        [](Lines &l) { replaceIn(l[2], R"("bound":900)", R"("bound":901)"); });
    row("changed-hash", ChangedRow, 4, [](Lines &l) { l[4][12] = l[4][12] == '0' ? '1' : '0'; });
    row("other-spelling", ChangedRow, 5, [](Lines &l) { replaceIn(l[5], R"("kind":)", R"( "kind":)"); });
    row("upper-case-hash", UnreadableRow, 1,
        [](Lines &l) { l[1] = l[1].left(10) + l[1].mid(10, 64).toUpper() + l[1].mid(74); });
    row("dropped-row", MissingRow, 3, [](Lines &l) { l.removeAt(3); });
    row("dropped-first-row", MissingRow, 1, [](Lines &l) { l.removeAt(1); });
    row("dropped-last-row", ManifestDisagrees, 0, [](Lines &l) { l.removeAt(5); });
    row("doubled-row", MisplacedRow, 2, [](Lines &l) { l.insert(3, l[2]); });
    row("inserted-row", ChangedRow, 4, [](Lines &l) {
        QByteArray inserted = l[3];
        replaceIn(inserted, R"("seq":3)", R"("seq":4)");
        l.insert(4, inserted);
    });
    row("swapped-rows", MissingRow, 2, [](Lines &l) { l.swapItemsAt(2, 3); });
    row("row-of-another-room", OtherRoom, 2,
        [](Lines &l) { replaceIn(l[2], R"("room":"general")", R"("room":"generaL")"); });
    row("row-that-is-none", UnreadableRow, 2, [](Lines &l) { l[2] = R"({"chain":"x"})"; });
    row("empty-line", BadManifest, 0, [](Lines &l) { l.insert(2, {}); });
    row("changed-epoch", BadStart, 0, [](Lines &l) { replaceIn(l[0], "epoch-1", "epoch-2"); });
    row("unknown-format", NotABundle, 0, [](Lines &l) { replaceIn(l[0], "bundle-1", "bundle-9"); });
    row("opening-spelled-otherwise", ContentChanged, 0, [](Lines &l) { replaceIn(l[0], "{", "{ "); });
    row("no-opening", NotABundle, 0, [](Lines &l) { l.removeFirst(); });
    row("manifest-epoch", ManifestDisagrees, 0, [](Lines &l) { replaceIn(l[6], "epoch-1", "epoch-2"); });
    row("manifest-count", ManifestDisagrees, 0,
        [](Lines &l) { replaceIn(l[6], R"("count":5)", R"("count":4)"); });
    row("manifest-head", ManifestDisagrees, 0, [](Lines &l) {
        const qsizetype at = l[6].indexOf(R"("head":")") + 8;
        l[6][at] = l[6][at] == '0' ? '1' : '0';
    });
    row("manifest-content", ContentChanged, 0, [](Lines &l) {
        const qsizetype at = l[6].indexOf(R"("content":")") + 11;
        l[6][at] = l[6][at] == '0' ? '1' : '0';
    });
    row("manifest-title", BadSignature, 0, [](Lines &l) { replaceIn(l[6], "Night", "Light"); });
    row("manifest-time", BadSignature, 0,
        [](Lines &l) { replaceIn(l[6], R"("state":"ok")", R"("state":"no")"); });
    row("manifest-unreadable", BadManifest, 0, [](Lines &l) { l[6].chop(1); });
    row("manifest-of-another-key", BadSignature, 0, [](Lines &l) {
        replaceIn(l[6], daemonKey().base64().toLatin1(), keyOf('x').publicKey().base64().toLatin1());
    });
    row("no-manifest", BadManifest, 0, [](Lines &l) { l.removeAt(6); });
    row("changed-signature", BadSignature, 0, [](Lines &l) { l[7][40] = l[7][40] == 'A' ? 'B' : 'A'; });
    row("signature-unreadable", BadSignature, 0, [](Lines &l) { l[7] = "{}"; });
    row("no-signature", CutOff, 0, [](Lines &l) { l.removeAt(7); });
    row("no-rows", BadManifest, 0, [](Lines &l) { l = {l[0], "{}", {}}; });
    row("cut-after-a-row", CutOff, 0, [](Lines &l) { l = l.first(4) << QByteArray(); });
    row("cut-within-a-row", CutOff, 0, [](Lines &l) { l = l.first(4); });
    row("line-behind", MoreBehindTheEnd, 0, [](Lines &l) { l.insert(8, "{}"); });
    row("bytes-behind", MoreBehindTheEnd, 0, [](Lines &l) { l[8] = "x"; });
    QTest::newRow("rehashed-forgery") << rehashedForgery() << BadSignature << qint64(0);
    QTest::newRow("signed-by-somebody-else") << bundleOf({message(1)}, keyOf('x')) << OtherKey << qint64(0);
    QTest::newRow("empty-file") << QByteArray() << NotABundle << qint64(0);
    QTest::newRow("something-else") << "PK\x03\x04"_ba << NotABundle << qint64(0);
}

void tst_Bundle::tampering()
{
    QFETCH(QByteArray, bytes);
    QFETCH(BundleFault, fault);
    QFETCH(qint64, badSeq);
    const BundleVerdict verdict = check(bytes);
    QVERIFY2(verdict.fault == fault, qPrintable(u"%1: %2"_s.arg(int(verdict.fault)).arg(verdict.sentence)));
    QCOMPARE(verdict.badSeq, badSeq);
    QVERIFY(verdict.sentence.endsWith(u'.'));
    if (badSeq > 0)
        QVERIFY2(verdict.sentence.contains(QString::number(badSeq)), qPrintable(verdict.sentence));
}

void tst_Bundle::rehashedForgeryPassesTheChainOnly()
{
    const BundleVerdict verdict = check(rehashedForgery());
    QCOMPARE(verdict.goodRows, 5); // every hash fits
    QVERIFY(verdict.manifest.has_value());
    QVERIFY(!verdict.manifestSigned);
    QVERIFY(!verdict.keyWasExpected);
}

void tst_Bundle::everyByteCounts()
{
    const QByteArray good = sampleBundle(1, 1);
    for (qsizetype at = 0; at < good.size(); ++at) {
        QByteArray bad = good;
        bad[at] = char(bad[at] ^ 1);
        QVERIFY2(!check(bad).isGood(), qPrintable(u"byte %1"_s.arg(at)));
    }
}

void tst_Bundle::everyCutIsSeen()
{
    const QByteArray good = sampleBundle(1, 1);
    for (qsizetype length = 0; length < good.size(); ++length)
        QVERIFY2(!check(good.left(length)).isGood(), qPrintable(QString::number(length)));
}

void tst_Bundle::unexpectedKeyIsTold()
{
    const BundleVerdict nobody = check(sampleBundle(), std::nullopt);
    QVERIFY(nobody.isGood());
    QVERIFY(nobody.manifestSigned);
    QVERIFY(!nobody.keyWasExpected);
    const BundleVerdict other = check(sampleBundle(), keyOf('x').publicKey());
    QCOMPARE(other.fault, BundleFault::OtherKey);
    QVERIFY(other.manifestSigned);
    QCOMPARE(other.manifest->key, daemonKey().base64());
    // A bad row is named, and still one learns who had signed the whole.
    const BundleVerdict changed =
        check(tampered([](Lines &l) { replaceIn(l[3], "message 3", "massage 3"); }));
    QVERIFY(changed.manifestSigned && changed.keyWasExpected);
    QCOMPARE(changed.goodRows, 2);
}

void tst_Bundle::longLinesEndIt()
{
    BundleChecker checker;
    const QByteArray piece(100'000, 'x');
    int pieces = 0;
    while (checker.add(piece))
        ++pieces;
    QCOMPARE(pieces, 10); // of 1 MiB, and not a byte more is kept
    QCOMPARE(checker.finish().fault, BundleFault::LineTooLong);
}

QTEST_APPLESS_MAIN(tst_Bundle)
#include "tst_bundle.moc"
