// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdio>
#include <cstdlib>

namespace Synchat {

/// What must hold for any input: else the fuzzer has found something.
inline void demand(bool isTrue, const char *what)
{
    if (isTrue)
        return;
    std::fprintf(stderr, "not true: %s\n", what);
    std::abort();
}

} // namespace Synchat
