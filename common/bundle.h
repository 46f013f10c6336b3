// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/message.h"
#include "common/signature.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <QJsonObject>

#include <optional>

namespace Synchat {

// The bundle: a range of a room's history as evidence (common/EVIDENCE.md has the format, how strangers check
// it, and what it does not prove). One file of JSON lines: an opening, a row for each message with its hash
// in the chain, a manifest that covers every byte before it, and the daemon's signature of the manifest.

constexpr auto BundleFormat = QLatin1StringView("synchat-bundle-1");
constexpr qsizetype LargestBundleLine = 1024 * 1024; ///< bytes without the line feed; a row is far smaller

/// What is known before the first row.
struct BundleOpening
{
    QString room;
    QString epoch;
    qint64 first = 1;    ///< seq of the first row
    QByteArray previous; ///< the chain hash before it, 32 bytes

    friend bool operator==(const BundleOpening &, const BundleOpening &) = default;
};

/// What the manifest says. Hashes are raw bytes here, hexadecimal in the file.
struct BundleManifest
{
    BundleOpening opening;
    QString title;
    qint64 last = 0;      ///< seq of the last row
    qint64 count = 0;     ///< rows
    QByteArray head;      ///< the chain hash of the last row
    QByteArray content;   ///< SHA-256 of every byte before the manifest's line
    qint64 roomFirst = 0; ///< of the room, when the bundle was made
    qint64 roomLast = 0;
    OptionalMicros from; ///< the range of times that was asked for; nothing: from the beginning
    OptionalMicros to;   ///< exclusive; nothing: to the end
    WireMicros exportedAt = 0;
    QString program; ///< that made it: `synchatd 0.1.0`
    QString key;     ///< the public key that signs, base64
    std::optional<QJsonObject>
        time; ///< what the daemon last told of its sources (`GET /api/v1/time`), if anything

    /// The first row is the first message that the room ever had.
    bool beginsTheRoom() const { return opening.first == 1; }
};

/// The line's bytes, which are what is signed.
QByteArray encodeManifest(const BundleManifest &manifest);
/// Nothing: it is no manifest of this format, or a field is missing or makes no sense.
std::optional<BundleManifest> parseManifest(const QByteArray &line);

/// Writes a bundle piece by piece; holds nothing but hashes. begin(), then row() for each seq from
/// `opening.first` on without hole, then end().
class BundleWriter
{
public:
    explicit BundleWriter(BundleOpening opening);

    QByteArray begin();
    /// `stored`: the chain hash that the history holds for the message. Nothing: the message is not the next
    /// one, or the hash does not fit it, so that the history was changed after the message had been stored.
    std::optional<QByteArray> row(const Message &message, const QByteArray &stored);
    /// `facts`: all that does not come from the rows.
    QByteArray end(BundleManifest facts, const SigningKey &key);

    qint64 rows() const { return m_rows; }

private:
    QByteArray counted(const QByteArray &line);

    BundleOpening m_opening;
    QByteArray m_chain;
    QCryptographicHash m_content{QCryptographicHash::Sha256};
    qint64 m_rows = 0;
};

} // namespace Synchat
