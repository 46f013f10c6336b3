// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/historyguide.h"

#include "client/core/chatclient.h"
#include "client/core/placetext.h"
#include "client/ui/banner.h"
#include "client/ui/roompage.h"

#include <utility>

namespace Synchat {

HistoryGuide::HistoryGuide(ChatClient &client, RoomPage &page, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_page(page)
{
    connect(&client, &ChatClient::placeFound, this, &HistoryGuide::takePlace);
    connect(&client, &ChatClient::placeFailed, this, &HistoryGuide::takeFailure);
    connect(&client, &ChatClient::joined, this, [this](const QString &room) {
        if (room == m_asked.room)
            ask();
    });
    connect(&m_page.view(), &MessageView::unreadWanted, this,
            [this](qint64 seq) { showMessage(m_room, seq); });
}

void HistoryGuide::setRoom(const QString &room)
{
    m_room = room;
    if (m_asked.room != room)
        m_asked = {};
}

void HistoryGuide::showMessage(const QString &room, qint64 seq)
{
    m_asked = {room, seq, 0, {}};
    if (room != m_room)
        Q_EMIT roomWanted(room);
    const bool soon = m_client.linkState() == LinkState::Online && !m_client.isJoined(room);
    if (!soon)
        ask();
}

void HistoryGuide::showTime(WireMicros time, const QTimeZone &zone)
{
    m_asked = {m_room, std::nullopt, time, zone};
    ask();
}

void HistoryGuide::showFirstUnread()
{
    const qint64 after = m_page.view().unreadAfter();
    if (after > 0)
        showMessage(m_room, after + 1);
    else
        m_page.noticeBanner().say(Banner::Tone::Notice, tr("Nothing is unread in # %1.").arg(m_room));
}

void HistoryGuide::ask()
{
    const Asked asked = m_asked; // an answer may come at once, and ends it
    if (asked.seq)
        m_client.findSeq(asked.room, *asked.seq);
    else
        m_client.findTime(asked.room, asked.time);
}

void HistoryGuide::takePlace(const QString &room, qint64 seq)
{
    if (room != m_asked.room || room != m_room)
        return;
    const Asked asked = std::exchange(m_asked, {});
    const RoomModel *model = m_client.roomModel(room);
    const int row = model->rowOfSeq(seq);
    if (row < 0)
        return;
    const Message &shown = model->row(row).message;
    const QString remark =
        asked.seq ? remarkOnSeq(*asked.seq, shown) : remarkOnTime(asked.time, shown, asked.zone);
    if (!remark.isEmpty())
        m_page.noticeBanner().say(Banner::Tone::Notice, remark);
    m_page.view().showSeq(seq);
}

void HistoryGuide::takeFailure(const QString &room, const QString &sentence)
{
    if (room != m_asked.room)
        return;
    m_asked = {};
    m_page.noticeBanner().say(Banner::Tone::Warning, sentence);
}

} // namespace Synchat
