// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/history.h"
#include "server/store/outbox.h"

namespace Synchat {

/// Holds back what was committed in SQL until the bridge holds it, too (`[store] commit = bridge`): what
/// comes out is in the order of arrival, whatever the order in which it was taken. Pure.
class CommitGate
{
public:
    /// A post that came again while its first one is held back.
    struct Original
    {
        quint64 ticket = 0;
        Message message;
    };
    struct Released
    {
        QList<CommittedMessage> committed;
        QList<Original> originals;
    };

    /// Some of it may be let go at once: the bridge's answer can come before the news of the commit.
    Released hold(const QList<CommittedMessage> &committed);
    /// False: the message is out already, and the ticket is to be answered at once.
    bool holdOriginal(quint64 ticket, const Message &original);
    /// The bridge has taken these, or refused them for good.
    Released release(const OutboxChange &change);
    qsizetype held() const { return m_held.size(); }

private:
    struct Held
    {
        CommittedMessage item;
        bool isTaken = false;
    };
    void take(const ArrivalRange &range);
    bool takeEarly(qint64 arrival);
    Released takeFront();

    QList<Held> m_held;          ///< ascending by arrival
    QList<ArrivalRange> m_early; ///< taken, and beyond what was ever held
    qint64 m_lastHeld = 0;       ///< arrival
    QList<Original> m_originals;
};

} // namespace Synchat
