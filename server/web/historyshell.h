// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/protocol.h"
#include "server/web/historyrequest.h"

#include <QCoreApplication>

namespace Synchat {

class HtmlWriter;

/// What every page of the history has around its content: head, choice of a room, search, jump to a time, and
/// what the signs mean. Pure.
class HistoryShell
{
    Q_DECLARE_TR_FUNCTIONS(HistoryShell)
public:
    QList<RoomInfo> rooms; ///< the public ones, to choose from
    bool canSearch = false;
    HistoryRequest request;

    /// Up to where the content begins, inside of `main`.
    void begin(HtmlWriter &html, const QString &title) const;
    void end(HtmlWriter &html) const;

private:
    void writeHead(HtmlWriter &html, const QString &title) const;
    void writeRoomChoice(HtmlWriter &html) const;
    void writeSearch(HtmlWriter &html) const;
    void writeSearchDetails(HtmlWriter &html) const;
    void writeJump(HtmlWriter &html) const;
    void writeRoomOptions(HtmlWriter &html, bool withAll) const;
    static void writeLegend(HtmlWriter &html);
};

} // namespace Synchat
