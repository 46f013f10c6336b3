// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/view/messageview.h"

#include <QAccessibleWidget>
#include <QPointer>

#include <functional>
#include <map>

namespace Synchat {

/// Makes message views known to the accessibility layer; once, more often does no harm.
void installMessageViewAccessibility();

/// One row for screen readers: a list item whose name is the row in words.
class AccessibleRow : public QAccessibleInterface, public QAccessibleActionInterface
{
    Q_DECLARE_TR_FUNCTIONS(AccessibleRow)
public:
    AccessibleRow(MessageView *view, int row);

    int row() const { return m_row; }
    void setRow(int row) { m_row = row; }

    bool isValid() const override;
    QObject *object() const override { return nullptr; }
    QWindow *window() const override;
    QAccessibleInterface *parent() const override;
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QString text(QAccessible::Text kind) const override;
    void setText(QAccessible::Text, const QString &) override {}
    QRect rect() const override;
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const override;
    void *interface_cast(QAccessible::InterfaceType type) override;

    QStringList actionNames() const override;
    void doAction(const QString &name) override;
    QStringList keyBindingsForAction(const QString &) const override { return {}; }

private:
    RoomRow::Kind kind() const;
    QPointer<MessageView> m_view;
    int m_row;
};

/// The message view as a list whose children are its rows.
class AccessibleMessageView : public QAccessibleWidget
{
public:
    explicit AccessibleMessageView(MessageView *view);
    ~AccessibleMessageView() override;
    /// The one that stands for this view; null while nobody has asked for it.
    static AccessibleMessageView *of(const MessageView *view);

    int childCount() const override;
    QAccessibleInterface *child(int index) const override;
    int indexOfChild(const QAccessibleInterface *child) const override;
    QAccessibleInterface *childAt(int x, int y) const override;
    QAccessibleInterface *focusChild() const override;
    QAccessible::State state() const override;

    void rowsInserted(int first, int last);
    void rowsRemoved(int first, int last);
    void forgetRows();

private:
    MessageView *view() const;
    void renumber(const std::function<int(int row)> &to);
    mutable std::map<int, QAccessible::Id> m_rows; ///< the ones that were asked for
};

} // namespace Synchat
