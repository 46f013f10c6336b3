// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/orderbar.h"

#include "client/ui/comparison.h"
#include "client/ui/numberline.h"
#include "client/ui/view/markpainter.h"

#include <QAccessible>
#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Synchat {

/// A mark as a widget: the shape that it has everywhere.
class MarkBox : public QWidget
{
public:
    using QWidget::QWidget;
    void present(Mark mark, const QColor &color)
    {
        m_kind = mark;
        m_color = color;
        update();
    }
    Mark mark() const { return m_kind; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintMark(painter, QRectF(rect()).adjusted(1, 1, -1, -1), m_kind, m_color);
    }

private:
    Mark m_kind = Mark::Unknown;
    QColor m_color;
};

OrderBar::OrderBar(QWidget *parent)
    : QFrame(parent)
    , m_mark(new MarkBox(this))
    , m_headline(new QLabel(this))
    , m_detail(new QLabel(this))
    , m_line(new NumberLine(this))
    , m_copy(new QPushButton(tr("Copy"), this))
    , m_close(new QPushButton(tr("Close"), this))
{
    setObjectName(u"orderBar"_s);
    setProperty("banner", u"notice"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_headline->setObjectName(u"orderHeadline"_s);
    m_detail->setObjectName(u"orderDetail"_s);
    m_line->setObjectName(u"orderLine"_s);
    m_copy->setObjectName(u"orderCopy"_s);
    m_close->setObjectName(u"orderClose"_s);
    for (QLabel *label : {m_headline, m_detail}) {
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_detail->setWordWrap(true);
    m_detail->setMinimumWidth(80);
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_mark);
    head->addWidget(m_headline, 1);
    for (QPushButton *button : {m_copy, m_close}) {
        button->setAutoDefault(false);
        head->addWidget(button);
    }
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 8, 16, 8);
    column->setSpacing(6);
    column->addLayout(head);
    column->addWidget(m_detail);
    column->addWidget(m_line);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_copyText); });
    connect(m_close, &QPushButton::clicked, this, &OrderBar::closed);
    hide();
}

void OrderBar::setLook(const Look &look)
{
    m_headline->setFont(look.font(10, QFont::DemiBold));
    m_detail->setFont(look.font(10));
    m_line->setLook(look);
    for (QPushButton *button : {m_copy, m_close})
        button->setFont(look.font(9.5));
    m_mark->setFixedSize(look.grid(12), look.grid(12));
    m_theme = look.theme;
    m_mark->present(m_mark->mark(), m_theme.markColor(m_mark->mark()));
}

void OrderBar::showPicked(const QString &sentence)
{
    m_headline->setText(tr("Compare two messages"));
    m_detail->setText(sentence);
    m_mark->hide();
    m_line->hide();
    m_copy->hide();
    announce();
}

void OrderBar::showComparison(const Comparison &comparison)
{
    const OrderWords &words = comparison.words();
    m_headline->setText(words.headline);
    m_detail->setText(words.detail);
    m_mark->present(words.mark, m_theme.markColor(words.mark));
    m_line->setReadings(comparison.readings(), comparison.overlap());
    m_copyText = comparison.copyText();
    m_mark->show();
    m_line->show();
    m_copy->show();
    announce();
}

QString OrderBar::text() const
{
    return m_headline->text() + u": "_s + m_detail->text();
}

void OrderBar::announce()
{
    setAccessibleName(text());
    show();
    // Qt before 6.8 has no announcement event: an alert points to what is to be read.
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

} // namespace Synchat
