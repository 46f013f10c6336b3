// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"

#include <QHash>
#include <QUuid>

#include <optional>

namespace Synchat {

/// When the next post may go out: in order, and no faster than the daemon allows, so that a
/// long queue never runs into `rate_limited`. Pure; the moment is handed in.
class PostFlow
{
public:
    /// Unanswered posts at once. One, since a post that is refused for now is sent again, and one that was
    /// sent behind it must not have been stored meanwhile: people read in the order in which was typed.
    static constexpr int Window = 1;
    /// When the daemon sets no rate it refuses only when it has more to store than it can hold; then speed
    /// counts for more.
    static constexpr int UnlimitedWindow = 64;
    static constexpr Nanos AnswerTimeout = std::chrono::seconds(30);

    /// As told in `welcome`; 0: no limit.
    void setRate(int perSecond, MonoTime now);

    bool maySend(MonoTime now);
    /// How long until maySend() may become true by time alone; nothing: it waits for an answer, or not at
    /// all.
    std::optional<Nanos> waitTime(MonoTime now);
    void sent(const QUuid &id, MonoTime now);
    bool isInFlight(const QUuid &id) const { return m_inFlight.contains(id); }
    int inFlight() const { return static_cast<int>(m_inFlight.size()); }

    void answered(const QUuid &id);
    /// `busy` or `rate_limited`: nothing is sent for that long. Without a number: 1 s, doubling to 30 s while
    /// nothing gets through.
    void refusedForNow(const QUuid &id, std::optional<double> retryAfterSeconds, MonoTime now);
    /// Nothing of what was sent has been answered: all of it may be sent again.
    void linkLost();
    /// Posts that nobody answered for AnswerTimeout may be sent again.
    void forgetStale(MonoTime now);

private:
    void refill(MonoTime now);

    int m_rate = 0;
    double m_tokens = 0;
    MonoTime m_refilledAt{};
    bool m_hasRate = false;
    MonoTime m_heldUntil{};
    int m_refusals = 0;
    QHash<QUuid, MonoTime> m_inFlight;
};

} // namespace Synchat
