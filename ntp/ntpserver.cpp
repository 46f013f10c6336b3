// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/ntpserver.h"

#include "ntp/sendpace.h"
#include "ntp/udpbatch.h"

#include <QNetworkDatagram>
#include <QNetworkProxy>
#include <QRandomGenerator>
#include <QUdpSocket>

#include <vector>

namespace Synchat {

namespace {

/// Per wake-up: whoever shares this event loop gets its turn.
constexpr int BatchesPerWakeUp = 16;
constexpr qsizetype LargestDatagram = 2052; // one that is longer than any request is seen to be
/// A port that is free in one family may be taken in the other.
constexpr int FreePortAttempts = 16;

std::span<const unsigned char> viewOf(const QByteArray &bytes)
{
    return {reinterpret_cast<const unsigned char *>(bytes.constData()),
            static_cast<std::size_t>(bytes.size())};
}

bool isMissingFamily(QAbstractSocket::SocketError error)
{
    return error == QAbstractSocket::UnsupportedSocketOperationError ||
           error == QAbstractSocket::SocketAddressNotAvailableError;
}

/// One bound socket and the room for its datagrams.
struct Endpoint
{
    std::unique_ptr<QUdpSocket> socket;
    QHostAddress address;
    UdpBatch batch;
};

struct BindFailure
{
    QAbstractSocket::SocketError error = QAbstractSocket::UnknownSocketError;
    QString words;
};

} // namespace

QList<QHostAddress> addressOfEachFamily(const QHostAddress &address)
{
    const bool isEvery =
        address == QHostAddress(QHostAddress::Any) || address == QHostAddress(QHostAddress::AnyIPv6);
    if (!isEvery)
        return {address};
    return {QHostAddress(QHostAddress::AnyIPv4), QHostAddress(QHostAddress::AnyIPv6)};
}

struct NtpServer::Private
{
    Private(const Clock &clock, const NtpRateLimits &limits)
        : responder(clock, limits, QRandomGenerator::system()->generate64())
    {}

    /// Nothing: bound, at least one of them.
    std::optional<BindFailure> bindAll(const QList<QHostAddress> &addresses, quint16 port);
    void answerPending(Endpoint &endpoint);
    void answerBatch(Endpoint &endpoint, int count);
    void sendAnswers(Endpoint &endpoint);
    bool answerOne(QUdpSocket &socket);

    NtpResponder responder;
    SendPace pace;
    std::vector<std::unique_ptr<Endpoint>> endpoints;
    QString error;
    bool batching = UdpBatch::isSupported();
};

NtpServer::NtpServer(const Clock &clock, const NtpRateLimits &limits, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(clock, limits))
{}

NtpServer::~NtpServer() = default;

bool NtpServer::listen(const QHostAddress &address, quint16 port)
{
    return listen(addressOfEachFamily(address), port);
}

bool NtpServer::listen(const QList<QHostAddress> &addresses, quint16 port)
{
    close();
    std::optional<BindFailure> failure;
    for (int attempt = 0; attempt < FreePortAttempts; ++attempt) {
        failure = d->bindAll(addresses, port);
        const bool mayRetry = failure && port == 0 && failure->error == QAbstractSocket::AddressInUseError;
        if (!mayRetry)
            break;
    }
    d->error = failure ? failure->words : QString();
    if (failure) {
        close();
        return false;
    }
    for (const auto &endpoint : d->endpoints) {
        endpoint->batch.prepare(endpoint->socket->socketDescriptor());
        connect(endpoint->socket.get(), &QUdpSocket::readyRead, this,
                [this, it = endpoint.get()] { d->answerPending(*it); });
    }
    return true;
}

std::optional<BindFailure> NtpServer::Private::bindAll(const QList<QHostAddress> &addresses, quint16 port)
{
    endpoints.clear();
    std::optional<BindFailure> missing;
    for (const QHostAddress &address : addresses) {
        auto endpoint = std::make_unique<Endpoint>();
        endpoint->address = address;
        endpoint->socket = std::make_unique<QUdpSocket>();
        endpoint->socket->setProxy(QNetworkProxy::NoProxy);
        const quint16 wanted = endpoints.empty() ? port : endpoints.front()->socket->localPort();
        if (endpoint->socket->bind(address, wanted, QAbstractSocket::DontShareAddress)) {
            endpoints.push_back(std::move(endpoint));
            continue;
        }
        missing = BindFailure{endpoint->socket->error(), endpoint->socket->errorString()};
        if (!isMissingFamily(missing->error))
            return missing;
    }
    return endpoints.empty() ? missing : std::nullopt;
}

void NtpServer::close()
{
    d->endpoints.clear();
}

quint16 NtpServer::port() const
{
    return d->endpoints.empty() ? quint16(0) : d->endpoints.front()->socket->localPort();
}

QHostAddress NtpServer::address() const
{
    if (d->endpoints.empty())
        return {};
    QList<QHostAddress> bound;
    for (const auto &endpoint : d->endpoints)
        bound.append(endpoint->address);
    const QHostAddress every(QHostAddress::Any);
    return bound == addressOfEachFamily(every) ? every : bound.constFirst();
}

QString NtpServer::errorString() const
{
    return d->error;
}

const NtpCounters &NtpServer::counters() const
{
    return d->responder.counters();
}

void NtpServer::setSnapshot(const SharedSnapshot &snapshot)
{
    d->responder.setSnapshot(snapshot);
}

void NtpServer::setBatching(bool on)
{
    d->batching = on && UdpBatch::isSupported();
}

void NtpServer::Private::answerPending(Endpoint &endpoint)
{
    if (!batching) {
        for (int i = 0; i < BatchesPerWakeUp * UdpBatch::Size && answerOne(*endpoint.socket); ++i) {
        }
        return;
    }
    for (int i = 0; i < BatchesPerWakeUp; ++i) {
        const int count = endpoint.batch.receive(endpoint.socket->socketDescriptor());
        answerBatch(endpoint, count);
        if (count < UdpBatch::Size)
            break;
    }
    // QAbstractSocket stops listening after a second notification that nobody read through it: this re-arms
    // it. What came in the meantime comes along.
    const QNetworkDatagram request = endpoint.socket->receiveDatagram(LargestDatagram);
    if (request.isValid()) {
        endpoint.batch.adopt(request);
        answerBatch(endpoint, 1);
    }
}

void NtpServer::Private::answerBatch(Endpoint &endpoint, int count)
{
    if (count == 0)
        return;
    UdpBatch &batch = endpoint.batch;
    responder.beginBatch(batch.kernelStamp(0));
    for (int i = 0; i < count; ++i) {
        if (const auto reply = responder.reply(batch.bytes(i), batch.kernelStamp(i), batch.peer(i)))
            batch.answer(i, *reply);
    }
    sendAnswers(endpoint);
}

void NtpServer::Private::sendAnswers(Endpoint &endpoint)
{
    UdpBatch &batch = endpoint.batch;
    const int count = batch.answerCount();
    if (count == 0)
        return;
    const MonoTime start = responder.now();
    for (int i = 0; i < count; ++i)
        batch.putTransmitTime(i, responder.transmitTime(start + pace.after(i)));
    responder.countSendFailures(batch.sendAnswers(endpoint.socket->socketDescriptor()));
    pace.learn(responder.now() - start, count);
}

bool NtpServer::Private::answerOne(QUdpSocket &socket)
{
    const QNetworkDatagram request = socket.receiveDatagram(LargestDatagram);
    if (!request.isValid())
        return false;
    responder.beginBatch(std::nullopt);
    auto reply =
        responder.reply(viewOf(request.data()), std::nullopt, NtpPeer::from(request.senderAddress()));
    if (!reply)
        return true;
    putTransmitTime(*reply, responder.transmitTime(responder.now()));
    const QByteArray bytes(reinterpret_cast<const char *>(reply->data()),
                           static_cast<qsizetype>(reply->size()));
    if (socket.writeDatagram(request.makeReply(bytes)) != bytes.size())
        responder.countSendFailures(1);
    return true;
}

} // namespace Synchat
