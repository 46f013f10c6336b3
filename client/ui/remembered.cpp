// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/remembered.h"

#include "client/core/settings.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace Synchat {

Remembered Remembered::load(const QString &path)
{
    Remembered known;
    if (path.isEmpty() || !QFileInfo::exists(path))
        return known;
    const Settings settings(path);
    known.server = settings.server();
    known.name = settings.name();
    known.room = settings.room();
    known.zone = ZoneChoice::fromId(settings.zone());
    known.density = static_cast<Density>(settings.density());
    known.scale = boundedTextScale(settings.fontScale());
    known.geometry = settings.windowGeometry();
    known.splitter = settings.windowState();
    QSettings file(path, QSettings::IniFormat);
    known.rooms = file.value("chat/rooms"_L1).toStringList();
    known.zoneBeforeUtc = ZoneChoice::fromId(file.value("view/zone_before_utc"_L1).toString());
    known.theme = themeChoiceFromName(file.value("view/theme"_L1).toString());
    known.docks = file.value("window/docks"_L1).toByteArray();
    known.roomsShown = file.value("window/rooms"_L1, true).toBool();
    known.peopleShown = file.value("window/people"_L1, true).toBool();
    file.beginGroup("drafts"_L1);
    const QStringList rooms = file.childKeys();
    for (const QString &room : rooms)
        known.drafts.insert(room, file.value(room).toString());
    return known;
}

bool Remembered::save(const QString &path) const
{
    if (path.isEmpty())
        return true;
    QDir().mkpath(QFileInfo(path).absolutePath());
    Settings settings(path);
    settings.setServer(server);
    settings.setName(name);
    settings.setRoom(room);
    settings.setZone(zone.id());
    settings.setDensity(static_cast<int>(density));
    settings.setFontScale(scale);
    settings.setWindowGeometry(geometry);
    settings.setWindowState(splitter);
    if (!server.isEmpty())
        settings.addRecentServer(server);
    QSettings file(path, QSettings::IniFormat);
    file.setValue("chat/rooms"_L1, rooms);
    file.setValue("view/zone_before_utc"_L1, zoneBeforeUtc.id());
    file.setValue("view/theme"_L1, themeChoiceName(theme));
    file.setValue("window/docks"_L1, docks);
    file.setValue("window/rooms"_L1, roomsShown);
    file.setValue("window/people"_L1, peopleShown);
    file.remove("drafts"_L1);
    for (auto it = drafts.begin(); it != drafts.end(); ++it)
        file.setValue("drafts/"_L1 + it.key(), it.value());
    file.sync();
    // Drafts are private.
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    return settings.sync().isEmpty() && file.status() == QSettings::NoError;
}

} // namespace Synchat
