// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/names.h"

#include <QHash>
#include <QLockFile>
#include <QObject>
#include <QTimer>
#include <QUrl>

#include <memory>
#include <optional>

namespace Synchat {

/// What one person keeps on disk for one daemon: a folder below `stateDir` that holds the guest's token and
/// the last read message of each room (`state.json`) and the outbox (`outbox.jsonl`), all for the owner
/// alone.
///
/// One program at a time writes there. A second one with the same server and name is the same person (it
/// reads the token, so it is no stranger who took the name), but keeps its posts and what it reads in memory
/// only.
class ClientState : public QObject
{
    Q_OBJECT
public:
    struct LastRead
    {
        qint64 seq = 0;
        QString epoch;
    };

    /// `stateDir` empty: nothing is kept.
    ClientState(const QString &stateDir, const QUrl &server, const UserName &name, QObject *parent = nullptr);
    ~ClientState() override;

    /// The file for the outbox; empty: posts are kept in memory only.
    QString outboxPath() const;
    /// What a person should know about it, a sentence; empty when all is well.
    const QString &problem() const { return m_problem; }

    const QString &token() const { return m_token; }
    void setToken(const QString &token); ///< written at once
    std::optional<LastRead> lastRead(const QString &room) const;
    void setLastRead(const QString &room, const LastRead &read); ///< written within a second
    void flush();

Q_SIGNALS:
    void problemChanged();

private:
    void open(const QString &folder);
    void load();
    void setProblem(const QString &problem);

    QString m_folder; ///< empty: nothing is written
    std::unique_ptr<QLockFile> m_lock;
    QString m_token;
    QHash<QString, LastRead> m_lastRead;
    QTimer m_writer;
    QString m_problem;
    QString m_writeProblem; ///< of the last flush()
};

/// The folder's name: readable, safe in any file system, different for different servers and people.
QString stateFolderName(const QUrl &server, const UserName &name);

} // namespace Synchat
