// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/fuzzymatch.h"

#include <algorithm>

namespace Synchat {

namespace {

constexpr int Hit = 1;
constexpr int AfterHit = 5;
constexpr int WordStart = 8;
constexpr int TextStart = 12;

bool startsWord(const QString &text, qsizetype at)
{
    return at > 0 && !text.at(at - 1).isLetterOrNumber();
}

/// The score of the greedy match that begins at `from`.
std::optional<int> scoreFrom(const QString &pattern, const QString &text, qsizetype from)
{
    int score = 0;
    qsizetype at = from;
    qsizetype lastHit = -2;
    for (const QChar wanted : pattern) {
        at = text.indexOf(wanted, at);
        if (at < 0)
            return std::nullopt;
        score += Hit + (at == lastHit + 1 ? AfterHit : 0) + (at == 0 ? TextStart : 0) +
                 (startsWord(text, at) ? WordStart : 0);
        lastHit = at++;
    }
    return score;
}

} // namespace

std::optional<int> fuzzyScore(const QString &pattern, const QString &text)
{
    const QString needle = pattern.simplified().remove(u' ').toCaseFolded();
    const QString hay = text.toCaseFolded();
    if (needle.isEmpty())
        return 0;
    std::optional<int> best;
    for (qsizetype from = hay.indexOf(needle.front()); from >= 0;
         from = hay.indexOf(needle.front(), from + 1)) {
        const auto score = scoreFrom(needle, hay, from);
        if (score && (!best || *score > *best))
            best = score;
    }
    return best;
}

} // namespace Synchat
