// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/look.h"

#include <QDialog>

namespace Synchat {

/// What this program is, its version and its licence.
class AboutDialog : public QDialog
{
    Q_OBJECT
public:
    explicit AboutDialog(const Look &look, QWidget *parent = nullptr);
};

/// Every key of the window, as a table.
class ShortcutsDialog : public QDialog
{
    Q_OBJECT
public:
    ShortcutsDialog(const QList<std::pair<QString, QString>> &shortcuts, const Look &look,
                    QWidget *parent = nullptr);
};

} // namespace Synchat
