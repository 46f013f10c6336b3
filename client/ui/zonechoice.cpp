// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/zonechoice.h"

using namespace Qt::StringLiterals;

namespace Synchat {

ZoneChoice ZoneChoice::fromId(const QString &id)
{
    ZoneChoice choice;
    if (id == "UTC"_L1 || (!id.isEmpty() && QTimeZone(id.toLatin1()).isValid()))
        choice.m_id = id;
    return choice;
}

ZoneChoice ZoneChoice::utc()
{
    return fromId(u"UTC"_s);
}

ZoneChoice ZoneChoice::madrid()
{
    return fromId(u"Europe/Madrid"_s);
}

bool ZoneChoice::isUtc() const
{
    return m_id == "UTC"_L1;
}

QTimeZone ZoneChoice::zone() const
{
    if (isUtc())
        return QTimeZone::utc();
    if (isSystem()) {
        const QTimeZone system = QTimeZone::systemTimeZone();
        return system.isValid() ? system : QTimeZone::utc();
    }
    return QTimeZone(m_id.toLatin1());
}

} // namespace Synchat
