// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/names.h"

#include <QDialog>

class QLabel;
class QLineEdit;

namespace Synchat {

/// The name of a room to create or to join; when creating, its title too, when joining, its key.
class RoomDialog : public QDialog
{
    Q_OBJECT
public:
    enum class Task { Create, Join };
    explicit RoomDialog(Task task, QWidget *parent = nullptr);

Q_SIGNALS:
    /// `extra`: the title or the key, may be empty.
    void chosen(const Synchat::RoomName &room, const QString &extra);

private:
    void tryAccept();

    QLineEdit *m_room = nullptr;
    QLineEdit *m_extra = nullptr;
    QLabel *m_problem = nullptr;
};

} // namespace Synchat
