// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/boundedframes.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

class tst_BoundedFrames : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void usualFramesAreWhole();
    void roomList();
    void joinedKeepsWhoJoins();
    void clocks();
};

void tst_BoundedFrames::usualFramesAreWhole()
{
    const auto rooms = parseServerFrame(encodeRoomList(QList<RoomInfo>(2), u"r"_s));
    QVERIFY(rooms);
    QCOMPARE(rooms->ref, u"r"_s);
    QCOMPARE(std::get<RoomListFrame>(rooms->frame).rooms.size(), 2);
}

void tst_BoundedFrames::roomList()
{
    QList<RoomInfo> rooms;
    for (int i = 0; i < 5000; ++i)
        rooms.append({QString::number(i), QString(128, QChar(0x4E00)), false, 0, 0, u"e"_s});
    const QByteArray bytes = encodeRoomList(rooms, {});
    QVERIFY(bytes.size() <= Limits::ServerFrameBytes);
    const auto frame = parseServerFrame(bytes);
    QVERIFY(frame);
    const auto &kept = std::get<RoomListFrame>(frame->frame).rooms;
    QVERIFY(kept.size() > 1000);
    QCOMPARE(kept.first().room, u"0"_s);
}

void tst_BoundedFrames::joinedKeepsWhoJoins()
{
    JoinedFrame joined;
    joined.room = u"general"_s;
    for (int i = 0; i < 20000; ++i)
        joined.members.append({QString::number(i), QString(32, QChar(0x4E00))});
    const QByteArray bytes = encodeJoined(joined, u"19999"_s, u"r"_s);
    QVERIFY(bytes.size() <= Limits::ServerFrameBytes);
    const auto frame = parseServerFrame(bytes);
    QVERIFY(frame);
    const auto &members = std::get<JoinedFrame>(frame->frame).members;
    QVERIFY(members.size() > 1000);
    QVERIFY(members.contains(Author{u"19999"_s, QString(32, QChar(0x4E00))}));
}

void tst_BoundedFrames::clocks()
{
    ClocksFrame clocks{u"general"_s, {}};
    for (int i = 0; i < 50000; ++i)
        clocks.members.append({QString::number(i), 5, 5, StampState::Ok});
    const QByteArray bytes = encodeClocks(clocks);
    QVERIFY(bytes.size() <= Limits::ServerFrameBytes);
    QVERIFY(parseServerFrame(bytes));
}

QTEST_APPLESS_MAIN(tst_BoundedFrames)
#include "tst_boundedframes.moc"
