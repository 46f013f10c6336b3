// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/chatbinding.h"

#include "client/ui/banner.h"
#include "client/ui/clockstrip.h"
#include "client/ui/composer.h"
#include "client/ui/peoplepanel.h"
#include "client/ui/roomheader.h"
#include "client/ui/roompage.h"
#include "client/ui/roompanel.h"
#include "client/ui/statusline.h"
#include "client/ui/statuslinetext.h"

#include <QDesktopServices>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Synchat {

ChatBinding::ChatBinding(const Clock &clock, ChatClient &client, const WindowParts &parts, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_parts(parts)
    , m_clocks(clock, client, parts.people.model())
    , m_skews(clock, client, m_sources)
    , m_linkWatch(client, parts.page.linkBanner())
    , m_guide(client, parts.page)
{
    connectClient();
    connectView();
    m_parts.clockStrip.setProbe(&m_client.clockProbe());
    m_parts.people.model().setRecent([this](const QString &userId) {
        const MonoTime now = m_skews.recorder().now();
        return RecentSkews{m_skews.history().last(SkewHistory::memberKey(userId), RecentSkews::Span, now),
                           now};
    });
    refreshLink();
    refreshReference();
    tellStorageProblem(); // of opening it, before anybody could listen
}

ChatBinding::~ChatBinding()
{
    m_parts.page.view().setModel(nullptr);
    m_parts.clockStrip.setProbe(nullptr);
    m_parts.people.model().setRecent({});
}

void ChatBinding::connectClient()
{
    connect(&m_client, &ChatClient::linkChanged, this, &ChatBinding::refreshLink);
    connect(&m_client, &ChatClient::waitingChanged, this, &ChatBinding::refreshLink);
    connect(&m_client, &ChatClient::roomsChanged, this, &ChatBinding::refreshRooms);
    connect(&m_client, &ChatClient::unreadChanged, this, &ChatBinding::refreshRooms);
    connect(&m_client, &ChatClient::membersChanged, this, [this](const QString &room) {
        if (room == m_room)
            refreshPeople();
    });
    connect(&m_client, &ChatClient::welcomed, this, [this] {
        m_parts.page.view().setOwnUserId(m_client.userId());
        m_parts.people.model().setOwnUserId(m_client.userId());
        m_sources.start(m_client.config().server);
    });
    connect(&m_client, &ChatClient::joined, this, [this](const QString &room) {
        if (!m_wanted.contains(room))
            m_wanted.append(room);
        if (room == m_openWhenJoined) {
            openRoom(room);
        } else if (room == m_room) {
            clearNotice();
            showUnreadLine();
            m_parts.page.view().wishAgain();
        }
        refreshRooms();
        refreshHeader();
        refreshPeople();
        refreshLastMessage();
    });
    connect(&m_client, &ChatClient::clocksChanged, this, [this](const QString &room) {
        if (room == m_room)
            m_clocks.takeReports(room);
    });
    connect(&m_client, &ChatClient::storageProblemChanged, this, &ChatBinding::tellStorageProblem);
    connect(&m_client, &ChatClient::left, this, &ChatBinding::refreshRooms);
    connect(&m_client, &ChatClient::messageArrived, this, &ChatBinding::takeMessage);
    connect(&m_client, &ChatClient::joinFailed, this, &ChatBinding::takeJoinFailure);
    connect(&m_client, &ChatClient::errorReceived, this, [this](const ErrorFrame &error) {
        m_parts.page.noticeBanner().say(Banner::Tone::Warning, error.message);
    });
    connect(&m_client, &ChatClient::refused, this,
            [this](const ErrorFrame &error) { Q_EMIT refused(error.message); });
    connect(&m_sources, &SourcesPoll::sourcesChanged, this, &ChatBinding::refreshReference);
    connect(&m_client.clockProbe(), &ClockProbe::statusChanged, this, &ChatBinding::refreshReference);
}

void ChatBinding::connectView()
{
    MessageView &view = m_parts.page.view();
    connect(&m_parts.page.composer(), &Composer::sendRequested, this, &ChatBinding::post);
    connect(&m_parts.rooms, &RoomPanel::roomChosen, this, &ChatBinding::openRoom);
    connect(&view, &MessageView::replyRequested, this, &ChatBinding::startReply);
    connect(&view, &MessageView::retryRequested, &m_client, &ChatClient::retry);
    connect(&view, &MessageView::discardRequested, &m_client, &ChatClient::discard);
    connect(&view, &MessageView::gapLoadRequested, this,
            [this](qint64 from, qint64 to, GapEnd end) { m_client.loadGap(m_room, from, to, end); });
    connect(&view, &MessageView::endReached, this, &ChatBinding::look);
    connect(&m_guide, &HistoryGuide::roomWanted, this, &ChatBinding::openRoom);
    connect(&view, &MessageView::linkActivated, this, [](const QUrl &url) {
        const QString scheme = url.scheme();
        if (scheme == "http"_L1 || scheme == "https"_L1 || scheme == "mailto"_L1)
            QDesktopServices::openUrl(url);
    });
}

void ChatBinding::begin(const QStringList &rooms, const QString &keyOfFirst)
{
    for (const QString &name : rooms) {
        const auto room = RoomName::parse(name);
        if (!room || m_wanted.contains(name))
            continue;
        m_client.join(*room, m_wanted.isEmpty() ? keyOfFirst : QString());
        m_wanted.append(name);
    }
    if (!m_wanted.isEmpty())
        openRoom(m_wanted.constFirst());
    refreshRooms();
}

QList<RoomEntry> ChatBinding::roomEntries() const
{
    QList<RoomEntry> entries;
    QStringList shown;
    const QList<RoomInfo> rooms = m_client.rooms();
    for (const RoomInfo &info : rooms) {
        const bool mine = m_client.isJoined(info.room) || m_wanted.contains(info.room);
        entries.append({info, mine, mine ? m_client.unread(info.room) : 0});
        shown.append(info.room);
    }
    for (const QString &room : m_wanted) { // not told by the daemon yet
        if (shown.contains(room))
            continue;
        RoomInfo info = m_client.roomInfo(room);
        info.room = room;
        entries.append({info, true, m_client.unread(room)});
    }
    std::sort(entries.begin(), entries.end(),
              [](const auto &a, const auto &b) { return a.info.room < b.info.room; });
    return entries;
}

void ChatBinding::openRoom(const QString &room)
{
    const auto name = RoomName::parse(room);
    if (!name)
        return;
    m_openWhenJoined.clear();
    if (!m_wanted.contains(room)) {
        m_wanted.append(room);
        m_client.join(*name);
    }
    m_room = room;
    m_guide.setRoom(room);
    m_lineStands = false;
    MessageView &view = m_parts.page.view();
    view.setOwnUserId(m_client.userId());
    view.setModel(m_client.roomModel(room));
    sayEmpty();
    showUnreadLine();
    m_parts.page.composer().setRoom(room);
    m_parts.page.composer().focusText();
    clearNotice();
    m_parts.rooms.setCurrentRoom(room);
    refreshRooms();
    refreshHeader();
    refreshPeople();
    refreshLastMessage();
    look();
    Q_EMIT roomOpened(room);
}

void ChatBinding::joinRoom(const RoomName &room, const QString &key)
{
    m_openWhenJoined = room.text();
    m_client.join(room, key);
}

void ChatBinding::createRoom(const RoomName &room, const QString &title)
{
    m_openWhenJoined = room.text();
    m_client.create(room, title);
}

void ChatBinding::leaveRoom()
{
    const auto room = RoomName::parse(m_room);
    if (!room || *room == RoomName::general())
        return;
    m_client.leave(*room);
    m_wanted.removeAll(m_room);
    openRoom(m_wanted.isEmpty() ? RoomName::general().text() : m_wanted.constFirst());
}

void ChatBinding::takeJoinFailure(const QString &room, const ErrorFrame &error)
{
    m_parts.page.noticeBanner().say(Banner::Tone::Warning, tr("# %1: %2").arg(room, error.message));
    if (error.code == ErrorCode::RoomUnknown) {
        m_wanted.removeAll(room);
        refreshRooms();
    }
}

void ChatBinding::post(const QString &text, std::optional<qint64> replyTo)
{
    QString problem;
    if (!m_client.post(m_room, text, replyTo, &problem)) {
        m_parts.page.composer().say(problem);
        return;
    }
    m_parts.page.composer().clear();
    markRead();
    m_parts.page.view().scrollToEnd();
}

void ChatBinding::startReply(qint64 seq)
{
    const RoomModel *model = m_client.roomModel(m_room);
    const int row = model->rowOfSeq(seq);
    if (row < 0)
        return;
    const Message &message = model->row(row).message;
    m_parts.page.composer().startReply(seq, tr("%1: %2").arg(message.from.name, message.text));
}

void ChatBinding::replyToCurrent()
{
    const MessageView &view = m_parts.page.view();
    if (!view.model() || view.currentRow() < 0 || view.currentRow() >= view.model()->rowCount())
        return;
    const RoomRow &row = view.model()->row(view.currentRow());
    if (row.kind == RoomRow::Kind::Message)
        startReply(row.message.seq);
}

void ChatBinding::takeMessage(const Message &message, bool live)
{
    if (live)
        m_clocks.takeMessage(message, m_room);
    if (message.room != m_room)
        return;
    refreshLastMessage();
    if (beingRead())
        m_client.markRead(m_room, message.seq);
    else
        showUnreadLine();
}

void ChatBinding::tellStorageProblem()
{
    if (!m_client.storageProblem().isEmpty())
        m_parts.page.noticeBanner().say(Banner::Tone::Warning, m_client.storageProblem());
}

/// What concerned another room goes; what is wrong with the disk stays until the person hides it.
void ChatBinding::clearNotice()
{
    Banner &notice = m_parts.page.noticeBanner();
    if (m_client.storageProblem().isEmpty() || notice.text() != m_client.storageProblem())
        notice.hide();
}

bool ChatBinding::beingRead() const
{
    return m_parts.page.isVisible() && m_parts.page.window()->isActiveWindow() &&
           m_parts.page.view().isAtEnd();
}

void ChatBinding::look()
{
    if (!m_room.isEmpty() && beingRead())
        m_client.markRead(m_room, m_client.roomModel(m_room)->lastSeq());
}

void ChatBinding::markRead()
{
    if (m_room.isEmpty())
        return;
    m_client.markRead(m_room, m_client.roomModel(m_room)->lastSeq());
    m_lineStands = false;
    m_parts.page.view().setUnreadAfter(0);
}

void ChatBinding::showUnreadLine()
{
    if (m_lineStands)
        return;
    const qint64 read = m_client.lastRead(m_room);
    const bool unread = m_client.unread(m_room) > 0 && read > 0;
    m_lineStands = unread;
    m_parts.page.view().setUnreadAfter(unread ? read : 0);
}

void ChatBinding::refreshLink()
{
    const LinkState state = m_client.linkState();
    const auto link = state == LinkState::Online       ? StatusLine::Link::Online
                      : state == LinkState::Connecting ? StatusLine::Link::Connecting
                                                       : StatusLine::Link::Offline;
    m_parts.status.setConnection(link, StatusLineText::connection(m_client.linkSentence(),
                                                                  state == LinkState::Online,
                                                                  m_client.roundTripMs()));
    const int waiting = m_client.waitingToSend();
    m_parts.status.setWaiting(StatusLineText::waiting(waiting), waiting > 0);
    if (state == LinkState::Offline)
        m_sources.stop();
    sayEmpty();
}

void ChatBinding::sayEmpty()
{
    const bool known = m_client.linkState() == LinkState::Online;
    m_parts.page.view().setEmptyText(known ? tr("Nothing has been said in # %1 yet").arg(m_room)
                                           : tr("No connection yet"),
                                     known ? tr("Write the first message: it will carry four clocks.")
                                           : tr("What was said comes with it."));
}

void ChatBinding::refreshRooms()
{
    m_parts.rooms.setEntries(roomEntries());
    refreshHeader();
    Q_EMIT roomsChanged();
}

void ChatBinding::refreshHeader()
{
    m_parts.page.header().setRoom(m_room, m_client.roomInfo(m_room).title);
}

void ChatBinding::refreshPeople()
{
    const QList<Author> members = m_client.members(m_room);
    m_parts.people.setPeople(members);
    m_clocks.takeReports(m_room);
    m_parts.page.header().setPeopleText(members.isEmpty() ? QString()
                                                          : PeoplePanel::countText(members.size()));
}

void ChatBinding::refreshReference()
{
    const ClockStatus status = m_client.clockProbe().status();
    m_parts.status.setReference(StatusLineText::reference(status, m_sources.report()));
    m_clocks.takeOwn(status);
}

void ChatBinding::refreshLastMessage()
{
    m_parts.status.setLastMessage(
        m_room.isEmpty() ? QString() : StatusLineText::lastMessage(m_client.roomModel(m_room)->lastSeq()));
}

void ChatBinding::tick()
{
    m_clocks.tick();
    refreshLink();
    refreshReference();
    m_skews.tick();
}

} // namespace Synchat
