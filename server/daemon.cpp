// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/daemon.h"

#include "common/logging.h"
#include "ntp/timereport.h"
#include "server/bridge/restheart.h"
#include "server/ntpservice.h"
#include "server/shipping/shippingservice.h"
#include "server/store/signingkeyfile.h"
#include "server/timereportkeeper.h"
#include "server/webpages.h"

#include <QRandomGenerator>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

// Together less than Limits::DrainTimeout, with time left for the last commit.
constexpr std::chrono::milliseconds SettleTimeout{4000};
constexpr std::chrono::milliseconds CloseTimeout{2500};
/// How often it is looked whether there is something to delete.
constexpr std::chrono::seconds TrimInterval{30};
constexpr std::chrono::milliseconds ShipTimeout{1500};
constexpr quint16 StandardNtpPort = 123;
constexpr quint16 UnprivilegedNtpPort = 11123;

/// Names this run.
QString newBootName()
{
    return u"%1"_s.arg(QRandomGenerator::system()->generate64() & 0xffffffffu, 0, 36);
}

/// Once, at the end: a line for a packet would let anybody fill the log.
void logNtpCounters(const NtpCounters &counters)
{
    qCInfo(logDaemon,
           "ntp: %llu requests, %llu answered, %llu not plain requests, %llu told to ask less often, "
           "%llu too many, %llu not sent",
           counters.received, counters.answered,
           counters.tooShort + counters.badVersion + counters.badMode + counters.malformed, counters.kissed,
           counters.rateLimited, counters.sendFailed);
}

} // namespace

QString endpointText(const QHostAddress &address, quint16 port)
{
    QString text = address.toString();
    if (address == QHostAddress(QHostAddress::Any))
        text = u"::"_s;
    const QString form = text.contains(u':') ? u"[%1]:%2"_s : u"%1:%2"_s;
    return form.arg(text).arg(port);
}

QList<QHostAddress> ntpAddressesFor(const Config &config)
{
    const QHostAddress &address = config.net.address;
    if (config.clockFault.isNone() || address.isLoopback())
        return addressOfEachFamily(address);
    return {QHostAddress(QHostAddress::LocalHost), QHostAddress(QHostAddress::LocalHostIPv6)};
}

QList<quint16> ntpPortsToTry(const NtpConfig &config)
{
    if (!config.enabled)
        return {};
    if (config.port)
        return {*config.port};
    return {StandardNtpPort, UnprivilegedNtpPort, 0};
}

std::optional<WireMicros> timeForRetention(const BestStamp &best, const std::optional<WireMicros> &own)
{
    const bool isKnown = best.state == StampState::Ok || best.state == StampState::Holdover;
    if (isKnown && best.t)
        return *best.t - best.bound.value_or(0);
    return own;
}

// Members in the order of dependence: what is named later goes first.
struct Daemon::Private
{
    Private(const Clock &ourClock, Config ourConfig)
        : clock(ourClock)
        , config(std::move(ourConfig))
    {}

    const Clock &clock;
    const Config config;
    std::unique_ptr<History> history;
    std::unique_ptr<ShippingService> shipping; ///< null: no bridge
    QString publicKey;
    std::unique_ptr<TimeReference> reference;
    std::unique_ptr<NtpService> ntp;
    std::unique_ptr<NetServer> net;
    std::unique_ptr<ChatServer> chat;
    std::unique_ptr<WebPages> pages;
    std::unique_ptr<Router> router;
    std::unique_ptr<TimeReportKeeper> timeKeeper;
    QTimer trimTimer;
    Stage stage = Stage::Serving;
};

Daemon::Daemon(const Clock &clock, Config config, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(clock, std::move(config)))
{}

Daemon::~Daemon() = default;

std::optional<QString> Daemon::start()
{
    auto history = History::open(d->config.store);
    if (!history)
        return history.error();
    d->history = std::move(*history);
    const auto key = readOrMakeSigningKey(d->config.store.dataDir,
                                          d->config.signingSeed); // the history holds the folder's lock
    if (!key)
        return key.error();
    d->publicKey = key->publicKey().base64();
    d->reference = std::make_unique<TimeReference>(d->clock, d->config.time, newBootName());
    if (const auto problem = listenNtp())
        return problem;
    d->net = std::make_unique<NetServer>(d->clock, d->config.net);
    d->chat = std::make_unique<ChatServer>(d->clock, d->config.chat, *d->net, *d->history);
    d->pages = std::make_unique<WebPages>(*d->chat, *d->history);
    d->router = std::make_unique<Router>(webSources());
    wire();
    startShipping();
    d->reference->start(d->ntp ? OwnServer{ntpAddressesFor(d->config), d->ntp->port()} : OwnServer());
    if (!d->net->listen())
        return tr("The address %1 cannot be served: %2.")
            .arg(endpointText(d->config.net.address, d->config.net.port), d->net->errorString());
    d->timeKeeper =
        std::make_unique<TimeReportKeeper>(d->config.store.dataDir, [this] { return tellTime(); });
    trimHistory();
    d->trimTimer.start(TrimInterval);
    return std::nullopt;
}

void Daemon::trimHistory()
{
    const ClockReading now = d->clock.read();
    const SharedSnapshot snapshot = d->reference->snapshot();
    const BestStamp best = snapshot ? stampsAt(*snapshot, now).best : BestStamp();
    const bool hasSources = !d->config.time.ntpServers.isEmpty() || !d->config.time.httpSources.isEmpty();
    const bool mayTrustOwn = !hasSources && d->config.clockFault.isNone();
    d->history->trim(timeForRetention(best, mayTrustOwn ? std::optional(toWire(now.wall)) : std::nullopt));
}

std::optional<QString> Daemon::listenNtp()
{
    const QList<quint16> ports = ntpPortsToTry(d->config.ntp);
    if (ports.isEmpty())
        return std::nullopt;
    d->ntp = std::make_unique<NtpService>(d->clock, d->config.ntp.limits);
    d->ntp->setSnapshot(d->reference->snapshot()); // first: with sources it has no time to tell yet
    if (!d->ntp->listen(ntpAddressesFor(d->config), ports))
        return tr("NTP cannot be served on %1: %2.")
            .arg(endpointText(d->config.net.address, ports.constLast()), d->ntp->errorString());
    if (!d->config.clockFault.isNone())
        qCWarning(logDaemon, "ntp is answered on loopback only, since the clock is wrong on purpose");
    if (ports.size() > 1 && d->ntp->port() != ports.constFirst())
        qCInfo(logDaemon, "ntp is served on port %d: port 123 is not allowed or in use", d->ntp->port());
    return std::nullopt;
}

void Daemon::wire()
{
    TimeReference *reference = d->reference.get();
    connect(reference, &TimeReference::snapshotChanged, d->chat.get(), &ChatServer::setSnapshot);
    d->chat->setSnapshot(reference->snapshot());
    d->chat->setPublicKey(d->publicKey);
    connect(d->chat.get(), &ChatServer::postAccepted, reference, &TimeReference::refreshSoon);
    if (d->ntp) {
        connect(reference, &TimeReference::snapshotChanged, d->ntp.get(), &NtpService::setSnapshot);
        d->chat->setNtpPort(d->ntp->port());
    }
    connect(d->net.get(), &NetServer::requestReceived, d->router.get(),
            [this](ExchangeId exchange, const HttpRequest &request) {
                d->router->handle(request, [this, exchange](const HttpResponse &response) {
                    d->net->respond(exchange, response);
                });
            });
    connect(&d->trimTimer, &QTimer::timeout, this, &Daemon::trimHistory);
    connect(d->chat.get(), &ChatServer::allSettled, this, &Daemon::drain);
    connect(d->net.get(), &NetServer::drained, this, &Daemon::close);
}

void Daemon::startShipping()
{
    if (!d->config.bridge.isWanted())
        return;
    qCInfo(logDaemon, "the history goes on to the bridge at %ls",
           qUtf16Printable(d->config.bridge.address->messages().toString()));
    const BridgeConfig bridge = d->config.bridge;
    d->shipping = std::make_unique<ShippingService>(
        d->clock, d->config.shipping, [bridge] { return std::make_unique<RestHeart>(bridge); }, *d->history);
    connect(d->shipping.get(), &ShippingService::stateChanged, d->history.get(),
            [this](const BridgeState &state) {
                d->history->setRefusedRooms(state.refusedRooms);
                d->history->setBridgeAnswers(state.answers);
            });
    connect(d->shipping.get(), &ShippingService::finished, this, &Daemon::closeHistory);
}

WebSources Daemon::webSources()
{
    return {
        .publicRooms = [this] { return d->chat->publicRooms(); },
        .readPage =
            [this](const QString &room, HistoryAnchor anchor, qint64 value, int limit,
                   WebSources::PageAnswer answer) {
                return d->pages->read(room, anchor, value, limit, std::move(answer));
            },
        .search =
            [this](const Search &search, WebSources::SearchAnswer answer) {
                return d->pages->search(search, std::move(answer));
            },
        .time = [this] { return tellTime(); },
        .best =
            [this] {
                const SharedSnapshot snapshot = d->reference->snapshot();
                return snapshot ? stampsAt(*snapshot, d->clock.read()).best : BestStamp();
            },
        .problem = [this] { return d->history->problem(); },
        .activity = [this] { return activity(); },
    };
}

QJsonObject Daemon::tellTime() const
{
    QJsonObject report = timeReport(d->reference->snapshot(), d->clock.read());
    report.insert(u"key"_s, d->publicKey);
    return report;
}

QString Daemon::activity() const
{
    QStringList words{d->history->activity()};
    if (d->shipping)
        words.append(bridgeWords(d->shipping->state()));
    words.removeAll(QString());
    return words.join(u"; "_s);
}

QString Daemon::endpoints() const
{
    const QString ntp = d->ntp ? endpointText(d->ntp->address(), d->ntp->port()) : u"-"_s;
    return u"http=%1 ntp=%2"_s.arg(endpointText(d->net->address(), d->net->port()), ntp);
}

void Daemon::stop()
{
    if (d->stage != Stage::Serving) {
        close();
        return;
    }
    d->stage = Stage::Settling;
    d->net->stopListening();
    // Behind the frames that have been received and wait to be handled.
    QMetaObject::invokeMethod(this, &Daemon::settle, Qt::QueuedConnection);
}

void Daemon::settle()
{
    if (d->stage != Stage::Settling)
        return;
    QTimer::singleShot(SettleTimeout, this, &Daemon::drain);
    d->chat->beginStop();
}

void Daemon::drain()
{
    if (d->stage != Stage::Settling)
        return;
    d->stage = Stage::Draining;
    d->net->drain(u"retry in 5 s"_s, CloseTimeout);
}

void Daemon::close()
{
    if (d->stage == Stage::Closed || d->stage == Stage::Serving)
        return;
    d->stage = Stage::Closed;
    if (d->ntp)
        logNtpCounters(d->ntp->counters());
    d->timeKeeper.reset();
    if (d->shipping)
        d->shipping->finish(ShipTimeout);
    else
        closeHistory();
}

void Daemon::closeHistory()
{
    d->history->close();
    Q_EMIT stopped();
}

} // namespace Synchat
