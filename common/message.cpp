// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/message.h"

#include "common/microsmath.h"

#include <array>

namespace Synchat {

namespace {

constexpr std::array StateNames{
    QLatin1StringView("ok"),       QLatin1StringView("falseticker"), QLatin1StringView("holdover"),
    QLatin1StringView("unsynced"), QLatin1StringView("none"),
};

} // namespace

QString stampStateName(StampState state)
{
    return StateNames[static_cast<std::size_t>(state)];
}

std::optional<StampState> stampStateFromName(const QString &name)
{
    for (std::size_t i = 0; i < StateNames.size(); ++i) {
        if (name == StateNames[i])
            return static_cast<StampState>(i);
    }
    return std::nullopt;
}

OptionalMicros liveSkew(const Stamps &stamps)
{
    return differenceOf(0, stamps.live.offset);
}

OptionalMicros localSkew(const Stamps &stamps)
{
    return differenceOf(0, stamps.local.offset);
}

OptionalMicros sourceSkew(const SourceStamp &source, const BestStamp &best)
{
    return differenceOf(source.t, best.t);
}

OptionalMicros timeOnTheWay(const Stamps &stamps)
{
    return differenceOf(sumOf(stamps.local.t, stamps.local.offset), sumOf(stamps.live.t, stamps.live.offset));
}

} // namespace Synchat
