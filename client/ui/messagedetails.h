// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/message.h"
#include "common/stamptext.h"

#include <QCoreApplication>
#include <QList>

namespace Synchat {

/// One reading of a message, said in full.
struct ReadingDetail
{
    QString source; ///< "author's clock (ana)", "NTP (ntp.example)"
    QString time;   ///< raw, ISO 8601 in UTC with microseconds; "–" when there is none
    QString skew;   ///< against the reference; empty when unknown
    QString bound;
    QString age;
    QString state; ///< in words
    Mark mark = Mark::Unknown;
    /// Where this clock stands to the reference, for the number line; nothing: it cannot be drawn.
    OptionalMicros position;
    OptionalMicros halfWidth;
};

/// Where all agreeing readings overlap, on the same line.
struct DetailOverlap
{
    WireMicros lo = 0;
    WireMicros hi = 0;

    friend bool operator==(const DetailOverlap &, const DetailOverlap &) = default;
};

/// What the details dialog says of one message. Pure.
class MessageDetails
{
    Q_DECLARE_TR_FUNCTIONS(MessageDetails)
public:
    explicit MessageDetails(const Message &message);

    /// Author's clock, daemon, time API, NTP, reference; always these five, in this order.
    const QList<ReadingDetail> &readings() const { return m_readings; }
    /// Nothing when fewer than two readings with bounds agree.
    std::optional<DetailOverlap> overlap() const;
    /// "It was 12 ms on its way."; empty when that is not known.
    QString way() const { return m_way; }
    /// What the reference is worth.
    QString worth() const { return m_worth; }

private:
    static ReadingDetail source(const QString &name, const SourceStamp &stamp, const BestStamp &best);
    static QString stateInWords(StampState state);

    QList<ReadingDetail> m_readings;
    QString m_way;
    QString m_worth;
};

} // namespace Synchat
