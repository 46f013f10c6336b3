// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "nettestkit.h"
#include "server/net/wsguard.h"

using namespace Synchat;

class tst_WsGuard : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void finds_data();
    void finds();
    void tellsWhereTheViolationBegins();
};

namespace {

constexpr quint64 Limit = 1000;

QByteArray masked(int opcode, const QByteArray &payload, bool isLast = true)
{
    return RawClient::frame(opcode, payload, isLast);
}

} // namespace

void tst_WsGuard::finds_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<int>("code"); // 0: nothing
    QTest::newRow("text") << masked(1, "hello") + masked(1, "again") << 0;
    QTest::newRow("empty text") << masked(1, "") + masked(1, "") << 0;
    QTest::newRow("all lengths of headers")
        << masked(1, QByteArray(125, 'x')) + masked(1, QByteArray(126, 'x')) << 0;
    QTest::newRow("not masked") << QByteArray("\x81\x01x", 3) << 1002;
    QTest::newRow("not masked, second frame") << masked(1, "a") + QByteArray("\x89\x00", 2) << 1002;
    QTest::newRow("binary") << masked(2, "a") << 1003;
    QTest::newRow("binary, empty") << masked(2, "") << 1003;
    QTest::newRow("at the limit") << masked(1, QByteArray(Limit, 'x')) << 0;
    QTest::newRow("over the limit") << masked(1, QByteArray(Limit + 1, 'x')) << 1009;
    QTest::newRow("fragments at the limit")
        << masked(1, QByteArray(Limit - 1, 'x'), false) + masked(0, "x") << 0;
    QTest::newRow("fragments over the limit")
        << masked(1, QByteArray(Limit, 'x'), false) + masked(0, "x") << 1009;
    QTest::newRow("two messages below the limit")
        << masked(1, QByteArray(Limit, 'x')) + masked(1, QByteArray(Limit, 'x')) << 0;
    QTest::newRow("three-byte characters count as bytes")
        << masked(1, QByteArray("\xe2\x82\xac").repeated(200), false) +
               masked(0, QByteArray("\xe2\x82\xac").repeated(200))
        << 1009;
    QTest::newRow("length of 63 bits") << QByteArray::fromHex("81ff7fffffffffffffff00000000") << 1009;
    QTest::newRow("2-byte character whole") << masked(1, "a\xc3\xa9") << 0;
    QTest::newRow("2-byte character cut") << masked(1, "a\xc3") << 1007;
    QTest::newRow("3-byte character whole") << masked(1, "\xe2\x82\xac") << 0;
    QTest::newRow("3-byte character cut") << masked(1, "a\xe2\x82") << 1007;
    QTest::newRow("3-byte character cut early") << masked(1, "\xe2") << 1007;
    QTest::newRow("4-byte character whole") << masked(1, "\xf0\x9f\x98\x80") << 0;
    QTest::newRow("4-byte character cut at 3") << masked(1, "ab\xf0\x9f\x98") << 1007;
    QTest::newRow("4-byte character cut at 2") << masked(1, "ab\xf0\x9f") << 1007;
    QTest::newRow("character over two fragments") << masked(1, "a\xc3", false) + masked(0, "\xa9") << 0;
    QTest::newRow("character over four fragments")
        << masked(1, "\xf0", false) + masked(0, "\x9f", false) + masked(0, "\x98", false) + masked(0, "\x80")
        << 0;
    QTest::newRow("character cut, empty last fragment") << masked(1, "a\xc3", false) + masked(0, "") << 1007;
    QTest::newRow("ping between fragments")
        << masked(1, "a\xc3", false) + masked(9, "zzz") + masked(0, "\xa9") << 0;
    QTest::newRow("ping with half a character") << masked(9, "\xc3") << 0;
    QTest::newRow("message after a cut ping") << masked(9, "\xc3") + masked(1, "a") << 0;
}

void tst_WsGuard::finds()
{
    QFETCH(QByteArray, stream);
    QFETCH(int, code);
    for (qsizetype piece : {qsizetype(1), qsizetype(2), qsizetype(3), qsizetype(7), stream.size()}) {
        WsGuard guard(Limit);
        int found = 0;
        for (qsizetype at = 0; at < stream.size() && found == 0; at += piece) {
            if (const auto violation =
                    guard.feed(QByteArrayView(stream).sliced(at, qMin(piece, stream.size() - at))))
                found = violation->closeCode;
        }
        QCOMPARE(found, code);
    }
}

void tst_WsGuard::tellsWhereTheViolationBegins()
{
    const QByteArray good = masked(1, "good") + masked(9, "");
    const QByteArray bad = masked(2, "bad");
    WsGuard whole(Limit);
    QCOMPARE(whole.feed(good + bad)->offset, good.size());
    WsGuard cut(Limit);
    QVERIFY(!cut.feed(good + bad.first(1)));
    QCOMPARE(cut.feed(bad.sliced(1))->offset, 0);
}

QTEST_APPLESS_MAIN(tst_WsGuard)
#include "tst_wsguard.moc"
