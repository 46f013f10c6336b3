// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/composeredit.h"

#include <QKeyEvent>
#include <QMimeData>
#include <QTextBlock>
#include <QTextLayout>

#include <cmath>

namespace Synchat {

namespace {

constexpr int MaxLines = 6;

} // namespace

ComposerEdit::ComposerEdit(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setTabChangesFocus(true);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QPlainTextEdit::textChanged, this, &ComposerEdit::fitHeight);
    fitHeight();
}

void ComposerEdit::fitHeight()
{
    int lines = 0;
    for (QTextBlock block = document()->firstBlock(); block.isValid() && lines <= MaxLines;
         block = block.next()) {
        blockBoundingGeometry(block); // lays the block out
        lines += std::max(1, block.layout()->lineCount());
    }
    const int shown = std::clamp(lines, 1, MaxLines);
    setVerticalScrollBarPolicy(lines > MaxLines ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    const int frame = height() - viewport()->height(); // border and padding, whatever the style makes of them
    const int margin = static_cast<int>(std::ceil(2 * document()->documentMargin()));
    setFixedHeight(fontMetrics().lineSpacing() * shown + frame + margin);
}

bool ComposerEdit::leavesToWindow(const QKeyEvent &event) const
{
    if (event.matches(QKeySequence::Copy))
        return !textCursor().hasSelection();
    if (event.modifiers() != Qt::ControlModifier)
        return false;
    return event.key() == Qt::Key_U || event.key() == Qt::Key_K || event.key() == Qt::Key_I ||
           event.key() == Qt::Key_T;
}

bool ComposerEdit::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (m_takesEscape && key->key() == Qt::Key_Escape) {
            key->accept();
            return true;
        }
        if (leavesToWindow(*key)) {
            key->ignore();
            return false;
        }
    }
    return QPlainTextEdit::event(event);
}

void ComposerEdit::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && !event->modifiers().testFlag(Qt::ShiftModifier)) {
        Q_EMIT submitted();
        return;
    }
    if (event->key() == Qt::Key_Escape && m_takesEscape) {
        Q_EMIT escaped();
        return;
    }
    if (enter) {
        insertPlainText(QStringLiteral("\n"));
        ensureCursorVisible();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

void ComposerEdit::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    fitHeight();
}

void ComposerEdit::showEvent(QShowEvent *event)
{
    QPlainTextEdit::showEvent(event);
    fitHeight(); // only now the style has had its say
}

void ComposerEdit::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fitHeight();
}

void ComposerEdit::insertFromMimeData(const QMimeData *source)
{
    if (source->hasText())
        insertPlainText(source->text());
}

} // namespace Synchat
