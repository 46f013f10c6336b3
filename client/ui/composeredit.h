// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace Synchat {

/// A text field that grows with its lines up to six. Enter submits, Shift+Enter makes a line; the keys that
/// the window needs (Ctrl+U, Ctrl+K, Ctrl+I, Ctrl+T, and Ctrl+C without a selection) are left to the window.
class ComposerEdit : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit ComposerEdit(QWidget *parent = nullptr);

    /// While true Escape comes here instead of the window.
    void setTakesEscape(bool takes) { m_takesEscape = takes; }
    void fitHeight();

Q_SIGNALS:
    void submitted();
    void escaped();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;
    void insertFromMimeData(const QMimeData *source) override;

private:
    bool leavesToWindow(const QKeyEvent &event) const;

    bool m_takesEscape = false;
};

} // namespace Synchat
