// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/cli/terminalchat.h"
#include "tests/client/core/fakeserver.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <array>
#include <cstdlib>
#include <fcntl.h>
#include <memory>
#include <unistd.h>

namespace Synchat {

using namespace Qt::StringLiterals;

/// Both ends of a terminal, as pipe() gives those of a pipe.
inline bool openTerminal(std::array<int, 2> &ends)
{
    const int keyboard = posix_openpt(O_RDWR | O_NOCTTY);
    if (keyboard < 0 || grantpt(keyboard) != 0 || unlockpt(keyboard) != 0)
        return false;
    ends = {open(ptsname(keyboard), O_RDONLY | O_NOCTTY), keyboard};
    return ends[0] >= 0;
}

/// One terminal chat with its streams in hand.
struct Terminal
{
    explicit Terminal(const FakeServer &server, const QStringList &more = {}, const QString &stateDir = {},
                      bool isTyped = false)
    {
        if (!(isTyped ? openTerminal(ends) : pipe(ends.data()) == 0))
            qFatal("no pipe");
        const QStringList arguments{u"synchat-cli"_s, u"--json"_s, u"--server"_s, server.url().toString()};
        const auto options = CliOptionsParser::parse(arguments + more, u"ana"_s, QTimeZone::utc());
        if (!options)
            qFatal("bad arguments");
        chat = std::make_unique<TerminalChat>(clock, std::get<CliOptions>(*options),
                                              TerminalSurroundings{ends[0], stateDir, false,
                                                                   [this](const QByteArray &bytes) {
                                                                       out += bytes;
                                                                       return outputWorks;
                                                                   },
                                                                   [this](const QByteArray &bytes) {
                                                                       errors += bytes;
                                                                       return true;
                                                                   }});
        QObject::connect(chat.get(), &TerminalChat::finished, chat.get(),
                         [this](int code) { status = code; });
        chat->start();
    }
    ~Terminal()
    {
        chat.reset();
        close(ends[0]);
        closeInput();
    }

    void type(const QByteArray &bytes)
    {
        if (::write(ends[1], bytes.data(), size_t(bytes.size())) != bytes.size())
            qFatal("the pipe is full");
    }
    void closeInput()
    {
        if (ends[1] >= 0)
            close(ends[1]);
        ends[1] = -1;
    }
    QStringList texts() const
    {
        QStringList list;
        for (const QByteArray &line : out.split('\n')) {
            if (!line.isEmpty())
                list.append(QJsonDocument::fromJson(line).object().value(u"text"_s).toString());
        }
        return list;
    }
    bool hasJoined() const { return errors.contains("You have joined general."); }

    SystemClock clock;
    std::array<int, 2> ends{-1, -1};
    std::unique_ptr<TerminalChat> chat;
    QByteArray out;
    QByteArray errors;
    bool outputWorks = true;
    std::optional<int> status;
};

inline constexpr int Patience = 20000; ///< more than the longest wait between two tries to connect

} // namespace Synchat
