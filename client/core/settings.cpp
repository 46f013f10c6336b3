// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/settings.h"

#include <QCoreApplication>
#include <QTimeZone>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr int AllFour = 2;

} // namespace

Settings::Settings(const QString &path)
    : m_file(path, QSettings::IniFormat)
{}

QString Settings::server() const
{
    return m_file.value("chat/server"_L1).toString();
}

void Settings::setServer(const QString &server)
{
    m_file.setValue("chat/server"_L1, server);
}

QString Settings::name() const
{
    return m_file.value("chat/name"_L1).toString();
}

void Settings::setName(const QString &name)
{
    m_file.setValue("chat/name"_L1, name);
}

QString Settings::room() const
{
    return m_file.value("chat/room"_L1).toString();
}

void Settings::setRoom(const QString &room)
{
    m_file.setValue("chat/room"_L1, room);
}

QString Settings::zone() const
{
    const QString zone = m_file.value("view/zone"_L1).toString();
    return QTimeZone::isTimeZoneIdAvailable(zone.toUtf8()) ? zone : QString();
}

void Settings::setZone(const QString &zone)
{
    m_file.setValue("view/zone"_L1, zone);
}

int Settings::density() const
{
    bool isNumber = false;
    const int density = m_file.value("view/density"_L1, AllFour).toInt(&isNumber);
    return isNumber && density >= 0 && density <= AllFour ? density : AllFour;
}

void Settings::setDensity(int density)
{
    m_file.setValue("view/density"_L1, density);
}

double Settings::fontScale() const
{
    bool isNumber = false;
    const double scale = m_file.value("view/fontScale"_L1, 1.0).toDouble(&isNumber);
    return isNumber && std::isfinite(scale) ? std::clamp(scale, SmallestFontScale, LargestFontScale) : 1.0;
}

void Settings::setFontScale(double scale)
{
    m_file.setValue("view/fontScale"_L1, scale);
}

QByteArray Settings::windowGeometry() const
{
    return m_file.value("window/geometry"_L1).toByteArray();
}

void Settings::setWindowGeometry(const QByteArray &geometry)
{
    m_file.setValue("window/geometry"_L1, geometry);
}

QByteArray Settings::windowState() const
{
    return m_file.value("window/state"_L1).toByteArray();
}

void Settings::setWindowState(const QByteArray &state)
{
    m_file.setValue("window/state"_L1, state);
}

QStringList Settings::recentServers() const
{
    return m_file.value("chat/recentServers"_L1).toStringList().mid(0, MaxRecentServers);
}

void Settings::addRecentServer(const QString &server)
{
    QStringList servers = recentServers();
    servers.removeAll(server);
    servers.prepend(server);
    m_file.setValue("chat/recentServers"_L1, servers.mid(0, MaxRecentServers));
}

QString Settings::sync()
{
    m_file.sync();
    if (m_file.status() == QSettings::NoError)
        return {};
    return QCoreApplication::translate("Settings", "The settings cannot be written to %1.")
        .arg(m_file.fileName());
}

} // namespace Synchat
