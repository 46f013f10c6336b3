// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/greeting.h"

#include "server/chat/guesttoken.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

HelloFrame hello(const QString &name)
{
    return {*UserName::parse(name), {}, {}, {}};
}

} // namespace

class tst_Greeting : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void newGuest();
    void sameTokenIsSamePerson();
    void refuses_data();
    void refuses();
    void beforeHello_data();
    void beforeHello();

private:
    Result<Greeting, ErrorFrame> decide(const HelloFrame &frame) const
    {
        return decideGreeting(frame, m_people, m_secret, *QRandomGenerator::system());
    }
    People m_people;
    const QByteArray m_secret = QByteArray(32, 's');
};

void tst_Greeting::newGuest()
{
    const auto first = decide(hello(u"Eva"_s));
    const auto second = decide(hello(u"Eva"_s));
    QVERIFY(first && second);
    QVERIFY(first->userId != second->userId);
    QCOMPARE(guestIdFromToken(first->token, m_secret), std::optional(first->userId));
}

void tst_Greeting::sameTokenIsSamePerson()
{
    const auto first = decide(hello(u"Eva"_s));
    QVERIFY(first);
    m_people.enter(first->userId, hello(u"Eva"_s).name);
    HelloFrame again = hello(u"eva"_s);
    again.token = first->token;
    const auto second = decide(again);
    QVERIFY(second);
    QCOMPARE(second->userId, first->userId);
    QCOMPARE(second->token, first->token);
    m_people.leave(first->userId);
}

void tst_Greeting::refuses_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("password");
    QTest::addColumn<QString>("token");
    QTest::addColumn<int>("code");
    const QString none;
    const QString good = guestToken(u"gaaaaaaaaaaaaa"_s, m_secret);
    QTest::newRow("name-of-another") << u"Ana"_s << none << none << int(ErrorCode::NameTaken);
    QTest::newRow("name-in-other-case") << u"aNa"_s << none << none << int(ErrorCode::NameTaken);
    QTest::newRow("token-does-not-give-the-name") << u"Ana"_s << none << good << int(ErrorCode::NameTaken);
    QTest::newRow("bad-token") << u"Eva"_s << none << u"x"_s << int(ErrorCode::Unauthorized);
    QTest::newRow("empty-token") << u"Eva"_s << none << u""_s << int(ErrorCode::Unauthorized);
    QTest::newRow("password") << u"Eva"_s << u"secret"_s << none << int(ErrorCode::Unauthorized);
    QTest::newRow("password-and-token") << u"Eva"_s << u"secret"_s << good << int(ErrorCode::Unauthorized);
}

void tst_Greeting::refuses()
{
    QFETCH(QString, name);
    QFETCH(QString, password);
    QFETCH(QString, token);
    QFETCH(int, code);
    m_people = {};
    m_people.enter(u"g-ana"_s, *UserName::parse(u"Ana"_s));
    HelloFrame frame = hello(name);
    if (!password.isNull())
        frame.password = password;
    if (!token.isNull())
        frame.token = token;
    const auto greeting = decide(frame);
    QVERIFY(!greeting);
    QCOMPARE(int(greeting.error().code), code);
    QVERIFY(!greeting.error().message.isEmpty());
}

void tst_Greeting::beforeHello_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("closes");
    const auto row = [](const char *text, const QByteArray &frame, ErrorCode code, bool closes) {
        QTest::newRow(text) << frame << int(code) << closes;
    };
    row("not-json", "{", ErrorCode::BadFrame, false);
    row("not-an-object", "[]", ErrorCode::BadFrame, false);
    row("no-type", "{}", ErrorCode::HelloFirst, false);
    row("type-is-a-number", R"({"type":1})", ErrorCode::HelloFirst, false);
    row("unknown-type", R"({"type":"dance"})", ErrorCode::HelloFirst, false);
    row("malformed-post", R"({"type":"post"})", ErrorCode::HelloFirst, false);
    row("hello-without-name", R"({"type":"hello"})", ErrorCode::BadField, true);
    row("hello-with-bad-name", R"({"type":"hello","name":" ","client":"t"})", ErrorCode::BadName, true);
}

void tst_Greeting::beforeHello()
{
    QFETCH(QByteArray, frame);
    QFETCH(int, code);
    QFETCH(bool, closes);
    const auto parsed = parseClientFrame(frame);
    QVERIFY(!parsed);
    QCOMPARE(int(refusalBeforeHello(parsed.error()).code), code);
    QCOMPARE(isRefusedHello(parsed.error()), closes);
}

QTEST_APPLESS_MAIN(tst_Greeting)
#include "tst_greeting.moc"
