// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/historyhtml.h"

#include "common/messagegroup.h"
#include "server/web/messagehtml.h"

#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr qsizetype LongPage = 10; ///< messages that fill more than a screen

struct PageLink
{
    QString words;
    QString address; ///< empty: not to be shown
    QString relation;
};

/// The message that was asked for; nothing when none was, or when it is not here.
std::optional<qint64> targetOf(const HistoryRequest &request, const QList<Message> &messages)
{
    if (request.anchor != HistoryAnchor::Around && request.anchor != HistoryAnchor::At)
        return std::nullopt;
    for (const Message &message : messages) {
        const bool isIt = request.anchor == HistoryAnchor::Around
                              ? message.seq == request.value
                              : shownTime(message).value_or(request.value - 1) >= request.value;
        if (isIt)
            return message.seq;
    }
    return std::nullopt;
}

/// True: the first message is to go, else the last one.
bool isFirstFarther(const HistoryRequest &request, const QList<Message> &messages)
{
    if (request.anchor == HistoryAnchor::Newest || request.anchor == HistoryAnchor::Before)
        return true;
    const std::optional<qint64> target = targetOf(request, messages);
    return target && *target - messages.constFirst().seq > messages.constLast().seq - *target;
}

void writePager(HtmlWriter &html, const QList<PageLink> &links, const QString &label)
{
    const auto leadsSomewhere = [](const PageLink &link) { return !link.address.isEmpty(); };
    if (std::none_of(links.cbegin(), links.cend(), leadsSomewhere))
        return;
    html.open("nav"_L1, {{"class"_L1, u"pager"_s}, {"aria-label"_L1, label}});
    for (const PageLink &link : links) {
        if (link.address.isEmpty())
            continue;
        html.element("a"_L1, {{"href"_L1, link.address}, {"rel"_L1, link.relation}}, link.words);
    }
    html.close();
    html.newLine();
}

void writeColumns(HtmlWriter &html)
{
    html.open("div"_L1, {{"class"_L1, u"columns"_s}, {"aria-hidden"_L1, u"true"_s}});
    for (int column = 0; column < ClockColumns; ++column)
        html.element("span"_L1, {}, ClockCells::columnName(static_cast<ClockColumn>(column)));
    html.close();
    html.newLine();
}

void writeRoomTitle(HtmlWriter &html, const RoomInfo &room)
{
    html.open("h1"_L1);
    html.text(u"# "_s + room.room);
    if (!room.title.isEmpty()) {
        html.text(u" ");
        html.element("bdi"_L1, {{"class"_L1, u"title"_s}}, room.title);
    }
    html.close();
}

void writeMessages(HtmlWriter &html, const QList<Message> &messages, const HistoryRequest &request)
{
    QHash<qint64, const Message *> bySeq;
    for (const Message &message : messages)
        bySeq.insert(message.seq, &message);
    const std::optional<qint64> target = targetOf(request, messages);
    const Message *above = nullptr;
    for (const Message &message : messages) {
        MessageSurroundings around;
        around.above = above;
        around.answered = message.replyTo ? bySeq.value(*message.replyTo) : nullptr;
        around.isTarget = target == message.seq;
        if (around.isTarget && request.anchor == HistoryAnchor::At)
            html.element("span"_L1, {{"id"_L1, u"at"_s}}, {});
        MessageHtml::write(html, message, around);
        above = &message;
    }
}

} // namespace

class HistoryHtml::Links
{
public:
    Links(const RoomInfo &room, const HistoryPage &page)
        : m_room(room)
        , m_page(page)
    {}

    QList<PageLink> all(bool isTop) const
    {
        const QList<Message> &messages = m_page.messages;
        const bool hasOlder = !messages.isEmpty() && messages.constFirst().seq > m_page.firstSeq;
        const bool hasNewer = !messages.isEmpty() && messages.constLast().seq < m_page.lastSeq;
        const bool isAstray = messages.isEmpty() && m_page.lastSeq > 0;
        const auto place = [this](const QString &name, qint64 seq, const QString &fragment) {
            return historyAddress({{u"room"_s, m_room.room}, {name, QString::number(seq)}}, fragment);
        };
        const QString newest = historyAddress({{u"room"_s, m_room.room}}, u"end"_s);
        QList<PageLink> links{
            {tr("Oldest"), hasOlder || isAstray ? place(u"after"_s, 0, {}) : QString(), {}},
            {tr("← Older"), hasOlder ? place(u"before"_s, messages.constFirst().seq, u"end"_s) : QString(),
             u"prev"_s},
            {tr("Newer →"), hasNewer ? place(u"after"_s, messages.constLast().seq, {}) : QString(),
             u"next"_s},
            {tr("Newest"), hasNewer || isAstray ? newest : QString(), {}},
        };
        if (isTop && messages.size() >= LongPage)
            links.append({tr("End of this page ↓"), u"#end"_s, {}});
        return links;
    }
    QString count() const
    {
        const QList<Message> &messages = m_page.messages;
        if (messages.isEmpty())
            return {};
        return tr("Messages %1 to %2. The room holds %3 to %4.")
            .arg(messages.constFirst().seq)
            .arg(messages.constLast().seq)
            .arg(m_page.firstSeq)
            .arg(m_page.lastSeq);
    }
    /// What was asked for and is not here; empty: nothing.
    QString notice(const HistoryRequest &request) const
    {
        const QList<Message> &messages = m_page.messages;
        if (m_page.lastSeq == 0)
            return tr("Nothing has been said here yet. What people write in this room appears on this page.");
        if (messages.isEmpty())
            return request.anchor == HistoryAnchor::After ? tr("There are no newer messages.")
                                                          : tr("There are no older messages.");
        if (targetOf(request, messages))
            return {};
        if (request.anchor == HistoryAnchor::Around)
            return tr("There is no message %1 in this room; these are the nearest.").arg(request.value);
        if (request.anchor == HistoryAnchor::At)
            return tr("Nothing was written at that time or later; these are the newest messages.");
        return {};
    }

private:
    const RoomInfo &m_room;
    const HistoryPage &m_page;
};

QByteArray HistoryHtml::whole(const HistoryShell &shell, const RoomInfo &room, const HistoryPage &page)
{
    const Links links(room, page);
    HtmlWriter html;
    const QString count = links.count();
    shell.begin(html, count.isEmpty() ? room.room
                                      : tr("%1, messages %2 to %3")
                                            .arg(room.room)
                                            .arg(page.messages.constFirst().seq)
                                            .arg(page.messages.constLast().seq));
    writeRoomTitle(html, room);
    if (!count.isEmpty())
        html.element("p"_L1, {{"class"_L1, u"count"_s}}, count);
    writePager(html, links.all(true), tr("Pages"));
    if (const QString notice = links.notice(shell.request); !notice.isEmpty())
        html.element("p"_L1, {{"class"_L1, u"notice"_s}}, notice);
    if (!page.messages.isEmpty()) {
        writeColumns(html);
        writeMessages(html, page.messages, shell.request);
    }
    html.element("span"_L1, {{"id"_L1, u"end"_s}}, {});
    if (!page.messages.isEmpty())
        writePager(html, links.all(false), tr("Pages, again"));
    shell.end(html);
    return html.take();
}

QByteArray HistoryHtml::room(const HistoryShell &shell, const RoomInfo &room, HistoryPage page,
                             qsizetype maxBytes)
{
    QByteArray html = whole(shell, room, page);
    while (html.size() > maxBytes && page.messages.size() > 1) {
        const qsizetype fitting = page.messages.size() * maxBytes / html.size();
        const qsizetype kept = std::clamp<qsizetype>(fitting, 1, page.messages.size() - 1);
        while (page.messages.size() > kept) {
            if (isFirstFarther(shell.request, page.messages))
                page.messages.removeFirst();
            else
                page.messages.removeLast();
        }
        html = whole(shell, room, page);
    }
    return html;
}

QString HistoryHtml::emptyNotice(bool isUnfinished, bool goesOn)
{
    if (isUnfinished)
        return tr(
            "Nothing was found so far, but the time of a search was up before the end. “Search on” goes on "
            "with what is older.");
    return goesOn ? tr("That was all.")
                  : tr("Nothing was found. A message must hold all the words; try fewer of them, or the "
                       "beginning of a word with * behind it.");
}

QByteArray HistoryHtml::found(const HistoryShell &shell, const FoundFrame &found)
{
    const HistoryRequest &request = shell.request;
    const QString room = request.everywhere ? QString() : request.room;
    const auto resultsFrom = [&](const QString &cursor) {
        return historyAddress({{u"room"_s, room},
                               {u"q"_s, request.words},
                               {u"from"_s, request.from},
                               {u"since"_s, request.since},
                               {u"until"_s, request.until},
                               {u"cursor"_s, cursor}});
    };
    const bool goesOn = request.search && request.search->cursor;
    HtmlWriter html;
    shell.begin(html, tr("search"));
    html.element("h1"_L1, {}, request.everywhere ? tr("Found in all rooms") : tr("Found in # %1").arg(room));
    const bool isUnfinished = found.messages.isEmpty() && !found.cursor.isEmpty();
    if (found.messages.isEmpty())
        html.element("p"_L1, {{"class"_L1, u"notice"_s}}, emptyNotice(isUnfinished, goesOn));
    else
        html.element("p"_L1, {{"class"_L1, u"count"_s}},
                     tr("Newest first. # leads to a message in its context."));
    if (!found.messages.isEmpty())
        writeColumns(html);
    for (const Message &message : found.messages) {
        MessageSurroundings around;
        around.search = request.search ? &request.search->query : nullptr;
        around.isFound = true;
        MessageHtml::write(html, message, around);
    }
    writePager(html,
               {{tr("Newest results"), goesOn ? resultsFrom({}) : QString(), {}},
                {isUnfinished ? tr("Search on →") : tr("Older results →"),
                 found.cursor.isEmpty() ? QString() : resultsFrom(found.cursor), u"next"_s}},
               tr("Pages"));
    shell.end(html);
    return html.take();
}

QByteArray HistoryHtml::problem(const HistoryShell &shell, const QString &title, const QString &sentence)
{
    HtmlWriter html;
    shell.begin(html, title);
    html.element("h1"_L1, {}, title);
    html.element("p"_L1, {{"class"_L1, u"notice"_s}}, sentence);
    shell.end(html);
    return html.take();
}

} // namespace Synchat
