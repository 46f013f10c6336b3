// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/statusline.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QResizeEvent>

#include <array>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr int Margin = 20;
constexpr int Gap = 24;

} // namespace

StatusLine::StatusLine(QWidget *parent)
    : QFrame(parent)
{
    setObjectName(u"statusLine"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_connection = makeLabel(u"connectionStatus"_s);
    m_connection->setTextFormat(Qt::RichText);
    m_waiting = makeLabel(u"waitingStatus"_s);
    m_reference = makeLabel(u"referenceStatus"_s);
    m_reference->setCursor(Qt::PointingHandCursor);
    m_lastMessage = makeLabel(u"lastMessageStatus"_s);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(Margin, 4, Margin, 4);
    row->setSpacing(Gap);
    row->addWidget(m_connection);
    row->addWidget(m_waiting);
    row->addWidget(m_reference);
    row->addStretch(1);
    row->addWidget(m_lastMessage);
}

QLabel *StatusLine::makeLabel(const QString &name)
{
    auto *label = new QLabel(this);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setProperty("quiet", true);
    label->setMinimumWidth(1);
    return label;
}

void StatusLine::setConnection(Link link, const QString &sentence)
{
    m_link = link;
    m_connectionText = sentence;
    arrange();
}

void StatusLine::setWaiting(const QString &sentence, bool any)
{
    m_anyWaits = any;
    m_waiting->setText(sentence);
    arrange();
}

void StatusLine::setReference(const QString &sentence)
{
    m_reference->setText(sentence);
    arrange();
}

void StatusLine::setLastMessage(const QString &text)
{
    m_lastMessage->setText(text);
    arrange();
}

void StatusLine::setLook(const Look &look)
{
    m_look = look;
    for (QLabel *label : {m_connection, m_waiting, m_reference, m_lastMessage})
        label->setFont(look.font(9));
    arrange();
}

void StatusLine::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    arrange();
}

void StatusLine::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && childAt(event->position().toPoint()) == m_reference)
        Q_EMIT referenceClicked();
    QFrame::mouseReleaseEvent(event);
}

void StatusLine::arrange()
{
    const QString glyph = m_link == Link::Online ? u"●"_s : m_link == Link::Connecting ? u"◌"_s : u"✖"_s;
    const QColor color = m_link == Link::Online       ? m_look.theme.fine
                         : m_link == Link::Connecting ? m_look.theme.muted
                                                      : m_look.theme.contradiction;
    const QFontMetrics metrics = m_connection->fontMetrics();
    const int space = width() - 2 * Margin;
    const QString shown = metrics.elidedText(m_connectionText, Qt::ElideRight, std::max(80, space - 20));
    m_connection->setText(
        coloured(glyph, color) + u"&nbsp;"_s +
        coloured(shown, m_link == Link::Offline ? m_look.theme.contradiction : m_look.theme.muted));
    m_connection->setAccessibleName(m_connectionText);
    int left = space - metrics.horizontalAdvance(shown) - 20;
    // What is said only when all is well goes first where there is little room.
    const std::array<QLabel *, 3> byWorth = m_anyWaits ? std::array{m_waiting, m_reference, m_lastMessage}
                                                       : std::array{m_reference, m_lastMessage, m_waiting};
    for (QLabel *label : byWorth) {
        const int needed = metrics.horizontalAdvance(label->text()) + Gap;
        label->setVisible(!label->text().isEmpty() && left >= needed);
        if (!label->isHidden())
            left -= needed;
    }
    setToolTip(QStringList{m_connectionText, m_waiting->text(), m_reference->text(), m_lastMessage->text()}
                   .join(u'\n')
                   .trimmed());
}

} // namespace Synchat
