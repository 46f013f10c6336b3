// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/searchrules.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

Search searchFor(const SearchFrame &frame)
{
    return *checkedSearch(frame);
}

StoredFinds finds(int count, qsizetype length, std::optional<qint64> next)
{
    StoredFinds found{{}, next};
    for (int i = 0; i < count; ++i) {
        Message message;
        message.room = u"ops"_s;
        message.seq = count - i;
        message.text = QString(length, u'x');
        found.finds.append({1000 - i, message});
    }
    return found;
}

} // namespace

class tst_SearchRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void onlyRoomsThatWereJoined();
    void request();
    void frame_data();
    void frame();
    void oneHugeMessageIsSent();
};

void tst_SearchRules::onlyRoomsThatWereJoined()
{
    Rooms rooms;
    rooms.add({1, u"general"_s, {}, {}, 1, 10});
    rooms.add({2, u"ops"_s, {}, {}, 1, 20});
    rooms.add({3, u"dev"_s, {}, {}, 1, 30});
    Session session;
    session.greet(u"u1"_s);
    const Search everywhere = searchFor({u"disk"_s, {}, {}, {}, {}, 100, {}});
    const Search inOps = searchFor({u"disk room:ops"_s, {}, {}, {}, {}, 100, {}});
    QVERIFY(searchedRooms(everywhere, session, rooms).isEmpty());
    session.join(1, std::nullopt, {});
    session.join(2, 5, {}); // while it still catches up, too
    QList<qint64> searched;
    for (const SearchedRoom &room : searchedRooms(everywhere, session, rooms)) {
        searched.append(room.number);
        QCOMPARE(room.upTo, room.number * 10);
    }
    std::sort(searched.begin(), searched.end());
    QCOMPARE(searched, (QList<qint64>{1, 2}));
    QCOMPARE(searchedRooms(inOps, session, rooms).size(), 1);
    QCOMPARE(searchedRooms(inOps, session, rooms).constFirst().name, u"ops"_s);
    session.leave(2);
    QVERIFY(searchedRooms(inOps, session, rooms).isEmpty());
}

void tst_SearchRules::request()
{
    const Search search = searchFor({u"disk"_s, {}, u"ana"_s, 1, 2, 3, u"4"_s});
    const SearchRequest request = searchRequestFor(search, {{7, u"ops"_s, 9}});
    QCOMPARE(request.query.phrases().size(), 1);
    QCOMPARE(request.from, u"ana"_s);
    QCOMPARE(request.rooms.constFirst().upTo, 9);
    QCOMPARE(request.since, OptionalMicros(1));
    QCOMPARE(request.until, OptionalMicros(2));
    QCOMPARE(request.limit, 3);
    QCOMPARE(request.before, std::optional<qint64>(4));
}

void tst_SearchRules::frame_data()
{
    QTest::addColumn<int>("found");
    QTest::addColumn<qsizetype>("length");
    QTest::addColumn<std::optional<qint64>>("next");
    QTest::addColumn<int>("sent");
    QTest::addColumn<QString>("cursor");
    using Next = std::optional<qint64>;
    QTest::newRow("nothing") << 0 << qsizetype(1) << Next() << 0 << u""_s;
    QTest::newRow("nothing-yet") << 0 << qsizetype(1) << Next(77) << 0 << u"77"_s;
    QTest::newRow("all-of-it") << 3 << qsizetype(1) << Next() << 3 << u""_s;
    QTest::newRow("there-is-more") << 3 << qsizetype(1) << Next(998) << 3 << u"998"_s;
    QTest::newRow("cut") << 10 << qsizetype(2000) << Next() << 3 << u"998"_s;
    QTest::newRow("cut-of-more") << 10 << qsizetype(2000) << Next(5) << 3 << u"998"_s;
}

void tst_SearchRules::frame()
{
    QFETCH(int, found);
    QFETCH(qsizetype, length);
    QFETCH(std::optional<qint64>, next);
    constexpr qsizetype MaxBytes = 10'000;
    const FoundFrame frame = foundFrame(finds(found, length, next), MaxBytes);
    QTEST(int(frame.messages.size()), "sent");
    QTEST(frame.cursor, "cursor");
    QVERIFY(encodeServerFrame(frame, QString(Limits::RefUnits, u'x')).size() <= MaxBytes);
    for (qsizetype i = 0; i < frame.messages.size(); ++i)
        QCOMPARE(frame.messages[i].seq, found - i);
}

void tst_SearchRules::oneHugeMessageIsSent()
{
    const FoundFrame frame = foundFrame(finds(2, 4096, std::nullopt), 2000);
    QCOMPARE(frame.messages.size(), 1);
    QCOMPARE(frame.cursor, u"1000"_s);
}

QTEST_APPLESS_MAIN(tst_SearchRules)

#include "tst_searchrules.moc"
