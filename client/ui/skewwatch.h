// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/skewrecorder.h"

#include <QObject>

namespace Synchat {

class ChatClient;
class SourcesPoll;

/// Keeps the history of skews of one connection: listens to the client, its own clock and the poll of the
/// sources, and lets a SkewRecorder write down what they say. Decides nothing.
class SkewWatch : public QObject
{
    Q_OBJECT
public:
    SkewWatch(const Clock &clock, ChatClient &client, const SourcesPoll &sources, QObject *parent = nullptr);

    SkewRecorder &recorder() { return m_recorder; }
    const SkewHistory &history() const { return m_recorder.history(); }
    /// Once a second.
    void tick();

private:
    void takeOwn();
    void takeClocks(const QString &room);
    void takeMembers();
    void takeLink();

    ChatClient &m_client;
    const SourcesPoll &m_sources;
    SkewRecorder m_recorder;
    int m_ticks = 0;
};

} // namespace Synchat
