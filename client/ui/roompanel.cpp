// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/roompanel.h"

#include "client/ui/roomdelegate.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QListView>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Synchat {

RoomPanel::RoomPanel(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"roomPanel"_s);
    setAttribute(Qt::WA_StyledBackground);
    setMinimumWidth(168);
    m_title = new QLabel(tr("Rooms"), this);
    m_title->setProperty("quiet", true);
    m_list = new QListView(this);
    m_list->setObjectName(u"roomList"_s);
    m_list->setAccessibleName(tr("Rooms"));
    m_list->setModel(&m_model);
    m_list->setMouseTracking(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setUniformItemSizes(true);
    m_delegate = new RoomDelegate(this);
    m_list->setItemDelegate(m_delegate);
    m_title->setBuddy(m_list);
    m_join = new QToolButton(this);
    m_join->setObjectName(u"joinRoomButton"_s);
    m_join->setText(tr("Join…"));
    m_join->setAccessibleName(tr("Join a room"));
    m_create = new QToolButton(this);
    m_create->setObjectName(u"createRoomButton"_s);
    m_create->setText(tr("Create…"));
    m_create->setAccessibleName(tr("Create a room"));

    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(4, 0, 0, 0);
    buttons->setSpacing(0);
    buttons->addWidget(m_join);
    buttons->addWidget(m_create);
    buttons->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 16, 8, 8);
    column->setSpacing(8);
    auto *title = new QHBoxLayout;
    title->setContentsMargins(12, 0, 0, 0);
    title->addWidget(m_title);
    column->addLayout(title);
    column->addWidget(m_list, 1);
    column->addLayout(buttons);

    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &current) {
                const QString room = current.data(RoomListModel::RoomRole).toString();
                if (!room.isEmpty() && room != m_current)
                    Q_EMIT roomChosen(room);
            });
    connect(m_join, &QToolButton::clicked, this, &RoomPanel::joinWanted);
    connect(m_create, &QToolButton::clicked, this, &RoomPanel::createWanted);
}

void RoomPanel::setLook(const Look &look)
{
    m_delegate->setLook(look);
    m_title->setFont(look.font(9));
    m_list->setFont(look.font(10));
    m_join->setFont(look.font(9));
    m_create->setFont(look.font(9));
    m_list->doItemsLayout();
    m_list->viewport()->update();
}

void RoomPanel::setEntries(const QList<RoomEntry> &entries)
{
    const QSignalBlocker quiet(m_list->selectionModel());
    m_model.setEntries(entries);
    setCurrentRoom(m_current);
    m_list->viewport()->update();
}

void RoomPanel::setCurrentRoom(const QString &room)
{
    m_current = room;
    const int row = m_model.rowOf(room);
    const QSignalBlocker quiet(m_list->selectionModel());
    if (row < 0) {
        m_list->selectionModel()->clear();
    } else if (m_list->currentIndex().row() != row ||
               !m_list->selectionModel()->isSelected(m_model.index(row))) {
        m_list->selectionModel()->setCurrentIndex(m_model.index(row), QItemSelectionModel::ClearAndSelect);
        m_list->scrollTo(m_model.index(row));
    }
    m_list->viewport()->update();
}

QString RoomPanel::neighbour(int step) const
{
    const int count = m_model.rowCount();
    if (count == 0)
        return {};
    const int row = m_model.rowOf(m_current);
    const int next = row < 0 ? 0 : ((row + step) % count + count) % count;
    return m_model.entries().at(next).info.room;
}

} // namespace Synchat
