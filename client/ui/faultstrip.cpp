// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/faultstrip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Synchat {

FaultStrip::FaultStrip(QWidget *parent)
    : QFrame(parent)
{
    setObjectName(u"faultStrip"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_text = new QLabel(this);
    m_text->setObjectName(u"faultStripText"_s);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_text->setMinimumWidth(1);
    m_off = new QPushButton(tr("Turn off"), this);
    m_off->setObjectName(u"faultStripOff"_s);
    m_off->setAccessibleName(tr("Turn the clock fault off"));
    m_off->setAutoDefault(false);
    connect(m_off, &QPushButton::clicked, this, &FaultStrip::offWanted);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(20, 2, 16, 2);
    row->setSpacing(12);
    row->addWidget(m_text, 1);
    row->addWidget(m_off);
    hide();
}

void FaultStrip::setLook(const Look &look)
{
    m_text->setFont(look.font(9.5, QFont::DemiBold));
    m_off->setFont(look.font(9));
    arrange();
}

QString FaultStrip::sentence(const QString &own, bool daemon)
{
    QStringList sentences;
    if (!own.isEmpty())
        sentences.append(tr("Clock fault injected here: %1.").arg(own));
    if (daemon)
        sentences.append(own.isEmpty() ? tr("The daemon runs under an injected clock fault.")
                                       : tr("The daemon runs under one, too."));
    return sentences.join(u' ');
}

void FaultStrip::say(const QString &own, bool daemon)
{
    const QString sentence = FaultStrip::sentence(own, daemon);
    m_off->setVisible(!own.isEmpty());
    setVisible(!sentence.isEmpty());
    if (sentence == m_sentence)
        return;
    m_sentence = sentence;
    setAccessibleName(sentence);
    setToolTip(sentence);
    arrange();
}

void FaultStrip::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    arrange();
}

void FaultStrip::arrange()
{
    const int room = width() - 40 - (m_off->isHidden() ? 0 : m_off->sizeHint().width() + 12);
    m_text->setText(
        m_text->fontMetrics().elidedText(u"▲ "_s + m_sentence, Qt::ElideRight, std::max(40, room)));
}

} // namespace Synchat
