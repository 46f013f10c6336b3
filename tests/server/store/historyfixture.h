// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/history.h"
#include "tests/support/realpostgres.h"

#include <QTemporaryDir>

namespace Synchat {

/// Whether this run of the tests keeps histories in PostgreSQL: SYNCHAT_TEST_STORE is `postgresql`.
bool testsUsePostgresql();

/// A history in a folder, or a database, that goes away with it, and what it said.
class HistoryFixture : public QObject
{
    Q_OBJECT
public:
    /// In a temporary folder; with testsUsePostgresql() in a database of its own.
    HistoryFixture();
    explicit HistoryFixture(StoreConfig config);

    bool open(); ///< false: error()
    void close() { m_history.reset(); }
    QString error() const { return m_error; }
    QString dataDir() const { return m_config.dataDir; }
    StoreConfig &config() { return m_config; }
    const StoreConfig &config() const { return m_config; }
    PostgresDatabase &database() { return *m_database; } ///< only in PostgreSQL
    QString databaseUrl() const { return m_database ? m_database->url() : QString(); }
    History &history() { return *m_history; }
    qint64 general() const;

    /// Queues it; the ticket.
    quint64 append(const Message &message, qint64 room = 0);
    /// Runs statements in its database, past the program. False: one failed, which is warned about.
    bool runPast(const QStringList &statements) const;
    /// Waits for the answer; the seq, 0 when it was not stored.
    qint64 store(const Message &message, qint64 room = 0);
    bool waitForAnswers(qsizetype count, int milliseconds = 20000);
    /// Reads one page and waits for it; nothing after a failure.
    std::optional<StoredPage> read(const PageRequest &request);
    /// Searches and waits for what is found; nothing after a failure.
    std::optional<StoredFinds> search(const SearchRequest &request);
    std::optional<StoredRoom> createRoom(const QString &name);
    /// The whole of a room, in order.
    QList<Message> all(qint64 room = 0);

    struct Refused
    {
        quint64 ticket = 0;
        QString reason;
    };
    QList<CommittedMessage> committed;
    QList<qsizetype> batches;        ///< sizes of the transactions
    QList<CommittedMessage> already; ///< room unused
    QList<Refused> refused;
    QStringList problems;

private:
    void listen();
    qsizetype answers() const { return committed.size() + already.size() + refused.size(); }

    QTemporaryDir m_folder;
    std::unique_ptr<PostgresDatabase> m_database;
    StoreConfig m_config;
    std::unique_ptr<History> m_history;
    QString m_error;
    quint64 m_ticket = 0;
};

/// A message with something in every field.
Message sampleMessage(const QString &text = QStringLiteral("hello"),
                      const QString &author = QStringLiteral("u1"));

/// Runs statements on a database file, past the program. False: one failed, which is warned about.
bool runOn(const QString &file, const QStringList &statements);

} // namespace Synchat
