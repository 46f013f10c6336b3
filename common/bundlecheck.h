// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/bundle.h"

namespace Synchat {

/// What is wrong with a bundle; the first thing, in the order of the file.
enum class BundleFault : quint8 {
    None,
    NotABundle,        ///< the first line is no opening, or of a format that this program does not know
    LineTooLong,       ///< longer than any line of a bundle
    CutOff,            ///< the file ends before its signature
    BadStart,          ///< it claims to begin the room, with a hash that is not the room's start
    UnreadableRow,     ///< neither a row nor a manifest
    OtherRoom,         ///< a row of another room
    MissingRow,        ///< a seq is left out
    MisplacedRow,      ///< a seq that was there before, or before it should
    ChangedRow,        ///< the row's hash does not fit the message and the row before
    BadManifest,       ///< unreadable
    ManifestDisagrees, ///< the manifest says something else than the rows
    ContentChanged,    ///< other bytes than the manifest covers
    BadSignature,      ///< unreadable, or not of the manifest by its key
    OtherKey,          ///< well signed, by another key than the expected one
    MoreBehindTheEnd,  ///< bytes after the signature
};

/// What a check came to.
struct BundleVerdict
{
    BundleFault fault = BundleFault::None;
    QString sentence;    ///< what is wrong, for people; empty when nothing is
    qint64 badSeq = 0;   ///< of the first bad row; 0: no row is to blame
    qint64 badLine = 0;  ///< of the file, from 1; 0: none is to blame
    qint64 goodRows = 0; ///< rows before the fault, or all
    /// As the file has it, whether or not it can be believed.
    std::optional<BundleManifest> manifest;
    /// The manifest was signed by the key that it names. It says nothing of the rows while there is a fault.
    bool manifestSigned = false;
    bool keyWasExpected = false; ///< a key was expected, and it is this one

    bool isGood() const { return fault == BundleFault::None; }
};

/// Checks a bundle as it is read, whatever its length, in little memory. Pure: add() its bytes in any pieces,
/// then ask finish().
class BundleChecker
{
public:
    /// `expected`: whose signature it has to be; nothing: anybody's, and who looks at the verdict compares
    /// the key.
    explicit BundleChecker(std::optional<PublicKey> expected = std::nullopt);

    /// False: nothing more needs to be read.
    bool add(QByteArrayView bytes);
    BundleVerdict finish();

    qint64 rows() const { return m_rows; }

private:
    enum class Part { Opening, Rows, Signature, Done };

    void take(const QByteArray &line);
    void takeOpening(const QByteArray &line);
    void takeRow(const QByteArray &line);
    void checkRow(const QByteArray &line);
    void takeManifest(const QByteArray &line);
    void checkManifest(const BundleManifest &manifest);
    void takeSignature(const QByteArray &line);
    void blame(BundleFault fault, const QString &sentence, qint64 seq = 0);

    std::optional<PublicKey> m_expected;
    Part m_part = Part::Opening;
    bool m_stopped = false;
    QByteArray m_rest; ///< of a line that has not ended yet
    qint64 m_line = 0;
    BundleOpening m_opening;
    QByteArray m_chain;
    qint64 m_rows = 0;
    QCryptographicHash m_content{QCryptographicHash::Sha256};
    QByteArray m_manifestLine;
    BundleVerdict m_verdict;
};

} // namespace Synchat
