// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/faultwords.h"

#include "common/stamptext.h"

#include <QLocale>
#include <QStringList>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr double SecondsAMinute = 60.0;
constexpr double SecondsAnHour = 3600.0;
constexpr double SecondsADay = 86'400.0;

/// Nothing but the digits that are needed.
QString plainNumber(double value)
{
    QString text = QString::number(value, 'f', 9);
    while (text.endsWith(u'0'))
        text.chop(1);
    if (text.endsWith(u'.'))
        text.chop(1);
    return text;
}

/// `step=-3.7s@60s` gives `-3.7s` and `60s`.
std::pair<QString, QString> stepParts(const QString &part)
{
    return {part.section(u'=', 1).section(u'@', 0, 0), part.section(u'@', 1)};
}

} // namespace

FaultAmount FaultAmount::from(const QString &text)
{
    qsizetype end = text.size();
    while (end > 0 && text.at(end - 1).isLetter())
        --end;
    return {text.first(end).toDouble(), text.sliced(end)};
}

QString FaultAmount::size() const
{
    const double size = std::abs(value);
    if (unit == "s"_L1 && size > SecondsAMinute && std::fmod(size, SecondsAMinute) == 0.0)
        return std::fmod(size, SecondsAnHour) == 0.0
                   ? FaultWords::tr("%1 h").arg(plainNumber(size / SecondsAnHour))
                   : FaultWords::tr("%1 min").arg(plainNumber(size / SecondsAMinute));
    const QString shown = unit == "us"_L1 ? u"µs"_s : unit;
    return plainNumber(size) + u' ' + shown;
}

QString FaultAmount::text() const
{
    return (value < 0 ? u"-"_s : QString()) + plainNumber(std::abs(value)) + unit;
}

QString FaultWords::partInWords(const QString &part)
{
    const QString key = part.section(u'=', 0, 0).section(u'@', 0, 0);
    if (key == "step"_L1) {
        const auto [by, after] = stepParts(part);
        const FaultAmount amount = FaultAmount::from(by);
        return (amount.value < 0 ? tr("jumping back %1 after %2") : tr("jumping ahead %1 after %2"))
            .arg(amount.size(), FaultAmount::from(after).size());
    }
    if (key == "freeze"_L1) {
        const QString after = part.section(u'@', 1);
        return after.isEmpty() ? tr("frozen") : tr("frozen after %1").arg(FaultAmount::from(after).size());
    }
    const FaultAmount amount = FaultAmount::from(part.section(u'=', 1));
    if (key == "offset"_L1)
        return (amount.value < 0 ? tr("%1 behind") : tr("%1 ahead")).arg(amount.size());
    if (key == "drift"_L1)
        return (amount.value < 0 ? tr("drifting %1 slow") : tr("drifting %1 fast")).arg(amount.size());
    if (key == "jitter"_L1)
        return tr("jittering by up to %1").arg(amount.size());
    return part;
}

QString FaultWords::of(const ClockFault &fault)
{
    if (fault.isNone())
        return tr("no fault");
    QStringList words;
    const QStringList parts = fault.toText().split(u',');
    for (const QString &part : parts)
        words.append(partInWords(part));
    return words.join(", "_L1);
}

QString FaultWords::lesson(const QString &part)
{
    const QString key = part.section(u'=', 0, 0).section(u'@', 0, 0);
    if (key == "drift"_L1) {
        const FaultAmount rate = FaultAmount::from(part.section(u'=', 1));
        const double secondsADay = std::abs(rate.value) * 1e-6 * SecondsADay;
        const QString aDay = QLocale::c().toString(secondsADay, 'g', 3);
        return (rate.value < 0 ? tr("It loses %1 s a day.") : tr("It gains %1 s a day.")).arg(aDay);
    }
    if (key == "freeze"_L1)
        return tr("From then on it shows the same moment and falls behind second by second.");
    if (key == "jitter"_L1)
        return tr("No two readings agree.");
    if (key == "step"_L1 && FaultAmount::from(stepParts(part).first).value < 0)
        return tr("Messages written after the jump can carry earlier times than messages before it.");
    return {};
}

QString FaultWords::preview(const ClockFault &fault)
{
    if (fault.isNone())
        return tr("No fault: this window goes by the machine's clock.");
    QStringList sentences{tr("This window's clock will be: %1.").arg(of(fault))};
    const QStringList parts = fault.toText().split(u',');
    for (const QString &part : parts) {
        const QString sentence = lesson(part);
        if (!sentence.isEmpty() && !sentences.contains(sentence))
            sentences.append(sentence);
    }
    sentences.append(tr("Every message says that its clock is a fault."));
    return sentences.join(u' ');
}

QString FaultWords::option(const ClockFault &fault)
{
    return u"--clock-fault="_s + fault.toText();
}

} // namespace Synchat
