// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/bundlecheck.h"

#include "common/bundlelines.h"
#include "common/messagechain.h"

#include <QCoreApplication>

#include <utility>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::BundleCheck)
};

} // namespace

BundleChecker::BundleChecker(std::optional<PublicKey> expected)
    : m_expected(std::move(expected))
{}

bool BundleChecker::add(QByteArrayView bytes)
{
    while (!m_stopped && !bytes.isEmpty()) {
        const qsizetype end = bytes.indexOf('\n');
        const qsizetype length = end < 0 ? bytes.size() : end;
        if (m_rest.size() + length > LargestBundleLine) {
            ++m_line;
            blame(BundleFault::LineTooLong, Text::tr("Line %1 is too long for a bundle.").arg(m_line));
            m_stopped = true;
            break;
        }
        m_rest.append(bytes.first(length));
        if (end < 0)
            break;
        ++m_line;
        take(std::exchange(m_rest, {}));
        bytes = bytes.sliced(end + 1);
    }
    return !m_stopped;
}

BundleVerdict BundleChecker::finish()
{
    m_verdict.goodRows = m_rows;
    if (m_stopped)
        return m_verdict;
    m_stopped = true;
    if (!m_rest.isEmpty())
        ++m_line;
    if (m_part == Part::Opening)
        blame(BundleFault::NotABundle, Text::tr("This is no bundle of Synchat."));
    else if (m_part == Part::Rows)
        blame(BundleFault::CutOff, m_rows > 0
                                       ? Text::tr("The file ends after message %1, without its manifest: the "
                                                  "rest was cut off.")
                                             .arg(m_opening.first + m_rows - 1)
                                       : Text::tr("The file ends before its first message."));
    else if (m_part == Part::Signature)
        blame(BundleFault::CutOff, Text::tr("The file ends without its signature."));
    else if (!m_rest.isEmpty())
        blame(BundleFault::MoreBehindTheEnd,
              Text::tr("There is something behind the signature, where nothing may be."));
    return m_verdict;
}

void BundleChecker::take(const QByteArray &line)
{
    switch (m_part) {
    case Part::Opening:
        takeOpening(line);
        break;
    case Part::Rows:
        if (line.startsWith(RowBegin))
            takeRow(line);
        else
            takeManifest(line);
        break;
    case Part::Signature:
        takeSignature(line);
        break;
    case Part::Done:
        blame(BundleFault::MoreBehindTheEnd,
              Text::tr("There is something behind the signature, where nothing may be."));
        m_stopped = true;
        break;
    }
}

void BundleChecker::takeOpening(const QByteArray &line)
{
    const auto opening = parseOpening(line);
    if (!opening) {
        blame(BundleFault::NotABundle,
              Text::tr("This is no bundle of Synchat, or one of a format that this program does "
                       "not know."));
        m_stopped = true;
        return;
    }
    m_opening = *opening;
    m_chain = m_opening.previous;
    m_content.addData(line + '\n');
    m_part = Part::Rows;
    if (m_opening.first == 1 && m_opening.previous != chainStart(m_opening.room, m_opening.epoch))
        blame(BundleFault::BadStart,
              Text::tr("The chain does not begin with this room and its history: the name of the "
                       "room, its epoch or the hash in line 1 was changed."));
}

void BundleChecker::takeRow(const QByteArray &line)
{
    m_content.addData(line + '\n');
    if (m_verdict.isGood())
        checkRow(line);
}

void BundleChecker::checkRow(const QByteArray &line)
{
    const qint64 expected = m_opening.first + m_rows;
    const auto row = parseRow(line);
    if (!row)
        return blame(
            BundleFault::UnreadableRow,
            Text::tr("Line %1, where message %2 should be, cannot be read.").arg(m_line).arg(expected),
            expected);
    if (row->seq > expected)
        return blame(BundleFault::MissingRow,
                     Text::tr("Message %1 is missing: %2 stands in its place.").arg(expected).arg(row->seq),
                     expected);
    if (row->seq < expected)
        return blame(BundleFault::MisplacedRow,
                     Text::tr("Message %1 stands where %2 should be.").arg(row->seq).arg(expected), row->seq);
    if (row->room != m_opening.room)
        return blame(BundleFault::OtherRoom,
                     Text::tr("Message %1 says that it is of another room.").arg(row->seq), row->seq);
    m_chain = chainNext(m_chain, row->canonical);
    if (m_chain != row->chain)
        return blame(
            BundleFault::ChangedRow,
            Text::tr("Message %1 or its hash was changed: it does not fit the hash before it.").arg(row->seq),
            row->seq);
    ++m_rows;
}

void BundleChecker::takeManifest(const QByteArray &line)
{
    const auto manifest = parseManifest(line);
    if (!manifest) {
        blame(
            BundleFault::BadManifest,
            Text::tr("Line %1 is neither a message nor the manifest that should end the file.").arg(m_line));
        m_stopped = true;
        return;
    }
    m_manifestLine = line;
    m_verdict.manifest = manifest;
    m_part = Part::Signature;
    if (m_verdict.isGood())
        checkManifest(*manifest);
}

void BundleChecker::checkManifest(const BundleManifest &manifest)
{
    const auto disagrees = [this](const QString &about) {
        blame(BundleFault::ManifestDisagrees,
              Text::tr("The manifest and the messages disagree about %1.").arg(about));
    };
    const qint64 last = m_opening.first + m_rows - 1;
    if (manifest.count > m_rows || manifest.last > last)
        return blame(BundleFault::ManifestDisagrees,
                     Text::tr("After message %1 others are missing: the manifest ends with %2.")
                         .arg(last)
                         .arg(manifest.last));
    if (manifest.opening != m_opening)
        return disagrees(Text::tr("the room, its epoch or the beginning"));
    if (manifest.count != m_rows || manifest.last != last)
        return disagrees(Text::tr("how many messages there are"));
    if (manifest.head != m_chain)
        return disagrees(Text::tr("the hash of the last message"));
    if (manifest.content != m_content.result())
        blame(BundleFault::ContentChanged, Text::tr("The file has other bytes than its manifest covers."));
}

void BundleChecker::takeSignature(const QByteArray &line)
{
    m_part = Part::Done;
    const auto signature = parseSignature(line);
    const auto key = PublicKey::fromBase64(m_verdict.manifest->key);
    m_verdict.manifestSigned = signature && key && key->verifies(m_manifestLine, *signature);
    m_verdict.keyWasExpected = m_verdict.manifestSigned && m_expected == key;
    if (!m_verdict.isGood())
        return;
    if (!signature)
        return blame(BundleFault::BadSignature, Text::tr("The signature cannot be read."));
    if (!m_verdict.manifestSigned)
        return blame(BundleFault::BadSignature,
                     Text::tr("The signature is not of this manifest: somebody who does not have "
                              "the daemon's key changed it, or made the whole file."));
    if (m_expected && !m_verdict.keyWasExpected)
        blame(BundleFault::OtherKey,
              Text::tr("It is signed by another key than the expected one: whoever made it had a key "
                       "of their own."));
}

void BundleChecker::blame(BundleFault fault, const QString &sentence, qint64 seq)
{
    if (!m_verdict.isGood())
        return;
    m_verdict.fault = fault;
    m_verdict.sentence = sentence;
    m_verdict.badSeq = seq;
    m_verdict.badLine = m_line;
}

} // namespace Synchat
