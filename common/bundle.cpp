// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/bundle.h"

#include "common/bundlelines.h"
#include "common/framefields.h"
#include "common/messagechain.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

QJsonValue orNull(OptionalMicros value)
{
    return value ? QJsonValue(*value) : QJsonValue(QJsonValue::Null);
}

QString hex(const QByteArray &hash)
{
    return QString::fromLatin1(hash.toHex());
}

QJsonObject openingToJson(const BundleOpening &opening)
{
    return {
        {u"epoch"_s, opening.epoch},
        {u"first"_s, opening.first},
        {u"format"_s, QString(BundleFormat)},
        {u"previous"_s, hex(opening.previous)},
        {u"room"_s, opening.room},
    };
}

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

std::optional<BundleOpening> openingFromJson(const QJsonObject &object)
{
    FrameFields fields(object);
    BundleOpening opening;
    opening.epoch = fields.text("epoch"_L1);
    opening.first = fields.number("first"_L1, 1);
    opening.room = fields.text("room"_L1);
    const auto previous = hashFromHex(fields.text("previous"_L1));
    if (fields.isRefused() || !previous || object.value("format"_L1) != BundleFormat)
        return std::nullopt;
    opening.previous = *previous;
    return opening;
}

} // namespace

std::optional<QByteArray> hashFromHex(const QString &text)
{
    const QByteArray digits = text.toLatin1();
    const QByteArray hash = QByteArray::fromHex(digits);
    if (hash.size() != ChainHashBytes || hash.toHex() != digits)
        return std::nullopt;
    return hash;
}

std::optional<BundleOpening> parseOpening(const QByteArray &line)
{
    return openingFromJson(QJsonDocument::fromJson(line).object());
}

QByteArray encodeRow(const QByteArray &chain, const QByteArray &canonical)
{
    return RowBegin.toByteArray() + chain.toHex() + RowMiddle.toByteArray() + canonical + '}';
}

std::optional<BundleRow> parseRow(const QByteArray &line)
{
    const qsizetype messageAt = RowBegin.size() + 2 * ChainHashBytes + RowMiddle.size();
    if (line.size() <= messageAt || !line.startsWith(RowBegin) || !line.endsWith('}') ||
        line.mid(messageAt - RowMiddle.size(), RowMiddle.size()) != RowMiddle)
        return std::nullopt;
    const auto chain = hashFromHex(QString::fromLatin1(line.mid(RowBegin.size(), 2 * ChainHashBytes)));
    BundleRow row;
    row.canonical = line.mid(messageAt, line.size() - messageAt - 1);
    const QJsonObject message = QJsonDocument::fromJson(row.canonical).object();
    FrameFields fields(message);
    row.room = fields.text("room"_L1);
    row.seq = fields.number("seq"_L1, 1);
    if (!chain || fields.isRefused())
        return std::nullopt;
    row.chain = *chain;
    return row;
}

QByteArray encodeManifest(const BundleManifest &manifest)
{
    QJsonObject object = openingToJson(manifest.opening);
    object[u"content"_s] = hex(manifest.content);
    object[u"count"_s] = manifest.count;
    object[u"exportedAt"_s] = manifest.exportedAt;
    object[u"from"_s] = orNull(manifest.from);
    object[u"head"_s] = hex(manifest.head);
    object[u"key"_s] = manifest.key;
    object[u"last"_s] = manifest.last;
    object[u"program"_s] = manifest.program;
    object[u"roomFirst"_s] = manifest.roomFirst;
    object[u"roomLast"_s] = manifest.roomLast;
    object[u"time"_s] = manifest.time ? QJsonValue(*manifest.time) : QJsonValue(QJsonValue::Null);
    object[u"title"_s] = manifest.title;
    object[u"to"_s] = orNull(manifest.to);
    return compact(object);
}

std::optional<BundleManifest> parseManifest(const QByteArray &line)
{
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    const auto opening = openingFromJson(object);
    FrameFields fields(object);
    BundleManifest manifest;
    manifest.count = fields.number("count"_L1, 1);
    manifest.exportedAt = fields.number("exportedAt"_L1);
    manifest.from = fields.optionalNumber("from"_L1);
    manifest.key = fields.text("key"_L1);
    manifest.last = fields.number("last"_L1, 1);
    manifest.program = fields.text("program"_L1);
    manifest.roomFirst = fields.number("roomFirst"_L1, 1);
    manifest.roomLast = fields.number("roomLast"_L1, 1);
    manifest.title = fields.text("title"_L1);
    manifest.to = fields.optionalNumber("to"_L1);
    const auto content = hashFromHex(fields.text("content"_L1));
    const auto head = hashFromHex(fields.text("head"_L1));
    if (!opening || !content || !head || fields.isRefused())
        return std::nullopt;
    manifest.opening = *opening;
    manifest.content = *content;
    manifest.head = *head;
    if (const QJsonValue time = object.value("time"_L1); time.isObject())
        manifest.time = time.toObject();
    return manifest;
}

QByteArray encodeSignature(const QByteArray &signature)
{
    return compact(
        {{u"algorithm"_s, u"Ed25519"_s}, {u"signature"_s, QString::fromLatin1(signature.toBase64())}});
}

std::optional<QByteArray> parseSignature(const QByteArray &line)
{
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    const auto decoded = QByteArray::fromBase64Encoding(object.value("signature"_L1).toString().toLatin1(),
                                                        QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.size() != SignatureBytes || object.value("algorithm"_L1) != "Ed25519"_L1)
        return std::nullopt;
    return decoded.decoded;
}

BundleWriter::BundleWriter(BundleOpening opening)
    : m_opening(std::move(opening))
    , m_chain(m_opening.previous)
{}

QByteArray BundleWriter::begin()
{
    return counted(compact(openingToJson(m_opening)));
}

std::optional<QByteArray> BundleWriter::row(const Message &message, const QByteArray &stored)
{
    const QByteArray canonical = canonicalMessage(message);
    const QByteArray chain = chainNext(m_chain, canonical);
    if (message.seq != m_opening.first + m_rows || chain != stored)
        return std::nullopt;
    m_chain = chain;
    ++m_rows;
    return counted(encodeRow(chain, canonical));
}

QByteArray BundleWriter::end(BundleManifest facts, const SigningKey &key)
{
    facts.opening = m_opening;
    facts.last = m_opening.first + m_rows - 1;
    facts.count = m_rows;
    facts.head = m_chain;
    facts.content = m_content.result();
    facts.key = key.publicKey().base64();
    const QByteArray manifest = encodeManifest(facts);
    return manifest + '\n' + encodeSignature(key.sign(manifest)) + '\n';
}

QByteArray BundleWriter::counted(const QByteArray &line)
{
    const QByteArray whole = line + '\n';
    m_content.addData(whole);
    return whole;
}

} // namespace Synchat
