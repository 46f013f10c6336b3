// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/protocol.h"

#include <QHostAddress>
#include <QObject>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <memory>

QT_BEGIN_NAMESPACE
class QWebSocket;
QT_END_NAMESPACE

namespace Synchat {

struct ConnectionTimes
{
    std::chrono::milliseconds handshake{15'000}; ///< from open() to the greeting
    std::chrono::milliseconds ping{15'000};
    std::chrono::milliseconds silence{45'000}; ///< nothing heard, not even a pong: the link is dead
    std::chrono::milliseconds closing{2'000};  ///< for the other side to answer our close frame
};

/// One WebSocket to a daemon, one try at a time: frames in and out, a deadline for the greeting, pings of its
/// own so that a dead link is noticed. Not for the decision to try again: see chatlink.h.
class Connection : public QObject
{
    Q_OBJECT
public:
    Connection(const Clock &clock, ConnectionTimes times, QObject *parent = nullptr);
    ~Connection() override;

    /// `url` as webSocketUrl() makes it. What was open before is dropped in silence.
    void open(const QUrl &url);
    /// The daemon has greeted us: the deadline is off.
    void markGreeted();
    void send(const QByteArray &json);
    /// Says 1000 and lets the close run out by itself; no closed() follows.
    void close();
    /// Drops the link in silence.
    void drop();

    QHostAddress peerAddress() const;

Q_SIGNALS:
    void opened();
    void frameReceived(const Synchat::ServerFrame &frame, const QString &ref,
                       const Synchat::ClockReading &at);
    /// Exactly once for each open() that was not dropped. `closeCode` 0: no close frame came; `problem`: a
    /// few words for people, may be empty.
    void closed(int closeCode, const QString &closeReason, const QString &problem);
    void roundTripMeasured(int milliseconds);

private:
    void receive(const QString &text);
    void watch();
    void finish(const QString &problem);
    QWebSocket *detach();
    static void discard(QWebSocket *socket);

    const Clock &m_clock;
    ConnectionTimes m_times;
    QWebSocket *m_socket = nullptr;
    QTimer m_deadline;
    QTimer m_pinger;
    MonoTime m_lastHeard{};
    bool m_complained = false; ///< about a frame that cannot be read, once a connection
};

} // namespace Synchat
