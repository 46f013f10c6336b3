// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/ntpclient.h"

#include "ntp/ntppacket.h"
#include "ntp/ntpreply.h"

#include <QCoreApplication>
#include <QNetworkInterface>
#include <QNetworkProxy>
#include <QRandomGenerator>
#include <QTimer>
#include <QUdpSocket>

#ifdef Q_OS_UNIX
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstring>
#endif

#include <array>

namespace Synchat {

namespace {

constexpr std::size_t LargestReply = 2048;
constexpr int DatagramsPerWakeUp = 64;

#ifdef Q_OS_UNIX
/// Of `fe80::1%eth0` the interface's index, or of `fe80::1%4`; 0: none is named, or none is called so.
quint32 interfaceIndexOf(const QHostAddress &address)
{
    const QString scope = address.scopeId();
    if (scope.isEmpty())
        return 0;
    bool isNumber = false;
    const quint32 index = scope.toUInt(&isNumber);
    return isNumber ? index : static_cast<quint32>(QNetworkInterface::interfaceIndexFromName(scope));
}
#endif

/// A connected socket hears only the server, and hears at once that nobody listens there.
bool connectToPeer(qintptr descriptor, const QHostAddress &address, quint16 port)
{
#ifdef Q_OS_UNIX
    const int fd = static_cast<int>(descriptor);
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        sockaddr_in peer{};
        peer.sin_family = AF_INET;
        peer.sin_port = htons(port);
        peer.sin_addr.s_addr = htonl(address.toIPv4Address());
        return ::connect(fd, reinterpret_cast<const sockaddr *>(&peer), sizeof peer) == 0;
    }
    sockaddr_in6 peer{};
    peer.sin6_family = AF_INET6;
    peer.sin6_port = htons(port);
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    std::memcpy(&peer.sin6_addr, &bytes, sizeof peer.sin6_addr);
    peer.sin6_scope_id = interfaceIndexOf(address);
    return ::connect(fd, reinterpret_cast<const sockaddr *>(&peer), sizeof peer) == 0;
#else
    Q_UNUSED(descriptor)
    Q_UNUSED(address)
    Q_UNUSED(port)
    return true;
#endif
}

bool sendRequest(QUdpSocket &socket, const NtpBytes &request, const QHostAddress &address, quint16 port)
{
#ifdef Q_OS_UNIX
    Q_UNUSED(address)
    Q_UNUSED(port)
    return ::send(static_cast<int>(socket.socketDescriptor()), request.data(), request.size(),
                  MSG_DONTWAIT) == static_cast<ssize_t>(request.size());
#else
    return socket.writeDatagram(reinterpret_cast<const char *>(request.data()), qint64(request.size()),
                                address, port) == qint64(request.size());
#endif
}

NtpTimestamp randomCookie()
{
    NtpTimestamp cookie = 0;
    while (cookie == 0)
        cookie = QRandomGenerator::system()->generate64();
    return cookie;
}

} // namespace

QString explain(NtpFailure failure)
{
    const auto words = [](const char *text) {
        return QCoreApplication::translate("Synchat::NtpClient", text);
    };
    switch (failure) {
    case NtpFailure::NoName:
        return words(QT_TRANSLATE_NOOP("Synchat::NtpClient", "The server's name was not found."));
    case NtpFailure::NoRoute:
        return words(QT_TRANSLATE_NOOP("Synchat::NtpClient", "There is no way to the server's address."));
    case NtpFailure::Unreachable:
        return words(
            QT_TRANSLATE_NOOP("Synchat::NtpClient", "The network does not let us reach the server."));
    case NtpFailure::NoAnswer:
        return words(QT_TRANSLATE_NOOP("Synchat::NtpClient", "The server did not answer."));
    case NtpFailure::Refused:
        return words(QT_TRANSLATE_NOOP("Synchat::NtpClient", "Nothing listens at the server's address."));
    case NtpFailure::KissOfDeath:
        return words(QT_TRANSLATE_NOOP("Synchat::NtpClient", "The server asked not to be asked."));
    case NtpFailure::Unsynchronised:
        return words(
            QT_TRANSLATE_NOOP("Synchat::NtpClient", "The server says that it does not know the time."));
    case NtpFailure::Malformed:
        break;
    }
    return words(QT_TRANSLATE_NOOP("Synchat::NtpClient", "The server's answer makes no sense."));
}

bool wasAsked(NtpFailure failure)
{
    return failure != NtpFailure::NoName && failure != NtpFailure::NoRoute;
}

struct NtpClient::Private
{
    explicit Private(const Clock &ownClock)
        : clock(ownClock)
    {}

    bool open();
    bool send();
    bool readOne();
    bool readPortably();
    bool consider(std::span<const unsigned char> reply, std::optional<WallTime> stamp);
    void takeTransmitStampOnce();
    void finish();

    NtpClient *q = nullptr;
    const Clock &clock;
    std::unique_ptr<QUdpSocket> socket;
    QTimer timeout;
    QHostAddress address;
    quint16 port = 0;
    NtpFailure failure = NtpFailure::NoAnswer; ///< told when the timer fires
    NtpExchange exchange;
    PacketStamps stamps;
    KernelStamping wanted = KernelStamping::Both;
    KernelStamping stamping = KernelStamping::None;
};

NtpClient::NtpClient(const Clock &clock, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(clock))
{
    d->q = this;
    d->timeout.setParent(this); // so that it moves along to another thread
    d->timeout.setSingleShot(true);
    d->timeout.setTimerType(Qt::PreciseTimer);
    connect(&d->timeout, &QTimer::timeout, this, [this] {
        d->finish();
        Q_EMIT failed(d->failure, {}, {});
    });
}

NtpClient::~NtpClient() = default;

void NtpClient::setStamping(KernelStamping best)
{
    d->wanted = best;
}

void NtpClient::query(const QHostAddress &address, quint16 port, std::chrono::milliseconds timeout)
{
    d->finish();
    d->failure = NtpFailure::NoAnswer;
    d->address = address;
    d->port = port;
    if (d->open() && d->send()) {
        d->timeout.start(timeout);
        return;
    }
    d->finish();
    d->failure = NtpFailure::NoRoute;
    d->timeout.start(0); // later, like every other answer: who asks may not be ready for one yet
}

bool NtpClient::Private::open()
{
    socket = std::make_unique<QUdpSocket>();
    socket->setProxy(QNetworkProxy::NoProxy);
    const bool isV4 = address.protocol() == QAbstractSocket::IPv4Protocol;
    // A new socket is a new random source port (RFC 9109).
    if (!socket->bind(QHostAddress(isV4 ? QHostAddress::AnyIPv4 : QHostAddress::AnyIPv6), 0,
                      QAbstractSocket::DontShareAddress))
        return false;
    if (!connectToPeer(socket->socketDescriptor(), address, port))
        return false;
    stamping = enableKernelStamps(socket->socketDescriptor(), wanted);
    connect(socket.get(), &QUdpSocket::readyRead, q, [this] {
        for (int i = 0; i < DatagramsPerWakeUp && readOne(); ++i) {
        }
    });
    return true;
}

bool NtpClient::Private::send()
{
    exchange = {};
    stamps = {};
    exchange.cookie = randomCookie();
    const NtpBytes request = ntpRequest(exchange.cookie);
    exchange.sent = clock.read();
    stamps.atSending = clock.readKernel();
    if (!sendRequest(*socket, request, address, port))
        return false;
    takeTransmitStampOnce();
    return true;
}

void NtpClient::Private::takeTransmitStampOnce()
{
    if (stamping != KernelStamping::Both)
        return;
    if (const auto stamp = takeTransmitStamp(socket->socketDescriptor()); stamp && !stamps.left)
        stamps.left = stamp;
}

bool NtpClient::Private::readOne()
{
    if (!socket)
        return false;
    // First, or a full error queue keeps waking the event loop.
    takeTransmitStampOnce();
    std::array<unsigned char, LargestReply> buffer;
    const StampedDatagram datagram = receiveStamped(socket->socketDescriptor(), buffer, stamping);
    switch (datagram.kind) {
    case StampedDatagram::Kind::Unsupported:
        return readPortably();
    case StampedDatagram::Kind::Datagram:
        return consider(std::span<const unsigned char>(buffer).first(datagram.size), datagram.stamp);
    case StampedDatagram::Kind::Unreachable:
        finish();
        Q_EMIT q->failed(NtpFailure::Unreachable, {}, {});
        return false;
    case StampedDatagram::Kind::Refused:
        finish();
        Q_EMIT q->failed(NtpFailure::Refused, {}, {});
        return false;
    case StampedDatagram::Kind::Nothing:
        break;
    }
    return readPortably(); // re-arms QAbstractSocket, which otherwise stops listening after the second
                           // wake-up
}

bool NtpClient::Private::readPortably()
{
    std::array<unsigned char, LargestReply> buffer;
    QHostAddress sender;
    quint16 senderPort = 0;
    const qint64 size = socket->readDatagram(reinterpret_cast<char *>(buffer.data()), qint64(buffer.size()),
                                             &sender, &senderPort);
    if (size < 0)
        return false;
    if (sender.isEqual(address, QHostAddress::TolerantConversion) && senderPort == port)
        return consider(std::span<const unsigned char>(buffer).first(static_cast<std::size_t>(size)),
                        std::nullopt);
    return true;
}

/// True: that was nothing, go on. After false the client may be gone: its owner was told.
bool NtpClient::Private::consider(std::span<const unsigned char> reply, std::optional<WallTime> stamp)
{
    if (!answersRequest(reply, exchange.cookie))
        return true;
    stamps.came = stamp;
    stamps.atArrival = clock.readKernel();
    exchange.arrived = clock.read();
    placeStamps(exchange, stamps);
    finish();
    const auto sample = readNtpReply(reply, exchange);
    if (sample) {
        Q_EMIT q->answered(*sample);
        return false;
    }
    const NtpRefusal &refusal = sample.error();
    Q_EMIT q->failed(refusal.failure, refusal.kiss, refusal.pollWanted);
    return false;
}

void NtpClient::Private::finish()
{
    timeout.stop();
    if (!socket)
        return;
    // Maybe inside the socket's own signal.
    socket->disconnect(q);
    socket->close();
    socket.release()->deleteLater();
}

} // namespace Synchat
