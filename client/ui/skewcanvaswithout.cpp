// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Stands in for skewcanvas.cpp in a build without QCustomPlot: a sentence instead of a plot.
#include "client/ui/skewcanvas.h"

#include <QKeyEvent>
#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Synchat {

struct SkewCanvas::Private
{
    QLabel *sentence = nullptr;
};

SkewCanvas::SkewCanvas(QWidget *parent)
    : QWidget(parent)
    , d(std::make_unique<Private>())
{
    setObjectName(u"skewCanvas"_s);
    d->sentence = new QLabel(tr("This program was built without QCustomPlot, so that it draws no curves. The "
                                "table beside has the numbers."),
                             this);
    d->sentence->setObjectName(u"skewWithoutPlot"_s);
    d->sentence->setWordWrap(true);
    d->sentence->setAlignment(Qt::AlignCenter);
    d->sentence->setProperty("quiet", true);
    auto *column = new QVBoxLayout(this);
    column->addWidget(d->sentence);
}

SkewCanvas::~SkewCanvas() = default;

bool SkewCanvas::canDraw()
{
    return false;
}

void SkewCanvas::setLook(const Look &look)
{
    d->sentence->setFont(look.font(10));
}

void SkewCanvas::draw(const SkewPicture &) {}

bool SkewCanvas::eventFilter(QObject *watched, QEvent *event)
{
    return QWidget::eventFilter(watched, event);
}

void SkewCanvas::keyPressEvent(QKeyEvent *event)
{
    QWidget::keyPressEvent(event);
}

void SkewCanvas::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
}

} // namespace Synchat
