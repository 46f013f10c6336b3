// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/chat/chatfixture.h"

#include <QTest>

namespace Synchat {

using namespace Qt::StringLiterals;

ChatFixture::ChatFixture()
{
    chatConfig.ratePerSecond = 0;
    storeConfig.dataDir = m_folder.filePath(u"data"_s);
    netConfig.address = QHostAddress::LocalHost;
    netConfig.port = 0;
}

ChatFixture::~ChatFixture()
{
    stop();
}

bool ChatFixture::start()
{
    auto opened = History::open(storeConfig);
    if (!opened) {
        m_error = opened.error();
        return false;
    }
    m_history = std::move(*opened);
    m_net = std::make_unique<NetServer>(m_clock, netConfig);
    m_chat = std::make_unique<ChatServer>(m_clock, chatConfig, *m_net, *m_history);
    if (m_net->listen())
        return true;
    m_error = m_net->errorString();
    return false;
}

void ChatFixture::stop()
{
    m_chat.reset();
    m_net.reset();
    m_history.reset();
}

std::unique_ptr<WireClient> ChatFixture::connectClient()
{
    auto client = std::make_unique<WireClient>();
    if (!client->open(m_net->port()))
        return nullptr;
    return client;
}

std::unique_ptr<WireClient> ChatFixture::greet(const QString &name, const QString &token)
{
    auto client = connectClient();
    if (!client || !client->hello(name, token))
        return nullptr;
    return client;
}

std::unique_ptr<WireClient> ChatFixture::member(const QString &name, const QString &room)
{
    auto client = greet(name);
    if (!client)
        return nullptr;
    client->send({{u"type"_s, u"join"_s}, {u"room"_s, room}});
    return client->take(u"joined"_s).isEmpty() ? nullptr : std::move(client);
}

bool ChatFixture::fill(const QString &room, int count, qsizetype length)
{
    const auto number = m_chat->publicRoomNumber(room);
    if (!number)
        return false;
    const qint64 expected = m_chat->publicRoom(room)->lastSeq + count;
    for (int i = 0; i < count; ++i) {
        Message message;
        message.room = room;
        message.id = QUuid::createUuid();
        message.from = {u"filler"_s, u"filler"_s};
        message.text = QString(length, u'f');
        if (!m_history->append(++m_ticket, *number, message))
            return false;
    }
    return QTest::qWaitFor([&] { return m_chat->publicRoom(room)->lastSeq == expected; }, 30000);
}

} // namespace Synchat
