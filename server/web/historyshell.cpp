// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/historyshell.h"

#include "common/stamptext.h"
#include "server/web/htmlwriter.h"
#include "server/web/messagehtml.h"
#include "server/web/webassets.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

QString roomWords(const RoomInfo &room)
{
    return room.title.isEmpty() ? room.room : u"%1 – %2"_s.arg(room.room, room.title);
}

void openForm(HtmlWriter &html, const QString &action, const QString &label, const QString &role = {})
{
    html.open("form"_L1,
              {{"action"_L1, action}, {"method"_L1, u"get"_s}, {"aria-label"_L1, label}, {"role"_L1, role}});
}

void writeField(HtmlWriter &html, const QString &label, const HtmlWriter::Attributes &input)
{
    html.open("label"_L1);
    html.element("span"_L1, {}, label);
    html.lone("input"_L1, input);
    html.close();
}

void writeButton(HtmlWriter &html, const QString &words)
{
    html.element("button"_L1, {{"type"_L1, u"submit"_s}}, words);
}

} // namespace

void HistoryShell::begin(HtmlWriter &html, const QString &title) const
{
    html.doctype();
    html.open("html"_L1, {{"lang"_L1, u"en"_s}});
    writeHead(html, title);
    html.open("body"_L1);
    html.element("a"_L1, {{"class"_L1, u"skip"_s}, {"href"_L1, u"#content"_s}}, tr("Skip to the messages"));
    html.open("header"_L1, {{"class"_L1, u"top"_s}});
    html.element("a"_L1, {{"class"_L1, u"brand"_s}, {"href"_L1, u"/history"_s}}, tr("Synchat"));
    html.element("span"_L1, {}, tr("History"));
    html.close();
    html.newLine();
    html.open("div"_L1, {{"class"_L1, u"side"_s}});
    writeRoomChoice(html);
    if (canSearch)
        writeSearch(html);
    writeJump(html);
    html.close();
    html.newLine();
    html.open("main"_L1, {{"id"_L1, u"content"_s}, {"tabindex"_L1, u"-1"_s}});
}

void HistoryShell::end(HtmlWriter &html) const
{
    html.close(); // main
    writeLegend(html);
    html.close(); // body
    html.close(); // html
    html.newLine();
}

void HistoryShell::writeHead(HtmlWriter &html, const QString &title) const
{
    html.open("head"_L1);
    html.lone("meta"_L1, {{"charset"_L1, u"utf-8"_s}});
    html.lone("meta"_L1,
              {{"name"_L1, u"viewport"_s}, {"content"_L1, u"width=device-width, initial-scale=1"_s}});
    html.lone("meta"_L1, {{"name"_L1, u"color-scheme"_s}, {"content"_L1, u"light dark"_s}});
    html.element("title"_L1, {}, tr("%1 – Synchat history").arg(title));
    html.lone("link"_L1, {{"rel"_L1, u"stylesheet"_s}, {"href"_L1, styleAddress()}});
    html.lone("link"_L1, {{"rel"_L1, u"icon"_s}, {"type"_L1, u"image/png"_s}, {"href"_L1, iconAddress()}});
    html.close();
    html.newLine();
}

void HistoryShell::writeRoomOptions(HtmlWriter &html, bool withAll) const
{
    if (withAll)
        html.element("option"_L1,
                     {{"value"_L1, u""_s}, {"selected"_L1, request.everywhere ? u""_s : QString()}},
                     tr("all rooms"));
    for (const RoomInfo &room : rooms) {
        const bool isChosen = room.room == request.room && !(withAll && request.everywhere);
        html.element("option"_L1, {{"value"_L1, room.room}, {"selected"_L1, isChosen ? u""_s : QString()}},
                     withAll ? room.room : roomWords(room));
    }
}

void HistoryShell::writeRoomChoice(HtmlWriter &html) const
{
    openForm(html, u"/history#end"_s, tr("Choose a room"));
    html.open("div"_L1, {{"class"_L1, u"row"_s}});
    html.open("label"_L1);
    html.element("span"_L1, {}, tr("Room"));
    html.open("select"_L1, {{"name"_L1, u"room"_s}});
    writeRoomOptions(html, false);
    html.close();
    html.close();
    writeButton(html, tr("Show"));
    html.close();
    html.close();
}

void HistoryShell::writeSearch(HtmlWriter &html) const
{
    openForm(html, u"/history"_s, tr("Search the history"), u"search"_s);
    html.open("div"_L1, {{"class"_L1, u"row"_s}});
    writeField(html, tr("Search"),
               {{"type"_L1, u"search"_s},
                {"name"_L1, u"q"_s},
                {"value"_L1, request.words},
                {"maxlength"_L1, QString::number(SearchQuery::MaxUnits)},
                {"placeholder"_L1, tr("words, begin*, \"a phrase\"")}});
    writeButton(html, tr("Search"));
    html.close();
    writeSearchDetails(html);
    html.close();
}

void HistoryShell::writeSearchDetails(HtmlWriter &html) const
{
    const bool inUse = !request.from.isEmpty() || !request.since.isEmpty() || !request.until.isEmpty();
    html.open("details"_L1, {{"open"_L1, inUse ? u""_s : QString()}});
    html.element("summary"_L1, {}, tr("Room, author and dates"));
    html.open("div"_L1, {{"class"_L1, u"fields"_s}});
    html.open("label"_L1);
    html.element("span"_L1, {}, tr("In"));
    html.open("select"_L1, {{"name"_L1, u"room"_s}});
    writeRoomOptions(html, true);
    html.close();
    html.close();
    writeField(html, tr("By"),
               {{"type"_L1, u"text"_s},
                {"name"_L1, u"from"_s},
                {"value"_L1, request.from},
                {"maxlength"_L1, u"64"_s},
                {"autocomplete"_L1, u"off"_s},
                {"placeholder"_L1, tr("anybody")}});
    writeField(html, tr("From day"),
               {{"type"_L1, u"date"_s}, {"name"_L1, u"since"_s}, {"value"_L1, request.since}});
    writeField(html, tr("To day"),
               {{"type"_L1, u"date"_s}, {"name"_L1, u"until"_s}, {"value"_L1, request.until}});
    html.close();
    html.close();
}

void HistoryShell::writeJump(HtmlWriter &html) const
{
    openForm(html, u"/history#at"_s, tr("Jump to a time"));
    html.lone("input"_L1, {{"type"_L1, u"hidden"_s}, {"name"_L1, u"room"_s}, {"value"_L1, request.room}});
    html.open("div"_L1, {{"class"_L1, u"row"_s}});
    writeField(html, tr("Jump to, in UTC"),
               {{"type"_L1, u"datetime-local"_s}, {"name"_L1, u"at"_s}, {"required"_L1, u""_s}});
    writeButton(html, tr("Jump"));
    html.close();
    html.close();
}

void HistoryShell::writeLegend(HtmlWriter &html)
{
    html.open("footer"_L1, {{"class"_L1, u"legend"_s}});
    html.element(
        "p"_L1, {},
        tr("All times are UTC. Beside each clock stands its skew: how far it was ahead (+) or behind (−) of "
           "the reference, and the bound (±) within which that is true."));
    html.open("p"_L1);
    for (const Mark mark : {Mark::Fine, Mark::Off, Mark::Contradiction, Mark::Unknown, Mark::HeldOver}) {
        html.open("span"_L1, {{"class"_L1, MessageHtml::markClass(mark)}});
        html.element("span"_L1, {{"aria-hidden"_L1, u"true"_s}}, QString(markGlyph(mark)));
        html.text(u' ' + markWord(mark));
        html.close();
        html.text(u" ");
    }
    html.close();
    html.close();
}

} // namespace Synchat
