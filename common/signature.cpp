// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/signature.h"

#include <sodium.h>

#include <algorithm>
#include <utility>

namespace Synchat {

static_assert(PublicKeyBytes == crypto_sign_ed25519_PUBLICKEYBYTES);
static_assert(SignatureBytes == crypto_sign_ed25519_BYTES);
static_assert(SigningSeedBytes == crypto_sign_ed25519_SEEDBYTES);
static_assert(SigningSeedBytes + PublicKeyBytes == crypto_sign_ed25519_SECRETKEYBYTES);

namespace {

const unsigned char *octets(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

unsigned char *octets(QByteArray &bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

unsigned long long lengthOf(const QByteArray &bytes)
{
    return static_cast<unsigned long long>(bytes.size());
}

} // namespace

PublicKey::PublicKey(QByteArray bytes)
    : m_bytes(std::move(bytes))
{}

std::optional<PublicKey> PublicKey::fromBytes(const QByteArray &bytes)
{
    if (bytes.size() != PublicKeyBytes)
        return std::nullopt;
    return PublicKey(bytes);
}

std::optional<PublicKey> PublicKey::fromBase64(const QString &text)
{
    const auto decoded =
        QByteArray::fromBase64Encoding(text.toUtf8(), QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.toBase64() != text.toUtf8())
        return std::nullopt;
    return fromBytes(decoded.decoded);
}

QString PublicKey::base64() const
{
    return QString::fromLatin1(m_bytes.toBase64());
}

bool PublicKey::verifies(const QByteArray &bytes, const QByteArray &signature) const
{
    return signature.size() == SignatureBytes &&
           crypto_sign_ed25519_verify_detached(octets(signature), octets(bytes), lengthOf(bytes),
                                               octets(m_bytes)) == 0;
}

SigningKey SigningKey::generate()
{
    // Once, and from any thread: it opens the source of random numbers, or there are none and nothing may go
    // on.
    if (sodium_init() < 0)
        qFatal("the system has no random numbers");
    QByteArray seed(SigningSeedBytes, Qt::Uninitialized);
    randombytes_buf(seed.data(), SigningSeedBytes);
    std::optional<SigningKey> key = fromSeed(seed);
    sodium_memzero(seed.data(), SigningSeedBytes);
    return *std::move(key);
}

std::optional<SigningKey> SigningKey::fromSeed(const QByteArray &seed)
{
    if (seed.size() != SigningSeedBytes)
        return std::nullopt;
    SigningKey key;
    std::array<unsigned char, PublicKeyBytes> publicKey{}; // stands in the key, too
    crypto_sign_ed25519_seed_keypair(publicKey.data(), key.m_key.data(), octets(seed));
    return key;
}

SigningKey::~SigningKey()
{
    sodium_memzero(m_key.data(), m_key.size());
}

SigningKey::SigningKey(SigningKey &&other) noexcept
    : m_key(std::exchange(other.m_key, {}))
{}

SigningKey &SigningKey::operator=(SigningKey &&other) noexcept
{
    std::swap(m_key, other.m_key);
    return *this;
}

QByteArray SigningKey::seed() const
{
    QByteArray seed(SigningSeedBytes, Qt::Uninitialized);
    std::copy_n(m_key.begin(), SigningSeedBytes, octets(seed));
    return seed;
}

PublicKey SigningKey::publicKey() const
{
    QByteArray bytes(PublicKeyBytes, Qt::Uninitialized);
    std::copy_n(m_key.begin() + SigningSeedBytes, PublicKeyBytes, octets(bytes));
    return *PublicKey::fromBytes(bytes);
}

QByteArray SigningKey::sign(const QByteArray &bytes) const
{
    QByteArray signature(SignatureBytes, Qt::Uninitialized);
    crypto_sign_ed25519_detached(octets(signature), nullptr, octets(bytes), lengthOf(bytes), m_key.data());
    return signature;
}

} // namespace Synchat
