// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "nettestkit.h"

#include <QTimer>
#include <QtEndian>

namespace Synchat {

EchoServer::EchoServer(NetConfig config, QObject *parent)
    : QObject(parent)
{
    config.address = QHostAddress::LocalHost;
    config.port = 0;
    m_net = std::make_unique<NetServer>(m_clock, config);
    connect(m_net.get(), &NetServer::connectionOpened, this, [this](ConnectionId id) { opened.append(id); });
    connect(m_net.get(), &NetServer::connectionClosed, this, [this](ConnectionId id) { closed.append(id); });
    connect(m_net.get(), &NetServer::drained, this, [this] { ++drained; });
    connect(m_net.get(), &NetServer::frameReceived, this,
            [this](ConnectionId id, const ReceivedFrame &frame) {
                frames.append(frame);
                if (!answers)
                    return;
                m_net->markGreeted(id);
                m_net->frameHandled(id);
                const auto *parsed = frame.frame ? std::get_if<TypingFrame>(&frame.frame->frame) : nullptr;
                m_net->send(id, parsed ? "echo " + parsed->room.text().toUtf8() : QByteArray("refused"));
            });
    connect(m_net.get(), &NetServer::requestReceived, this,
            [this](ExchangeId id, const HttpRequest &request) {
                requests.append(request);
                exchanges.append(id);
                if (!responds)
                    return;
                HttpResponse response;
                response.contentType = "text/plain";
                response.body = "path " + request.path.toUtf8() + " body " + request.body;
                m_net->respond(id, response);
            });
    if (!m_net->listen())
        qFatal("cannot listen: %s", qPrintable(m_net->errorString()));
}

RawClient::RawClient(quint16 port, QObject *parent)
    : QObject(parent)
{
    connect(&m_socket, &QTcpSocket::readyRead, this, [this] { received += m_socket.readAll(); });
    m_socket.connectToHost(QHostAddress::LocalHost, port);
    if (!m_socket.waitForConnected(5000))
        qFatal("cannot connect: %s", qPrintable(m_socket.errorString()));
    m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
}

void RawClient::send(const QByteArray &bytes)
{
    m_socket.write(bytes);
    m_socket.flush();
}

void RawClient::sendFrame(int opcode, const QByteArray &payload, bool isLast)
{
    send(frame(opcode, payload, isLast));
}

bool RawClient::upgrade(const QByteArray &extraHeaders)
{
    send(upgradeRequest(extraHeaders));
    const bool answered = QTest::qWaitFor([this] { return received.contains("\r\n\r\n"); });
    const bool accepted = received.startsWith("HTTP/1.1 101 ");
    received = received.mid(received.indexOf("\r\n\r\n") + 4);
    return answered && accepted;
}

int RawClient::closeCode() const
{
    const QList<RawFrame> frames = splitFrames(received);
    if (frames.isEmpty() || frames.last().opcode != 8 || frames.last().payload.size() < 2)
        return 0;
    return qFromBigEndian<quint16>(frames.last().payload.constData());
}

QByteArray RawClient::frame(int opcode, const QByteArray &payload, bool isLast)
{
    QByteArray frame;
    frame.append(static_cast<char>((isLast ? 0x80 : 0) | opcode));
    char length[8];
    if (payload.size() < 126) {
        frame.append(static_cast<char>(0x80 | payload.size()));
    } else if (payload.size() <= 0xffff) {
        qToBigEndian(static_cast<quint16>(payload.size()), length);
        frame.append(static_cast<char>(0x80 | 126)).append(length, 2);
    } else {
        qToBigEndian(static_cast<quint64>(payload.size()), length);
        frame.append(static_cast<char>(0x80 | 127)).append(length, 8);
    }
    const char mask[] = {0x11, 0x62, 0x33, 0x54};
    frame.append(mask, 4);
    for (qsizetype i = 0; i < payload.size(); ++i)
        frame.append(static_cast<char>(payload[i] ^ mask[i % 4]));
    return frame;
}

QByteArray RawClient::upgradeRequest(const QByteArray &extraHeaders)
{
    return "GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n" +
           extraHeaders + "\r\n";
}

bool runUntil(const std::function<bool()> &condition)
{
    bool late = false;
    QTimer deadline;
    deadline.setSingleShot(true);
    QObject::connect(&deadline, &QTimer::timeout, &deadline, [&late] { late = true; });
    deadline.start(20000);
    while (!late && !condition())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return condition();
}

QList<RawFrame> splitFrames(const QByteArray &stream)
{
    QList<RawFrame> frames;
    qsizetype at = 0;
    while (at + 2 <= stream.size()) {
        const int opcode = stream[at] & 0x0f;
        qsizetype length = stream[at + 1] & 0x7f;
        qsizetype header = 2;
        if (length == 126 && at + 4 <= stream.size()) {
            length = qFromBigEndian<quint16>(stream.constData() + at + 2);
            header = 4;
        } else if (length == 127 && at + 10 <= stream.size()) {
            length = static_cast<qsizetype>(qFromBigEndian<quint64>(stream.constData() + at + 2));
            header = 10;
        }
        if (at + header + length > stream.size())
            break;
        frames.append({opcode, stream.mid(at + header, length)});
        at += header + length;
    }
    return frames;
}

QList<int> statuses(const QByteArray &stream)
{
    QList<int> found;
    for (qsizetype at = stream.indexOf("HTTP/1.1 "); at >= 0; at = stream.indexOf("HTTP/1.1 ", at + 1)) {
        if (const int status = stream.mid(at + 9, 3).toInt())
            found.append(status);
    }
    return found;
}

} // namespace Synchat
