// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"

#include <optional>

namespace Synchat {

/// Puts the kernel's receive stamps of one batch after the other on the monotonic line, with one comparison
/// of the two a batch. The kernel's stamps are of a clock that can be stepped: a batch in which it was is
/// timed by when it was read, which is later than the truth but honest. Pure.
class ReceiveMoments
{
public:
    /// `stamp`: any of the batch; `moment`: the same on the line (Clock::monoFromKernelStamp); `now`: when
    /// the batch was read. Nothing: there are no stamps to be trusted.
    void beginBatch(std::optional<WallTime> stamp, std::optional<MonoTime> moment, MonoTime now);
    /// Never later than `now`.
    MonoTime of(std::optional<WallTime> stamp) const;

private:
    struct Comparison
    {
        Nanos kernelMinusLine{};
        MonoTime at;
    };
    std::optional<Comparison> m_last;
    std::optional<Nanos> m_kernelMinusLine; ///< of this batch; nothing: no stamps
    MonoTime m_now;
};

} // namespace Synchat
