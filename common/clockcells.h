// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/stamptext.h"

#include <QTimeZone>

namespace Synchat {

enum class ClockColumn : quint8 { Author, Daemon, TimeApi, Ntp };
constexpr int ClockColumns = 4;

/// One reading as it is shown.
struct ClockCell
{
    ClockColumn column = ClockColumn::Author;
    QString name;
    OptionalMicros time;
    QString reading; ///< "14:03:25.118", "–" when there is none
    bool hasMark = false;
    Mark mark = Mark::Unknown;
    QString value; ///< the one thing to know of it: "+2 ms", "±130 ms", "unknown"
    QString skew;  ///< "+2 ms", "unknown", "unconfirmed", "own clock"; empty without a reading
    QString bound; ///< "±0.9 ms", or empty
    QString toolTip;

    bool loud() const { return hasMark && (mark == Mark::Off || mark == Mark::Contradiction); }
};

/// The four clocks of a message in words, for window and page. Pure.
class ClockCells
{
    Q_DECLARE_TR_FUNCTIONS(ClockCells)
public:
    static QString columnName(ClockColumn column);
    /// For where each reading carries its name.
    static QString shortColumnName(ClockColumn column);
    /// One for each column, in their order, under their short names.
    static QList<ClockCell> of(const Stamps &stamps, const QTimeZone &zone);

private:
    static ClockCell authorCell(const Stamps &stamps, const QTimeZone &zone);
    static ClockCell daemonCell(const Stamps &stamps, const QTimeZone &zone);
    static ClockCell sourceCell(ClockColumn column, const SourceStamp &source, const BestStamp &best,
                                const QTimeZone &zone);
    static QStringList sourceLines(ClockColumn column, const SourceStamp &source);
};

} // namespace Synchat
