// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/bridgefault.h"

#include <QHash>

namespace Synchat {

namespace {

std::optional<BridgeFault::Kind> kindOf(const QByteArray &word)
{
    using Kind = BridgeFault::Kind;
    static const QHash<QByteArray, Kind> kinds{
        {"pass", Kind::Pass},       {"close", Kind::Close}, {"answer", Kind::Answer}, {"hang", Kind::Hang},
        {"garbage", Kind::Garbage}, {"half", Kind::Half},   {"lose", Kind::Lose},
    };
    const auto found = kinds.constFind(word);
    return found == kinds.cend() ? std::nullopt : std::optional(*found);
}

bool takeOption(BridgeFault &fault, const QByteArray &word)
{
    const qsizetype equals = word.indexOf('=');
    const QByteArray value = word.mid(equals + 1);
    if (word.startsWith("if=") && !value.isEmpty()) {
        fault.marker = value;
        return true;
    }
    bool isNumber = false;
    const int number = value.toInt(&isNumber);
    if (fault.kind != BridgeFault::Kind::Answer || !isNumber)
        return false;
    (word.startsWith("retry-after=") ? fault.retryAfter : fault.status) = number;
    return equals < 0 || word.startsWith("retry-after=");
}

} // namespace

std::optional<BridgeFault> BridgeFault::parse(const QByteArray &text)
{
    const QList<QByteArray> words = text.simplified().split(' ');
    const auto kind = kindOf(words.first());
    if (!kind)
        return std::nullopt;
    BridgeFault fault;
    fault.kind = *kind;
    for (const QByteArray &word : words.mid(1)) {
        if (!takeOption(fault, word))
            return std::nullopt;
    }
    return fault;
}

std::optional<QList<FaultStep>> parseFaultSchedule(const QByteArray &text)
{
    QList<FaultStep> steps;
    for (const QByteArray &part : text.split(',')) {
        const QByteArray step = part.simplified();
        const qsizetype space = step.indexOf(' ');
        const int requests = step.left(space).toInt();
        const auto fault = BridgeFault::parse(step.mid(space + 1));
        if (requests < 1 || !fault)
            return std::nullopt;
        steps.append({requests, *fault});
    }
    return steps;
}

} // namespace Synchat
