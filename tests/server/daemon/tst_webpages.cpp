// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/webpages.h"
#include "tests/server/chat/chatfixture.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

/// What the web asks of the history, beside the chat.
class tst_WebPages : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void searchesAreBounded();
    void searchesLeaveRoomForMembers();
};

namespace {

using Start = WebSources::SearchStart;

/// A daemon's chat and history with one message, and what the web had for an answer.
struct Asked
{
    Asked()
    {
        if (!fixture.start() || !fixture.fill(u"general"_s, 1))
            qFatal("no history: %ls", qUtf16Printable(fixture.error()));
        pages = std::make_unique<WebPages>(fixture.chat(), fixture.history());
    }
    Start search(const QString &room = u"general"_s)
    {
        Search search;
        search.room = *RoomName::parse(room);
        return pages->search(
            search, [this](const std::optional<FoundFrame> &found) { ++(found ? answers : failures); });
    }

    ChatFixture fixture;
    std::unique_ptr<WebPages> pages; // after the fixture: goes before it
    int answers = 0;
    int failures = 0;
};

} // namespace

void tst_WebPages::searchesAreBounded()
{
    Asked asked;
    QCOMPARE(asked.search(u"nowhere"_s), Start::NoSuchRoom);
    for (int i = 0; i < WebPages::MaxSearches; ++i)
        QCOMPARE(asked.search(), Start::Begun); // none is answered within a call
    QCOMPARE(asked.search(), Start::TooMany);
    QTRY_COMPARE(asked.answers, WebPages::MaxSearches);
    QCOMPARE(asked.search(), Start::Begun); // there is room again
    QTRY_COMPARE(asked.answers, WebPages::MaxSearches + 1);
    QCOMPARE(asked.failures, 0);
}

void tst_WebPages::searchesLeaveRoomForMembers()
{
    constexpr int MoreThanTheHistoryTakes = 200;
    Asked asked;
    for (int i = 0; i < MoreThanTheHistoryTakes; ++i)
        asked.search();
    SearchRequest request;
    request.rooms = {{*asked.fixture.chat().publicRoomNumber(u"general"_s), u"general"_s, 1}};
    QVERIFY(asked.fixture.history().search(1, request));
    asked.fixture.history().close();
    QCOMPARE(asked.answers + asked.failures, WebPages::MaxSearches);
    QCOMPARE(asked.search(), Start::TooMany); // a closed history takes none
}

QTEST_GUILESS_MAIN(tst_WebPages)
#include "tst_webpages.moc"
