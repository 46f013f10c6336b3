// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/cli/clioptions.h"
#include "client/cli/messageprinter.h"
#include "client/cli/postledger.h"
#include "client/cli/standardinput.h"
#include "client/cli/terminalsurroundings.h"
#include "client/core/chatclient.h"

#include <QObject>
#include <QTimer>

namespace Synchat {

/// One person in one room, in a terminal: lines in, messages out. Wires the client core with the streams.
class TerminalChat : public QObject
{
    Q_OBJECT
public:
    TerminalChat(const Clock &clock, const CliOptions &options, TerminalSurroundings surroundings,
                 QObject *parent = nullptr);

    void start();
    /// Leaves in order, as after a signal.
    void leave();

Q_SIGNALS:
    void finished(int exitStatus); ///< once

private:
    void connectClient();
    void startInputWhenMeasured();
    void takeLine(const LineSplitter::Line &line);
    void search(const QString &query);
    void searchOn(const QString &cursor);
    void takeFound(const QString &ref, const FoundFrame &found);
    void takeEnd();
    void takeMessage(const Message &message);
    void takeJoined(const QString &room);
    void takePostFailure(const QUuid &id, const ErrorFrame &error);
    void tellLink();
    void leaveWhenDone();
    void finish(int exitStatus);
    void write(const QByteArray &lines);
    void say(const QString &sentence);

    CliOptions m_options;
    TerminalSurroundings m_surroundings;
    ChatClient m_client;
    StandardInput m_input;
    MessagePrinter m_printer;
    PostLedger m_ledger;
    QTimer m_clockWait;
    QTimer m_historyWait;
    std::optional<LinkState> m_toldLink;
    QString m_epoch;
    SearchFrame m_search;
    QString m_searchRef;     ///< of the search whose answer is awaited
    QString m_searchRest;    ///< the cursor from which `/search` alone goes on; empty: there is nothing
    int m_emptyPages = 0;    ///< that the search has been asked on after, since somebody asked
    bool m_hasFound = false; ///< the search, before now
    qint64 m_skipUpTo = 0;   ///< history that was not asked for
    bool m_leavesAtEnd;
    bool m_finished = false;
};

} // namespace Synchat
