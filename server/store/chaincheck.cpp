// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/chaincheck.h"

#include "common/messagechain.h"

#include <QCoreApplication>

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::ChainCheck)
};

} // namespace

QString missingText()
{
    return Text::tr("The message is missing.");
}

ChainCheck::ChainCheck(qint64 seq, QByteArray chain)
    : m_seq(seq)
    , m_chain(std::move(chain))
{}

std::optional<RoomFault> ChainCheck::take(const ChainedMessage &next)
{
    const qint64 seq = next.message.seq;
    if (seq != m_seq + 1)
        return RoomFault{m_seq + 1, missingText()};
    if (next.arrival <= m_arrival)
        return RoomFault{seq, Text::tr("Its arrival (%1) is not after that of the message before (%2).")
                                  .arg(next.arrival)
                                  .arg(m_arrival)};
    if (next.chain != chainNext(m_chain, canonicalMessage(next.message)))
        return RoomFault{seq, Text::tr("The message does not fit its chain hash.")};
    m_seq = seq;
    m_arrival = next.arrival;
    m_chain = next.chain;
    return std::nullopt;
}

void ChainCheck::continueBehind(qint64 seq, const QByteArray &chain)
{
    m_seq = seq;
    m_chain = chain;
}

} // namespace Synchat
