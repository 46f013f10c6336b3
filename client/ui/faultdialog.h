// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/faultdraft.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace Synchat {

/// Puts a clock fault together: by presets, by fields, or as text. Says what it will do; does nothing itself.
class FaultDialog : public QDialog
{
    Q_OBJECT
public:
    explicit FaultDialog(const ClockFault &active, QWidget *parent = nullptr);

Q_SIGNALS:
    /// None: turn it off.
    void chosen(const Synchat::ClockFault &fault);

private:
    struct Field
    {
        QDoubleSpinBox *value = nullptr;
        QComboBox *unit = nullptr;
    };
    Field makeField(const QString &name, const QString &accessibleName, const QStringList &units,
                    double most);
    QWidget *inRow(const Field &field, const QString &after = {});
    void makeFields();
    void addPresets();
    void addRow(const QString &label, QWidget *field, QWidget *buddy);
    FaultAmount amountOf(const Field &field) const;
    static void fill(const Field &field, const FaultAmount &amount);
    void takeFields();
    void takeText();
    void fillFields(const ClockFault &fault);
    void say(const ClockFault &fault);

    QGridLayout *m_grid = nullptr;
    QComboBox *m_presets = nullptr;
    Field m_offset;
    Field m_drift;
    Field m_jitter;
    QCheckBox *m_freeze = nullptr;
    Field m_freezeAfter;
    Field m_step;
    Field m_stepAfter;
    QLineEdit *m_text = nullptr;
    QLabel *m_preview = nullptr;
    QLabel *m_problem = nullptr;
    QPushButton *m_inject = nullptr;
    ClockFault m_fault;
    bool m_filling = false;
};

} // namespace Synchat
