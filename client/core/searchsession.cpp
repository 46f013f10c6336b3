// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/searchsession.h"

#include "client/core/chatclient.h"

#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;

namespace Synchat {

QString searchTrouble(const ErrorFrame &error)
{
    switch (error.code) {
    case ErrorCode::RateLimited:
    case ErrorCode::Busy: {
        if (!error.retryAfter)
            return SearchSession::tr("%1 Try again in a moment.").arg(error.message);
        const int seconds = std::max(1, static_cast<int>(std::ceil(std::min(*error.retryAfter, 3600.0))));
        return seconds == 1
                   ? SearchSession::tr("%1 Try again in a second.").arg(error.message)
                   : SearchSession::tr("%1 Try again in %2 seconds.").arg(error.message).arg(seconds);
    }
    case ErrorCode::NotJoined:
        return SearchSession::tr("%1 Join the room, or search in all rooms.").arg(error.message);
    default:
        return error.message;
    }
}

SearchSession::SearchSession(QObject *parent)
    : QObject(parent)
{}

void SearchSession::setClient(ChatClient *client)
{
    if (m_client)
        m_client->disconnect(this);
    m_client = client;
    if (client) {
        connect(client, &ChatClient::found, this, &SearchSession::take);
        connect(client, &ChatClient::requestFailed, this, &SearchSession::takeFailure);
    }
    clear();
}

void SearchSession::start(SearchFrame frame)
{
    clear();
    if (!m_client)
        return;
    m_frame = std::move(frame);
    m_frame.limit = PageSize;
    ask();
    setState(State::Searching);
}

void SearchSession::loadMore()
{
    if (m_state != State::Found || isComplete() || isFull() || !m_client)
        return;
    ask();
    setState(State::LoadingMore);
}

void SearchSession::goOn()
{
    const bool stopped =
        m_state == State::Failed || m_state == State::MoreFailed || m_state == State::Unfinished;
    if (!stopped || !m_client)
        return;
    ask();
    setState(m_messages.isEmpty() ? State::Searching : State::LoadingMore);
}

void SearchSession::clear()
{
    m_ref.clear();
    m_cursor.clear();
    m_messages.clear();
    m_state = State::Idle;
    Q_EMIT restarted();
    Q_EMIT changed();
}

QString SearchSession::trouble() const
{
    const bool failed = m_state == State::Failed || m_state == State::MoreFailed;
    return failed ? searchTrouble(m_error) : QString();
}

void SearchSession::ask()
{
    m_emptyPages = 0;
    askOn();
}

void SearchSession::askOn()
{
    m_frame.cursor = m_cursor;
    m_ref = m_client->search(m_frame);
}

void SearchSession::take(const QString &ref, const FoundFrame &frame)
{
    if (ref != m_ref || ref.isEmpty())
        return;
    m_ref.clear();
    const auto before = static_cast<int>(m_messages.size());
    m_messages +=
        frame.messages.first(std::min<qsizetype>(frame.messages.size(), MostResults - m_messages.size()));
    m_cursor = frame.cursor;
    if (frame.messages.isEmpty() && !m_cursor.isEmpty()) {
        if (++m_emptyPages < MostEmptyPages)
            askOn();
        else
            setState(State::Unfinished);
        return;
    }
    setState(m_messages.isEmpty() ? State::Nothing : State::Found);
    const int added = static_cast<int>(m_messages.size()) - before;
    if (added > 0)
        Q_EMIT found(before, added);
}

void SearchSession::takeFailure(const QString &ref, const ErrorFrame &error)
{
    if (ref != m_ref || ref.isEmpty())
        return;
    m_ref.clear();
    m_error = error;
    setState(m_messages.isEmpty() ? State::Failed : State::MoreFailed);
}

void SearchSession::setState(State state)
{
    m_state = state;
    Q_EMIT changed();
}

} // namespace Synchat
