// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/ntpserver.h"

#include "ntp/ntppacket.h"
#include "ntp/udpbatch.h"

#include <QNetworkDatagram>
#include <QNetworkProxy>
#include <QUdpSocket>

#include <algorithm>

namespace Synchat {

namespace {

/// Per wake-up: whoever shares this event loop gets its turn.
constexpr int BatchesPerWakeUp = 16;
constexpr qsizetype PortableDatagramBytes = 2048;

std::span<const unsigned char> viewOf(const QByteArray &bytes)
{
    return {reinterpret_cast<const unsigned char *>(bytes.constData()),
            static_cast<std::size_t>(bytes.size())};
}

/// `::` is both families; QHostAddress::AnyIPv6 would be one.
QHostAddress bindAddress(const QHostAddress &address)
{
    return address == QHostAddress(QHostAddress::AnyIPv6) ? QHostAddress(QHostAddress::Any) : address;
}

} // namespace

struct NtpServer::Private
{
    explicit Private(const Clock &ownClock)
        : clock(ownClock)
        , snapshot(std::make_shared<ReferenceSnapshot>())
    {}

    void answerPending();
    void answerBatch(int count);
    bool answerOne();

    const Clock &clock;
    SharedSnapshot snapshot;
    std::unique_ptr<QUdpSocket> socket;
    QHostAddress address;
    QString error;
    UdpBatch batch;
    bool batching = UdpBatch::isSupported();
    Counters counters;
};

NtpServer::NtpServer(const Clock &clock, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(clock))
{}

NtpServer::~NtpServer() = default;

bool NtpServer::listen(const QHostAddress &address, quint16 port)
{
    close();
    auto socket = std::make_unique<QUdpSocket>();
    socket->setProxy(QNetworkProxy::NoProxy);
    if (!socket->bind(bindAddress(address), port, QAbstractSocket::DontShareAddress)) {
        d->error = socket->errorString();
        return false;
    }
    d->error.clear();
    d->address = address;
    d->batch.prepare(socket->socketDescriptor());
    connect(socket.get(), &QUdpSocket::readyRead, this, [this] { d->answerPending(); });
    d->socket = std::move(socket);
    return true;
}

void NtpServer::close()
{
    d->socket.reset();
    d->address.clear();
}

quint16 NtpServer::port() const
{
    return d->socket ? d->socket->localPort() : 0;
}

QHostAddress NtpServer::address() const
{
    return d->address;
}

QString NtpServer::errorString() const
{
    return d->error;
}

NtpServer::Counters NtpServer::counters() const
{
    return d->counters;
}

void NtpServer::setSnapshot(const SharedSnapshot &snapshot)
{
    if (snapshot)
        d->snapshot = snapshot;
}

void NtpServer::setBatching(bool on)
{
    d->batching = on && UdpBatch::isSupported();
}

void NtpServer::Private::answerPending()
{
    if (!batching) {
        for (int i = 0; i < BatchesPerWakeUp * UdpBatch::Size && answerOne(); ++i) {
        }
        return;
    }
    for (int i = 0; i < BatchesPerWakeUp; ++i) {
        const int count = batch.receive(socket->socketDescriptor());
        answerBatch(count);
        if (count < UdpBatch::Size)
            break;
    }
    // QAbstractSocket stops listening after a second notification that nobody read through it: this re-arms
    // it.
    answerOne();
}

void NtpServer::Private::answerBatch(int count)
{
    if (count == 0)
        return;
    const NtpServedState state = servedStateAt(*snapshot, clock.read());
    // One comparison of the kernel's clock with ours serves the whole batch.
    std::optional<Nanos> kernelToOwn;
    if (const auto stamp = batch.kernelStamp(0))
        kernelToOwn = clock.fromKernelStamp(*stamp) - *stamp;
    const WallTime now = clock.now();
    int answers = 0;
    for (int i = 0; i < count; ++i) {
        const auto stamp = batch.kernelStamp(i);
        const WallTime receivedAt = stamp && kernelToOwn ? std::min(*stamp + *kernelToOwn, now) : now;
        if (const auto reply = replyToNtpRequest(batch.bytes(i), receivedAt, state, now)) {
            batch.answer(i, *reply);
            ++answers;
        }
    }
    const int sent = batch.sendAnswers(socket->socketDescriptor());
    counters.received += static_cast<quint64>(count);
    counters.answered += static_cast<quint64>(sent);
    counters.ignored += static_cast<quint64>(count - answers);
}

bool NtpServer::Private::answerOne()
{
    const QNetworkDatagram request = socket->receiveDatagram(PortableDatagramBytes);
    if (!request.isValid())
        return false;
    const ClockReading now = clock.read();
    ++counters.received;
    const auto reply = replyToNtpRequest(viewOf(request.data()), now.wall, *snapshot, now);
    if (!reply) {
        ++counters.ignored;
        return true;
    }
    const QByteArray bytes(reinterpret_cast<const char *>(reply->data()),
                           static_cast<qsizetype>(reply->size()));
    if (socket->writeDatagram(request.makeReply(bytes)) == bytes.size())
        ++counters.answered;
    return true;
}

} // namespace Synchat
