// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clockcells.h"
#include "common/message.h"
#include "common/searchquery.h"
#include "server/web/htmlwriter.h"

#include <QCoreApplication>

namespace Synchat {

/// What stands around a message on a page.
struct MessageSurroundings
{
    const Message *above = nullptr;      ///< the message before it on the page, of the same room
    const Message *answered = nullptr;   ///< the one that it answers, when it is on the page
    const SearchQuery *search = nullptr; ///< whose words are marked
    bool isTarget = false;               ///< the one that was asked for
    bool isFound = false;                ///< stands alone, among others of other places: with its room
};

/// Writes one message with its four clocks, and what has to be said above it: the day, and what the reference
/// was worth when that is not the same as before. Pure.
class MessageHtml
{
    Q_DECLARE_TR_FUNCTIONS(MessageHtml)
public:
    static void write(HtmlWriter &html, const Message &message, const MessageSurroundings &around);
    /// Links of the text as links, words that were searched for as marks.
    static void writeText(HtmlWriter &html, const QString &text, const SearchQuery *search);
    /// What a skew of this message is against; empty when the reference was fine.
    static QString referenceRemark(const Stamps &stamps);
    /// One of 24 classes of colours: that of the author in every program.
    static QString authorClass(const QString &userId);
    static QString markClass(Mark mark);

private:
    static void writeLines(HtmlWriter &html, const Message &message, const MessageSurroundings &around);
    static void writeHeader(HtmlWriter &html, const Message &message, bool isFound);
    static void writeRemark(HtmlWriter &html, const Stamps &stamps);
    static void writeReply(HtmlWriter &html, const Message &message, const Message *answered);
    static void writeClocks(HtmlWriter &html, const Stamps &stamps);
    static void writeClock(HtmlWriter &html, const ClockCell &cell);
    static QString spoken(const Message &message);
};

/// `<time datetime="…">`, where that can be said in ISO 8601, else the words alone.
void writeTime(HtmlWriter &html, WireMicros time, const QString &words);

} // namespace Synchat
