// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/connection.h"

#include "client/core/serverurl.h"
#include "common/logging.h"

#include <QNetworkProxy>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

// Room for the frame's own head, should a daemon count it otherwise.
constexpr quint64 LargestFrame = 2 * static_cast<quint64>(Limits::ServerFrameBytes);

QString wordsFor(QAbstractSocket::SocketError error, const QString &fallback)
{
    switch (error) {
    case QAbstractSocket::ConnectionRefusedError:
        return Connection::tr("connection refused");
    case QAbstractSocket::HostNotFoundError:
        return Connection::tr("the name is not known");
    case QAbstractSocket::RemoteHostClosedError:
    case QAbstractSocket::UnknownSocketError: // it said goodbye
        return Connection::tr("the other side closed the connection");
    case QAbstractSocket::NetworkError:
        return Connection::tr("the network cannot be reached");
    case QAbstractSocket::SocketTimeoutError:
        return Connection::tr("no answer");
    default:
        return fallback;
    }
}

#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
constexpr auto socketFailed = &QWebSocket::errorOccurred;
#else
constexpr auto socketFailed = qOverload<QAbstractSocket::SocketError>(&QWebSocket::error);
#endif

} // namespace

Connection::Connection(const Clock &clock, ConnectionTimes times, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_times(times)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] { finish(tr("no answer")); });
    m_pinger.setInterval(std::min(m_times.ping, m_times.silence));
    connect(&m_pinger, &QTimer::timeout, this, &Connection::watch);
}

Connection::~Connection()
{
    drop();
}

void Connection::open(const QUrl &url)
{
    drop();
    m_complained = false;
    m_socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, this);
    m_socket->setMaxAllowedIncomingFrameSize(LargestFrame);
    m_socket->setMaxAllowedIncomingMessageSize(LargestFrame);
    if (isLoopback(url))
        m_socket->setProxy(QNetworkProxy::NoProxy);
    connect(m_socket, &QWebSocket::connected, this, [this] {
        m_lastHeard = m_clock.monotonic();
        m_pinger.start();
        m_socket->ping();
        Q_EMIT opened();
    });
    connect(m_socket, &QWebSocket::textMessageReceived, this, &Connection::receive);
    connect(m_socket, &QWebSocket::pong, this, [this](quint64 elapsed) {
        m_lastHeard = m_clock.monotonic();
        Q_EMIT roundTripMeasured(static_cast<int>(std::min<quint64>(elapsed, 1'000'000)));
    });
    connect(m_socket, &QWebSocket::disconnected, this,
            [this] { finish(wordsFor(m_socket->error(), m_socket->errorString())); });
    // A failed handshake reports an error and may never say disconnected.
    connect(
        m_socket, socketFailed, this,
        [this](QAbstractSocket::SocketError error) {
            if (m_socket && m_socket->state() != QAbstractSocket::ConnectedState &&
                m_socket->state() != QAbstractSocket::ClosingState)
                finish(wordsFor(error, m_socket->errorString()));
        },
        Qt::QueuedConnection);
    m_deadline.start(m_times.handshake);
    QWebSocketHandshakeOptions options;
    options.setSubprotocols({u"synchat.v1"_s});
    m_socket->open(url, options);
}

void Connection::markGreeted()
{
    m_deadline.stop();
}

void Connection::send(const QByteArray &json)
{
    if (m_socket && m_socket->isValid())
        m_socket->sendTextMessage(QString::fromUtf8(json));
}

void Connection::close()
{
    if (!m_socket)
        return;
    QWebSocket *socket = detach();
    if (!socket->isValid()) {
        discard(socket);
        return;
    }
    // It lives on only to finish the handshake of closing.
    connect(socket, &QWebSocket::disconnected, socket, &QObject::deleteLater);
    QTimer::singleShot(m_times.closing, socket, &QObject::deleteLater);
    socket->close(QWebSocketProtocol::CloseCodeNormal);
    socket->flush();
}

void Connection::drop()
{
    if (m_socket)
        discard(detach());
}

QHostAddress Connection::peerAddress() const
{
    return m_socket ? m_socket->peerAddress() : QHostAddress();
}

void Connection::receive(const QString &text)
{
    const ClockReading at = m_clock.read();
    m_lastHeard = at.mono;
    const auto parsed = parseServerFrame(text.toUtf8());
    if (parsed) {
        Q_EMIT frameReceived(parsed->frame, parsed->ref, at);
        return;
    }
    if (!parsed.error().unknownType && !m_complained) {
        m_complained = true;
        qCWarning(logClient) << "a frame of the server cannot be read:" << parsed.error().message;
    }
}

void Connection::watch()
{
    if (!m_socket)
        return;
    if (m_clock.monotonic() - m_lastHeard >= m_times.silence) {
        finish(tr("nothing was heard for %n s", nullptr, static_cast<int>(m_times.silence.count() / 1000)));
        return;
    }
    m_socket->ping();
}

void Connection::finish(const QString &problem)
{
    if (!m_socket)
        return;
    QWebSocket *socket = detach();
    // Qt says 1000 or 1006 when no close frame came; only one that was received has meaning here.
    const bool polite =
        socket->error() == QAbstractSocket::UnknownSocketError || !socket->closeReason().isEmpty();
    const int code = polite ? static_cast<int>(socket->closeCode()) : 0;
    const QString reason = socket->closeReason();
    discard(socket);
    Q_EMIT closed(code, reason, problem);
}

/// Forgets the socket; its signals reach nobody any more.
QWebSocket *Connection::detach()
{
    m_deadline.stop();
    m_pinger.stop();
    disconnect(m_socket, nullptr, this, nullptr);
    return std::exchange(m_socket, nullptr);
}

void Connection::discard(QWebSocket *socket)
{
    if (socket->state() != QAbstractSocket::UnconnectedState)
        socket->abort();
    socket->deleteLater();
}

} // namespace Synchat
