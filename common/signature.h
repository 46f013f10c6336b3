// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <array>
#include <optional>

namespace Synchat {

// Ed25519 (RFC 8032 §5.1) by libsodium. Pure but for SigningKey::generate().

constexpr qsizetype PublicKeyBytes = 32;
constexpr qsizetype SignatureBytes = 64;
constexpr qsizetype SigningSeedBytes = 32;

/// The key by which others check what a daemon signed; 32 bytes, whatever they are.
class PublicKey
{
public:
    static std::optional<PublicKey> fromBytes(const QByteArray &bytes);
    /// Standard base64 with its padding (RFC 4648 §4), as it stands in `welcome`.
    static std::optional<PublicKey> fromBase64(const QString &text);

    const QByteArray &bytes() const { return m_bytes; }
    QString base64() const;

    /// `signature` is one of exactly these bytes by the owner of this key. Small-order keys verify nothing.
    bool verifies(const QByteArray &bytes, const QByteArray &signature) const;

    friend bool operator==(const PublicKey &, const PublicKey &) = default;

private:
    explicit PublicKey(QByteArray bytes);
    QByteArray m_bytes;
};

/// The key that signs. Wiped from memory when it goes; not to be copied around.
class SigningKey
{
public:
    /// From the system's random numbers.
    static SigningKey generate();
    /// Nothing: not 32 bytes. The same seed makes the same key.
    static std::optional<SigningKey> fromSeed(const QByteArray &seed);
    ~SigningKey();
    SigningKey(SigningKey &&other) noexcept;
    SigningKey &operator=(SigningKey &&other) noexcept;
    SigningKey(const SigningKey &) = delete;
    SigningKey &operator=(const SigningKey &) = delete;

    QByteArray seed() const;
    PublicKey publicKey() const;
    /// 64 bytes; the same bytes always get the same signature.
    QByteArray sign(const QByteArray &bytes) const;

private:
    SigningKey() = default;
    std::array<unsigned char, SigningSeedBytes + PublicKeyBytes>
        m_key{}; // libsodium's: the seed, then the public key
};

} // namespace Synchat
