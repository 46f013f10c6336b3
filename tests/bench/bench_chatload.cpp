// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps a daemon's chat busy: in each burst one post, which goes out to all members, and as many listings of
// the rooms as it takes until the busiest of the chat's event loops (the main thread and the I/O threads)
// runs for the wanted share of the time. Usage: bench_chatload URL PID SHARE_PERCENT; prints `ready` once the
// share is reached, ends when its standard input does, and then prints the mean share of each loop since
// `ready`.
#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QMap>
#include <QSocketNotifier>
#include <QTcpSocket>
#include <QTimer>
#include <QUrl>
#include <QUuid>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <vector>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

constexpr int Members = 24; // each post goes out to all of them
constexpr std::chrono::milliseconds Burst{4};
constexpr std::chrono::milliseconds Control{200};

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
}

/// Seconds that each event loop of the process has run, by the thread's name.
QMap<QByteArray, double> runTimes(const QString &pid)
{
    QMap<QByteArray, double> times;
    const QString tasks = u"/proc/%1/task/"_s.arg(pid);
    for (const QString &task : QDir(tasks).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QByteArray name = contents(tasks + task + u"/comm"_s);
        if (name == "synchatd" || name.startsWith("io-"))
            times[name] += contents(tasks + task + u"/schedstat"_s).split(' ').first().toDouble() * 1e-9;
    }
    return times;
}

/// A client that does as little as can be, so that it is the daemon that is busy: what comes is not looked
/// at.
class Member : public QObject
{
public:
    Member(const QUrl &url, int index)
    {
        connect(&m_socket, &QTcpSocket::readyRead, this, [this] { m_socket.readAll(); });
        m_socket.connectToHost(url.host(), static_cast<quint16>(url.port()));
        m_socket.write("GET /ws HTTP/1.1\r\nHost: " + url.host().toUtf8() + ':' +
                       QByteArray::number(url.port()) +
                       "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        send("{\"type\":\"hello\",\"name\":\"load-" + QByteArray::number(QCoreApplication::applicationPid()) +
             "-" + QByteArray::number(index) + "\",\"client\":\"bench\"}");
        send("{\"type\":\"join\",\"room\":\"general\"}");
    }

    /// One text frame (RFC 6455 §5.2, masked with zeros) of less than 64 KiB.
    void send(const QByteArray &text)
    {
        QByteArray frame("\x81", 1);
        if (text.size() < 126) {
            frame += char(0x80 | text.size());
        } else {
            frame += char(0x80 | 126);
            frame += char(text.size() >> 8);
            frame += char(text.size() & 0xFF);
        }
        m_socket.write(frame + QByteArray(4, 0) + text);
    }

private:
    QTcpSocket m_socket;
};

class Load : public QObject
{
public:
    Load(const QString &url, QString pid, double share)
        : m_pid(std::move(pid))
        , m_share(share)
    {
        for (int i = 0; i < Members; ++i)
            m_members.push_back(std::make_unique<Member>(QUrl(url), i));
        m_burst.setTimerType(Qt::PreciseTimer);
        connect(&m_burst, &QTimer::timeout, this, &Load::burst);
        connect(&m_control, &QTimer::timeout, this, &Load::adjust);
        m_before = runTimes(m_pid);
        m_since.start();
        m_burst.start(Burst);
        m_control.start(Control);
    }

    void report() const
    {
        const double seconds = double(m_readySince.nsecsElapsed()) * 1e-9;
        const auto now = runTimes(m_pid);
        for (auto it = now.cbegin(); it != now.cend(); ++it)
            std::printf("%s %.3f ", it.key().constData(), (it.value() - m_atReady.value(it.key())) / seconds);
        std::printf("listings %.0f\n", double(m_asked - m_askedAtReady) / seconds);
    }

private:
    Member &next() { return *m_members[std::size_t(m_turn++) % m_members.size()]; }

    void burst()
    {
        next().send("{\"type\":\"post\",\"room\":\"general\",\"id\":\"" +
                    QUuid::createUuid().toByteArray(QUuid::WithoutBraces) + "\",\"text\":\"" +
                    QByteArray(80, 'm') + "\"}");
        m_due += m_perBurst;
        for (; m_due >= 1; m_due -= 1, ++m_asked)
            next().send("{\"type\":\"rooms\"}");
    }

    void adjust()
    {
        const double seconds = double(m_since.nsecsElapsed()) * 1e-9;
        const auto now = runTimes(m_pid);
        double busiest = 0.01;
        for (auto it = now.cbegin(); it != now.cend(); ++it)
            busiest = std::max(busiest, (it.value() - m_before.value(it.key())) / seconds);
        m_before = now;
        m_since.restart();
        m_perBurst = std::clamp(m_perBurst * std::clamp(m_share / busiest, 0.7, 2.5), 0.1, 3000.0);
        if (!m_readySince.isValid() && std::abs(busiest - m_share) < 0.05) {
            m_readySince.start();
            m_atReady = now;
            m_askedAtReady = m_asked;
            std::printf("ready\n");
            std::fflush(stdout);
        }
    }

    QString m_pid;
    double m_share;
    std::vector<std::unique_ptr<Member>> m_members;
    QTimer m_burst, m_control;
    double m_perBurst = 100;
    double m_due = 0;
    qint64 m_turn = 0, m_asked = 0, m_askedAtReady = 0;
    QMap<QByteArray, double> m_before, m_atReady;
    QElapsedTimer m_since, m_readySince;
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    if (arguments.size() != 4) {
        std::fprintf(stderr, "usage: bench_chatload URL PID SHARE_PERCENT\n");
        return 2;
    }
    Load load(arguments[1], arguments[2], arguments[3].toDouble() / 100);
    QSocketNotifier end(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&end, &QSocketNotifier::activated, &application, &QCoreApplication::quit);
    QCoreApplication::exec();
    load.report();
    return 0;
}
