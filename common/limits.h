// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>

/// Every number of the wire contract that is a limit, in one place (common/PROTOCOL.md).
namespace Synchat::Limits {

constexpr qsizetype ClientFrameBytes = 65536; ///< payload of one message, reassembled
constexpr qsizetype ServerFrameBytes = 1024 * 1024;
constexpr qsizetype TextUnits = 4096; ///< UTF-16 code units of a message's text
constexpr qsizetype RefUnits = 64;
constexpr qsizetype TitleUnits = 128;        ///< of a room's title
constexpr qsizetype ClientStringUnits = 128; ///< of `client` in `hello`; longer ones are cut
constexpr int DefaultPage = 100;
constexpr int MaxPage = 500;
constexpr int PostsPerSecond = 10;
constexpr int PostBurst = 30;
constexpr int ErrorsPerMinute = 20;
constexpr std::chrono::seconds HelloTimeout{10};
constexpr std::chrono::seconds PingInterval{20};
constexpr std::chrono::seconds SilenceTimeout{60};
constexpr std::chrono::seconds DrainTimeout{10};

} // namespace Synchat::Limits
