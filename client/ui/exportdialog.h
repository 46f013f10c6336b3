// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/historyexport.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace Synchat {

/// Asks for a format and a file, and writes the history of one room into it, with progress and a way to give
/// up.
class ExportDialog : public QDialog
{
    Q_OBJECT
public:
    /// `order` holds the room and the heading; `folder` is suggested.
    ExportDialog(ChatClient &client, ExportOrder order, const QString &folder, QWidget *parent = nullptr);

    void reject() override; ///< gives up what is being written

private:
    void makeParts(const QString &folder);
    void chooseFile();
    void changeFormat();
    void lookAtPath();
    void start();
    void setChoosable(bool choosable);
    void showProgress(qint64 written, qint64 total, const QString &note);
    void end(const QString &sentence, bool bad);
    ExportFormat format() const;

    QPointer<ChatClient> m_client;
    ExportOrder m_order;
    std::unique_ptr<HistoryExport> m_export;
    QComboBox *m_format = nullptr;
    QCheckBox *m_forSpreadsheets = nullptr; ///< shown with CSV
    QLineEdit *m_path = nullptr;
    QPushButton *m_browse = nullptr;
    QLabel *m_note = nullptr;
    QProgressBar *m_progress = nullptr;
    QPushButton *m_start = nullptr;
    QPushButton *m_close = nullptr;
};

} // namespace Synchat
