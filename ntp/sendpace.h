// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/timestamp.h"

namespace Synchat {

/// When each of several replies leaves at the earliest that are handed to the kernel together: one after
/// another, and not faster than the fastest of a few hundred batches before them, with a quarter to spare. A
/// time that is a little old widens what a client knows; one that is still to come would be a lie. Pure.
class SendPace
{
public:
    /// After the first one has left, until the one `index` places behind it does.
    Nanos after(int index) const { return m_each * index; }

    /// `count` replies were sent within `took`. Few are not counted: what a call costs itself would be all
    /// that they show.
    void learn(Nanos took, int count);

private:
    Nanos m_each{}; ///< what after() goes by
    Nanos m_fastest = Nanos::max();
    Nanos m_fastestBefore = Nanos::max();
    int m_batches = 0;
};

} // namespace Synchat
