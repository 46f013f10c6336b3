// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/banner.h"

#include <QBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Synchat {

Banner::Banner(const QString &name, QWidget *parent)
    : QFrame(parent)
{
    setObjectName(name);
    setAttribute(Qt::WA_StyledBackground);
    m_glyph = new QLabel(this);
    m_text = new QLabel(this);
    m_text->setObjectName(name + "Text"_L1);
    m_detail = new QLabel(this);
    m_detail->setObjectName(name + "Detail"_L1);
    for (QLabel *label : {m_text, m_detail}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setMinimumWidth(80);
    }
    auto *column = new QVBoxLayout;
    column->setSpacing(4);
    column->addWidget(m_text);
    column->addWidget(m_detail);
    auto *words = new QHBoxLayout;
    words->setSpacing(8);
    words->addWidget(m_glyph, 0, Qt::AlignTop);
    words->addLayout(column, 1);
    m_buttonRow = new QHBoxLayout;
    m_buttonRow->setSpacing(8);
    m_row = new QBoxLayout(QBoxLayout::LeftToRight, this);
    m_row->setContentsMargins(20, 8, 16, 8);
    m_row->setSpacing(8);
    m_row->addLayout(words, 1);
    m_row->addLayout(m_buttonRow);
    hide();
}

void Banner::setLook(const Look &look)
{
    m_glyph->setFont(look.font(10, QFont::DemiBold));
    m_text->setFont(look.font(10, QFont::Medium));
    m_detail->setFont(look.font(9.5));
    for (QPushButton *button : std::as_const(m_buttons))
        button->setFont(look.font(9.5));
}

QPushButton *Banner::addButton(const QString &name, const QString &text)
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(name);
    button->setAutoDefault(false);
    m_buttonRow->addWidget(button, 0, Qt::AlignTop);
    m_buttons.append(button);
    return button;
}

void Banner::say(Tone tone, const QString &text, const QString &detail)
{
    const QString kind = tone == Tone::Loud ? u"loud"_s : tone == Tone::Warning ? u"warning"_s : u"notice"_s;
    if (property("banner").toString() != kind) {
        setProperty("banner", kind);
        m_text->setProperty("bad", tone != Tone::Notice);
        m_glyph->setProperty("bad", tone != Tone::Notice);
        m_glyph->setProperty("off", tone == Tone::Notice);
        for (QWidget *widget : {static_cast<QWidget *>(this), static_cast<QWidget *>(m_text),
                                static_cast<QWidget *>(m_glyph)}) {
            widget->style()->unpolish(widget);
            widget->style()->polish(widget);
        }
    }
    m_glyph->setText(tone == Tone::Notice ? u"▲"_s : u"✖"_s);
    m_text->setText(text);
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    setAccessibleName(text);
    show();
}

void Banner::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    const bool narrow = width() < 3 * m_buttonRow->sizeHint().width();
    const auto direction = narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight;
    if (m_row->direction() == direction)
        return;
    m_row->setDirection(direction);
    m_row->setAlignment(m_buttonRow, narrow ? Qt::AlignLeft : Qt::Alignment());
    // Under the words, which begin after the glyph.
    m_buttonRow->setContentsMargins(narrow ? m_glyph->sizeHint().width() + 8 : 0, 0, 0, 0);
}

QString Banner::text() const
{
    return m_text->text();
}

} // namespace Synchat
