// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/sourcespoll.h"

namespace Synchat {

SourcesPoll::SourcesPoll(QObject *parent)
    : SourcesPoll(Pace{}, parent)
{}

SourcesPoll::SourcesPoll(Pace pace, QObject *parent)
    : QObject(parent)
    , m_pace(pace)
{
    m_timer.setInterval(m_pace.seldom);
    connect(&m_timer, &QTimer::timeout, this, &SourcesPoll::ask);
    connect(&m_query, &SourcesQuery::finished, this,
            [this](const Result<SourcesAnswer, SourcesRefusal> &answer) {
                if (answer)
                    take(answer->report, Trouble::None);
                else
                    take(std::nullopt, answer.error().cause == SourcesRefusal::Cause::NotOffered
                                           ? Trouble::NotOffered
                                           : Trouble::NoAnswer);
            });
}

void SourcesPoll::start(const QUrl &server)
{
    m_server = server;
    m_query.cancel(); // it may be another one than before
    m_timer.start();
    if (m_trouble == Trouble::NotAsked)
        take(std::nullopt, Trouble::NoAnswer);
    ask();
}

void SourcesPoll::stop()
{
    m_timer.stop();
    m_query.cancel();
    take(std::nullopt, Trouble::NotAsked);
}

void SourcesPoll::setWatched(bool watched)
{
    m_timer.setInterval(watched ? m_pace.often : m_pace.seldom); // starts the wait afresh
    if (watched && m_timer.isActive() && m_sinceAsked.hasExpired(m_pace.often.count()))
        ask();
}

void SourcesPoll::ask()
{
    if (m_query.isOpen())
        return;
    m_sinceAsked.start();
    m_query.ask(m_server);
}

void SourcesPoll::take(const std::optional<SourcesReport> &report, Trouble trouble)
{
    const bool changed = report != m_report || trouble != m_trouble;
    m_report = report;
    m_trouble = trouble;
    Q_EMIT answered();
    if (changed)
        Q_EMIT sourcesChanged();
}

} // namespace Synchat
