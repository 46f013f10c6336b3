// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/config.h"

#include <QObject>

#include <memory>

namespace Synchat {

struct WebSources;

/// Owns the daemon's parts and wires them; decides nothing about chat or time.
/// start() once, then stop() once (again: at once), then stopped().
class Daemon : public QObject
{
    Q_OBJECT
public:
    Daemon(const Clock &clock, Config config, QObject *parent = nullptr);
    ~Daemon() override;

    /// Nothing: it serves. Else a whole sentence.
    std::optional<QString> start();
    /// Where it serves: `http=ADDR:PORT ntp=ADDR:PORT`.
    QString endpoints() const;
    /// No new connections; posts taken before are answered, clients told, the history closed. A second call
    /// leaves the rest of that out, but for the history.
    void stop();

Q_SIGNALS:
    void stopped();

private:
    enum class Stage { Serving, Settling, Draining, Closed };
    std::optional<QString> listenNtp();
    void wire();
    void trimHistory();
    void startShipping();
    WebSources webSources();
    QString activity() const;     ///< for `/readyz`
    QJsonObject tellTime() const; ///< the answer to `GET /api/v1/time`
    void settle();
    void drain();
    void close();
    void closeHistory();

    struct Private;
    std::unique_ptr<Private> d;
};

/// `ADDR:PORT`, IPv6 in brackets; all addresses are `[::]`.
QString endpointText(const QHostAddress &address, quint16 port);

/// Where NTP is served, an address for each family: where everything is, but on loopback only while the clock
/// is wrong on purpose, so that no other machine takes a wrong time for the truth.
QList<QHostAddress> ntpAddressesFor(const Config &config);

/// The time by which old messages are deleted: the reference's, at the earliest that it can be, else what the
/// daemon's own clock says, where nothing better is to be had (`own`). Nothing: not known, so that nothing is
/// too old.
std::optional<WireMicros> timeForRetention(const BestStamp &best, const std::optional<WireMicros> &own);

/// Which NTP ports are tried, in this order: the one that is set alone, else 123, 11123, a free one.
QList<quint16> ntpPortsToTry(const NtpConfig &config);

} // namespace Synchat
