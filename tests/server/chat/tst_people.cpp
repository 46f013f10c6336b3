// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/people.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

UserName name(const QString &text)
{
    return *UserName::parse(text);
}

} // namespace

class tst_People : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nameIsTakenByAnotherOnly();
    void nameIsFreeAfterTheLastConnection();
    void latestHelloNames();
    void renamingFreesTheOldName();
    void otherCaseOfTheSameName();
    void clockGoesWithThePerson();
    void leavingTwiceHarmsNobody();
};

void tst_People::nameIsTakenByAnotherOnly()
{
    People people;
    QVERIFY(people.isFree(name(u"Ana"_s), u"g1"_s));
    QVERIFY(!people.enter(u"g1"_s, name(u"Ana"_s)));
    QVERIFY(people.isFree(name(u"Ana"_s), u"g1"_s));
    QVERIFY(!people.isFree(name(u"Ana"_s), u"g2"_s));
    QVERIFY(!people.isFree(name(u"aNA"_s), u"g2"_s));
    QVERIFY(people.isFree(name(u"Anna"_s), u"g2"_s));
}

void tst_People::nameIsFreeAfterTheLastConnection()
{
    People people;
    people.enter(u"g1"_s, name(u"Ana"_s));
    people.enter(u"g1"_s, name(u"Ana"_s));
    people.leave(u"g1"_s);
    QVERIFY(!people.isFree(name(u"ana"_s), u"g2"_s));
    people.leave(u"g1"_s);
    QVERIFY(people.isFree(name(u"ana"_s), u"g2"_s));
    QVERIFY(!people.find(u"g1"_s));
}

void tst_People::latestHelloNames()
{
    People people;
    people.enter(u"g1"_s, name(u"Ana"_s));
    QVERIFY(!people.enter(u"g1"_s, name(u"Ana"_s)));
    QVERIFY(people.enter(u"g1"_s, name(u"Eva"_s)));
    QCOMPARE(people.find(u"g1"_s)->author.name, u"Eva"_s);
    QCOMPARE(people.find(u"g1"_s)->connections, 3);
}

void tst_People::renamingFreesTheOldName()
{
    People people;
    people.enter(u"g1"_s, name(u"Ana"_s));
    people.enter(u"g1"_s, name(u"Eva"_s));
    QVERIFY(people.isFree(name(u"Ana"_s), u"g2"_s));
    people.enter(u"g2"_s, name(u"Ana"_s));
    people.leave(u"g1"_s);
    people.leave(u"g1"_s);
    QVERIFY(people.isFree(name(u"Eva"_s), u"g3"_s));
    QVERIFY(!people.isFree(name(u"Ana"_s), u"g3"_s));
}

void tst_People::otherCaseOfTheSameName()
{
    People people;
    people.enter(u"g1"_s, name(u"Ana"_s));
    QVERIFY(people.isFree(name(u"ana"_s), u"g1"_s));
    QVERIFY(people.enter(u"g1"_s, name(u"ana"_s)));
    QVERIFY(!people.isFree(name(u"ANA"_s), u"g2"_s));
}

void tst_People::clockGoesWithThePerson()
{
    People people;
    LiveStamp clock;
    clock.offset = 5;
    QVERIFY(!people.reportClock(u"g1"_s, clock, MonoTime()));
    people.enter(u"g1"_s, name(u"Ana"_s));
    QVERIFY(people.reportClock(u"g1"_s, clock, MonoTime()));
    QVERIFY(!people.reportClock(u"g1"_s, clock, MonoTime()));
    // The same again is news when the others could think that they fell silent.
    const MonoTime later = MonoTime(People::SameAgainIsNews);
    QVERIFY(!people.reportClock(u"g1"_s, clock, later - Nanos(1)));
    QVERIFY(!people.reportClock(u"g1"_s, clock, later));
    QVERIFY(people.reportClock(u"g1"_s, clock, later + People::SameAgainIsNews));
    QCOMPARE(people.find(u"g1"_s)->clockAt, later + People::SameAgainIsNews);
    clock.offset = 6;
    QVERIFY(people.reportClock(u"g1"_s, clock, later));
    people.leave(u"g1"_s);
    people.enter(u"g1"_s, name(u"Ana"_s));
    QVERIFY(!people.find(u"g1"_s)->clock);
}

void tst_People::leavingTwiceHarmsNobody()
{
    People people;
    people.enter(u"g1"_s, name(u"Ana"_s));
    people.leave(u"g1"_s);
    people.leave(u"g1"_s);
    QVERIFY(!people.enter(u"g1"_s, name(u"Ana"_s)));
    QCOMPARE(people.find(u"g1"_s)->connections, 1);
}

QTEST_APPLESS_MAIN(tst_People)
#include "tst_people.moc"
