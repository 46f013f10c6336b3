// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/interval.h"
#include "ntp/kernelstamps.h"

#include <QHostAddress>
#include <QObject>

#include <memory>

namespace Synchat {

/// One good exchange with a server.
struct NtpSample
{
    /// Reference minus our clock, root delay/2 and root dispersion of the server included.
    Interval offset = Interval::around(Nanos::zero(), Nanos::zero());
    Nanos delay{}; ///< round trip without the server's part
    Nanos rootDelay{};
    Nanos rootDispersion{};
    ClockReading at; ///< when the reply had come; `offset` is that of this very reading
    bool t1ByKernel = false;
    bool t4ByKernel = false;
    int stratum = 0;
    int leap = 0; ///< 0 to 2
    quint32 referenceId = 0;
};

enum class NtpFailure : quint8 {
    NoName,
    NoRoute,     ///< the request could not be sent
    Unreachable, ///< it was sent, and something on the way, maybe the server's firewall, did not let it
                 ///< through
    NoAnswer,
    Refused,
    KissOfDeath,
    Unsynchronised,
    Malformed,
};
QString explain(NtpFailure failure);
/// Whether the server could hear of the request at all.
bool wasAsked(NtpFailure failure);

/// Asks one server once at a time. Random origin cookie and a new source port for each request; the first
/// reply that matches counts; others are ignored until the time-out (RFC 8633, RFC 9109).
class NtpClient : public QObject
{
    Q_OBJECT
public:
    explicit NtpClient(const Clock &clock, QObject *parent = nullptr);
    ~NtpClient() override;

    /// The best stamps to ask the kernel for; for tests of what happens without.
    void setStamping(KernelStamping best);

    /// A query under way is given up in silence.
    void query(const QHostAddress &address, quint16 port,
               std::chrono::milliseconds timeout = std::chrono::seconds(2));

Q_SIGNALS:
    void answered(const Synchat::NtpSample &sample);
    /// `kiss`: the code of a kiss-o'-death (`RATE`, `DENY`, ...), else empty; `pollWanted`: what its sender
    /// wants between two requests, zero when it does not say.
    void failed(Synchat::NtpFailure failure, const QString &kiss, Synchat::Nanos pollWanted);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Synchat

Q_DECLARE_METATYPE(Synchat::NtpSample)
