// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/sourcesquery.h"

#include "client/core/serverurl.h"

namespace Synchat {

namespace {

constexpr std::chrono::seconds Deadline{5};
constexpr int Ok = 200;

} // namespace

SourcesQuery::SourcesQuery(QObject *parent)
    : SourcesQuery(Deadline, parent)
{}

SourcesQuery::SourcesQuery(std::chrono::milliseconds deadline, QObject *parent)
    : QObject(parent)
    , m_query(deadline, MaxAnswer)
{
    connect(&m_query, &DaemonQuery::finished, this, &SourcesQuery::take);
}

void SourcesQuery::ask(const QUrl &server)
{
    m_query.ask(server, timeReportUrl(server));
}

void SourcesQuery::take(const Result<DaemonAnswer, DaemonSilence> &answer)
{
    using Cause = SourcesRefusal::Cause;
    if (!answer) {
        refuse(answer.error().wasTooLong ? Cause::NotOffered : Cause::NoAnswer, answer.error().sentence);
        return;
    }
    if (answer->status != Ok) {
        refuse(Cause::NotOffered,
               tr("%1 does not tell of its time as a Synchat daemon does: it answers with status %2.")
                   .arg(m_query.label(), QString::number(answer->status)));
        return;
    }
    if (const auto report = SourcesReport::parse(answer->body))
        Q_EMIT finished(SourcesAnswer{*report, answer->body});
    else
        refuse(Cause::NotOffered,
               tr("%1 does not tell of its time as a Synchat daemon does.").arg(m_query.label()));
}

void SourcesQuery::refuse(SourcesRefusal::Cause cause, const QString &sentence)
{
    Q_EMIT finished(Failure(SourcesRefusal{cause, sentence}));
}

} // namespace Synchat
