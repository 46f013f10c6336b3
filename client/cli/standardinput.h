// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/cli/linesplitter.h"

#include <QObject>
#include <QSocketNotifier>

namespace Synchat {

/// The lines of a file descriptor as they come, without ever blocking the event loop: it reads only what
/// `poll` says is there (which holds for files, pipes, terminals and /dev/null). Leaves the descriptor's
/// flags as they are: others may share it.
class StandardInput : public QObject
{
    Q_OBJECT
public:
    explicit StandardInput(int descriptor, QObject *parent = nullptr);

    bool isTerminal() const;
    void start();
    /// Nothing is read meanwhile: whoever writes waits.
    void setPaused(bool paused);

Q_SIGNALS:
    void lineRead(const Synchat::LineSplitter::Line &line);
    void ended(); ///< once, after the last line

private:
    void read();
    void deliver();
    void finish();

    int m_descriptor;
    QSocketNotifier m_notifier;
    LineSplitter m_splitter;
    QList<LineSplitter::Line> m_lines; ///< read, not yet delivered
    bool m_paused = false;
    bool m_delivering = false;
    bool m_atEnd = false;
    bool m_hasEnded = false;
};

} // namespace Synchat
