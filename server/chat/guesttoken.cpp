// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/guesttoken.h"

#include <QMessageAuthenticationCode>

namespace Synchat {
namespace {

constexpr qsizetype IdUnits = 14;
constexpr qsizetype SignatureUnits = 43; // 32 bytes in base64url without padding

bool isGuestId(QStringView id)
{
    if (id.size() != IdUnits || id.front() != u'g')
        return false;
    return std::all_of(id.begin() + 1, id.end(),
                       [](QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'2' && c <= u'7'); });
}

QByteArray signatureOf(const QString &userId, const QByteArray &secret)
{
    // the words in front keep other uses of the secret apart from this one
    const QByteArray signedText = QByteArrayLiteral("synchat guest 1 ") + userId.toUtf8();
    return QMessageAuthenticationCode::hash(signedText, secret, QCryptographicHash::Sha256)
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

bool equalInConstantTime(const QByteArray &a, const QByteArray &b)
{
    if (a.size() != b.size())
        return false;
    unsigned difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference |=
            static_cast<unsigned>(static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]));
    return difference == 0;
}

} // namespace

QString newGuestId(QRandomGenerator &random)
{
    static constexpr char16_t Alphabet[] = u"abcdefghijklmnopqrstuvwxyz234567";
    QString id(u'g');
    while (id.size() < IdUnits)
        id.append(QChar(Alphabet[random.bounded(32)]));
    return id;
}

QString guestToken(const QString &userId, const QByteArray &secret)
{
    return userId + u'.' + QString::fromLatin1(signatureOf(userId, secret));
}

std::optional<QString> guestIdFromToken(const QString &token, const QByteArray &secret)
{
    if (token.size() != IdUnits + 1 + SignatureUnits || token.at(IdUnits) != u'.')
        return std::nullopt;
    const QString id = token.left(IdUnits);
    if (!isGuestId(id))
        return std::nullopt;
    if (!equalInConstantTime(token.mid(IdUnits + 1).toUtf8(), signatureOf(id, secret)))
        return std::nullopt;
    return id;
}

} // namespace Synchat
