// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cli/terminalsources.h"

#include "client/cli/sourcesprinter.h"
#include "client/cli/terminaltext.h"

namespace Synchat {

TerminalSources::TerminalSources(const SourcesOptions &options, TerminalSurroundings surroundings,
                                 QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_surroundings(std::move(surroundings))
{
    connect(&m_query, &SourcesQuery::finished, this, &TerminalSources::take);
}

void TerminalSources::start()
{
    m_query.ask(m_options.server);
}

void TerminalSources::take(const Result<SourcesAnswer, SourcesRefusal> &answer)
{
    if (!answer) {
        fail(answer.error().sentence);
        return;
    }
    const QByteArray lines = m_options.json
                                 ? SourcesPrinter::printJson(answer->json)
                                 : SourcesPrinter::print(answer->report, m_surroundings.outputIsTerminal);
    if (m_surroundings.writeOut(lines))
        Q_EMIT finished(EXIT_SUCCESS);
    else
        fail(tr("The sources of time cannot be written to the output."));
}

void TerminalSources::fail(const QString &sentence)
{
    m_surroundings.writeError(plainLine(sentence).toUtf8() + '\n');
    Q_EMIT finished(EXIT_FAILURE);
}

} // namespace Synchat
