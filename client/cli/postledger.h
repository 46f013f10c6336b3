// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QUuid>

namespace Synchat {

/// Which of the lines that came in have been answered, and whether `--once` may leave. Pure.
class PostLedger
{
public:
    void posted(const QUuid &id) { m_open.insert(id); }
    void stored(const QUuid &id) { m_open.remove(id); }
    void failed(const QUuid &id);
    void lineRefused() { m_anyFailed = true; } ///< it could not even be posted
    void inputEnded() { m_inputEnded = true; }

    /// Joined for the first time: what must be printed before leaving. 0: nothing.
    void joined(qint64 historyUpTo);
    void printed(qint64 seq);
    void historyGivenUp() { m_historyUpTo = 0; }

    bool mayLeave() const { return m_inputEnded && m_joined && m_open.isEmpty() && m_historyUpTo == 0; }
    bool allStored() const { return m_inputEnded && m_joined && m_open.isEmpty() && !m_anyFailed; }
    const QSet<QUuid> &open() const { return m_open; }
    bool hasInputEnded() const { return m_inputEnded; }

private:
    QSet<QUuid> m_open;
    qint64 m_historyUpTo = 0;
    bool m_joined = false;
    bool m_inputEnded = false;
    bool m_anyFailed = false;
};

} // namespace Synchat
