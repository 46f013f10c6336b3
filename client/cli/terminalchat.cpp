// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cli/terminalchat.h"

#include "client/cli/terminalsearch.h"
#include "client/cli/terminaltext.h"
#include "client/cli/typedline.h"
#include "client/core/searchsession.h"
#include "common/searchquery.h"
#include "common/textrules.h"

#include <QSysInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

/// Nobody presses Enter in a file or a pipe: its first lines may wait for the first measurement of our clock,
/// so that they carry one. Not longer: a message never waits for the network.
constexpr std::chrono::seconds ClockWait{1};
/// For the initial history, after the room was joined, before `--once` leaves without it.
constexpr std::chrono::seconds HistoryWait{10};
constexpr int FindsShown = 20;

ClientConfig configFor(const CliOptions &options, const QString &stateDir)
{
    return {.server = options.server,
            .name = options.name,
            .client = u"synchat-cli/" SYNCHAT_VERSION " (%1)"_s.arg(QSysInfo::prettyProductName()),
            .stateDir = stateDir};
}

} // namespace

TerminalChat::TerminalChat(const Clock &clock, const CliOptions &options, TerminalSurroundings surroundings,
                           QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_surroundings(std::move(surroundings))
    , m_client(clock, configFor(options, m_surroundings.stateDir))
    , m_input(m_surroundings.inputDescriptor)
    , m_printer({options.json, m_surroundings.colour, options.zone})
    , m_leavesAtEnd(options.once || m_input.isTerminal())
{
    m_historyWait.setSingleShot(true);
    m_historyWait.setInterval(HistoryWait);
    connect(&m_historyWait, &QTimer::timeout, this, [this] {
        m_ledger.historyGivenUp();
        leaveWhenDone();
    });
    m_clockWait.setSingleShot(true);
    m_clockWait.setInterval(ClockWait);
    connect(&m_clockWait, &QTimer::timeout, &m_input, &StandardInput::start);
    connect(&m_client.clockProbe(), &ClockProbe::statusChanged, this, &TerminalChat::startInputWhenMeasured);
    connect(&m_input, &StandardInput::lineRead, this, &TerminalChat::takeLine);
    connect(&m_input, &StandardInput::ended, this, &TerminalChat::takeEnd);
    connectClient();
}

void TerminalChat::connectClient()
{
    const QString room = m_options.room.text();
    // Queued: the sentence tells when the next try comes, which is settled only then.
    connect(&m_client, &ChatClient::linkChanged, this, &TerminalChat::tellLink, Qt::QueuedConnection);
    connect(&m_client, &ChatClient::joined, this, &TerminalChat::takeJoined);
    connect(&m_client, &ChatClient::messageArrived, this, &TerminalChat::takeMessage);
    connect(&m_client, &ChatClient::postFailed, this, &TerminalChat::takePostFailure);
    connect(&m_client, &ChatClient::waitingChanged, this, [this] {
        if (m_finished)
            return;
        m_input.setPaused(m_client.outboxFull());
        leaveWhenDone();
    });
    connect(&m_client, &ChatClient::storageProblemChanged, this, [this] { say(m_client.storageProblem()); });
    connect(&m_client, &ChatClient::errorReceived, this,
            [this](const ErrorFrame &error) { say(error.message); });
    connect(&m_client, &ChatClient::found, this, &TerminalChat::takeFound);
    connect(&m_client, &ChatClient::requestFailed, this, [this](const QString &ref, const ErrorFrame &error) {
        if (ref != m_searchRef)
            return;
        m_searchRest = m_search.cursor;
        say(error.message);
    });
    connect(&m_client, &ChatClient::refused, this, [this](const ErrorFrame &error) {
        say(error.message);
        finish(EXIT_FAILURE);
    });
    connect(&m_client, &ChatClient::joinFailed, this,
            [this, room](const QString &name, const ErrorFrame &error) {
                say(tr("The room %1 cannot be joined: %2").arg(name, error.message));
                if (name == room)
                    finish(EXIT_FAILURE);
            });
    connect(&m_client, &ChatClient::left, this, [this, room](const QString &name) {
        if (name != room)
            return;
        say(tr("You are not in %1 any more.").arg(name));
        finish(EXIT_FAILURE);
    });
}

void TerminalChat::start()
{
    m_client.setInitialHistory(m_options.history);
    m_client.join(m_options.room, m_options.key);
    if (!m_client.storageProblem().isEmpty())
        say(m_client.storageProblem());
    m_client.start();
    m_input.setPaused(m_client.outboxFull());
    if (m_input.isTerminal())
        m_input.start();
    else
        m_clockWait.start();
}

void TerminalChat::leave()
{
    if (m_finished)
        return;
    const auto open = m_ledger.open().size();
    if (open == 0)
        say(tr("Leaving."));
    else if (m_options.once)
        say(tr("Leaving. Messages without an answer, given up: %1.").arg(open));
    else
        say(tr("Leaving. Messages without an answer, to be sent next time: %1.").arg(open));
    finish(m_options.once && !m_ledger.allStored() ? EXIT_FAILURE : EXIT_SUCCESS);
}

void TerminalChat::startInputWhenMeasured()
{
    if (!m_clockWait.isActive() || !m_client.clockProbe().status().measured())
        return;
    m_clockWait.stop();
    m_input.start();
}

void TerminalChat::takeLine(const LineSplitter::Line &line)
{
    // Only where somebody types: what comes from a file or a program is posted, whatever it is.
    const TypedLine typed = m_input.isTerminal() ? TypedLine::read(line.text) : TypedLine{false, line.text};
    QString problem;
    if (line.fault == LineSplitter::Fault::TooLong)
        problem = tr("It is longer than a message may be.");
    else if (line.fault == LineSplitter::Fault::NotUtf8)
        problem = tr("It is not valid UTF-8.");
    else if (line.text.trimmed().isEmpty())
        return; // Enter on an empty line is no mistake
    else if (typed.isSearch)
        search(typed.text);
    else if (const auto id = m_client.post(m_options.room.text(), typed.text, std::nullopt, &problem))
        m_ledger.posted(*id);
    if (problem.isEmpty())
        return;
    m_ledger.lineRefused();
    say(tr("Line %1 was not sent. %2").arg(QString::number(line.number), problem));
}

void TerminalChat::search(const QString &query)
{
    if (query.isEmpty() && !m_searchRest.isEmpty()) {
        m_emptyPages = 0;
        searchOn(m_searchRest);
        return;
    }
    SearchFrame frame;
    frame.query = query;
    frame.limit = FindsShown;
    const auto checked = checkedSearch(frame);
    if (!checked) {
        say(checked.error());
        return;
    }
    if (!checked->room)
        frame.room = m_options.room;
    m_search = frame;
    m_hasFound = false;
    m_emptyPages = 0;
    searchOn({});
}

void TerminalChat::searchOn(const QString &cursor)
{
    m_search.cursor = cursor;
    m_searchRest.clear();
    m_searchRef = m_client.search(m_search);
}

void TerminalChat::takeFound(const QString &ref, const FoundFrame &found)
{
    if (m_finished || ref != m_searchRef)
        return;
    if (found.messages.isEmpty() && !found.cursor.isEmpty() &&
        ++m_emptyPages < SearchSession::MostEmptyPages) {
        searchOn(found.cursor); // only its time was up
        return;
    }
    m_searchRest = found.cursor;
    if (found.messages.isEmpty()) {
        const QString sentence = m_hasFound ? tr("Nothing more was found.") : tr("Nothing was found.");
        say(found.cursor.isEmpty()
                ? sentence
                : tr("%1 But it is not searched to the end: /search alone goes on.").arg(sentence));
        return;
    }
    m_hasFound = true;
    write(printFinds(found.messages, {m_options.json, m_surroundings.colour, m_options.zone}));
    say(found.cursor.isEmpty() ? tr("Found: %1.").arg(found.messages.size())
                               : tr("Found, the newest of them: %1. /search alone goes on with older ones.")
                                     .arg(found.messages.size()));
}

void TerminalChat::takeEnd()
{
    m_ledger.inputEnded();
    if (m_leavesAtEnd && !m_ledger.open().isEmpty() && m_client.linkState() != LinkState::Online)
        say(tr("Messages that wait to be sent: %1. Ctrl+C leaves now.").arg(m_ledger.open().size()));
    leaveWhenDone();
}

void TerminalChat::takeMessage(const Message &message)
{
    if (m_finished || message.room != m_options.room.text())
        return;
    m_ledger.stored(message.id);
    if (message.seq > m_skipUpTo) {
        // The model holds it already: what is said of it hangs on those before it.
        const RoomModel *held = m_client.roomModel(message.room);
        const int row = held ? held->rowOfSeq(message.seq) : -1;
        write(m_printer.print(message, row >= 0 ? timelineOf(*held, row) : RowTimeline()));
        m_client.markRead(message.room, message.seq);
    }
    m_ledger.printed(message.seq);
    // Later: the client is in the middle of telling us, maybe of more.
    QMetaObject::invokeMethod(this, &TerminalChat::leaveWhenDone, Qt::QueuedConnection);
}

void TerminalChat::takeJoined(const QString &room)
{
    if (m_finished || room != m_options.room.text())
        return;
    const RoomInfo info = m_client.roomInfo(room);
    say(tr("You have joined %1. People there: %2.").arg(room).arg(m_client.members(room).size()));
    if (m_epoch.isEmpty()) {
        m_skipUpTo = std::max<qint64>(info.lastSeq - m_options.history, 0);
        m_ledger.joined(m_options.history > 0 ? info.lastSeq : 0);
        m_historyWait.start();
    } else if (m_epoch != info.epoch) {
        say(tr("The history of %1 is another one now: the daemon lost or replaced it.").arg(room));
        m_skipUpTo = 0;
    }
    m_epoch = info.epoch;
    leaveWhenDone();
}

void TerminalChat::takePostFailure(const QUuid &id, const ErrorFrame &error)
{
    say(tr("A message was not stored. %1").arg(error.message));
    m_ledger.failed(id);
    // There is no one here to press Retry, and the next run must not be surprised by it.
    m_client.discard(id);
}

/// One sentence when the link is there and one when it is gone, not one for each try in between.
void TerminalChat::tellLink()
{
    const LinkState state = m_client.linkState();
    if (m_finished || state == m_toldLink || (state == LinkState::Connecting && m_toldLink))
        return;
    m_toldLink = state;
    say(m_client.linkSentence());
}

void TerminalChat::leaveWhenDone()
{
    if (m_leavesAtEnd && m_ledger.mayLeave() && m_client.waitingToSend() == 0)
        finish(m_options.once && !m_ledger.allStored() ? EXIT_FAILURE : EXIT_SUCCESS);
}

void TerminalChat::finish(int exitStatus)
{
    if (m_finished)
        return;
    m_finished = true;
    m_input.setPaused(true);
    if (m_options.once) {
        const QSet<QUuid> open = m_ledger.open(); // told as not stored: must not be sent by a later run
        for (const QUuid &id : open)
            m_client.discard(id);
    }
    m_client.stop();
    Q_EMIT finished(exitStatus);
}

/// A message that cannot be printed must not pass for one that was.
void TerminalChat::write(const QByteArray &lines)
{
    if (m_surroundings.writeOut(lines))
        return;
    say(tr("The messages cannot be written to the output."));
    finish(EXIT_FAILURE);
}

void TerminalChat::say(const QString &sentence)
{
    if (sentence.isEmpty())
        return;
    m_surroundings.writeError(plainLine(sentence).toUtf8() + '\n');
}

} // namespace Synchat
