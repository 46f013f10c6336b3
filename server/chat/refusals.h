// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/protocol.h"

#include <QCoreApplication>

namespace Synchat {

/// Every `error` that the rules of the chat give, each with its sentence for people. Errors of form come with
/// their sentence from common/protocol.h.
class Refusals
{
    Q_DECLARE_TR_FUNCTIONS(Refusals)
public:
    static ErrorFrame helloFirst();
    static ErrorFrame helloTwice();
    static ErrorFrame nameTaken(const QString &name);
    static ErrorFrame noAccounts();
    static ErrorFrame badToken();

    static ErrorFrame roomUnknown(const QString &room);
    static ErrorFrame roomExists(const QString &room);
    static ErrorFrame noPrivateRooms();
    static ErrorFrame tooManyRooms();
    static ErrorFrame tooManyJoined(qsizetype most);
    static ErrorFrame roomNotStored();
    static ErrorFrame notJoined(const QString &room);

    static ErrorFrame rateLimited(double retryAfter);
    static ErrorFrame busy();
    static ErrorFrame bridgeRefuses(const QString &room);
    static ErrorFrame stopping();
    static ErrorFrame notStored();
    static ErrorFrame badReplyTo();
    static ErrorFrame historyUnreadable();
    static ErrorFrame tooManyReadings();
    static ErrorFrame badSearch(const QString &problem); ///< a whole sentence
    static ErrorFrame joinedNoRoom();
    static ErrorFrame tooManySearches();

    /// Reasons of close frames.
    static QString tooManyErrors();
    static QString readAgainLater();
};

/// A refusal by the parser as the frame that says so.
ErrorFrame toErrorFrame(const FrameRefusal &refusal);

} // namespace Synchat
