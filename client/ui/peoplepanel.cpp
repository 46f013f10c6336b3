// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/peoplepanel.h"

#include "client/ui/persondelegate.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QLocale>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Synchat {

PeoplePanel::PeoplePanel(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"peoplePanel"_s);
    setAttribute(Qt::WA_StyledBackground);
    setMinimumWidth(160);
    m_title = new QLabel(this);
    m_title->setObjectName(u"peopleTitle"_s);
    m_title->setProperty("quiet", true);
    m_list = new QListView(this);
    m_list->setObjectName(u"peopleList"_s);
    m_list->setAccessibleName(tr("People in this room"));
    m_list->setModel(&m_model);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setUniformItemSizes(true);
    m_delegate = new PersonDelegate(this);
    m_list->setItemDelegate(m_delegate);
    m_title->setBuddy(m_list);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 16, 8, 8);
    column->setSpacing(8);
    auto *title = new QHBoxLayout;
    title->setContentsMargins(12, 0, 0, 0);
    title->addWidget(m_title);
    column->addLayout(title);
    column->addWidget(m_list, 1);
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &PeoplePanel::retitle);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &PeoplePanel::retitle);
    retitle();
}

QString PeoplePanel::countText(qsizetype count)
{
    return count == 1 ? tr("1 person") : tr("%1 people").arg(QLocale().toString(count));
}

void PeoplePanel::retitle()
{
    const QString count = countText(m_model.rowCount());
    m_title->setText(m_model.anyMeasured() && m_model.rowCount() > 1 ? tr("%1, by skew").arg(count) : count);
}

void PeoplePanel::setLook(const Look &look)
{
    m_delegate->setLook(look);
    m_title->setFont(look.font(9));
    m_list->setFont(look.font(10));
    m_list->doItemsLayout();
    m_list->viewport()->update();
}

void PeoplePanel::setPeople(const QList<Author> &people)
{
    m_model.setPeople(people);
}

} // namespace Synchat
