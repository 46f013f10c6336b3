// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/faultproxy.h"

#include "tests/support/httplength.h"
#include "tests/support/smallhttpserver.h"

#include <QTcpSocket>

namespace Synchat {

namespace {

/// One connection of somebody to the proxy, and one of the proxy to the bridge; one request at a time.
class ProxyConnection : public QObject
{
public:
    ProxyConnection(FaultProxy &proxy, QTcpSocket *client)
        : QObject(&proxy)
        , m_proxy(proxy)
        , m_client(client)
    {
        m_client->setParent(this);
        m_client->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        connect(m_client, &QTcpSocket::readyRead, this, [this] {
            m_asked += m_client->readAll();
            takeRequest();
        });
        connect(m_client, &QTcpSocket::disconnected, this, &QObject::deleteLater);
        connect(&m_bridge, &QTcpSocket::readyRead, this, [this] {
            m_said += m_bridge.readAll();
            takeReply();
        });
        connect(&m_bridge, &QTcpSocket::disconnected, this, &ProxyConnection::giveUpReply);
        connect(&m_bridge, &QTcpSocket::errorOccurred, this, &ProxyConnection::giveUpReply);
    }

private:
    void takeRequest()
    {
        const auto length = m_isBusy ? std::nullopt : httpMessageLength(m_asked);
        if (!length)
            return;
        m_isBusy = true;
        m_request = m_asked.left(*length);
        m_asked.remove(0, *length);
        m_fault = m_proxy.nextFault(httpBody(m_request));
        apply();
    }

    void apply()
    {
        switch (m_fault.kind) {
        case BridgeFault::Kind::Hang:
            return;
        case BridgeFault::Kind::Close:
            m_client->abort();
            return;
        case BridgeFault::Kind::Garbage:
            finish("\x16\x03\x01 \xff\xfe what is this?\r\n\r\n{]", true);
            return;
        case BridgeFault::Kind::Answer:
            finish(ownAnswer(), false);
            return;
        case BridgeFault::Kind::Pass:
        case BridgeFault::Kind::Half:
        case BridgeFault::Kind::Lose:
            passOn();
        }
    }

    QByteArray ownAnswer() const
    {
        SmallHttpReply reply;
        reply.status = m_fault.status;
        reply.body = R"({"message":"a fault that was asked for"})";
        reply.headers = {"Content-Type: application/json"};
        if (m_fault.retryAfter > 0)
            reply.headers.append("Retry-After: " + QByteArray::number(m_fault.retryAfter));
        return httpReplyText(reply);
    }

    void passOn()
    {
        if (m_bridge.state() == QAbstractSocket::UnconnectedState) {
            m_said.clear();
            m_bridge.connectToHost(QHostAddress(QHostAddress::LocalHost), m_proxy.upstreamPort());
            m_bridge.setSocketOption(QAbstractSocket::LowDelayOption, 1);
        }
        m_bridge.write(m_request);
    }

    void takeReply()
    {
        const auto length = httpMessageLength(m_said, !m_request.startsWith("HEAD "));
        if (!length)
            return;
        const QByteArray reply = m_said.left(*length);
        m_said.remove(0, *length);
        if (m_fault.kind == BridgeFault::Kind::Lose)
            m_client->abort();
        else if (m_fault.kind == BridgeFault::Kind::Half)
            finish(reply.left(reply.size() / 2), true);
        else
            finish(reply, false);
    }

    void giveUpReply()
    {
        if (m_isBusy && m_fault.kind != BridgeFault::Kind::Hang)
            m_client->abort();
    }

    void finish(const QByteArray &reply, bool isLast)
    {
        m_client->write(reply);
        if (isLast) {
            m_client->disconnectFromHost();
            return;
        }
        m_isBusy = false;
        takeRequest();
    }

    FaultProxy &m_proxy;
    QTcpSocket *m_client;
    QTcpSocket m_bridge;
    QByteArray m_asked;
    QByteArray m_said;
    QByteArray m_request;
    BridgeFault m_fault;
    bool m_isBusy = false;
};

} // namespace

FaultProxy::FaultProxy(quint16 upstreamPort)
    : m_upstreamPort(upstreamPort)
{
    connect(this, &QTcpServer::newConnection, this, &FaultProxy::takeConnections);
}

bool FaultProxy::start(quint16 port)
{
    if (!listen(QHostAddress::LocalHost, port))
        return false;
    m_port = serverPort();
    return true;
}

void FaultProxy::takeConnections()
{
    while (QTcpSocket *socket = nextPendingConnection())
        std::make_unique<ProxyConnection>(*this, socket)
            .release(); // owned by this proxy, ends with its socket
}

void FaultProxy::setFault(const BridgeFault &fault)
{
    setSchedule({{1, fault}});
}

void FaultProxy::setSchedule(const QList<FaultStep> &steps)
{
    m_steps = steps;
    m_step = 0;
    m_usedOfStep = 0;
}

void FaultProxy::setDown(bool down)
{
    if (!down) {
        if (!isListening())
            start(m_port);
        return;
    }
    close();
    for (QTcpSocket *socket : findChildren<QTcpSocket *>())
        socket->abort();
}

BridgeFault FaultProxy::nextFault(const QByteArray &body)
{
    ++m_requests;
    if (m_usedOfStep >= m_steps.at(m_step).requests) {
        m_step = (m_step + 1) % m_steps.size();
        m_usedOfStep = 0;
    }
    ++m_usedOfStep;
    const BridgeFault fault = m_steps.at(m_step).fault;
    if (fault.kind == BridgeFault::Kind::Pass || !body.contains(fault.marker))
        return {};
    ++m_faults;
    return fault;
}

} // namespace Synchat
