// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/httplength.h"

#include <QList>

namespace Synchat {

namespace {

constexpr qsizetype LineEnd = 2;
constexpr qsizetype HeadEnd = 4;

struct Chunk
{
    qsizetype start = 0;
    qsizetype size = 0;
};

/// The chunk whose size line begins at `offset`. Nothing: it is not complete yet.
std::optional<Chunk> chunkAt(const QByteArray &bytes, qsizetype offset)
{
    const qsizetype end = bytes.indexOf("\r\n", offset);
    if (end < 0)
        return std::nullopt;
    const qsizetype size =
        bytes.mid(offset, end - offset).split(';').first().trimmed().toLongLong(nullptr, 16);
    const Chunk chunk{end + LineEnd, size};
    if (chunk.start + size + LineEnd > bytes.size())
        return std::nullopt;
    return chunk;
}

bool isChunked(const QByteArray &message)
{
    return httpHeader(message, "transfer-encoding").toLower().contains("chunked");
}

} // namespace

QByteArray httpHeader(const QByteArray &message, const QByteArray &name)
{
    const QList<QByteArray> lines = message.left(message.indexOf("\r\n\r\n")).split('\n');
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).trimmed().compare(name, Qt::CaseInsensitive) == 0)
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

std::optional<qsizetype> httpMessageLength(const QByteArray &bytes, bool mayHaveBody)
{
    const qsizetype head = bytes.indexOf("\r\n\r\n");
    if (head < 0)
        return std::nullopt;
    qsizetype offset = head + HeadEnd;
    if (!mayHaveBody)
        return offset;
    if (!isChunked(bytes)) {
        offset += httpHeader(bytes, "content-length").toLongLong();
        return offset <= bytes.size() ? std::optional(offset) : std::nullopt;
    }
    while (const auto chunk = chunkAt(bytes, offset)) {
        offset = chunk->start + chunk->size + LineEnd;
        if (chunk->size == 0)
            return offset;
    }
    return std::nullopt;
}

QByteArray httpBody(const QByteArray &message)
{
    qsizetype offset = message.indexOf("\r\n\r\n") + HeadEnd;
    if (!isChunked(message))
        return message.mid(offset);
    QByteArray body;
    while (const auto chunk = chunkAt(message, offset)) {
        body += message.mid(chunk->start, chunk->size);
        offset = chunk->start + chunk->size + LineEnd;
        if (chunk->size == 0)
            break;
    }
    return body;
}

} // namespace Synchat
