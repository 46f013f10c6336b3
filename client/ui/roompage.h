// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/look.h"
#include "client/ui/view/messageview.h"

#include <QWidget>

class QVBoxLayout;

namespace Synchat {

class Banner;
class Composer;
class OrderBar;
class RoomHeader;

/// The middle of the window: header, banners, messages, composer. The place where they stand, and the
/// comparison of two messages of the view.
class RoomPage : public QWidget
{
    Q_OBJECT
public:
    explicit RoomPage(QWidget *parent = nullptr);

    void setLook(const Look &look);

    RoomHeader &header() { return *m_header; }
    Banner &linkBanner() { return *m_linkBanner; }
    Banner &clockBanner() { return *m_clockBanner; }
    Banner &noticeBanner() { return *m_noticeBanner; }
    MessageView &view() { return *m_view; }
    OrderBar &orderBar() { return *m_orderBar; }
    Composer &composer() { return *m_composer; }

private:
    void wireComparison();

    RoomHeader *m_header = nullptr;
    Banner *m_linkBanner = nullptr;
    Banner *m_clockBanner = nullptr;
    Banner *m_noticeBanner = nullptr;
    MessageView *m_view = nullptr;
    OrderBar *m_orderBar = nullptr;
    Composer *m_composer = nullptr;
};

} // namespace Synchat
