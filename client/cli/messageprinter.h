// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/rowtimeline.h"
#include "common/message.h"
#include "common/stamptext.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QDate>
#include <QTimeZone>

namespace Synchat {

/// How a message looks in a terminal, 80 columns wide:
///
///     ── Tuesday 2025-11-24, Europe/Madrid ──
///     ── clocks against the reference, confirmed within ±0.5 ms ──
///     17:00:00 ana: disk alarm on db2
///       live  17:00:00.123 ▲ +1.80 s ±0.9 ms  local 17:00:00.130 ● −0.2 ms ±0.5 ms
///       api   17:00:00.180 ● +50 ms ±130 ms   ntp   17:00:00.130 ● 0 µs ±0.5 ms
///
/// What happened to the daemon and its clock stands above a message, as lines like the first two; a wait, a
/// clock that was set and a contradiction of a cause stand under it. The line of the day and that of the
/// reference come only when they change. Pure but for what was printed last; nothing that others wrote gets
/// into the result raw.
class MessagePrinter
{
    Q_DECLARE_TR_FUNCTIONS(MessagePrinter)
public:
    struct Style
    {
        bool json = false;
        bool colour = false;
        QTimeZone zone;
    };

    explicit MessagePrinter(Style style)
        : m_style(std::move(style))
    {}

    /// UTF-8, whole lines with their ends. `timeline`: what is to be said at this message; not in JSON.
    QByteArray print(const Message &message, const RowTimeline &timeline = {});

private:
    struct Reading
    {
        QString name;
        OptionalMicros time;
        OptionalMicros skew;
        OptionalMicros bound;
        Mark mark;
        QString note; ///< empty: nothing to note
    };
    QString clocks(const Stamps &stamps) const;
    QString row(const Reading &left, const Reading &right) const;
    QString words(const Reading &reading) const;
    QString dayLine(WireMicros time);
    QString referenceLine(const BestStamp &best);
    QString eventLines(const RowTimeline &timeline) const;
    QString notes(const RowTimeline &timeline, const Message &message) const;
    QString painted(const QString &text, const char *code) const;

    Style m_style;
    QDate m_day;
    StampState m_reference = StampState::None;
    bool m_hasReference = false;
};

} // namespace Synchat
