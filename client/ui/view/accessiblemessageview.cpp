// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/view/accessiblemessageview.h"

#include <QHash>
#include <QScrollBar>
#include <QWindow>

#include <functional>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

QHash<const QObject *, AccessibleMessageView *> &liveInterfaces()
{
    static QHash<const QObject *, AccessibleMessageView *> interfaces;
    return interfaces;
}

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    auto *view = qobject_cast<MessageView *>(object);
    return view ? new AccessibleMessageView(view) : nullptr;
}

} // namespace

void installMessageViewAccessibility()
{
    static const bool installed = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    Q_UNUSED(installed)
}

AccessibleRow::AccessibleRow(MessageView *view, int row)
    : m_view(view)
    , m_row(row)
{}

bool AccessibleRow::isValid() const
{
    return m_view && m_view->model() && m_row >= 0 && m_row < m_view->model()->rowCount();
}

QWindow *AccessibleRow::window() const
{
    return m_view ? m_view->window()->windowHandle() : nullptr;
}

QAccessibleInterface *AccessibleRow::parent() const
{
    return m_view ? QAccessible::queryAccessibleInterface(m_view) : nullptr;
}

QString AccessibleRow::text(QAccessible::Text textKind) const
{
    if (!isValid() || textKind != QAccessible::Name)
        return {};
    return m_view->model()->data(m_view->model()->index(m_row), RoomModel::AccessibleRole).toString();
}

QRect AccessibleRow::rect() const
{
    if (!isValid())
        return {};
    const QRect inViewport = m_view->rowRect(m_row) & m_view->viewport()->rect();
    if (inViewport.isEmpty())
        return {};
    return {m_view->viewport()->mapToGlobal(inViewport.topLeft()), inViewport.size()};
}

QAccessible::State AccessibleRow::state() const
{
    QAccessible::State state;
    if (!isValid()) {
        state.invalid = true;
        return state;
    }
    state.focusable = true;
    state.selectable = true;
    state.readOnly = true;
    state.selected = m_view->currentRow() == m_row;
    state.focused = state.selected && m_view->hasFocus();
    state.offscreen = m_view->rowRect(m_row).isNull();
    return state;
}

void *AccessibleRow::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
}

RoomRow::Kind AccessibleRow::kind() const
{
    return m_view->model()->row(m_row).kind;
}

QStringList AccessibleRow::actionNames() const
{
    if (!isValid())
        return {};
    QStringList names{setFocusAction(), pressAction()};
    if (kind() == RoomRow::Kind::Failed)
        names << tr("Retry") << tr("Discard");
    return names;
}

void AccessibleRow::doAction(const QString &name)
{
    if (!isValid())
        return;
    const RoomRow &row = m_view->model()->row(m_row);
    if (name == setFocusAction()) {
        m_view->setFocus(Qt::OtherFocusReason);
        m_view->setCurrentRow(m_row);
    } else if (name == pressAction() && row.kind == RoomRow::Kind::Gap) {
        Q_EMIT m_view->gapLoadRequested(row.gapFrom, row.gapTo, m_row == 0 ? GapEnd::Newer : GapEnd::Older);
    } else if (name == pressAction()) {
        Q_EMIT m_view->detailsRequested(m_row);
    } else if (row.kind == RoomRow::Kind::Failed && name == tr("Retry")) {
        Q_EMIT m_view->retryRequested(QUuid(row.message.id));
    } else if (row.kind == RoomRow::Kind::Failed && name == tr("Discard")) {
        Q_EMIT m_view->discardRequested(QUuid(row.message.id));
    }
}

AccessibleMessageView::AccessibleMessageView(MessageView *view)
    : QAccessibleWidget(view, QAccessible::List)
{
    liveInterfaces().insert(view, this);
}

AccessibleMessageView::~AccessibleMessageView()
{
    forgetRows();
    auto &interfaces = liveInterfaces();
    interfaces.removeIf([this](const auto &entry) { return entry.value() == this; });
}

AccessibleMessageView *AccessibleMessageView::of(const MessageView *view)
{
    return liveInterfaces().value(view);
}

MessageView *AccessibleMessageView::view() const
{
    return static_cast<MessageView *>(widget());
}

int AccessibleMessageView::childCount() const
{
    return view() && view()->model() ? view()->model()->rowCount() : 0;
}

QAccessibleInterface *AccessibleMessageView::child(int index) const
{
    if (index < 0 || index >= childCount())
        return nullptr;
    if (const auto known = m_rows.find(index); known != m_rows.end())
        return QAccessible::accessibleInterface(known->second);
    auto *row = new AccessibleRow(view(), index); // the registry below owns it
    m_rows.emplace(index, QAccessible::registerAccessibleInterface(row));
    return row;
}

int AccessibleMessageView::indexOfChild(const QAccessibleInterface *child) const
{
    for (const auto &[row, id] : m_rows) {
        if (QAccessible::accessibleInterface(id) == child)
            return row;
    }
    return -1;
}

QAccessibleInterface *AccessibleMessageView::childAt(int x, int y) const
{
    return view() ? child(view()->rowAt(view()->viewport()->mapFromGlobal(QPoint(x, y)))) : nullptr;
}

QAccessibleInterface *AccessibleMessageView::focusChild() const
{
    if (!view() || !view()->hasFocus())
        return QAccessibleWidget::focusChild();
    return view()->currentRow() >= 0 ? child(view()->currentRow()) : nullptr;
}

QAccessible::State AccessibleMessageView::state() const
{
    QAccessible::State state = QAccessibleWidget::state();
    state.readOnly = true;
    state.focusable = true;
    return state;
}

void AccessibleMessageView::rowsInserted(int first, int last)
{
    const int count = last - first + 1;
    renumber([=](int row) { return row >= first ? row + count : row; });
}

void AccessibleMessageView::rowsRemoved(int first, int last)
{
    renumber([=](int row) {
        if (row < first)
            return row;
        return row > last ? row - (last - first + 1) : -1;
    });
}

void AccessibleMessageView::forgetRows()
{
    for (const auto &[row, id] : m_rows)
        QAccessible::deleteAccessibleInterface(id);
    m_rows.clear();
}

void AccessibleMessageView::renumber(const std::function<int(int)> &to)
{
    std::map<int, QAccessible::Id> rows;
    for (const auto &[row, id] : m_rows) {
        const int number = to(row);
        if (number < 0) {
            QAccessible::deleteAccessibleInterface(id);
            continue;
        }
        static_cast<AccessibleRow *>(QAccessible::accessibleInterface(id))->setRow(number);
        rows.emplace(number, id);
    }
    m_rows = std::move(rows);
}

} // namespace Synchat
