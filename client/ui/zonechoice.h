// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTimeZone>

namespace Synchat {

/// In which time zone clocks are shown. Kept as text: empty is the system's own zone.
class ZoneChoice
{
public:
    ZoneChoice() = default;
    /// An unknown id counts as the system's zone.
    static ZoneChoice fromId(const QString &id);
    static ZoneChoice system() { return {}; }
    static ZoneChoice utc();
    static ZoneChoice madrid();

    const QString &id() const { return m_id; } ///< empty: the system's
    bool isSystem() const { return m_id.isEmpty(); }
    bool isUtc() const;
    QTimeZone zone() const;

    friend bool operator==(const ZoneChoice &, const ZoneChoice &) = default;

private:
    QString m_id;
};

} // namespace Synchat
