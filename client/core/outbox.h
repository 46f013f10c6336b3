// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/outboxjournal.h"

#include <QList>
#include <QString>

#include <optional>

namespace Synchat {

/// Our posts from Enter until the daemon's answer, in the order in which they were typed, and in a file when
/// there is one. Bounded. Not for sending: see postflow.h.
class Outbox
{
public:
    static constexpr qsizetype Capacity = 1000;

    /// Kept in `path` from now on, and what is there is taken over. Empty when all is well, else a sentence.
    QString keepIn(const QString &path);

    const QList<OutboxEntry> &entries() const { return m_entries; }
    bool isFull() const { return m_entries.size() >= Capacity; }
    /// What a person is told when it is full.
    static QString fullSentence();
    bool contains(const QUuid &id) const { return find(id) != nullptr; }
    const OutboxEntry *find(const QUuid &id) const;
    /// Not failed ones.
    int waiting() const;

    // Each: empty when it is on disk (or no disk is wanted), else a sentence; in memory it is done anyway.
    QString add(const OutboxEntry &entry); ///< precondition: !isFull()
    QString markFailed(const QUuid &id, const QString &reason);
    QString markWaiting(const QUuid &id);
    QString remove(const QUuid &id);

private:
    OutboxEntry *findMutable(const QUuid &id);

    QList<OutboxEntry> m_entries;
    std::optional<OutboxJournal> m_journal;
};

} // namespace Synchat
