// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/view/messageview.h"

#include <QAccessible>
#include <QCoreApplication>
#include <QTimer>

#include <functional>

namespace Synchat {

/// Tells the accessibility layer what happens in a view. New messages are said one after the other at most
/// every few seconds, several at once by their number.
class ViewAnnouncer
{
    Q_DECLARE_TR_FUNCTIONS(ViewAnnouncer)
public:
    static constexpr int PauseMs = 3000;
    explicit ViewAnnouncer(MessageView *view);

    /// Hears every event too. For tests: Qt lets none out while no screen reader runs.
    using Listener = std::function<void(QAccessible::Event type, int row)>;
    static void setListener(Listener listener);

    void rowsInserted(int first, int last);
    void rowsRemoved(int first, int last);
    void rowsMoved();
    void rowsChanged(int first, int last);
    void reset();
    void currentRowChanged(int row);
    void focused();

private:
    bool isHeard() const; ///< somebody reads the screen, or has asked for the rows
    void announce(int count, const QString &newest);
    void say();
    void notify(QAccessible::Event type, int row = -1) const;

    MessageView *m_view;
    QTimer m_pause;
    int m_waiting = 0;
    QString m_newest;
};

} // namespace Synchat
