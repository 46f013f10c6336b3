// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/look.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace Synchat {

class Comparison;
class MarkBox;
class NumberLine;

/// Stands above the composer while two messages are compared: the verdict in words, both intervals on one
/// line, and a copy of it all. Hidden until there is something to say; what it says is announced.
class OrderBar : public QFrame
{
    Q_OBJECT
public:
    explicit OrderBar(QWidget *parent = nullptr);

    void setLook(const Look &look);
    /// One message is picked: how to pick the other.
    void showPicked(const QString &sentence);
    void showComparison(const Comparison &comparison);
    QString text() const;

Q_SIGNALS:
    void closed(); ///< by the button

private:
    void announce();

    MarkBox *m_mark = nullptr;
    QLabel *m_headline = nullptr;
    QLabel *m_detail = nullptr;
    NumberLine *m_line = nullptr;
    QPushButton *m_copy = nullptr;
    QPushButton *m_close = nullptr;
    QString m_copyText;
    Theme m_theme;
};

} // namespace Synchat
