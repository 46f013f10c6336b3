// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/timestamp.h"

#include <QDialog>
#include <QTimeZone>

class QCalendarWidget;
class QTimeEdit;

namespace Synchat {

/// Asks for a day and a time of day, in the zone that the window shows.
class DateDialog : public QDialog
{
    Q_OBJECT
public:
    /// `room` for the words; `now` is the last day that can be chosen.
    DateDialog(const QString &room, const QTimeZone &zone, WireMicros now, QWidget *parent = nullptr);

Q_SIGNALS:
    void timeChosen(Synchat::WireMicros time);

private:
    void choose();

    QTimeZone m_zone;
    QCalendarWidget *m_calendar = nullptr;
    QTimeEdit *m_time = nullptr;
};

} // namespace Synchat
