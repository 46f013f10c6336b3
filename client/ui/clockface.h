// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace Synchat {

/// Large digits that do not dance: every digit has a cell of the widest one's width, whatever the font does.
/// Shows a text of digits and punctuation; reads no clock.
class ClockFace : public QWidget
{
    Q_OBJECT
public:
    explicit ClockFace(QWidget *parent = nullptr);

    void setText(const QString &text);
    void setColor(const QColor &color);
    const QString &text() const { return m_text; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QString m_text;
    QColor m_color;
};

} // namespace Synchat
