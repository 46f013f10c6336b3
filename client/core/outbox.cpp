// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/outbox.h"

#include <QCoreApplication>

#include <algorithm>

namespace Synchat {

QString Outbox::keepIn(const QString &path)
{
    m_journal.emplace();
    const OutboxJournal::Loaded loaded = m_journal->open(path);
    m_entries = loaded.entries + m_entries;
    return loaded.problem;
}

QString Outbox::fullSentence()
{
    return QCoreApplication::translate(
               "Outbox", "%1 messages wait to be sent already; no more can be taken until some are.")
        .arg(Capacity);
}

const OutboxEntry *Outbox::find(const QUuid &id) const
{
    const auto found = std::find_if(m_entries.cbegin(), m_entries.cend(),
                                    [&id](const OutboxEntry &entry) { return entry.id == id; });
    return found == m_entries.cend() ? nullptr : &*found;
}

int Outbox::waiting() const
{
    return static_cast<int>(std::count_if(m_entries.cbegin(), m_entries.cend(),
                                          [](const OutboxEntry &entry) { return !entry.failed; }));
}

QString Outbox::add(const OutboxEntry &entry)
{
    m_entries.append(entry);
    return m_journal ? m_journal->put(entry) : QString();
}

QString Outbox::markFailed(const QUuid &id, const QString &reason)
{
    OutboxEntry *entry = findMutable(id);
    if (!entry)
        return {};
    entry->failed = true;
    entry->failure = reason;
    return m_journal ? m_journal->update(*entry) : QString();
}

QString Outbox::markWaiting(const QUuid &id)
{
    OutboxEntry *entry = findMutable(id);
    if (!entry)
        return {};
    entry->failed = false;
    entry->failure.clear();
    return m_journal ? m_journal->update(*entry) : QString();
}

QString Outbox::remove(const QUuid &id)
{
    const auto gone = m_entries.removeIf([&id](const OutboxEntry &entry) { return entry.id == id; });
    if (gone == 0 || !m_journal)
        return {};
    const QString problem = m_journal->remove(id);
    return problem.isEmpty() ? m_journal->compact(m_entries) : problem;
}

OutboxEntry *Outbox::findMutable(const QUuid &id)
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&id](const OutboxEntry &entry) { return entry.id == id; });
    return found == m_entries.end() ? nullptr : &*found;
}

} // namespace Synchat
