// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/protocol.h"

#include <QList>

namespace Synchat {

/// A message with something in every field, as in common/PROTOCOL.md.
Message sampleMessage(qint64 seq = 42);

/// One frame of every kind, full ones and bare ones; the name is for the test's row.
struct NamedFrame
{
    const char *name;
    QByteArray json;
};
QList<NamedFrame> sampleClientFrames();
QList<NamedFrame> sampleServerFrames();

} // namespace Synchat
