// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/reconnect.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr int CloseGoingAway = 1001;
constexpr int CloseTryLater = 1013;
constexpr std::chrono::seconds LongestToldWait{600};
constexpr std::chrono::seconds WaitWhenFull{2};

std::chrono::milliseconds waitOf(const ErrorFrame &error)
{
    const double seconds = std::clamp(error.retryAfter.value_or(1.0), 0.0, 600.0);
    return std::chrono::milliseconds(std::llround(seconds * 1000));
}

LinkVerdict afterRefusedHello(const LinkEnd &end)
{
    switch (end.lastError->code) {
    case ErrorCode::Unauthorized:
        return {end.helloHadToken ? AfterLink::RetryWithoutToken : AfterLink::GiveUp, {}};
    case ErrorCode::NameTaken:
    case ErrorCode::BadName:
    case ErrorCode::Banned:
    case ErrorCode::Forbidden:
        return {AfterLink::GiveUp, {}};
    case ErrorCode::Busy:
    case ErrorCode::RateLimited:
        return {AfterLink::RetryAfterWait, waitOf(*end.lastError)};
    default:
        return {};
    }
}

} // namespace

std::chrono::milliseconds backoffDelay(int failures, double chance, const BackoffLimits &limits)
{
    const int doublings = std::clamp(failures - 1, 0, 20);
    const double base = std::min(static_cast<double>(limits.first.count()) * std::exp2(doublings),
                                 static_cast<double>(limits.longest.count()));
    const double spread = 0.8 + 0.4 * std::clamp(chance, 0.0, 1.0);
    return std::chrono::milliseconds(std::llround(base * spread));
}

std::optional<std::chrono::seconds> retryFromReason(const QString &reason)
{
    static const QRegularExpression pattern(u"\\bretry in ([0-9]{1,9}) s\\b"_s);
    const QRegularExpressionMatch match = pattern.match(reason);
    if (!match.hasMatch())
        return std::nullopt;
    return std::min(std::chrono::seconds(match.captured(1).toInt()), LongestToldWait);
}

LinkVerdict afterLink(const LinkEnd &end)
{
    if (end.lastError && (!end.greeted || end.lastError->code == ErrorCode::Banned)) {
        const LinkVerdict verdict = afterRefusedHello(end);
        if (verdict.action != AfterLink::Retry)
            return verdict;
    }
    if (end.closeCode == CloseGoingAway) {
        if (const auto wait = retryFromReason(end.closeReason))
            return {AfterLink::RetryAfterWait, *wait};
    }
    if (end.closeCode == CloseTryLater)
        return {AfterLink::RetryAfterWait, WaitWhenFull};
    return {};
}

} // namespace Synchat
