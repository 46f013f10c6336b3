// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/acceptencoding.h"

#include <QByteArrayList>

#include <algorithm>
#include <optional>

namespace Synchat {
namespace {

/// Thousandths, as `0.815` says it (RFC 9110 §12.4.2). Nothing: malformed.
std::optional<int> weightFrom(const QByteArray &text)
{
    const bool fits = !text.isEmpty() && text.size() <= 5 && (text.size() == 1 || text[1] == '.');
    if (!fits || (text[0] != '0' && text[0] != '1'))
        return std::nullopt;
    const QByteArray decimals = text.size() > 2 ? text.sliced(2) : QByteArray();
    if (!std::all_of(decimals.begin(), decimals.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    const int weight = (text[0] - '0') * 1000 + decimals.leftJustified(3, '0').toInt();
    return weight <= 1000 ? std::optional(weight) : std::nullopt;
}

struct Member
{
    QByteArray coding; ///< lower case
    int weight = 1000;
};

std::optional<Member> memberFrom(const QByteArray &text)
{
    const QByteArrayList parts = text.split(';');
    Member member{parts.constFirst().trimmed().toLower()};
    if (member.coding.isEmpty() || parts.size() > 2)
        return std::nullopt;
    if (parts.size() == 1)
        return member;
    const QByteArray parameter = parts[1].trimmed().toLower();
    const std::optional<int> weight =
        parameter.startsWith("q=") ? weightFrom(parameter.sliced(2)) : std::nullopt;
    if (!weight)
        return std::nullopt;
    member.weight = *weight;
    return member;
}

} // namespace

ContentCoding codingFor(const QByteArray &acceptEncoding)
{
    std::optional<int> gzip;
    std::optional<int> identity;
    std::optional<int> others;
    const QByteArrayList texts = acceptEncoding.split(',');
    for (const QByteArray &text : texts) {
        const std::optional<Member> member = memberFrom(text);
        if (!member)
            continue;
        if (member->coding == "gzip" || member->coding == "x-gzip")
            gzip = std::max(gzip.value_or(0), member->weight);
        else if (member->coding == "identity")
            identity = member->weight;
        else if (member->coding == "*")
            others = member->weight;
    }
    const int weight = gzip ? *gzip : others.value_or(0);
    return weight > 0 && weight >= identity.value_or(0) ? ContentCoding::Gzip : ContentCoding::Identity;
}

} // namespace Synchat
