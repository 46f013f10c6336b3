// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/signature.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

class tst_Signature : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void knownAnswers_data();
    void knownAnswers();
    void refusesOthers_data();
    void refusesOthers();
    void smallOrderKeysVerifyNothing();
    void generatedKeysDiffer();
    void seedsOfAWrongLength();
    void publicKeyText_data();
    void publicKeyText();
    void movedKeysSign();
};

// RFC 8032 §7.1, TEST 1 to 3.
void tst_Signature::knownAnswers_data()
{
    QTest::addColumn<QByteArray>("seed");
    QTest::addColumn<QByteArray>("publicKey");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("signature");
    const auto row = [](const char *name, const char *seed, const char *key, const char *message,
                        const char *signature) {
        QTest::newRow(name) << QByteArray::fromHex(seed) << QByteArray::fromHex(key)
                            << QByteArray::fromHex(message) << QByteArray::fromHex(signature);
    };
    row("empty", "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25b"
        "f5f0595bbe24"
        "655141438e7a100b");
    row("one-byte", "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b"
        "2eaeb4302aee"
        "b00d291612bb0c00");
    row("two-bytes", "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c"
        "15e9716ed28d"
        "c027beceea1ec40a");
}

void tst_Signature::knownAnswers()
{
    QFETCH(QByteArray, seed);
    QFETCH(QByteArray, publicKey);
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, signature);
    const auto key = SigningKey::fromSeed(seed);
    QVERIFY(key);
    QCOMPARE(key->seed(), seed);
    QCOMPARE(key->publicKey().bytes(), publicKey);
    QCOMPARE(key->sign(message), signature);
    QVERIFY(PublicKey::fromBytes(publicKey)->verifies(message, signature));
}

void tst_Signature::refusesOthers_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<int>("flipped"); ///< byte of the signature
    QTest::addColumn<int>("length");
    QTest::newRow("other-message") << "synchaT"_ba << -1 << 64;
    QTest::newRow("longer-message") << "synchat "_ba << -1 << 64;
    QTest::newRow("first-half-changed") << "synchat"_ba << 0 << 64;
    QTest::newRow("second-half-changed") << "synchat"_ba << 63 << 64;
    QTest::newRow("short") << "synchat"_ba << -1 << 63;
    QTest::newRow("empty") << "synchat"_ba << -1 << 0;
}

void tst_Signature::refusesOthers()
{
    QFETCH(QByteArray, message);
    QFETCH(int, flipped);
    QFETCH(int, length);
    const SigningKey key = SigningKey::generate();
    QByteArray signature = key.sign("synchat"_ba);
    QVERIFY(key.publicKey().verifies("synchat"_ba, signature));
    if (flipped >= 0)
        signature[flipped] = char(signature[flipped] ^ 1);
    QVERIFY(!key.publicKey().verifies(message, signature.left(length)));
    QVERIFY(!SigningKey::generate().publicKey().verifies("synchat"_ba, key.sign("synchat"_ba)));
}

void tst_Signature::smallOrderKeysVerifyNothing()
{
    // The neutral element as key and as R, with S = 0, satisfies the bare equation for every message.
    QByteArray neutral(PublicKeyBytes, '\0');
    neutral[0] = 1;
    QVERIFY(!PublicKey::fromBytes(neutral)->verifies("anything"_ba, neutral + QByteArray(32, '\0')));
}

void tst_Signature::generatedKeysDiffer()
{
    const SigningKey one = SigningKey::generate();
    const SigningKey other = SigningKey::generate();
    QVERIFY(one.seed() != other.seed());
    QVERIFY(one.publicKey() != other.publicKey());
}

void tst_Signature::seedsOfAWrongLength()
{
    QVERIFY(!SigningKey::fromSeed(QByteArray(31, 'x')));
    QVERIFY(!SigningKey::fromSeed(QByteArray(33, 'x')));
    QVERIFY(!SigningKey::fromSeed({}));
}

void tst_Signature::publicKeyText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("good");
    QTest::newRow("good") << u"11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="_s << true;
    QTest::newRow("empty") << QString() << false;
    QTest::newRow("no-padding") << u"11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo"_s << false;
    QTest::newRow("line-end") << u"11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n"_s << false;
    QTest::newRow("url-alphabet") << u"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo="_s << false;
    QTest::newRow("bits-beyond-the-end") << u"11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURp="_s << false;
    QTest::newRow("too-short") << u"11qYAYKx"_s << false;
    QTest::newRow("not-base64") << u"this is no key at all, whatever it looks like"_s << false;
}

void tst_Signature::publicKeyText()
{
    QFETCH(QString, text);
    QFETCH(bool, good);
    const auto key = PublicKey::fromBase64(text);
    QCOMPARE(key.has_value(), good);
    if (key)
        QCOMPARE(key->base64(), text);
}

void tst_Signature::movedKeysSign()
{
    SigningKey first = SigningKey::generate();
    const PublicKey publicKey = first.publicKey();
    SigningKey second = std::move(first);
    QVERIFY(publicKey.verifies("x"_ba, second.sign("x"_ba)));
    first = std::move(second);
    QCOMPARE(first.publicKey(), publicKey);
}

QTEST_APPLESS_MAIN(tst_Signature)
#include "tst_signature.moc"
