// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/clockfault.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <span>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Unit
{
    QLatin1StringView name;
    qint64 size; ///< in nanoseconds, or in parts per 10^9
};

// The longer name of two that end alike comes first; the largest before the smaller ones among those that
// text is written with.
constexpr Unit TimeUnits[] = {
    {"min"_L1, 60'000'000'000}, {"ms"_L1, 1'000'000},        {"us"_L1, 1'000}, {"ns"_L1, 1},
    {"s"_L1, 1'000'000'000},    {"h"_L1, 3'600'000'000'000},
};
constexpr Unit WrittenUnits[] = {
    {"s"_L1, 1'000'000'000}, {"ms"_L1, 1'000'000}, {"us"_L1, 1'000}, {"ns"_L1, 1}};
constexpr Unit RateUnits[] = {{"ppm"_L1, 1'000}};

bool isDigit(QChar letter)
{
    return letter >= u'0' && letter <= u'9';
}

/// `12` or `12.5` of this size, exact, what is finer than one cut off. Nothing: no number, or above `most`.
std::optional<qint64> sizedNumber(QStringView digits, qint64 size, qint64 most)
{
    const qsizetype point = digits.indexOf(u'.');
    const QStringView whole = point < 0 ? digits : digits.first(point);
    const QStringView fraction = point < 0 ? QStringView() : digits.sliced(point + 1);
    if (whole.isEmpty() || (point >= 0 && fraction.isEmpty()))
        return std::nullopt;
    qint64 value = 0;
    for (const QChar letter : whole) {
        if (!isDigit(letter))
            return std::nullopt;
        value = value * 10 + letter.digitValue();
        if (value > most / size)
            return std::nullopt;
    }
    value *= size;
    for (const QChar letter : fraction) {
        if (!isDigit(letter))
            return std::nullopt;
        size /= 10;
        value += size * letter.digitValue();
    }
    return value > most ? std::nullopt : std::optional(value);
}

/// `+250ms`, `-3.7s`, `40ppm`: at most `most` in size. Nothing: it is not that.
std::optional<qint64> quantityFrom(QStringView text, std::span<const Unit> units, qint64 most)
{
    const bool isNegative = text.startsWith(u'-');
    if (isNegative || text.startsWith(u'+'))
        text = text.sliced(1);
    for (const Unit &unit : units) {
        if (!text.endsWith(unit.name))
            continue;
        const auto size = sizedNumber(text.chopped(unit.name.size()), unit.size, most);
        return size && isNegative ? std::optional(-*size) : size;
    }
    return std::nullopt;
}

/// A size as `3.7` of a unit.
QString inUnit(qint64 size, qint64 unit)
{
    QString text = QString::number(size / unit);
    if (qint64 rest = size % unit; rest != 0) {
        text += u'.';
        for (; rest != 0; rest = rest * 10 % unit)
            text += QString::number(rest * 10 / unit);
    }
    return text;
}

QString durationText(Nanos duration)
{
    const qint64 size = std::abs(duration.count());
    const Unit *unit = std::begin(WrittenUnits);
    while (unit->size > 1 && size < unit->size)
        ++unit;
    return inUnit(size, unit->size) + unit->name;
}

QString signedText(qint64 sign, const QString &size)
{
    return (sign < 0 ? u'-' : u'+') + size;
}

/// Spreads neighbouring numbers evenly over all numbers (SplitMix64's finisher).
quint64 scattered(quint64 number)
{
    number += 0x9e3779b97f4a7c15u;
    number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9u;
    number = (number ^ (number >> 27)) * 0x94d049bb133111ebu;
    return number ^ (number >> 31);
}

} // namespace

/// Takes one part after the other.
class ClockFaultParser
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::ClockFault)
public:
    Result<ClockFault, QString> parse(const QString &text);

private:
    using Refusal = std::optional<QString>;
    Refusal take(const QString &part);
    Refusal takeQuantity(const QString &key, const QString &value);
    Refusal takeFreeze(const QString &part);
    Refusal takeStep(const QString &value);

    ClockFault m_fault;
    QStringList m_taken;
};

Result<ClockFault, QString> ClockFaultParser::parse(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty() || trimmed == u"none"_s)
        return ClockFault();
    for (const QString &part : trimmed.split(u',')) {
        if (const Refusal refusal = take(part.trimmed()))
            return Failure(*refusal);
    }
    std::stable_sort(m_fault.m_steps.begin(), m_fault.m_steps.end(),
                     [](const auto &left, const auto &right) { return left.after < right.after; });
    return m_fault;
}

ClockFaultParser::Refusal ClockFaultParser::take(const QString &part)
{
    const qsizetype end = part.indexOf(u'=');
    const QString key = end < 0 ? part.section(u'@', 0, 0) : part.first(end);
    if (key != u"step"_s && m_taken.contains(key))
        return tr("The clock fault has \"%1\" twice; only a step can come several times.").arg(key);
    m_taken.append(key);
    if (key == u"freeze"_s)
        return takeFreeze(part);
    if (end >= 0 && key == u"step"_s)
        return takeStep(part.sliced(end + 1));
    if (end >= 0 && (key == u"offset"_s || key == u"drift"_s || key == u"jitter"_s))
        return takeQuantity(key, part.sliced(end + 1));
    return tr("The clock fault \"%1\" is not known; there are offset=+250ms, drift=40ppm, jitter=5ms, "
              "freeze@30s and step=-3.7s@60s, with commas between them.")
        .arg(part);
}

ClockFaultParser::Refusal ClockFaultParser::takeQuantity(const QString &key, const QString &value)
{
    if (key == u"drift"_s) {
        const auto rate = quantityFrom(value, RateUnits, ClockFault::MaxDriftPpm * 1000);
        if (!rate)
            return tr("The drift of a clock fault is a rate such as 40ppm, at most %1ppm either way, not "
                      "\"%2\".")
                .arg(QString::number(ClockFault::MaxDriftPpm), value);
        m_fault.m_driftPpb = *rate;
        return std::nullopt;
    }
    if (key == u"jitter"_s) {
        const auto size = quantityFrom(value, TimeUnits, ClockFault::MaxJitter.count());
        if (!size || *size < 0)
            return tr("The jitter of a clock fault is a time such as 5ms, at most an hour, not \"%1\".")
                .arg(value);
        m_fault.m_jitter = Nanos(*size);
        return std::nullopt;
    }
    const auto shift = quantityFrom(value, TimeUnits, ClockFault::MaxShift.count());
    if (!shift)
        return tr("The offset of a clock fault is a time such as +250ms, -3.7s or 2h, at most ten years "
                  "either way, not \"%1\".")
            .arg(value);
    m_fault.m_offset = Nanos(*shift);
    return std::nullopt;
}

ClockFaultParser::Refusal ClockFaultParser::takeFreeze(const QString &part)
{
    if (part == u"freeze"_s) {
        m_fault.m_freezeAfter = Nanos::zero();
        return std::nullopt;
    }
    const QString prefix = u"freeze@"_s;
    const auto after = part.startsWith(prefix) ? quantityFrom(QStringView(part).sliced(prefix.size()),
                                                              TimeUnits, ClockFault::MaxDelay.count())
                                               : std::nullopt;
    if (!after || *after < 0)
        return tr("The freeze of a clock fault is \"freeze\" or such as \"freeze@30s\", at most a year "
                  "ahead, not \"%1\".")
            .arg(part);
    m_fault.m_freezeAfter = Nanos(*after);
    return std::nullopt;
}

ClockFaultParser::Refusal ClockFaultParser::takeStep(const QString &value)
{
    const qsizetype at = value.indexOf(u'@');
    const QStringView view(value);
    const auto by =
        at < 0 ? std::nullopt : quantityFrom(view.first(at), TimeUnits, ClockFault::MaxShift.count());
    const auto after =
        at < 0 ? std::nullopt : quantityFrom(view.sliced(at + 1), TimeUnits, ClockFault::MaxDelay.count());
    if (!by || !after || *after < 0)
        return tr("A step of a clock fault is such as -3.7s@60s, how far and how long after the start, at "
                  "most ten years far and a year ahead, not \"%1\".")
            .arg(value);
    if (m_fault.m_steps.size() == ClockFault::MaxSteps)
        return tr("The clock fault has more than %1 steps.").arg(ClockFault::MaxSteps);
    m_fault.m_steps.push_back({Nanos(*after), Nanos(*by)});
    return std::nullopt;
}

Result<ClockFault, QString> ClockFault::parse(const QString &text)
{
    return ClockFaultParser().parse(text);
}

QString ClockFault::toText() const
{
    QStringList parts;
    if (m_offset != Nanos::zero())
        parts.append(u"offset="_s + signedText(m_offset.count(), durationText(m_offset)));
    if (m_driftPpb != 0)
        parts.append(u"drift="_s + signedText(m_driftPpb, inUnit(std::abs(m_driftPpb), 1000)) + u"ppm"_s);
    if (m_jitter != Nanos::zero())
        parts.append(u"jitter="_s + durationText(m_jitter));
    if (m_freezeAfter)
        parts.append(*m_freezeAfter == Nanos::zero() ? u"freeze"_s
                                                     : u"freeze@"_s + durationText(*m_freezeAfter));
    for (const Step &step : m_steps)
        parts.append(u"step=%1@%2"_s.arg(signedText(step.by.count(), durationText(step.by)),
                                         durationText(step.after)));
    return parts.isEmpty() ? u"none"_s : parts.join(u',');
}

Nanos ClockFault::shiftAfter(Nanos elapsed) const
{
    // In two halves, so that a century at the largest drift does not overflow.
    constexpr qint64 Second = 1'000'000'000;
    const qint64 drift =
        elapsed.count() / Second * m_driftPpb + elapsed.count() % Second * m_driftPpb / Second;
    Nanos shift = m_offset + Nanos(drift);
    for (const Step &step : m_steps) {
        if (elapsed >= step.after)
            shift += step.by;
    }
    return shift;
}

WallTime ClockFault::shown(const ClockReading &start, const ClockReading &truth, quint64 seed) const
{
    const Nanos elapsed = truth.mono - start.mono;
    if (m_freezeAfter && elapsed >= *m_freezeAfter)
        return start.wall + *m_freezeAfter + shiftAfter(*m_freezeAfter);
    Nanos shift = shiftAfter(elapsed);
    if (m_jitter != Nanos::zero()) {
        const auto moment = static_cast<quint64>(truth.mono.time_since_epoch().count());
        const auto width = 2 * static_cast<quint64>(m_jitter.count()) + 1;
        shift += Nanos(static_cast<qint64>(scattered(scattered(moment) ^ seed) % width)) - m_jitter;
    }
    return truth.wall + shift;
}

} // namespace Synchat
