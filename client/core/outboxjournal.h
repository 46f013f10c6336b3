// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/message.h"

#include <QFile>
#include <QList>

namespace Synchat {

/// One post of ours that nobody has answered yet, or that was refused.
struct OutboxEntry
{
    QUuid id;
    QString room;
    QString text;
    LiveStamp live; ///< read when Enter was pressed; never renewed
    std::optional<qint64> seen;
    std::optional<qint64> replyTo;
    bool failed = false;
    QString failure; ///< why, a sentence

    friend bool operator==(const OutboxEntry &, const OutboxEntry &) = default;
};

/// The outbox on disk: lines of JSON that are only ever appended, one for each change. What `put` has
/// returned for has been synced and survives a kill at any moment; the other changes may be lost by a power
/// failure, which is harmless, since a post that is sent again with its id makes no second message. Not for
/// two programs at once: whoever opens it must hold a lock.
class OutboxJournal
{
public:
    struct Loaded
    {
        QList<OutboxEntry> entries; ///< in the order in which they were put
        /// Lines that could not be read; they were copied here. Empty: all could be read.
        QString damagedFile;
        QString problem; ///< a sentence, empty when all is well
    };
    /// Reads `path` and keeps it open for appending; made when missing, for the owner alone.
    Loaded open(const QString &path);

    // Each: empty when done, else what went wrong, a sentence.
    QString put(const OutboxEntry &entry);
    QString update(const OutboxEntry &entry); ///< the failed flag and its reason
    QString remove(const QUuid &id);
    /// Rewrites the file with what is left, when that saves much.
    QString compact(const QList<OutboxEntry> &entries);

private:
    QString append(const QByteArray &line, bool sync);
    QString rewrite(const QList<OutboxEntry> &entries);

    QFile m_file;
    QString m_path;
};

/// What a journal's bytes say; `damaged` gets the lines that make no sense. Pure.
QList<OutboxEntry> readOutboxJournal(const QByteArray &bytes, QByteArray *damaged);

} // namespace Synchat
