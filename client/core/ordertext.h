// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/messageorder.h"
#include "common/stamptext.h"
#include "common/timeevents.h"

namespace Synchat {

/// A verdict as it is said.
struct OrderWords
{
    Mark mark = Mark::Unknown;
    QString headline; ///< "Certainly before"
    QString detail;   ///< whole sentences with the numbers
    QString text() const { return headline + QStringLiteral(": ") + detail; }
};

/// The words for order and for what happened to clocks, shared by window and terminal. Pure.
class OrderText
{
    Q_DECLARE_TR_FUNCTIONS(OrderText)
public:
    /// "Certainly before": "Message 41 by ana was written at least 1.20 s before message 44 by luis."
    static OrderWords verdict(const Message &first, const Message &second, const OrderVerdict &verdict);
    /// What stands under the message: "by this clock it was written at least 216 ms before the message that
    /// it answers".
    static QString contradiction(const ClockContradiction &found, const Message &effect);
    /// "The daemon was started again; it was away for at most 40 s"; without a full stop. `author`: whose
    /// clock it is, for events of authors.
    static QString event(const TimeEvent &event, const QString &author);

private:
    static QString named(const Message &message);
    static QString doubt(const Message &first, const Message &second, const OrderVerdict &verdict);
    static QString certain(const Message &earlier, const Message &later, const OrderVerdict &verdict);
    static QString causeSentence(const Message &cause, const Message &effect, Cause how);
    static QString contradictionSentences(const Message &cause, const Message &effect,
                                          const ClockContradiction &found);
    static QString plainEvent(const TimeEvent &event, const QString &author);
    static QString clockSet(const TimeEvent &event, const QString &whose);
    static QString authorClockMoved(const TimeEvent &event, const QString &author);
};

} // namespace Synchat
