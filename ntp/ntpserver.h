// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ntp/ntpresponder.h"

#include <QHostAddress>
#include <QObject>

#include <memory>

namespace Synchat {

/// Serves the reference's time over UDP (RFC 5905 server mode; facts of common/PROTOCOL.md, NTP), with one
/// socket for each address it is given. Thin shell: what is answered, and with which times, is decided by
/// NtpResponder. Lives on the thread where it is made (the daemon gives it one of its own).
class NtpServer : public QObject
{
    Q_OBJECT
public:
    explicit NtpServer(const Clock &clock, const NtpRateLimits &limits = {}, QObject *parent = nullptr);
    ~NtpServer() override;

    /// Binds all of the addresses to the same port; 0 picks a free one. An address whose family this machine
    /// does not have is left out while another can be had. False: see errorString().
    bool listen(const QList<QHostAddress> &addresses, quint16 port);
    /// One address; `::` means both families.
    bool listen(const QHostAddress &address, quint16 port);
    void close();
    quint16 port() const;
    /// Where it is reached: `::` when that is every address of both families, else the first.
    QHostAddress address() const;
    QString errorString() const;

    const NtpCounters &counters() const;

    /// Off: one datagram at a time through QUdpSocket and without kernel stamps, as on systems without
    /// recvmmsg.
    void setBatching(bool on);

public Q_SLOTS:
    void setSnapshot(const Synchat::SharedSnapshot &snapshot);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// The sockets for a bind address: one a family.
QList<QHostAddress> addressOfEachFamily(const QHostAddress &address);

} // namespace Synchat
