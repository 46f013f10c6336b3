// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/clockstrip.h"

#include "client/ui/clockface.h"
#include "common/timestamp.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QResizeEvent>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Synchat {

ClockStrip::ClockStrip(const Clock &clock, QWidget *parent)
    : QFrame(parent)
    , m_clock(clock)
    , m_zone(QTimeZone::utc())
    , m_ticker(clock, this)
{
    setObjectName(u"clockStrip"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_face = new ClockFace(this);
    m_face->setObjectName(u"liveClock"_s);
    m_place = new QLabel(this);
    m_place->setObjectName(u"clockPlace"_s);
    m_place->setProperty("quiet", true);
    m_note = new QLabel(this);
    m_note->setObjectName(u"clockNote"_s);
    m_note->setProperty("quiet", true);
    for (QLabel *label : {m_place, m_note}) {
        label->setTextFormat(Qt::PlainText);
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        label->setMinimumWidth(1);
    }

    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addStretch();
    words->addWidget(m_place);
    words->addWidget(m_note);
    words->addStretch();

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(20, 8, 20, 8);
    row->setSpacing(12);
    row->addWidget(m_face);
    row->addLayout(words, 1);
    m_reference = makeFact(u"referenceFact"_s);
    m_skew = makeFact(u"skewFact"_s);
    m_path = makeFact(u"pathFact"_s);

    connect(&m_ticker, &SecondTicker::ticked, this, [this] {
        refresh();
        Q_EMIT ticked();
    });
    refresh();
}

ClockStrip::Fact ClockStrip::makeFact(const QString &name)
{
    Fact fact;
    fact.box = new QWidget(this);
    fact.box->setObjectName(name);
    auto *line = new QFrame(fact.box);
    line->setObjectName(u"factLine"_s);
    line->setFixedWidth(1);
    fact.caption = new QLabel(fact.box);
    fact.caption->setProperty("quiet", true);
    fact.value = new QLabel(fact.box);
    fact.value->setObjectName(name + "Value"_L1);
    fact.value->setTextFormat(Qt::RichText);
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    column->addStretch();
    column->addWidget(fact.caption);
    column->addWidget(fact.value);
    column->addStretch();
    auto *row = new QHBoxLayout(fact.box);
    row->setContentsMargins(0, 0, 12, 0);
    row->setSpacing(16);
    row->addWidget(line);
    row->addLayout(column);
    layout()->addWidget(fact.box);
    return fact;
}

void ClockStrip::setProbe(ClockProbe *probe)
{
    if (m_probe)
        disconnect(m_probe, nullptr, this, nullptr);
    m_probe = probe;
    if (probe)
        connect(probe, &ClockProbe::statusChanged, this, &ClockStrip::refresh);
    refresh();
}

void ClockStrip::setLook(const Look &look)
{
    m_look = look;
    m_face->setColor(look.theme.text);
    m_face->setFont(look.font(22, QFont::DemiBold));
    m_place->setFont(look.font(10));
    m_note->setFont(look.font(9));
    for (const Fact &fact : {m_reference, m_skew, m_path}) {
        fact.caption->setFont(look.font(9));
        fact.value->setFont(look.font(10.5, QFont::Medium));
    }
    refresh();
    arrange();
}

void ClockStrip::setTimeZone(const QTimeZone &zone)
{
    m_zone = zone;
    refresh();
}

void ClockStrip::start()
{
    refresh();
    m_ticker.start();
}

void ClockStrip::refresh()
{
    const ClockStatus status = m_probe ? m_probe->status() : ClockStatus();
    const ClockReading now = m_clock.read();
    OptionalMicros reference;
    if (status.offset)
        reference = toWire(now.wall) + *status.offset;
    m_words = ClockStripText::words(now.wall, reference, status, m_zone);
    m_face->setText(m_words.clock);
    m_place->setText(m_words.place);
    show(m_reference, m_words.reference, m_look.theme.text, {});
    show(m_skew, m_words.skew, m_look.theme.markColor(m_words.mark), markGlyph(m_words.mark));
    show(m_path, m_words.path, m_look.theme.text, {});
    setAccessibleName(m_words.spoken);
    setToolTip(m_words.spoken);
    arrange();
}

void ClockStrip::show(const Fact &fact, const ClockFact &words, const QColor &color, const QString &glyph)
{
    fact.caption->setText(words.caption);
    const QString value = glyph.isEmpty() ? words.value : glyph + u' ' + words.value;
    QString html = coloured(value, color);
    if (!words.detail.isEmpty())
        html += u"&nbsp;"_s + coloured(words.detail, m_look.theme.muted);
    fact.value->setText(html);
    fact.box->setAccessibleName(u"%1 %2 %3"_s.arg(words.caption, words.value, words.detail).trimmed());
}

void ClockStrip::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    arrange();
}

void ClockStrip::arrange()
{
    const int fixed = 40 + m_face->sizeHint().width() + 12;
    const int wordsWidth = std::max(m_place->fontMetrics().horizontalAdvance(m_words.place),
                                    m_note->fontMetrics().horizontalAdvance(m_words.note));
    int room = width() - fixed - wordsWidth - 12;
    for (const Fact *fact : {&m_skew, &m_path, &m_reference}) {
        room -= fact->box->sizeHint().width() + 12;
        fact->box->setVisible(room >= 0);
    }
    const bool tellInOneLine = m_skew.box->isHidden();
    QString below = m_words.note;
    if (tellInOneLine)
        below = QString(markGlyph(m_words.mark)) + u' ' + m_words.spoken;
    const int space = std::max(40, width() - fixed);
    m_note->setText(m_note->fontMetrics().elidedText(below, Qt::ElideRight, tellInOneLine ? space : 4096));
    m_note->setVisible(!below.isEmpty());
}

} // namespace Synchat
