// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/chatlink.h"

#include "client/core/serverurl.h"

#include <QRandomGenerator>

#include <utility>

namespace Synchat {

namespace {

constexpr std::chrono::seconds SettledAfter{10};
constexpr int CloseGoingAway = 1001;
constexpr int ClosePolicy = 1008;

} // namespace

ChatLink::ChatLink(const Clock &clock, LinkConfig config, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_config(std::move(config))
    , m_connection(clock, m_config.times)
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &ChatLink::connectNow);
    m_settled.setSingleShot(true);
    m_settled.setInterval(SettledAfter);
    connect(&m_settled, &QTimer::timeout, this, [this] { m_failures = 0; });
    connect(&m_connection, &Connection::opened, this, &ChatLink::sayHello);
    connect(&m_connection, &Connection::frameReceived, this, &ChatLink::take);
    connect(&m_connection, &Connection::closed, this, &ChatLink::handleEnd);
    connect(&m_connection, &Connection::roundTripMeasured, this, [this](int milliseconds) {
        m_roundTripMs = milliseconds;
        Q_EMIT changed();
    });
}

void ChatLink::start()
{
    if (m_wanted)
        return;
    m_wanted = true;
    m_failures = 0;
    connectNow();
}

void ChatLink::stop()
{
    m_wanted = false;
    m_retry.stop();
    m_connection.close();
    m_problem.clear();
    setState(LinkState::Offline);
}

void ChatLink::reconnectNow()
{
    m_wanted = true;
    m_failures = 0;
    m_connection.drop();
    setState(LinkState::Offline);
    connectNow();
}

void ChatLink::send(const ClientFrame &frame, const QString &ref)
{
    m_connection.send(encodeClientFrame(frame, ref));
}

QString ChatLink::sentence() const
{
    const QString server = serverLabel(m_config.server);
    if (m_state == LinkState::Online)
        return tr("Connected to %1.").arg(server);
    if (m_state == LinkState::Connecting && m_failures == 0)
        return tr("Connecting to %1.").arg(server);
    if (m_refusal)
        return tr("%1 does not let us in: %2").arg(server, m_refusal->message);
    if (!m_wanted)
        return tr("Not connected to %1.").arg(server);
    const QString what = m_problem.isEmpty() ? tr("No connection to %1.").arg(server)
                                             : tr("No connection to %1: %2.").arg(server, m_problem);
    if (m_state == LinkState::Connecting)
        return what + u' ' + tr("Trying again.");
    const int seconds = (std::max(m_retry.remainingTime(), 0) + 999) / 1000;
    return what + u' ' + tr("Next try in %1 s.").arg(seconds);
}

void ChatLink::connectNow()
{
    m_retry.stop();
    m_lastError.reset();
    m_refusal.reset();
    const auto url = webSocketUrl(m_config.server);
    if (!url) {
        m_wanted = false;
        m_refusal = ErrorFrame{ErrorCode::BadField, url.error(), {}, {}};
        Q_EMIT changed();
        Q_EMIT refused(*m_refusal);
        return;
    }
    setState(LinkState::Connecting);
    m_connection.open(*url);
}

void ChatLink::sayHello()
{
    HelloFrame hello{m_config.name, m_config.client, std::nullopt, std::nullopt};
    m_helloHadToken = false;
    if (!m_config.password.isEmpty()) {
        hello.password = m_config.password;
    } else if (!m_token.isEmpty()) {
        hello.token = m_token;
        m_helloHadToken = true;
    }
    send(hello);
}

void ChatLink::take(const ServerFrame &frame, const QString &ref, const ClockReading &at)
{
    if (const auto *welcome = std::get_if<WelcomeFrame>(&frame)) {
        greet(*welcome);
        return;
    }
    if (const auto *error = std::get_if<ErrorFrame>(&frame);
        error && ref.isEmpty() && error->postId.isEmpty())
        m_lastError = *error;
    if (m_state == LinkState::Online)
        Q_EMIT frameReceived(frame, ref, at);
}

void ChatLink::greet(const WelcomeFrame &welcome)
{
    if (m_state == LinkState::Online)
        return;
    m_connection.markGreeted();
    m_lastError.reset();
    m_problem.clear();
    if (welcome.token)
        m_token = *welcome.token;
    m_settled.start();
    m_state = LinkState::Online;
    Q_EMIT greeted(welcome);
    Q_EMIT changed();
}

void ChatLink::handleEnd(int closeCode, const QString &closeReason, const QString &problem)
{
    const bool wasGreeted = m_state == LinkState::Online;
    const LinkEnd end{closeCode, closeReason, problem, wasGreeted, m_helloHadToken, m_lastError};
    const LinkVerdict verdict = afterLink(end);
    const bool told = m_lastError && (!wasGreeted || closeCode == ClosePolicy);
    m_problem = told ? m_lastError->message : problem;
    if (m_problem.isEmpty() && closeCode == CloseGoingAway)
        m_problem = tr("the server stops or restarts");
    while (m_problem.endsWith(u'.'))
        m_problem.chop(1);
    if (verdict.action == AfterLink::GiveUp) {
        m_wanted = false;
        m_refusal = m_lastError;
    }
    setState(LinkState::Offline);
    if (verdict.action == AfterLink::GiveUp) {
        Q_EMIT refused(*m_refusal);
        return;
    }
    if (!m_wanted)
        return;
    if (verdict.action == AfterLink::RetryWithoutToken) {
        m_token.clear();
        Q_EMIT tokenDropped();
        connectNow();
        return;
    }
    waitAndRetry(verdict);
}

void ChatLink::waitAndRetry(const LinkVerdict &verdict)
{
    ++m_failures;
    auto wait = backoffDelay(m_failures, QRandomGenerator::global()->generateDouble(), m_config.backoff);
    if (verdict.action == AfterLink::RetryAfterWait)
        wait = verdict.wait + wait / 2;
    m_retry.start(wait);
    Q_EMIT changed();
}

void ChatLink::setState(LinkState state)
{
    if (m_state == state)
        return;
    const bool wasOnline = m_state == LinkState::Online;
    m_state = state;
    if (wasOnline) {
        m_settled.stop();
        m_roundTripMs.reset();
        Q_EMIT lost();
    }
    Q_EMIT changed();
}

} // namespace Synchat
