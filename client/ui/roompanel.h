// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/look.h"
#include "client/ui/roomlistmodel.h"

#include <QWidget>

class QLabel;
class QListView;
class QPushButton;
class QToolButton;

namespace Synchat {

class RoomDelegate;

/// The left side: the rooms with what is unread in them, and ways to join or create one.
class RoomPanel : public QWidget
{
    Q_OBJECT
public:
    explicit RoomPanel(QWidget *parent = nullptr);

    void setLook(const Look &look);
    void setEntries(const QList<RoomEntry> &entries);
    void setCurrentRoom(const QString &room);
    const RoomListModel &model() const { return m_model; }
    /// The room `step` places below the current one, round the ends; empty when there is none.
    QString neighbour(int step) const;

Q_SIGNALS:
    void roomChosen(const QString &room);
    void createWanted();
    void joinWanted();

private:
    RoomListModel m_model;
    QString m_current;
    QLabel *m_title = nullptr;
    QListView *m_list = nullptr;
    RoomDelegate *m_delegate = nullptr;
    QToolButton *m_join = nullptr;
    QToolButton *m_create = nullptr;
};

} // namespace Synchat
