// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/session.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_Session : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void phases();
    void roomsAreBounded();
    void joiningAgainIsAnotherJoin();
    void typingAtMostOnceASecondAndRoom();
};

void tst_Session::phases()
{
    Session session;
    QVERIFY(session.phase() == Session::Phase::Unknown);
    QVERIFY(session.userId().isEmpty());
    session.greet(u"g1"_s);
    QVERIFY(session.phase() == Session::Phase::Greeted);
    session.beginClosing();
    QVERIFY(session.phase() == Session::Phase::Closing);
    QCOMPARE(session.userId(), u"g1"_s);
}

void tst_Session::roomsAreBounded()
{
    Session session;
    for (qint64 room = 1; room <= Session::MaxRooms; ++room) {
        QVERIFY(!session.isFull());
        session.join(room, {}, {});
    }
    QVERIFY(session.isFull());
    session.leave(1);
    QVERIFY(!session.isFull());
}

void tst_Session::joiningAgainIsAnotherJoin()
{
    Session session;
    QVERIFY(!session.membership(1));
    session.join(1, 5, u"r"_s);
    const quint64 first = session.membership(1)->joining;
    QCOMPARE(session.membership(1)->caughtUpTo, std::optional<qint64>(5));
    QCOMPARE(session.membership(1)->joinRef, u"r"_s);
    session.join(1, {}, {});
    QVERIFY(session.membership(1)->joining != first);
    QVERIFY(!session.membership(1)->caughtUpTo);
    session.leave(1);
    session.join(1, 5, {});
    QVERIFY(session.membership(1)->joining != first);
}

void tst_Session::typingAtMostOnceASecondAndRoom()
{
    Session session;
    QVERIFY(!session.mayType(1, MonoTime(1s)));
    session.join(1, {}, {});
    session.join(2, {}, {});
    QVERIFY(session.mayType(1, MonoTime(1s)));
    QVERIFY(!session.mayType(1, MonoTime(1999ms)));
    QVERIFY(session.mayType(2, MonoTime(1999ms)));
    QVERIFY(session.mayType(1, MonoTime(2s)));
}

QTEST_APPLESS_MAIN(tst_Session)
#include "tst_session.moc"
