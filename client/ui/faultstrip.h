// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/look.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace Synchat {

/// The coloured strip at the top of the window while a clock is wrong on purpose: this window's, the
/// daemon's, or both. Hidden otherwise. Says what it is told.
class FaultStrip : public QFrame
{
    Q_OBJECT
public:
    explicit FaultStrip(QWidget *parent = nullptr);

    void setLook(const Look &look);
    /// `own`: the fault injected here, in words; empty: none. `daemon`: the daemon runs under one.
    void say(const QString &own, bool daemon);

    static QString sentence(const QString &own, bool daemon);

Q_SIGNALS:
    void offWanted();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();

    QString m_sentence;
    QLabel *m_text = nullptr;
    QPushButton *m_off = nullptr;
};

} // namespace Synchat
