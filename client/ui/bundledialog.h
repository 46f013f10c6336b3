// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/look.h"
#include "common/bundlecheck.h"
#include "common/stamptext.h"

#include <QDialog>

#include <memory>
#include <optional>

class QLabel;
class QProgressBar;
class QVBoxLayout;

namespace Synchat {

class BundleReading;

/// Checks a file of evidence, chosen or dropped here, and says what it is worth. Asks no server.
class BundleDialog : public QDialog
{
    Q_OBJECT
public:
    /// `serverKey`: of the server that the window is connected to, if that tells one.
    BundleDialog(std::optional<QString> serverKey, const Look &look, QWidget *parent = nullptr);
    ~BundleDialog() override;

    void check(const QString &path);
    /// Asks for a file.
    void choose();

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QLabel *addText(QVBoxLayout *column, const QString &name, double points, bool quiet = false);
    void addButtons(QVBoxLayout *column);
    void showVerdict(const BundleVerdict &verdict);
    void showProblem(const QString &problem);
    void say(Mark mark, const QString &headline);

    std::optional<QString> m_serverKey;
    Look m_look;
    std::unique_ptr<BundleReading> m_reading;
    QLabel *m_file = nullptr;
    QLabel *m_headline = nullptr;
    QLabel *m_fault = nullptr;
    QLabel *m_facts = nullptr;
    QLabel *m_signature = nullptr;
    QLabel *m_limits = nullptr;
    QProgressBar *m_progress = nullptr;
};

} // namespace Synchat
