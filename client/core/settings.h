// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QSettings>
#include <QString>
#include <QStringList>

namespace Synchat {

/// What the desktop client remembers between runs, in an INI file whose path is handed in. What makes no
/// sense in the file reads as the default. Not for the outbox and the token: see clientstate.h.
class Settings
{
public:
    static constexpr int MaxRecentServers = 10;
    static constexpr double SmallestFontScale = 0.5;
    static constexpr double LargestFontScale = 4.0;

    explicit Settings(const QString &path);

    QString server() const;
    void setServer(const QString &server);
    QString name() const;
    void setName(const QString &name);
    QString room() const;
    void setRoom(const QString &room);
    /// An IANA id; empty: the system's zone.
    QString zone() const;
    void setZone(const QString &zone);
    /// 0 compact, 1 deltas, 2 all four (the default).
    int density() const;
    void setDensity(int density);
    double fontScale() const;
    void setFontScale(double scale);
    QByteArray windowGeometry() const;
    void setWindowGeometry(const QByteArray &geometry);
    QByteArray windowState() const;
    void setWindowState(const QByteArray &state);
    /// Newest first, without repeats.
    QStringList recentServers() const;
    void addRecentServer(const QString &server);

    /// Empty when everything is on disk, else a sentence.
    QString sync();

private:
    QSettings m_file;
};

} // namespace Synchat
