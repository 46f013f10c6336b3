// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/ordertext.h"

using namespace Qt::StringLiterals;

namespace Synchat {

QString OrderText::named(const Message &message)
{
    return message.seq > 0 ? tr("message %1 by %2").arg(QString::number(message.seq), message.from.name)
                           : tr("the message of %1 that is on its way").arg(message.from.name);
}

QString OrderText::causeSentence(const Message &cause, const Message &effect, Cause how)
{
    switch (how) {
    case Cause::Seen:
        return tr("%1 had seen message %2.").arg(effect.from.name, QString::number(cause.seq));
    case Cause::Reply:
        return tr("%1 answers message %2.").arg(effect.from.name, QString::number(cause.seq));
    case Cause::Chain:
        return tr("%1 answers somebody who had seen message %2.")
            .arg(effect.from.name, QString::number(cause.seq));
    case Cause::None:
        break;
    }
    return {};
}

QString OrderText::certain(const Message &earlier, const Message &later, const OrderVerdict &verdict)
{
    QString sentence;
    if (!verdict.atLeast)
        sentence = tr("%1 was written before %2.").arg(named(earlier), named(later));
    else if (!verdict.atMost)
        sentence = tr("%1 was written at least %3 before %2.")
                       .arg(named(earlier), named(later), StampText::spanAtLeast(*verdict.atLeast));
    else
        sentence = tr("%1 was written at least %3 and at most %4 before %2.")
                       .arg(named(earlier), named(later), StampText::spanAtLeast(*verdict.atLeast),
                            StampText::spanAtMost(*verdict.atMost));
    return sentence.at(0).toUpper() + sentence.sliced(1);
}

QString OrderText::doubt(const Message &first, const Message &second, const OrderVerdict &verdict)
{
    const auto unmeasured = [](const Message &message) {
        return tr("There is no measurement that tells when %1 was written.").arg(named(message));
    };
    switch (verdict.doubt) {
    case OrderDoubt::Overlap:
        return tr("The intervals in which %1 and %2 were written overlap by %3.")
            .arg(named(first), named(second), StampText::spanAtMost(verdict.overlap.value_or(0)));
    case OrderDoubt::FirstUnmeasured:
        return unmeasured(first);
    case OrderDoubt::SecondUnmeasured:
        return unmeasured(second);
    case OrderDoubt::BothUnmeasured:
        return tr("There is no measurement that tells when %1 or %2 was written.")
            .arg(named(first), named(second));
    case OrderDoubt::NotTaken:
        return tr("The daemon has not taken both messages yet.");
    case OrderDoubt::NoCommonReference:
        return tr(
            "The daemon had no source of time for at least one of them, and it cannot be shown that its "
            "clock went on undisturbed from one to the other.");
    case OrderDoubt::SameMessage:
        return tr("This is one and the same message.");
    case OrderDoubt::None:
        break;
    }
    return {};
}

QString OrderText::contradictionSentences(const Message &cause, const Message &effect,
                                          const ClockContradiction &found)
{
    QString text;
    if (found.byClock)
        text = tr("%1 had seen %2, but by their clock they wrote at least %3 before the daemon took that.")
                   .arg(effect.from.name, named(cause), StampText::spanAtLeast(*found.byClock));
    else
        text = tr("%1 had seen %2, which their clock does not contradict as it stood.")
                   .arg(effect.from.name, named(cause));
    if (found.byMeasured)
        text += u' ' + tr("Even with what was measured of that clock it would have been at least %1 before: "
                          "a bound was too narrow.")
                           .arg(StampText::spanAtLeast(*found.byMeasured));
    return text + u' ' + tr("Message %1 was first all the same.").arg(cause.seq);
}

OrderWords OrderText::verdict(const Message &first, const Message &second, const OrderVerdict &verdict)
{
    OrderWords words;
    const Message &earlier = verdict.firstIsEarlier ? first : second;
    const Message &later = verdict.firstIsEarlier ? second : first;
    QStringList sentences;
    switch (verdict.order) {
    case Order::Before:
    case Order::After:
        words.mark = Mark::Fine;
        words.headline = verdict.order == Order::Before ? tr("Certainly before") : tr("Certainly after");
        sentences << certain(earlier, later, verdict) << causeSentence(earlier, later, verdict.cause);
        break;
    case Order::Contradiction:
        words.mark = Mark::Contradiction;
        words.headline = tr("Contradicts its cause");
        sentences << contradictionSentences(earlier, later, *verdict.contradiction);
        break;
    case Order::Unknown:
        words.headline = tr("Cannot tell");
        sentences << doubt(first, second, verdict);
        break;
    }
    const bool byTime = verdict.atLeast || verdict.overlap || verdict.contradiction;
    if (!verdict.confirmed && byTime)
        sentences << tr("This goes by the daemon’s own clock, which nothing confirms.");
    if (first.stamps.live.fault || second.stamps.live.fault)
        sentences << tr("A clock fault was injected on purpose.");
    sentences.removeAll(QString());
    words.detail = sentences.join(u' ');
    return words;
}

QString OrderText::contradiction(const ClockContradiction &found, const Message &effect)
{
    constexpr WireMicros Absurd = 100LL * 365 * 24 * 3600 * 1'000'000;
    const QString cause = effect.replyTo == found.cause
                              ? tr("the message that it answers")
                              : tr("message %1, which its author had seen").arg(found.cause);
    QString text;
    if (found.byMeasured)
        text = tr("even with what was measured of this clock it was written at least %1 before %2")
                   .arg(StampText::spanAtLeast(*found.byMeasured), cause);
    else if (found.amount() > Absurd)
        text = tr("by this clock it was written long before %1").arg(cause);
    else
        text = tr("by this clock it was written at least %1 before %2")
                   .arg(StampText::spanAtLeast(found.amount()), cause);
    return found.confirmed ? text : tr("%1, by a daemon’s clock that nothing confirms").arg(text);
}

/// An author's clock that drifts or stands still looks the same from one message to the next as one that was
/// set.
QString OrderText::authorClockMoved(const TimeEvent &event, const QString &author)
{
    const QString amount = StampText::span(event.amount.value_or(0)) +
                           (event.bound ? u' ' + StampText::bound(*event.bound) : QString());
    const QString from = QString::number(event.from);
    const QString to = QString::number(event.to);
    return event.amount.value_or(0) > 0
               ? tr("%1’s clock gained %2 between messages %3 and %4: set, too fast, or another device")
                     .arg(author, amount, from, to)
               : tr("%1’s clock lost %2 between messages %3 and %4: set, too slow, or another device")
                     .arg(author, amount, from, to);
}

QString OrderText::clockSet(const TimeEvent &event, const QString &whose)
{
    const QString amount = StampText::span(event.amount.value_or(0)) +
                           (event.bound ? u' ' + StampText::bound(*event.bound) : QString());
    return event.amount.value_or(0) > 0 ? tr("%1 clock was set forward by %2").arg(whose, amount)
                                        : tr("%1 clock was set back by %2").arg(whose, amount);
}

QString OrderText::plainEvent(const TimeEvent &event, const QString &author)
{
    switch (event.kind) {
    case TimeEvent::Kind::DaemonRestarted:
        return event.amount ? tr("The daemon was started again; it was away for at most %1")
                                  .arg(StampText::spanAtMost(*event.amount))
                            : tr("The daemon was started again");
    case TimeEvent::Kind::DaemonClockSet:
        return clockSet(event, tr("The daemon’s"));
    case TimeEvent::Kind::DaemonFaultBegan:
        return tr("The daemon’s clock runs with an injected fault from here on");
    case TimeEvent::Kind::DaemonFaultEnded:
        return tr("The injected fault of the daemon’s clock has ended");
    case TimeEvent::Kind::ReferenceLost:
        return tr("The daemon lost its sources of time");
    case TimeEvent::Kind::ReferenceHeld:
        return tr("The daemon’s sources of time are silent; its reference is held over");
    case TimeEvent::Kind::ReferenceDisputed:
        return tr("The daemon’s sources of time contradict each other");
    case TimeEvent::Kind::ReferenceBack:
        return tr("The daemon’s time is confirmed again");
    case TimeEvent::Kind::AuthorClockSet:
        return authorClockMoved(event, author);
    case TimeEvent::Kind::AuthorFaultBegan:
        return tr("%1’s clock runs with an injected fault from here on").arg(author);
    case TimeEvent::Kind::AuthorFaultEnded:
        return tr("The injected fault of %1’s clock has ended").arg(author);
    case TimeEvent::Kind::Waited:
        return event.confirmed ? tr("waited %1 to be sent").arg(StampText::span(event.amount.value_or(0)))
                               : tr("waited %1 to be sent, by a daemon’s clock that nothing confirms")
                                     .arg(StampText::span(event.amount.value_or(0)));
    }
    return {};
}

QString OrderText::event(const TimeEvent &event, const QString &author)
{
    QString text = plainEvent(event, author);
    if (event.amongMissing && !text.isEmpty())
        text = tr("Among the missing messages: %1").arg(text.at(0).toLower() + text.sliced(1));
    return event.repeated ? tr("%1 · more of this follows and is not told").arg(text) : text;
}

} // namespace Synchat
