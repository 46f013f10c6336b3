// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/timestamp.h"

namespace Synchat {

/// When each of several replies leaves that are handed to the kernel together: one after another, as fast as
/// those before them did. Pure.
class SendPace
{
public:
    /// After the first one has left, until the one `index` places behind it does.
    Nanos after(int index) const { return m_each * index; }

    /// `count` replies were sent within `took`. Few are not counted: what a call costs itself would be all
    /// that they show. Hugs the fastest, since whatever interrupts us says nothing about the next ones, and a
    /// time that is still to come when a reply leaves is worse than one that is a little old.
    void learn(Nanos took, int count);

private:
    Nanos m_each{};
};

} // namespace Synchat
