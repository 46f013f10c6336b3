// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/zonedialog.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTimeZone>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Synchat {

ZoneDialog::ZoneDialog(const QString &current, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(u"zoneDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Time zone"));
    const QList<QByteArray> ids = QTimeZone::availableTimeZoneIds();
    for (const QByteArray &id : ids)
        m_all.append(QString::fromLatin1(id));
    m_filter = new QLineEdit(this);
    m_filter->setObjectName(u"zoneFilter"_s);
    m_filter->setPlaceholderText(tr("a city or an area, such as Madrid"));
    m_filter->setAccessibleName(tr("Filter time zones"));
    m_list = new QListWidget(this);
    m_list->setObjectName(u"zoneList"_s);
    m_list->setAccessibleName(tr("Time zones"));
    m_list->setUniformItemSizes(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Ok)->setObjectName(u"zoneAccept"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->setSpacing(8);
    column->addWidget(m_filter);
    column->addWidget(m_list);
    column->addWidget(buttons);
    resize(380, 420);
    connect(m_filter, &QLineEdit::textChanged, this, &ZoneDialog::refill);
    connect(m_list, &QListWidget::itemActivated, this, &ZoneDialog::choose);
    connect(buttons, &QDialogButtonBox::accepted, this, &ZoneDialog::choose);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    refill();
    const auto found = m_list->findItems(current, Qt::MatchExactly);
    if (!found.isEmpty())
        m_list->setCurrentItem(found.front());
}

void ZoneDialog::refill()
{
    const QString wanted = m_filter->text().trimmed().replace(u' ', u'_');
    m_list->clear();
    m_list->addItems(m_all.filter(wanted, Qt::CaseInsensitive));
    m_list->setCurrentRow(0);
}

void ZoneDialog::choose()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    const QString id = item->text();
    accept();
    Q_EMIT zoneChosen(id);
}

} // namespace Synchat
