// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/worldtime.h"

#include <QDateTime>

#include <algorithm>
#include <chrono>
#include <cstdlib>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr qint64 MicrosPerSecond = 1'000'000;
/// A period of daylight saving time may be made of several: some zones change their standard time in it.
constexpr int MostTransitions = 8;

/// Read once: it is slow, and the list that Qt gives holds neither old names nor `Etc/UTC`.
const QList<QByteArray> &knownZones()
{
    static const QList<QByteArray> zones = [] {
        QList<QByteArray> known = QTimeZone::availableTimeZoneIds();
        known.append("Etc/UTC");
        std::sort(known.begin(), known.end());
        known.erase(std::unique(known.begin(), known.end()), known.end());
        return known;
    }();
    return zones;
}

/// `+05:30`
QString offsetText(int seconds)
{
    const int minutes = std::abs(seconds) / 60;
    return u"%1%2:%3"_s.arg(QChar(seconds < 0 ? u'-' : u'+'))
        .arg(minutes / 60, 2, 10, QChar(u'0'))
        .arg(minutes % 60, 2, 10, QChar(u'0'));
}

/// With microseconds, as long as it is one of the years that a clock can show.
QString zonedText(WireMicros t, int offset)
{
    QString text = isoUtc(t + offset * MicrosPerSecond);
    text.chop(1); // the Z
    return text + offsetText(offset);
}

QJsonValue transitionText(const QDateTime &utc)
{
    return utc.isValid() ? QJsonValue(utc.toString(u"yyyy-MM-ddTHH:mm:ss"_s) + offsetText(0))
                         : QJsonValue(QJsonValue::Null);
}

/// When daylight saving time, which there is at `time`, began; invalid when that is not known.
QDateTime daylightSince(const QTimeZone &zone, const QDateTime &time)
{
    QDateTime before = time.addMSecs(1);
    for (int i = 0; i < MostTransitions; ++i) {
        const QDateTime transition = zone.previousTransition(before).atUtc;
        if (!transition.isValid() || !zone.isDaylightTime(transition.addMSecs(-1)))
            return transition;
        before = transition;
    }
    return {};
}

QDateTime daylightUntil(const QTimeZone &zone, const QDateTime &time)
{
    QDateTime after = time;
    for (int i = 0; i < MostTransitions; ++i) {
        after = zone.nextTransition(after).atUtc;
        if (!after.isValid() || !zone.isDaylightTime(after))
            return after;
    }
    return {};
}

QString peerText(const QHostAddress &peer)
{
    bool isIPv4 = false; // also as ::ffff:192.0.2.1
    const quint32 address = peer.toIPv4Address(&isIPv4);
    return isIPv4 ? QHostAddress(address).toString() : peer.toString();
}

} // namespace

std::optional<ServedZone> ServedZone::find(const QString &name)
{
    const QByteArray id = name.toUtf8();
    if (!std::binary_search(knownZones().begin(), knownZones().end(), id))
        return std::nullopt;
    const QTimeZone zone(id);
    return ServedZone{name, zone.isValid() ? zone : QTimeZone::utc()};
}

QJsonArray ServedZone::names()
{
    QJsonArray names;
    for (const QByteArray &id : knownZones())
        names.append(QString::fromUtf8(id));
    return names;
}

QJsonObject worldTime(const BestStamp &best, const ServedZone &served, const QHostAddress &peer)
{
    Q_ASSERT(best.t);
    const WireMicros t = *best.t;
    const QTimeZone &zone = served.zone;
    const auto millis = std::chrono::floor<std::chrono::milliseconds>(Micros(t));
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(millis.count(), Qt::UTC);
    const int offset = zone.offsetFromUtc(time);
    const QDate date = time.addSecs(offset).date();
    const bool daylight = zone.isDaylightTime(time);
    QJsonObject answer{
        {u"abbreviation"_s, zone.abbreviation(time)},
        {u"datetime"_s, zonedText(t, offset)},
        {u"day_of_week"_s, date.dayOfWeek() % 7}, // Sunday is 0
        {u"day_of_year"_s, date.dayOfYear()},
        {u"dst"_s, daylight},
        {u"dst_from"_s, transitionText(daylight ? daylightSince(zone, time) : QDateTime())},
        {u"dst_offset"_s, zone.daylightTimeOffset(time)},
        {u"dst_until"_s, transitionText(daylight ? daylightUntil(zone, time) : QDateTime())},
        {u"raw_offset"_s, zone.standardTimeOffset(time)},
        {u"timezone"_s, served.name},
        {u"unixtime"_s, qint64(std::chrono::floor<std::chrono::seconds>(millis).count())},
        {u"utc_datetime"_s, zonedText(t, 0)},
        {u"utc_offset"_s, offsetText(offset)},
        {u"week_number"_s, date.weekNumber()},
        {u"state"_s, stampStateName(best.state)},
        {u"bound"_s, best.bound ? QJsonValue(*best.bound) : QJsonValue(QJsonValue::Null)},
    };
    if (!peer.isNull())
        answer.insert(u"client_ip"_s, peerText(peer));
    return answer;
}

} // namespace Synchat
