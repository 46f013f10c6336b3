// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/message.h"

namespace Synchat {

/// 2026-11-23T14:03:25Z
constexpr WireMicros SampleTime = 1'795'442'605'000'000;

/// Message `seq` of a room, `seq` seconds after SampleTime, with clocks that are fine.
inline Message sampleMessage(qint64 seq, const QString &text, const QString &author = QStringLiteral("ana"))
{
    const WireMicros time = SampleTime + seq * 1'000'000;
    Message message;
    message.room = QStringLiteral("general");
    message.seq = seq;
    message.from = {QStringLiteral("id-of-") + author, author};
    message.text = text;
    message.stamps.live = {time, -2'000, 900, StampState::Ok, ProbePath::Udp};
    message.stamps.local = {time, 212, 450, StampState::Ok, false, {}};
    message.stamps.api = {time, 130'000, 8'000'000, StampState::Ok, QStringLiteral("time.example")};
    message.stamps.ntp = {time, 450, 3'000'000, StampState::Ok, QStringLiteral("ntp.example")};
    message.stamps.best = {time, 450, StampState::Ok};
    return message;
}

} // namespace Synchat
