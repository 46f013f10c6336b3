// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Post to broadcast on an idle daemon, durable, on loopback, beside a bare C program that commits one such
// row with synchronous=FULL in the same folder. Alternating rounds; medians of the rounds' quantiles are
// printed.
#include "tests/support/programs.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTimer>
#include <QUuid>
#include <QWebSocket>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

constexpr int Rounds = 7;
constexpr int Count = 400;
constexpr int GapMicroseconds = 2000;

double quantile(std::vector<double> values, double q)
{
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(q * static_cast<double>(values.size() - 1))];
}

std::vector<double> peerRound(const QString &folder)
{
    QProcess peer;
    peer.start(programPath(u"peer_sqlite_commit"_s),
               {folder + u"/peer.db"_s, QString::number(Count), QString::number(GapMicroseconds)});
    peer.waitForFinished(60000);
    std::vector<double> times;
    for (const QByteArray &line : peer.readAllStandardOutput().split('\n')) {
        if (!line.isEmpty())
            times.push_back(line.toDouble());
    }
    return times;
}

class Author : public QObject
{
public:
    explicit Author(const QString &url)
    {
        connect(&m_socket, &QWebSocket::textMessageReceived, this, [this](const QString &text) {
            if (text.startsWith(u"{\"type\":\"message\""_s))
                m_answered = true;
            else if (text.startsWith(u"{\"type\":\"joined\""_s))
                m_joined = true;
        });
        m_socket.open(QUrl(url + u"/ws"_s));
        waitUntil([this] { return m_socket.isValid(); });
        m_socket.sendTextMessage(u"{\"type\":\"hello\",\"name\":\"bench\",\"client\":\"bench\"}"_s);
        m_socket.sendTextMessage(u"{\"type\":\"join\",\"room\":\"general\"}"_s);
        waitUntil([this] { return m_joined; });
    }

    std::vector<double> round()
    {
        std::vector<double> times;
        const QString text(120, u'm');
        for (int i = 0; i < Count; ++i) {
            pause();
            const QString frame =
                u"{\"type\":\"post\",\"room\":\"general\",\"id\":\"%1\",\"text\":\"%2\"}"_s.arg(
                    QUuid::createUuid().toString(QUuid::WithoutBraces), text);
            m_answered = false;
            QElapsedTimer timer;
            timer.start();
            m_socket.sendTextMessage(frame);
            m_socket.flush();
            while (!m_answered)
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1000.0);
        }
        return times;
    }

private:
    void pause()
    {
        bool over = false;
        QTimer::singleShot(std::chrono::milliseconds(GapMicroseconds / 1000), Qt::PreciseTimer, this,
                           [&over] { over = true; });
        while (!over)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }

    QWebSocket m_socket;
    bool m_joined = false;
    bool m_answered = false;
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    qputenv("SYNCHAT_BIN", QCoreApplication::applicationDirPath().toUtf8());
    // Beside the program, not in /tmp: that may be memory.
    QTemporaryDir folder(QCoreApplication::applicationDirPath() + u"/bench-XXXXXX"_s);
    DaemonProcess daemon(folder.path());
    daemon.setEnvironment(u"SYNCHAT_CHAT_RATE_PER_SECOND"_s, u"0"_s);
    if (!daemon.start()) {
        std::fprintf(stderr, "%s\n", qPrintable(daemon.standardError()));
        return 1;
    }
    Author author(daemon.url());
    author.round(); // warm
    peerRound(folder.path());
    std::vector<double> p50, p99, peer50, peer99;
    for (int i = 0; i < Rounds; ++i) {
        const std::vector<double> ours = author.round();
        const std::vector<double> theirs = peerRound(folder.path());
        p50.push_back(quantile(ours, 0.5));
        p99.push_back(quantile(ours, 0.99));
        peer50.push_back(quantile(theirs, 0.5));
        peer99.push_back(quantile(theirs, 0.99));
    }
    const double ours50 = quantile(p50, 0.5), theirs50 = quantile(peer50, 0.5);
    const double ours99 = quantile(p99, 0.5), theirs99 = quantile(peer99, 0.5);
    std::printf("post to broadcast, durable, %d rounds of %d, microseconds\n", Rounds, Count);
    std::printf("  p50: daemon %.0f, bare commit %.0f; gate 1.5 x + 300 = %.0f: %s\n", ours50, theirs50,
                1.5 * theirs50 + 300, ours50 <= 1.5 * theirs50 + 300 ? "met" : "MISSED");
    std::printf("  p99: daemon %.0f, bare commit %.0f, ratio %.2f; gate 2.00: %s\n", ours99, theirs99,
                ours99 / theirs99, ours99 <= 2 * theirs99 ? "met" : "MISSED");
    return 0;
}
