// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/bundle.h"

namespace Synchat {

// The lines of a bundle, without their line feeds (common/EVIDENCE.md); for its writer and its checker.
// Nothing: the line is not of that kind.

constexpr QByteArrayView RowBegin = R"({"chain":")";
constexpr QByteArrayView RowMiddle = R"(","message":)";

struct BundleRow
{
    QByteArray chain;     ///< 32 bytes
    QByteArray canonical; ///< the message's bytes as they stand there: what is hashed
    QString room;
    qint64 seq = 0;
};

std::optional<BundleOpening> parseOpening(const QByteArray &line);
QByteArray encodeRow(const QByteArray &chain, const QByteArray &canonical);
std::optional<BundleRow> parseRow(const QByteArray &line);
QByteArray encodeSignature(const QByteArray &signature);
std::optional<QByteArray> parseSignature(const QByteArray &line);

/// 32 bytes from 64 lower-case digits.
std::optional<QByteArray> hashFromHex(const QString &text);

} // namespace Synchat
