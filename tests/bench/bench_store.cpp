// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Durable messages a second through the history, in SQLite and in a real PostgreSQL on the same disk, by the
// size of a transaction. Alternating rounds; medians are printed.
#include "tests/server/store/historyfixture.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

constexpr int Rounds = 3;
constexpr int MillisecondsOfRound = 3000;

class Load : public QObject
{
public:
    Load(History &history, int batch)
        : m_history(history)
        , m_underWay(4 * batch)
    {
        connect(&history, &History::committed, this, [this](const QList<CommittedMessage> &messages) {
            m_committed += messages.size();
            refill();
        });
        connect(&history, &History::notStored, this,
                [](const QList<quint64> &, const QString &reason) { qFatal("%s", qPrintable(reason)); });
    }
    double perSecond()
    {
        QElapsedTimer timer;
        timer.start();
        refill();
        while (timer.elapsed() < MillisecondsOfRound)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        m_isOver = true;
        return double(m_committed) * 1000 / double(timer.elapsed());
    }

private:
    void refill()
    {
        const qint64 room = m_history.rooms().constFirst().number;
        for (; !m_isOver && m_history.queued() < m_underWay; ++m_ticket)
            m_history.append(m_ticket, room,
                             sampleMessage(u"the %1th of many words about time"_s.arg(m_ticket)));
    }
    History &m_history;
    const int m_underWay;
    qsizetype m_committed = 0;
    quint64 m_ticket = 0;
    bool m_isOver = false;
};

double measure(const StoreConfig &config)
{
    const auto history = History::open(config);
    if (!history)
        qFatal("%s", qPrintable(history.error()));
    return Load(**history, config.maxBatch).perSecond();
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    // Beside the program, not in /tmp: that may be memory.
    qputenv("TMPDIR", QCoreApplication::applicationDirPath().toUtf8());
    RealPostgres server;
    if (!server.start()) {
        std::fprintf(stderr, "%s\n", qPrintable(server.error()));
        return 1;
    }
    std::printf("durable messages a second through the history, median of %d rounds of %d s\n", Rounds,
                MillisecondsOfRound / 1000);
    for (const int batch : {1, 10, 100}) {
        std::vector<double> sqlite;
        std::vector<double> postgresql;
        for (int round = 0; round < Rounds; ++round) {
            QTemporaryDir folder;
            StoreConfig config;
            config.dataDir = folder.path();
            config.maxBatch = batch;
            sqlite.push_back(measure(config));
            const PostgresDatabase database(server.url());
            config.postgresql = *StoreAddress::parse(database.url());
            postgresql.push_back(measure(config));
        }
        std::printf("  batch %3d: SQLite %6.0f, PostgreSQL %6.0f\n", batch, median(sqlite),
                    median(postgresql));
        std::fflush(stdout);
    }
    return 0;
}
