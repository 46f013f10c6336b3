// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/roomlistmodel.h"

#include <QDialog>

class QLineEdit;
class QListWidget;

namespace Synchat {

/// Ctrl+K: a few letters of a room, Enter, there. Unread rooms first while nothing is typed.
class QuickSwitcher : public QDialog
{
    Q_OBJECT
public:
    explicit QuickSwitcher(const QList<RoomEntry> &rooms, QWidget *parent = nullptr);

    /// The rooms that fit, best first. Pure.
    static QList<RoomEntry> matching(const QList<RoomEntry> &rooms, const QString &pattern);

Q_SIGNALS:
    void roomChosen(const QString &room);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void refill();
    void choose();

    QList<RoomEntry> m_rooms;
    QLineEdit *m_filter = nullptr;
    QListWidget *m_list = nullptr;
};

} // namespace Synchat
