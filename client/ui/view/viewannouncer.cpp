// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/view/viewannouncer.h"

#include "client/ui/view/accessiblemessageview.h"

namespace Synchat {

namespace {

ViewAnnouncer::Listener &currentListener()
{
    static ViewAnnouncer::Listener listener;
    return listener;
}

} // namespace

void ViewAnnouncer::setListener(Listener listener)
{
    currentListener() = std::move(listener);
}

ViewAnnouncer::ViewAnnouncer(MessageView *view)
    : m_view(view)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(PauseMs);
    QObject::connect(&m_pause, &QTimer::timeout, &m_pause, [this] { say(); });
}

void ViewAnnouncer::rowsInserted(int first, int last)
{
    if (AccessibleMessageView *interface = AccessibleMessageView::of(m_view))
        interface->rowsInserted(first, last);
    if (!isHeard())
        return;
    notify(QAccessible::ObjectReorder);
    const RoomModel *model = m_view->model();
    int fresh = 0;
    int newest = -1;
    for (int row = first; row <= last && last == model->rowCount() - 1; ++row) {
        if (model->row(row).kind != RoomRow::Kind::Message)
            continue;
        ++fresh;
        newest = row;
    }
    if (newest >= 0)
        announce(fresh, model->data(model->index(newest), RoomModel::AccessibleRole).toString());
}

void ViewAnnouncer::rowsRemoved(int first, int last)
{
    if (AccessibleMessageView *interface = AccessibleMessageView::of(m_view))
        interface->rowsRemoved(first, last);
    if (isHeard())
        notify(QAccessible::ObjectReorder);
}

void ViewAnnouncer::rowsMoved()
{
    if (AccessibleMessageView *interface = AccessibleMessageView::of(m_view))
        interface->forgetRows();
    if (isHeard())
        notify(QAccessible::ObjectReorder);
}

void ViewAnnouncer::rowsChanged(int first, int last)
{
    constexpr int Many = 20;
    if (!isHeard() || last - first >= Many)
        return;
    for (int row = first; row <= last; ++row)
        notify(QAccessible::NameChanged, row);
}

void ViewAnnouncer::reset()
{
    if (AccessibleMessageView *interface = AccessibleMessageView::of(m_view))
        interface->forgetRows();
    m_waiting = 0;
    m_pause.stop();
    if (isHeard())
        notify(QAccessible::ObjectReorder);
}

void ViewAnnouncer::currentRowChanged(int row)
{
    if (row < 0 || !isHeard())
        return;
    notify(QAccessible::Selection, row);
    if (m_view->hasFocus())
        notify(QAccessible::Focus, row);
}

void ViewAnnouncer::focused()
{
    if (isHeard() && m_view->currentRow() >= 0)
        notify(QAccessible::Focus, m_view->currentRow());
}

bool ViewAnnouncer::isHeard() const
{
    return QAccessible::isActive() || AccessibleMessageView::of(m_view);
}

void ViewAnnouncer::announce(int count, const QString &newest)
{
    m_waiting += count;
    m_newest = newest;
    if (!m_pause.isActive())
        say();
}

void ViewAnnouncer::say()
{
    if (m_waiting == 0)
        return;
    const QString words =
        m_waiting == 1 ? m_newest : tr("%n new messages. %1", nullptr, m_waiting).arg(m_newest);
    m_waiting = 0;
    m_pause.start();
    // Qt before 6.8 has no announcement event: the description changes, and an alert points to it.
    m_view->setAccessibleDescription(words);
    notify(QAccessible::Alert);
}

void ViewAnnouncer::notify(QAccessible::Event type, int row) const
{
    QAccessibleEvent event(m_view, type);
    if (row >= 0)
        event.setChild(row);
    QAccessible::updateAccessibility(&event);
    if (currentListener())
        currentListener()(type, row);
}

} // namespace Synchat
