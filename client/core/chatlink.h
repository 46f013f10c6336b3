// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/connection.h"
#include "client/core/reconnect.h"

#include <QObject>
#include <QTimer>

namespace Synchat {

enum class LinkState : quint8 { Offline, Connecting, Online };

/// Who greets the daemon and how.
struct LinkConfig
{
    QUrl server;
    UserName name;
    QString client;
    QString password; ///< empty: none
    ConnectionTimes times;
    BackoffLimits backoff;
};

/// Keeps one person connected with one daemon: says hello, tries again after every loss, gives up only when
/// the daemon will not have this person. Not for rooms and messages: see chatclient.h.
class ChatLink : public QObject
{
    Q_OBJECT
public:
    ChatLink(const Clock &clock, LinkConfig config, QObject *parent = nullptr);

    void start();
    void stop();
    void reconnectNow();
    void send(const ClientFrame &frame, const QString &ref = {});
    /// The token that goes with the next hello; empty: none.
    void setToken(const QString &token) { m_token = token; }

    LinkState state() const { return m_state; }
    QString sentence() const;
    std::optional<int> roundTripMs() const { return m_roundTripMs; }
    QHostAddress peerAddress() const { return m_connection.peerAddress(); }

Q_SIGNALS:
    void changed();
    void greeted(const Synchat::WelcomeFrame &welcome);
    void lost(); ///< after greeted(), once
    void tokenDropped();
    void frameReceived(const Synchat::ServerFrame &frame, const QString &ref,
                       const Synchat::ClockReading &at);
    void refused(const Synchat::ErrorFrame &error);

private:
    void connectNow();
    void sayHello();
    void take(const ServerFrame &frame, const QString &ref, const ClockReading &at);
    void greet(const WelcomeFrame &welcome);
    void handleEnd(int closeCode, const QString &closeReason, const QString &problem);
    void waitAndRetry(const LinkVerdict &verdict);
    void setState(LinkState state);

    const Clock &m_clock;
    LinkConfig m_config;
    Connection m_connection;
    QTimer m_retry;
    QTimer m_settled; ///< only a link that lasts makes the failures forgotten
    LinkState m_state = LinkState::Offline;
    QString m_token;
    bool m_wanted = false;
    bool m_helloHadToken = false;
    int m_failures = 0;
    std::optional<ErrorFrame> m_lastError;
    std::optional<ErrorFrame> m_refusal;
    QString m_problem;
    std::optional<int> m_roundTripMs;
};

} // namespace Synchat
