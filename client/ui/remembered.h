// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/look.h"
#include "client/ui/view/messageview.h"
#include "client/ui/zonechoice.h"

#include <QByteArray>
#include <QHash>
#include <QStringList>

namespace Synchat {

/// What the window remembers from one run to the next. A plain value; kept in one INI file.
struct Remembered
{
    QString server;
    QString name;
    QString room;      ///< the one that was open
    QStringList rooms; ///< all that were joined
    ZoneChoice zone;
    ZoneChoice zoneBeforeUtc; ///< where the UTC key leads back to
    Density density = Density::AllFour;
    ThemeChoice theme = ThemeChoice::System;
    double scale = 1.0;
    QByteArray geometry;
    QByteArray splitter;
    QByteArray docks; ///< which are open, and where
    bool roomsShown = true;
    bool peopleShown = true;
    QHash<QString, QString> drafts; ///< by room

    /// `path` empty or no such file: the defaults. What makes no sense is left at its default.
    static Remembered load(const QString &path);
    /// False: it could not be written.
    bool save(const QString &path) const;
};

} // namespace Synchat
