// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/names.h"

#include <QDialog>
#include <QUrl>

class QLabel;
class QLineEdit;
class QPushButton;

namespace Synchat {

/// Server and name, nothing else: at the first start, and to go to another server later.
class ConnectDialog : public QDialog
{
    Q_OBJECT
public:
    enum class Occasion { FirstStart, Change };
    ConnectDialog(Occasion occasion, const QString &server, const QString &name, QWidget *parent = nullptr);

    /// Shows why the last try was refused ("That name is taken.").
    void say(const QString &problem);

Q_SIGNALS:
    /// Both were checked.
    void chosen(const QUrl &server, const Synchat::UserName &name);

private:
    void tryAccept();

    QLineEdit *m_server = nullptr;
    QLineEdit *m_name = nullptr;
    QLabel *m_problem = nullptr;
    QPushButton *m_connect = nullptr;
};

} // namespace Synchat
