// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/ordertext.h"
#include "client/ui/messagedetails.h"

namespace Synchat {

/// Two messages beside each other: which one was written first, in words and as bars on one line of time,
/// whose zero is when the first one was written (or taken, where nothing better is known). Pure.
class Comparison
{
    Q_DECLARE_TR_FUNCTIONS(Comparison)
public:
    /// `find`: messages that are held, for chains of answers.
    Comparison(const Message &first, const Message &second, const FindMessage &find);

    const OrderVerdict &verdict() const { return m_verdict; }
    const OrderWords &words() const { return m_words; }
    /// Written and taken of both, and the raw reading that contradicts its cause.
    const QList<ReadingDetail> &readings() const { return m_readings; }
    /// Where the two intervals of writing overlap.
    const std::optional<DetailOverlap> &overlap() const { return m_overlap; }
    /// What a copy holds: the verdict, and when each was written and taken (UTC).
    QString copyText() const;

private:
    void addReadings(const Message &message, const QString &name);
    void add(const QString &source, const std::optional<MomentRange> &range, Mark mark);
    void findOverlap();

    Message m_first, m_second;
    OrderVerdict m_verdict;
    OrderWords m_words;
    OptionalMicros m_zero;
    QList<ReadingDetail> m_readings;
    std::optional<DetailOverlap> m_overlap;
};

} // namespace Synchat
