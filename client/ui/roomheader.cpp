// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/roomheader.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Synchat {

QString densityName(Density density)
{
    switch (density) {
    case Density::Compact:
        return RoomHeader::tr("Compact");
    case Density::Deltas:
        return RoomHeader::tr("Deltas");
    case Density::AllFour:
        break;
    }
    return RoomHeader::tr("All four clocks");
}

RoomHeader::RoomHeader(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"roomHeader"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_room = new QToolButton(this);
    m_room->setObjectName(u"roomName"_s);
    m_room->setToolTip(tr("Go to another room (Ctrl+K)"));
    m_title = new QLabel(this);
    m_title->setObjectName(u"roomTitle"_s);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setProperty("quiet", true);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_people = new QToolButton(this);
    m_people->setObjectName(u"peopleButton"_s);
    m_people->setToolTip(tr("Show or hide the people"));
    m_density = new QToolButton(this);
    m_density->setObjectName(u"densityChooser"_s);
    m_density->setPopupMode(QToolButton::InstantPopup);
    m_density->setToolTip(tr("How much of the clocks is shown (Ctrl+T)"));
    makeDensityMenu();
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(14, 8, 14, 8);
    row->setSpacing(4);
    row->addWidget(m_room);
    row->addWidget(m_title, 1);
    row->addWidget(m_people);
    row->addWidget(m_density);
    connect(m_people, &QToolButton::clicked, this, &RoomHeader::peopleWanted);
    connect(m_room, &QToolButton::clicked, this, &RoomHeader::roomsWanted);
    setRoom({}, {});
    setPeopleText({});
    setDensity(Density::AllFour);
}

void RoomHeader::makeDensityMenu()
{
    auto *menu = new QMenu(m_density);
    menu->setObjectName(u"densityMenu"_s);
    m_choices = new QActionGroup(this);
    for (const Density density : {Density::Compact, Density::Deltas, Density::AllFour}) {
        QAction *action = menu->addAction(densityName(density));
        action->setCheckable(true);
        action->setData(static_cast<int>(density));
        m_choices->addAction(action);
    }
    m_density->setMenu(menu);
    connect(m_choices, &QActionGroup::triggered, this,
            [this](QAction *action) { Q_EMIT densityChosen(static_cast<Density>(action->data().toInt())); });
}

void RoomHeader::setRoom(const QString &room, const QString &title)
{
    m_roomText = room.isEmpty() ? tr("No room") : u"# "_s + room;
    m_room->setAccessibleName(room.isEmpty() ? tr("No room") : tr("Room %1").arg(room));
    m_titleText = title;
    m_title->setToolTip(title);
    arrange();
}

void RoomHeader::setPeopleText(const QString &text)
{
    m_people->setText(text);
    m_people->setAccessibleName(text.isEmpty() ? tr("Show or hide the people")
                                               : tr("%1, show or hide the list").arg(text));
    arrange();
}

void RoomHeader::setDensity(Density density)
{
    m_density->setText(densityName(density) + u" ▾"_s);
    m_density->setAccessibleName(tr("Clocks shown: %1").arg(densityName(density)));
    const QList<QAction *> actions = m_choices->actions();
    for (QAction *action : actions)
        action->setChecked(action->data().toInt() == static_cast<int>(density));
    arrange();
}

void RoomHeader::setLook(const Look &look)
{
    QPalette strong = m_room->palette();
    strong.setColor(QPalette::ButtonText, look.theme.text);
    m_room->setPalette(strong);
    m_room->setStyleSheet(u"color:%1"_s.arg(look.theme.text.name()));
    m_room->setFont(look.font(12, QFont::DemiBold));
    m_title->setFont(look.font(10));
    m_people->setFont(look.font(9.5));
    m_density->setFont(look.font(9.5));
    arrange();
}

void RoomHeader::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void RoomHeader::arrange()
{
    const QFontMetrics metrics = m_room->fontMetrics();
    const int beside = width() - m_density->sizeHint().width() - 56;
    const int people = m_people->text().isEmpty() ? 0 : m_people->sizeHint().width();
    const bool fits = metrics.horizontalAdvance(m_roomText) + 12 <= beside - people;
    m_people->setVisible(people > 0 && fits);
    const int space = std::max(80, beside - (fits ? people : 0));
    const QString shown = metrics.elidedText(m_roomText, Qt::ElideRight, space - 12);
    m_room->setText(shown);
    const int rest = space - metrics.horizontalAdvance(shown) - 24;
    m_title->setText(rest < 48 ? QString()
                               : m_title->fontMetrics().elidedText(m_titleText, Qt::ElideRight, rest));
}

} // namespace Synchat
