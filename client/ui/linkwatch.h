// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/chatclient.h"

#include <QObject>
#include <QTimer>

namespace Synchat {

class Banner;

/// Says across the window that there is no connection, once it has lasted for three seconds.
class LinkWatch : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds Patience{3000};

    LinkWatch(ChatClient &client, Banner &banner, QObject *parent = nullptr);
    ~LinkWatch() override;

private:
    void look();
    void speak();

    ChatClient &m_client;
    Banner &m_banner;
    QTimer m_patience;
};

} // namespace Synchat
