// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ntp/referencesnapshot.h"

#include <QHostAddress>
#include <QObject>

#include <memory>

namespace Synchat {

/// Serves the reference's time over UDP (RFC 5905 server mode; facts of common/PROTOCOL.md, NTP).
/// Thin shell: what is answered is decided by replyToNtpRequest() in ntppacket.h.
/// Lives on the thread where it is made (the daemon gives it one of its own).
class NtpServer : public QObject
{
    Q_OBJECT
public:
    explicit NtpServer(const Clock &clock, QObject *parent = nullptr);
    ~NtpServer() override;

    /// Binds; `::` means both families. Port 0 picks a free one. False: see errorString().
    bool listen(const QHostAddress &address, quint16 port);
    void close();
    quint16 port() const;
    QHostAddress address() const;
    QString errorString() const;

    struct Counters
    {
        quint64 received = 0;
        quint64 answered = 0;
        quint64 ignored = 0;
    };
    Counters counters() const;

    /// Off: one datagram at a time through QUdpSocket and without kernel stamps, as on systems without
    /// recvmmsg.
    void setBatching(bool on);

public Q_SLOTS:
    void setSnapshot(const Synchat::SharedSnapshot &snapshot);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Synchat
