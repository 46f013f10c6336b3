// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/protocol.h"

#include <optional>

namespace Synchat {

/// Which of a room's messages have been told to the program, and what must be asked for so that none is
/// missing and none comes twice: from the first page through every reconnect. Pure: frames in, steps out.
///
/// Messages "arrive" in the order of `seq`, each once. The first ones are the initial history; then
/// everything newer, without hole. A message that comes too early waits until the missing ones have been
/// fetched. Numbers that the daemon cannot give are passed over after it was asked once in vain (the model
/// shows the gap).
class RoomSync
{
public:
    static constexpr int MaxWaiting = 500; ///< messages held back; further ones are fetched again

    enum class State : quint8 {
        Away,       ///< not joined
        Initial,    ///< joined for the first time, the newest pages are being fetched
        CatchingUp, ///< the daemon is sending what was missed
        Filling,    ///< a hole was seen, its page is being fetched
        Live,
    };

    struct Arrival
    {
        Message message;
        bool live = false;
    };
    struct Step
    {
        bool reset = false; ///< another epoch: what is held is void
        QList<Arrival> arrived;
        std::optional<HistoryFrame> ask; ///< answer by takePage(page, true), or askFailed()
    };

    RoomSync(RoomName room, int initialHistory);

    State state() const { return m_state; }
    bool isJoined() const { return m_state != State::Away; }
    /// Nothing is missing any more: posts may go out.
    bool isCaughtUp() const { return m_state == State::Live; }
    qint64 lastArrived() const { return m_last; }
    const QString &epoch() const { return m_epoch; }

    /// What to say when joining: nothing held yet, or after and epoch.
    JoinFrame joinFrame(const QString &key) const;
    Step takeJoined(const JoinedFrame &joined);
    Step takePage(const HistoryPage &page, bool asked);
    Step takeLive(const Message &message);
    /// The page could not be had now: asks again.
    Step askAgain();
    void linkLost();

private:
    void takeInitialPage(const HistoryPage &page, Step &step);
    void takeLaterPage(const HistoryPage &page, bool asked, Step &step);
    void keepWaiting(const Message &message);
    void drain(Step &step);
    void settle(Step &step);
    void ask(Step &step, HistoryAnchor anchor, qint64 value, int limit);

    RoomName m_room;
    int m_initialHistory;
    State m_state = State::Away;
    QString m_epoch;
    bool m_known = false;      ///< m_last means something: the initial history has arrived
    qint64 m_last = 0;         ///< all up to here have arrived
    qint64 m_target = 0;       ///< all up to here exist
    QList<Message> m_gathered; ///< initial history, ascending
    QList<Message> m_waiting;  ///< came too early, ascending
    std::optional<HistoryFrame> m_asked;
};

} // namespace Synchat
