// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/protocol.h"
#include "server/chat/people.h"

#include <QRandomGenerator>

namespace Synchat {

/// Who comes in by a `hello`.
struct Greeting
{
    QString userId;
    QString token;
};

/// Whether this `hello` lets somebody in, and as whom. Changes nothing.
Result<Greeting, ErrorFrame> decideGreeting(const HelloFrame &hello, const People &people,
                                            const QByteArray &secret, QRandomGenerator &random);

/// A `hello` that could not be read: the connection is closed, as after any refused `hello`.
bool isRefusedHello(const FrameRefusal &refusal);
/// What a connection that has not been greeted gets for anything but a well-formed `hello`.
ErrorFrame refusalBeforeHello(const FrameRefusal &refusal);
ErrorFrame refusalBeforeHello(const ClientFrame &frame);

} // namespace Synchat
