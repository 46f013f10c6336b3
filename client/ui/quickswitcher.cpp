// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/quickswitcher.h"

#include "client/ui/fuzzymatch.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

QuickSwitcher::QuickSwitcher(const QList<RoomEntry> &rooms, QWidget *parent)
    : QDialog(parent)
    , m_rooms(rooms)
{
    setObjectName(u"quickSwitcher"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Go to a room"));
    m_filter = new QLineEdit(this);
    m_filter->setObjectName(u"switcherFilter"_s);
    m_filter->setPlaceholderText(tr("a few letters of the room"));
    m_filter->setAccessibleName(tr("Filter rooms"));
    m_filter->installEventFilter(this);
    m_list = new QListWidget(this);
    m_list->setObjectName(u"switcherList"_s);
    m_list->setAccessibleName(tr("Rooms that fit"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideRight);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(8);
    column->addWidget(m_filter);
    column->addWidget(m_list);
    resize(400, 320);
    connect(m_filter, &QLineEdit::textChanged, this, &QuickSwitcher::refill);
    connect(m_filter, &QLineEdit::returnPressed, this, &QuickSwitcher::choose);
    connect(m_list, &QListWidget::itemClicked, this, &QuickSwitcher::choose);
    refill();
}

QList<RoomEntry> QuickSwitcher::matching(const QList<RoomEntry> &rooms, const QString &pattern)
{
    QList<std::pair<int, RoomEntry>> scored;
    for (const RoomEntry &room : rooms) {
        const auto byName = fuzzyScore(pattern, room.info.room);
        const auto byTitle = fuzzyScore(pattern, room.info.title);
        if (!byName && !byTitle)
            continue;
        // A name says more than a title.
        scored.append({std::max(byName ? *byName * 2 + 1 : 0, byTitle.value_or(0)), room});
    }
    const bool blank = pattern.trimmed().isEmpty();
    std::stable_sort(scored.begin(), scored.end(), [blank](const auto &a, const auto &b) {
        if (blank)
            return (a.second.unread > 0) > (b.second.unread > 0);
        return a.first > b.first;
    });
    QList<RoomEntry> fitting;
    for (const auto &entry : scored)
        fitting.append(entry.second);
    return fitting;
}

void QuickSwitcher::refill()
{
    m_list->clear();
    const QList<RoomEntry> fitting = matching(m_rooms, m_filter->text());
    for (const RoomEntry &entry : fitting) {
        QString text = u"# "_s + entry.info.room;
        if (!entry.info.title.isEmpty())
            text += u"  ·  "_s + entry.info.title;
        if (entry.unread > 0)
            text += u"  ("_s + unreadBadge(entry.unread) + u')';
        auto *item = new QListWidgetItem(text, m_list);
        item->setData(Qt::UserRole, entry.info.room);
    }
    m_list->setCurrentRow(0);
}

bool QuickSwitcher::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_filter && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const int step = key == Qt::Key_Down ? 1 : key == Qt::Key_Up ? -1 : 0;
        if (step != 0) {
            m_list->setCurrentRow(
                std::clamp(m_list->currentRow() + step, 0, std::max(0, m_list->count() - 1)));
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void QuickSwitcher::choose()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    const QString room = item->data(Qt::UserRole).toString();
    accept();
    Q_EMIT roomChosen(room);
}

} // namespace Synchat
