// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <functional>

namespace Synchat {

/// What a program in a terminal stands on; the streams are handed in, so that tests can hold them.
struct TerminalSurroundings
{
    int inputDescriptor = 0;
    QString stateDir; ///< empty: nothing is kept on disk
    bool colour = false;
    std::function<bool(const QByteArray &)> writeOut;   ///< what was asked for; false: it did not take it
    std::function<bool(const QByteArray &)> writeError; ///< sentences
    bool outputIsTerminal = false;                      ///< somebody reads along
};

} // namespace Synchat
