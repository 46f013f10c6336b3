// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/look.h"

#include <QFrame>

class QBoxLayout;
class QHBoxLayout;
class QLabel;
class QPushButton;

namespace Synchat {

/// A strip across the middle that says one thing and offers what can be done about it. Hidden until said.
class Banner : public QFrame
{
    Q_OBJECT
public:
    enum class Tone { Notice, Warning, Loud };

    explicit Banner(const QString &name, QWidget *parent = nullptr);

    void setLook(const Look &look);
    /// Owned by the banner; from left to right in the order of the calls.
    QPushButton *addButton(const QString &name, const QString &text);
    /// Shows it. `detail`: a second, quieter paragraph; empty for none.
    void say(Tone tone, const QString &text, const QString &detail = {});
    QString text() const;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QBoxLayout *m_row = nullptr; ///< the words and the buttons: one under the other in a narrow window
    QHBoxLayout *m_buttonRow = nullptr;
    QLabel *m_glyph = nullptr;
    QLabel *m_text = nullptr;
    QLabel *m_detail = nullptr;
    QList<QPushButton *> m_buttons;
};

} // namespace Synchat
