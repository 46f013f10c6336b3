// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/skewvalues.h"

#include "common/timestamp.h"

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

QString kindName(ClockSubject::Kind kind)
{
    switch (kind) {
    case ClockSubject::Kind::Reference:
        return u"reference"_s;
    case ClockSubject::Kind::Own:
        return u"own"_s;
    case ClockSubject::Kind::Member:
        return u"member"_s;
    case ClockSubject::Kind::Source:
        break;
    }
    return u"source"_s;
}

/// Names come from strangers: quoted, and never taken for a formula by a spreadsheet.
QString quoted(const QString &text)
{
    QString inside = text;
    if (!inside.isEmpty() && u"=+-@\t\r"_s.contains(inside.front()))
        inside.prepend(u'\'');
    inside.replace(u'"', u"\"\""_s);
    return u'"' + inside + u'"';
}

QString number(OptionalMicros value)
{
    return value ? QString::number(*value) : QString();
}

} // namespace

QByteArray skewValues(const SkewPicture &picture, WallTime wallNow)
{
    QByteArray csv = "name,kind,time_utc,before_now_us,skew_us,bound_us,state,fault\r\n";
    for (const SkewCurve &curve : picture.curves) {
        if (!curve.shown)
            continue;
        for (const SkewPoint &point : curve.points) {
            const Nanos ago = picture.now - point.at;
            const QStringList cells{quoted(curve.subject.name),
                                    kindName(curve.subject.kind),
                                    isoUtc(toWire(wallNow - ago)),
                                    QString::number(toWire(ago)),
                                    number(point.skew),
                                    number(point.bound),
                                    point.skew ? stampStateName(point.state) : u"unknown"_s,
                                    point.fault ? u"true"_s : u"false"_s};
            csv += cells.join(u',').toUtf8() + "\r\n";
        }
    }
    return csv;
}

} // namespace Synchat
