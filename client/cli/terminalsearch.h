// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/cli/clioptions.h"
#include "client/cli/messageprinter.h"
#include "client/cli/terminalsurroundings.h"
#include "client/core/findquery.h"

#include <QObject>

namespace Synchat {

/// `synchat-cli --search`: searches the daemon's public rooms once, prints what was found, the oldest first,
/// and leaves. Takes no part in the chat.
class TerminalSearch : public QObject
{
    Q_OBJECT
public:
    static constexpr int NothingFound = 1; ///< as grep does
    static constexpr int Trouble = 2;

    TerminalSearch(const SearchOptions &options, TerminalSurroundings surroundings,
                   QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    void finished(int exitStatus); ///< once; 0: something was found and printed

private:
    void take(const Result<QList<Message>, QString> &found);
    void fail(const QString &sentence);

    SearchOptions m_options;
    TerminalSurroundings m_surroundings;
    FindQuery m_query;
};

/// The messages, which come newest first, as lines with the oldest first; a line for each change of room.
QByteArray printFinds(const QList<Message> &found, const MessagePrinter::Style &style);

} // namespace Synchat
