// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/web/historyshell.h"

#include <QCoreApplication>

namespace Synchat {

/// The pages of `/history`: UTF-8, complete, and good without scripts. Pure.
class HistoryHtml
{
    Q_DECLARE_TR_FUNCTIONS(HistoryHtml)
public:
    /// A page that is longer than `maxBytes` is cut at the end that is farther from what was asked for; at
    /// least one message stays, and the links go on from there.
    static QByteArray room(const HistoryShell &shell, const RoomInfo &room, HistoryPage page,
                           qsizetype maxBytes = Limits::ServerFrameBytes);
    static QByteArray found(const HistoryShell &shell, const FoundFrame &found);
    static QByteArray problem(const HistoryShell &shell, const QString &title, const QString &sentence);

private:
    class Links;
    static QString emptyNotice(bool isUnfinished, bool goesOn); ///< of a page of a search, and of a later one
    static QByteArray whole(const HistoryShell &shell, const RoomInfo &room, const HistoryPage &page);
};

} // namespace Synchat
