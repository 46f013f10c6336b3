// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cli/terminalsearch.h"

#include "client/cli/terminaltext.h"

using namespace Qt::StringLiterals;

namespace Synchat {

QByteArray printFinds(const QList<Message> &found, const MessagePrinter::Style &style)
{
    MessagePrinter printer(style);
    QByteArray lines;
    QString room;
    for (auto message = found.crbegin(); message != found.crend(); ++message) {
        if (!style.json && message->room != room)
            lines += u"── #%1 ──\n"_s.arg(plainLine(message->room)).toUtf8();
        room = message->room;
        lines += printer.print(*message);
    }
    return lines;
}

TerminalSearch::TerminalSearch(const SearchOptions &options, TerminalSurroundings surroundings,
                               QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_surroundings(std::move(surroundings))
{
    connect(&m_query, &FindQuery::finished, this, &TerminalSearch::take);
}

void TerminalSearch::start()
{
    m_query.ask(m_options.server, m_options.search, m_options.most);
}

void TerminalSearch::take(const Result<QList<Message>, QString> &found)
{
    if (!found) {
        fail(found.error());
        return;
    }
    if (found->isEmpty()) {
        m_surroundings.writeError(tr("Nothing was found.").toUtf8() + '\n');
        Q_EMIT finished(NothingFound);
        return;
    }
    const QByteArray lines = printFinds(*found, {m_options.json, m_surroundings.colour, m_options.zone});
    if (m_surroundings.writeOut(lines))
        Q_EMIT finished(EXIT_SUCCESS);
    else
        fail(tr("What was found cannot be written to the output."));
}

void TerminalSearch::fail(const QString &sentence)
{
    m_surroundings.writeError(plainLine(sentence).toUtf8() + '\n');
    Q_EMIT finished(Trouble);
}

} // namespace Synchat
