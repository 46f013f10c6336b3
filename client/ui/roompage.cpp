// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/roompage.h"

#include "client/ui/banner.h"
#include "client/ui/comparison.h"
#include "client/ui/composer.h"
#include "client/ui/orderbar.h"
#include "client/ui/roomheader.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Synchat {

RoomPage::RoomPage(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"roomPage"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_linkBanner = new Banner(u"linkBanner"_s, this);
    m_clockBanner = new Banner(u"clockBanner"_s, this);
    m_noticeBanner = new Banner(u"noticeBanner"_s, this);
    m_header = new RoomHeader(this);
    m_view = new MessageView(this);
    m_view->setObjectName(u"messageView"_s);
    if (m_view->accessibleName().isEmpty())
        m_view->setAccessibleName(tr("Messages"));
    m_orderBar = new OrderBar(this);
    m_composer = new Composer(this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_linkBanner);
    column->addWidget(m_clockBanner);
    column->addWidget(m_noticeBanner);
    column->addWidget(m_header);
    column->addWidget(m_view, 1);
    column->addWidget(m_orderBar);
    column->addWidget(m_composer);
    wireComparison();
}

void RoomPage::wireComparison()
{
    connect(m_view, &MessageView::comparisonPicked, this, [this](int row) {
        const Message &message = m_view->model()->row(row).message;
        m_orderBar->showPicked(message.seq > 0 ? tr("Message %1 by %2 is picked. Pick another one: "
                                                    "Ctrl+click it, or go there and press Ctrl+D.")
                                                     .arg(QString::number(message.seq), message.from.name)
                                               : tr("Your message is picked. Pick another one: Ctrl+click "
                                                    "it, or go there and press Ctrl+D."));
    });
    connect(m_view, &MessageView::compareRequested, this, [this](int first, int second) {
        const RoomModel *model = m_view->model();
        const FindMessage find = [model](qint64 seq) -> const Message * {
            const int row = model->rowOfSeq(seq);
            return row >= 0 ? &model->row(row).message : nullptr;
        };
        m_orderBar->showComparison(Comparison(model->row(first).message, model->row(second).message, find));
    });
    connect(m_view, &MessageView::comparisonCleared, m_orderBar, &QWidget::hide);
    connect(m_orderBar, &OrderBar::closed, m_view, &MessageView::clearComparison);
}

void RoomPage::setLook(const Look &look)
{
    for (Banner *banner : {m_linkBanner, m_clockBanner, m_noticeBanner})
        banner->setLook(look);
    m_header->setLook(look);
    m_view->setTheme(look.theme);
    m_view->setFontScale(look.scale);
    m_orderBar->setLook(look);
    m_composer->setLook(look);
}

} // namespace Synchat
