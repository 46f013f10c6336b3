// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/linkwatch.h"

#include "client/ui/banner.h"

namespace Synchat {

LinkWatch::LinkWatch(ChatClient &client, Banner &banner, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_banner(banner)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(Patience);
    connect(&m_patience, &QTimer::timeout, this, &LinkWatch::speak);
    connect(&client, &ChatClient::linkChanged, this, &LinkWatch::look);
    connect(&client, &ChatClient::waitingChanged, this, &LinkWatch::look);
    look();
}

LinkWatch::~LinkWatch()
{
    m_banner.hide();
}

void LinkWatch::look()
{
    if (m_client.linkState() == LinkState::Online) {
        m_patience.stop();
        m_banner.hide();
        return;
    }
    if (!m_banner.isHidden())
        speak();
    else if (!m_patience.isActive())
        m_patience.start();
}

void LinkWatch::speak()
{
    m_banner.say(Banner::Tone::Warning, m_client.linkSentence(),
                 tr("What you write is kept and is sent once, when the connection is back."));
}

} // namespace Synchat
