// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/look.h"
#include "client/ui/skewpicture.h"

#include <QWidget>

#include <memory>

namespace Synchat {

/// Draws a SkewPicture: curves, their bounds as bands, gaps as gaps. Says what is under the pointer, or under
/// a cursor that the arrow keys move. Drawn by QCustomPlot; in a build without it there is only a sentence.
class SkewCanvas : public QWidget
{
    Q_OBJECT
public:
    explicit SkewCanvas(QWidget *parent = nullptr);
    ~SkewCanvas() override;

    /// False in a build without QCustomPlot.
    static bool canDraw();
    void setLook(const Look &look);
    void draw(const SkewPicture &picture);

Q_SIGNALS:
    /// A sentence about what is pointed at; empty: nothing is.
    void pointedAt(const QString &sentence);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Synchat
