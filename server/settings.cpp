// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/settings.h"

#include "common/signature.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::Settings)
};

using Refusal = std::optional<QString>;

template <typename Number>
Refusal setNumber(Number &target, const QString &value, Number least, Number most)
{
    bool isNumber = false;
    const qlonglong number = value.toLongLong(&isNumber);
    if (!isNumber || number < qlonglong(least) || number > qlonglong(most))
        return Text::tr("a whole number from %1 to %2").arg(least).arg(most);
    target = Number(number);
    return std::nullopt;
}

Refusal setSeconds(std::chrono::milliseconds &target, const QString &value)
{
    bool isNumber = false;
    const double seconds = value.toDouble(&isNumber);
    if (!isNumber || !(seconds >= 0.01 && seconds <= 86400.0))
        return Text::tr("a number of seconds from 0.01 to 86400");
    target = std::chrono::milliseconds(qRound64(seconds * 1000));
    return std::nullopt;
}

Refusal setSigningKey(Config &config, const QString &value)
{
    const auto seed =
        QByteArray::fromBase64Encoding(value.toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    if (!seed || seed.decoded.size() != SigningSeedBytes)
        return Text::tr("32 bytes in base64 (openssl rand -base64 32)");
    config.signingSeed = seed.decoded;
    return std::nullopt;
}

Refusal setYesNo(bool &target, const QString &value)
{
    const QString word = value.toLower();
    if (word != u"yes"_s && word != u"no"_s && word != u"true"_s && word != u"false"_s && word != u"1"_s &&
        word != u"0"_s)
        return Text::tr("yes or no");
    target = word == u"yes"_s || word == u"true"_s || word == u"1"_s;
    return std::nullopt;
}

Refusal setText(QString &target, const QString &value, qsizetype longest)
{
    if (value.trimmed().isEmpty() || value.size() > longest)
        return Text::tr("a text of 1 to %1 characters").arg(longest);
    target = value;
    return std::nullopt;
}

QStringList listFrom(const QString &value)
{
    QStringList entries;
    for (const QString &part : value.split(u',')) {
        if (const QString entry = part.trimmed(); !entry.isEmpty())
            entries.append(entry);
    }
    return entries;
}

Refusal setAddress(Config &config, const QString &value)
{
    QHostAddress address(value);
    if (value == u"::"_s || value == u"*"_s)
        address = QHostAddress(QHostAddress::Any); // both families, where Qt takes "::" for IPv6 alone
    if (value == u"localhost"_s)
        address = QHostAddress(QHostAddress::LocalHost);
    if (address.isNull())
        return Text::tr("an IP address, such as 127.0.0.1 or ::");
    config.net.address = address;
    return std::nullopt;
}

bool isOrigin(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    return url.isValid() && !url.scheme().isEmpty() && !url.host().isEmpty() && url.path().isEmpty() &&
           !url.hasQuery() && !url.hasFragment() && url.userInfo().isEmpty();
}

Refusal setOrigins(Config &config, const QString &value)
{
    const QStringList origins = listFrom(value);
    if (!std::all_of(origins.cbegin(), origins.cend(), isOrigin))
        return Text::tr("a list of origins such as https://chat.example:8443, with commas between them");
    config.net.allowedOrigins = origins;
    return std::nullopt;
}

Refusal setNtpPort(Config &config, const QString &value)
{
    if (value == u"off"_s) {
        config.ntp.enabled = false;
        config.ntp.port.reset();
        return std::nullopt;
    }
    quint16 port = 0;
    if (setNumber<quint16>(port, value, 0, 65535))
        return Text::tr("a whole number from 0 to 65535, or \"off\"");
    config.ntp.enabled = true;
    config.ntp.port = port;
    return std::nullopt;
}

Refusal setTimeSources(Config &config, QStringList TimeConfig::*list, const QString &value)
{
    TimeConfig changed;
    changed.*list = listFrom(value);
    if (const auto problem = problemIn(changed))
        return Text::tr("a list with commas between its entries (%1)").arg(*problem);
    config.time.*list = changed.*list;
    return std::nullopt;
}

Refusal setAssumedError(Nanos &target, const QString &value)
{
    int milliseconds = 0;
    if (const Refusal refusal = setNumber(milliseconds, value, 0, 60000))
        return refusal;
    target = std::chrono::milliseconds(milliseconds);
    return std::nullopt;
}

Refusal setClockFault(Config &config, const QString &value)
{
    const auto fault = ClockFault::parse(value);
    if (!fault)
        return Text::tr("\"none\" or what is wrong with the clock (%1)").arg(fault.error().chopped(1));
    config.clockFault = *fault;
    return std::nullopt;
}

Refusal setBridgeAddress(Config &config, const QString &value)
{
    auto address = BridgeAddress::parse(value);
    if (!address)
        return address.error();
    config.bridge.address = std::move(*address);
    return std::nullopt;
}

Refusal setBridgeUser(Config &config, const QString &value)
{
    // What stands before the first colon is the user (RFC 7617 §2).
    if (value.contains(u':'))
        return Text::tr("a name without \":\"");
    return setText(config.bridge.user, value, 1024);
}

Refusal setCommit(Config &config, const QString &value)
{
    if (value != u"sql"_s && value != u"bridge"_s)
        return Text::tr("sql or bridge");
    config.store.waitsForBridge = value == u"bridge"_s;
    return std::nullopt;
}

Refusal setAlarmAge(Config &config, const QString &value)
{
    int seconds = 0;
    const Refusal refusal = setNumber(seconds, value, 1, 31536000);
    if (!refusal)
        config.shipping.alarmAge = std::chrono::seconds(seconds);
    return refusal;
}

Refusal setLogLevel(Config &config, const QString &value)
{
    const QStringList names{u"debug"_s, u"info"_s, u"warning"_s, u"error"_s};
    const qsizetype index = names.indexOf(value);
    if (index < 0)
        return Text::tr("debug, info, warning or error");
    config.logLevel = static_cast<LogLevel>(index);
    return std::nullopt;
}

Refusal setStoreUrl(Config &config, const QString &value)
{
    config.store.postgresql.reset();
    if (value.isEmpty())
        return std::nullopt;
    auto address = StoreAddress::parse(value);
    if (!address)
        return Text::tr("empty, or an address such as postgresql://user:password@host:5432/database (%1)")
            .arg(address.error());
    config.store.postgresql = std::move(*address);
    return std::nullopt;
}

constexpr int Many = 1'000'000;

// clang-format off
constexpr Setting Settings[] = {
    {u"net", u"bind", QT_TRANSLATE_NOOP("Synchat::Settings", "address to serve on; :: means all"),
     setAddress},
    {u"net", u"port", QT_TRANSLATE_NOOP("Synchat::Settings", "TCP port of WebSocket and HTTP; 0 picks a free one"),
     [](Config &c, const QString &v) { return setNumber<quint16>(c.net.port, v, 0, 65535); }},
    {u"net", u"allowed_origins", QT_TRANSLATE_NOOP("Synchat::Settings", "list of web origins besides the daemon's own"),
     setOrigins},
    {u"net", u"max_connections", QT_TRANSLATE_NOOP("Synchat::Settings", "connections at once"),
     [](Config &c, const QString &v) { return setNumber(c.net.maxConnections, v, 1, Many); }},
    {u"net", u"max_http_per_peer", QT_TRANSLATE_NOOP("Synchat::Settings", "connections from one address that are not (yet) WebSockets"),
     [](Config &c, const QString &v) { return setNumber(c.net.maxHttpPerPeer, v, 1, Many); }},
    {u"net", u"max_pending_bytes", QT_TRANSLATE_NOOP("Synchat::Settings", "bytes that a slow reader may be behind"),
     [](Config &c, const QString &v) {
         return setNumber<qint64>(c.net.maxPendingBytes, v, 65536, std::numeric_limits<qint32>::max());
     }},
    {u"net", u"head_timeout_seconds", QT_TRANSLATE_NOOP("Synchat::Settings", "seconds for a whole HTTP request head"),
     [](Config &c, const QString &v) { return setSeconds(c.net.headTimeout, v); }},
    {u"net", u"hello_timeout_seconds", QT_TRANSLATE_NOOP("Synchat::Settings", "seconds from the connection to `hello`"),
     [](Config &c, const QString &v) { return setSeconds(c.net.helloTimeout, v); }},
    {u"net", u"ping_interval_seconds", QT_TRANSLATE_NOOP("Synchat::Settings", "seconds between pings"),
     [](Config &c, const QString &v) { return setSeconds(c.net.pingInterval, v); }},
    {u"net", u"silence_timeout_seconds", QT_TRANSLATE_NOOP("Synchat::Settings", "seconds of silence after which a connection is closed"),
     [](Config &c, const QString &v) { return setSeconds(c.net.silenceTimeout, v); }},
    {u"ntp", u"port", QT_TRANSLATE_NOOP("Synchat::Settings", "UDP port of NTP, or off; by default 123 where that is allowed, else 11123"),
     setNtpPort},
    {u"ntp", u"local_stratum", QT_TRANSLATE_NOOP("Synchat::Settings", "stratum that is served where no NTP server is followed"),
     [](Config &c, const QString &v) { return setNumber(c.time.localStratum, v, 1, 15); }},
    {u"ntp", u"rate_per_second", QT_TRANSLATE_NOOP("Synchat::Settings", "NTP requests that one address may send in a second; 0 means no limit"),
     [](Config &c, const QString &v) { return setNumber(c.ntp.limits.perSecond, v, 0, Many); }},
    {u"ntp", u"rate_burst", QT_TRANSLATE_NOOP("Synchat::Settings", "NTP requests that one address may send at once"),
     [](Config &c, const QString &v) { return setNumber(c.ntp.limits.burst, v, 1, Many); }},
    {u"ntp", u"rate_limit_lan", QT_TRANSLATE_NOOP("Synchat::Settings", "yes or no: NTP limits are for loopback, private and link-local addresses too"),
     [](Config &c, const QString &v) { return setYesNo(c.ntp.limits.limitNearby, v); }},
    {u"time", u"ntp_servers", QT_TRANSLATE_NOOP("Synchat::Settings", "list of host[:port] to ask for the time"),
     [](Config &c, const QString &v) { return setTimeSources(c, &TimeConfig::ntpServers, v); }},
    {u"time", u"http_sources", QT_TRANSLATE_NOOP("Synchat::Settings", "list of web servers to ask for the time: URL [json=/place format=iso|unix|unix-ms|unix-us|unix-ns] [date] [error=100ms]"),
     [](Config &c, const QString &v) { return setTimeSources(c, &TimeConfig::httpSources, v); }},
    {u"time", u"os_clock", QT_TRANSLATE_NOOP("Synchat::Settings", "yes or no: the system's clock counts while the system says that it is synchronised"),
     [](Config &c, const QString &v) { return setYesNo(c.time.useOsClock, v); }},
    {u"time", u"http_source_error_ms", QT_TRANSLATE_NOOP("Synchat::Settings", "milliseconds by which a provider's own clock may be wrong"),
     [](Config &c, const QString &v) { return setAssumedError(c.time.httpSourceError, v); }},
    {u"time", u"os_clock_error_ms", QT_TRANSLATE_NOOP("Synchat::Settings", "milliseconds by which the system's clock may be wrong beside what the system says; 0 where what sets it counts the whole way to its server, as chrony and ntpd do"),
     [](Config &c, const QString &v) { return setAssumedError(c.time.osClockError, v); }},
    {u"time", u"http_refresh_seconds", QT_TRANSLATE_NOOP("Synchat::Settings", "age in seconds of the last HTTP sample from which on a message causes a fresh one; 0 means never"),
     [](Config &c, const QString &v) {
         int seconds = 0;
         const Refusal refusal = setNumber(seconds, v, 0, 86400);
         if (!refusal)
             c.time.httpRefresh = std::chrono::seconds(seconds);
         return refusal;
     }},
    {u"time", u"clock_fault", QT_TRANSLATE_NOOP("Synchat::Settings", "what is made wrong with the daemon's clock, for teaching and testing"),
     setClockFault},
    {u"store", u"data_dir", QT_TRANSLATE_NOOP("Synchat::Settings", "folder of the history"),
     [](Config &c, const QString &v) { return setText(c.store.dataDir, v, 4096); }},
    {u"store", u"url", QT_TRANSLATE_NOOP("Synchat::Settings", "address of a PostgreSQL database for the history, postgresql://user:password@host:port/database; empty: SQLite in the data folder"),
     setStoreUrl, true},
    {u"store", u"max_queued", QT_TRANSLATE_NOOP("Synchat::Settings", "messages that may wait to be stored"),
     [](Config &c, const QString &v) { return setNumber(c.store.maxQueued, v, 1, Many); }},
    {u"store", u"max_batch", QT_TRANSLATE_NOOP("Synchat::Settings", "messages in one transaction"),
     [](Config &c, const QString &v) { return setNumber(c.store.maxBatch, v, 1, 10000); }},
    {u"store", u"signing_key", QT_TRANSLATE_NOOP("Synchat::Settings", "what the key that signs bundles is made from, 32 random bytes in base64, for a host without a lasting disk; else it is signing.key in data_dir"),
     setSigningKey, true},
    {u"store", u"keep_days", QT_TRANSLATE_NOOP("Synchat::Settings", "days after which a message is deleted; 0 means never"),
     [](Config &c, const QString &v) { return setNumber(c.store.keep.days, v, 0, 36500); }},
    {u"store", u"keep_messages", QT_TRANSLATE_NOOP("Synchat::Settings", "messages that each room keeps, the newest; 0 means all"),
     [](Config &c, const QString &v) { return setNumber<qint64>(c.store.keep.messages, v, 0, std::numeric_limits<qint32>::max()); }},
    {u"store", u"commit", QT_TRANSLATE_NOOP("Synchat::Settings", "sql or bridge: what must hold a message before anybody sees it; bridge is for hosts without a lasting disk, and the chat stands still while the bridge is away"),
     setCommit},
    {u"chat", u"name", QT_TRANSLATE_NOOP("Synchat::Settings", "what the server calls itself"),
     [](Config &c, const QString &v) { return setText(c.chat.serverName, v, 64); }},
    {u"chat", u"rate_per_second", QT_TRANSLATE_NOOP("Synchat::Settings", "messages that a person may post in a second; 0 means no limit"),
     [](Config &c, const QString &v) { return setNumber(c.chat.ratePerSecond, v, 0, Many); }},
    {u"chat", u"rate_burst", QT_TRANSLATE_NOOP("Synchat::Settings", "messages that a person may post at once"),
     [](Config &c, const QString &v) { return setNumber(c.chat.rateBurst, v, 1, Many); }},
    {u"chat", u"max_rooms", QT_TRANSLATE_NOOP("Synchat::Settings", "rooms that may exist"),
     [](Config &c, const QString &v) { return setNumber(c.chat.maxRooms, v, 1, Many); }},
    {u"bridge", u"uri", QT_TRANSLATE_NOOP("Synchat::Settings", "http(s) address of the collection of messages, as a REST bridge (RESTHeart) before MongoDB shows it; nothing means SQL alone"),
     setBridgeAddress, true}, // it may hold a password
    {u"bridge", u"user", QT_TRANSLATE_NOOP("Synchat::Settings", "who the bridge knows us as"),
     setBridgeUser},
    {u"bridge", u"password", QT_TRANSLATE_NOOP("Synchat::Settings", "the password that goes with it"),
     [](Config &c, const QString &v) { return setText(c.bridge.password, v, 4096); }, true},
    {u"bridge", u"alarm_rows", QT_TRANSLATE_NOOP("Synchat::Settings", "number of messages that wait for the bridge from which on there is an alarm"),
     [](Config &c, const QString &v) { return setNumber(c.shipping.alarmRows, v, qint64(1), qint64(1000000000000)); }},
    {u"bridge", u"alarm_seconds", QT_TRANSLATE_NOOP("Synchat::Settings", "seconds that a message waits for the bridge from which on there is an alarm"),
     setAlarmAge},
    {u"bridge", u"take_back", QT_TRANSLATE_NOOP("Synchat::Settings", "yes or no: a daemon without a history takes it from the bridge first"),
     [](Config &c, const QString &v) { return setYesNo(c.shipping.takesBack, v); }},
    {u"bridge", u"take_back_seconds", QT_TRANSLATE_NOOP("Synchat::Settings", "seconds for which a start that needs the bridge waits for it, before it gives up"),
     [](Config &c, const QString &v) { return setSeconds(c.shipping.takeBackPatience, v); }},
    {u"log", u"level", QT_TRANSLATE_NOOP("Synchat::Settings", "debug, info, warning or error"),
     setLogLevel},
};
// clang-format on

} // namespace

QString Setting::environmentName() const
{
    return u"SYNCHAT_%1_%2"_s.arg(sectionName(), keyName()).toUpper();
}

std::span<const Setting> allSettings()
{
    return Settings;
}

const Setting *findSetting(const QString &section, const QString &key)
{
    const auto found = std::find_if(std::begin(Settings), std::end(Settings), [&](const Setting &setting) {
        return setting.sectionName() == section && setting.keyName() == key;
    });
    return found == std::end(Settings) ? nullptr : found;
}

bool isSettingSection(const QString &section)
{
    return std::any_of(std::begin(Settings), std::end(Settings),
                       [&](const Setting &setting) { return setting.sectionName() == section; });
}

} // namespace Synchat
