// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLineEdit;
class QListWidget;

namespace Synchat {

/// All time zones that this system knows, filtered by what is typed.
class ZoneDialog : public QDialog
{
    Q_OBJECT
public:
    explicit ZoneDialog(const QString &current, QWidget *parent = nullptr);

Q_SIGNALS:
    void zoneChosen(const QString &id);

private:
    void refill();
    void choose();

    QStringList m_all;
    QLineEdit *m_filter = nullptr;
    QListWidget *m_list = nullptr;
};

} // namespace Synchat
