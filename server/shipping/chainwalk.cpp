// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/shipping/chainwalk.h"

#include "common/messagechain.h"

#include <QCoreApplication>

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::ChainWalk)
};

} // namespace

ChainWalk::ChainWalk(const QString &room, const QString &epoch)
    : m_chain(chainStart(room, epoch))
{}

std::optional<QString> ChainWalk::step(const ShippedMessage &next)
{
    const qint64 expected = m_lastSeq + 1;
    if (next.message.seq > expected)
        return Text::tr("Message %1 is missing.").arg(expected);
    if (next.message.seq < expected)
        return Text::tr("Message %1 is there twice.").arg(next.message.seq);
    const QByteArray chain = chainNext(m_chain, canonicalMessage(next.message));
    if (chain != next.chain)
        return Text::tr("Message %1 was changed, or one before it: its hash does not follow.").arg(expected);
    m_lastSeq = expected;
    m_chain = chain;
    return std::nullopt;
}

} // namespace Synchat
