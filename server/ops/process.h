// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace Synchat {

// What a daemon sets up for its whole process.

/// A peer that is gone is an error of write(), not the end of the program.
void ignoreBrokenPipes();

/// As many open files (connections) as the system lets us have; the number.
long raiseFileLimit();

/// The process ends with this status after the time, whatever its threads hang on.
void exitAfter(std::chrono::seconds time, int status);

} // namespace Synchat
