// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/datedialog.h"

#include <QCalendarWidget>
#include <QDateTime>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTextCharFormat>
#include <QTimeEdit>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

/// In the window's hand: no coloured week-ends, and arrows that are seen on any ground.
void calm(QCalendarWidget &calendar)
{
    for (const Qt::DayOfWeek day : {Qt::Saturday, Qt::Sunday})
        calendar.setWeekdayTextFormat(day, calendar.weekdayTextFormat(Qt::Monday));
    for (const auto &[name, arrow] :
         {std::pair(u"qt_calendar_prevmonth"_s, u"‹"_s), std::pair(u"qt_calendar_nextmonth"_s, u"›"_s)}) {
        auto *button = calendar.findChild<QToolButton *>(name);
        if (!button)
            continue; // a calendar of another Qt keeps its own
        button->setIcon({});
        button->setText(arrow);
    }
}

} // namespace

DateDialog::DateDialog(const QString &room, const QTimeZone &zone, WireMicros now, QWidget *parent)
    : QDialog(parent)
    , m_zone(zone)
{
    setObjectName(u"dateDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Go to a date in # %1").arg(room));
    const QDate today = QDateTime::fromMSecsSinceEpoch(now / 1000, zone).date();
    m_calendar = new QCalendarWidget(this);
    m_calendar->setObjectName(u"dateCalendar"_s);
    m_calendar->setAccessibleName(tr("Day"));
    m_calendar->setVerticalHeaderFormat(QCalendarWidget::NoVerticalHeader);
    m_calendar->setGridVisible(false);
    m_calendar->setMinimumSize(340, 260);
    m_calendar->setMaximumDate(today);
    m_calendar->setSelectedDate(today);
    m_time = new QTimeEdit(QTime(0, 0), this);
    m_time->setObjectName(u"dateTime"_s);
    m_time->setDisplayFormat(u"HH:mm"_s);
    m_time->setButtonSymbols(QAbstractSpinBox::NoButtons);
    auto *label = new QLabel(tr("&Time"), this);
    label->setBuddy(m_time);
    auto *zoneLabel = new QLabel(QString::fromUtf8(zone.id()), this);
    zoneLabel->setProperty("quiet", true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Ok)->setObjectName(u"dateAccept"_s);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("Go there"));
    auto *times = new QHBoxLayout;
    times->addWidget(label);
    times->addWidget(m_time);
    times->addWidget(zoneLabel, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->setSpacing(10);
    column->addWidget(m_calendar, 1);
    column->addLayout(times);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &DateDialog::choose);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_calendar, &QCalendarWidget::activated, this, &DateDialog::choose);
    calm(*m_calendar);
    m_calendar->setFocus();
}

void DateDialog::choose()
{
    const QDateTime moment(m_calendar->selectedDate(), m_time->time(), m_zone);
    accept();
    Q_EMIT timeChosen(moment.toMSecsSinceEpoch() * 1000);
}

} // namespace Synchat
