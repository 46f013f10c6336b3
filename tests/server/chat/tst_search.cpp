// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/chat/chatfixture.h"

#include <QJsonArray>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

QJsonObject search(const QString &query, const QJsonObject &more = {})
{
    QJsonObject frame{{u"type"_s, u"search"_s}, {u"query"_s, query}};
    for (auto field = more.begin(); field != more.end(); ++field)
        frame[field.key()] = field.value();
    return frame;
}

QStringList textsOf(const QJsonObject &found)
{
    QStringList texts;
    const QJsonArray messages = found[u"messages"_s].toArray();
    for (const QJsonValue &message : messages)
        texts.append(message[u"text"_s].toString());
    return texts;
}

} // namespace

class tst_Search : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void findsWholeMessages();
    void findsInJoinedRoomsOnly();
    void fieldsAndQueryTogether();
    void refusals_data();
    void refusals();
    void pagesGoOn();
    void framesAreCut();
    void answersKeepTheirOrder();
    void searchesAreBounded();
    void connectionGoesMeanwhile();

private:
    bool say(WireClient &client, const QString &text, const QString &room = u"general"_s);

    std::unique_ptr<ChatFixture> m_fixture;
};

void tst_Search::init()
{
    m_fixture = std::make_unique<ChatFixture>();
    QVERIFY2(m_fixture->start(), qPrintable(m_fixture->error()));
}

void tst_Search::cleanup()
{
    m_fixture.reset();
}

bool tst_Search::say(WireClient &client, const QString &text, const QString &room)
{
    const QString id = client.post(text, room);
    return !client.take(u"message"_s, [&id](const QJsonObject &each) { return each[u"id"_s] == id; })
                .isEmpty();
}

void tst_Search::findsWholeMessages()
{
    auto ana = m_fixture->member(u"ana"_s);
    QVERIFY(ana);
    const QString id = ana->post(u"Disk alarm, café"_s);
    const QJsonObject message = ana->take(u"message"_s);
    QCOMPARE(message[u"id"_s].toString(), id);
    QVERIFY(say(*ana, u"no alarms here"_s));
    ana->send(search(u"CAFE \"disk al\"*"_s, {{u"ref"_s, u"r1"_s}}));
    const QJsonObject found = ana->take(u"found"_s);
    QCOMPARE(found[u"ref"_s].toString(), u"r1"_s);
    QVERIFY(found.contains(u"cursor"_s) && found[u"cursor"_s].isNull());
    QCOMPARE(found[u"messages"_s].toArray().size(), 1);
    QCOMPARE(found[u"messages"_s][0].toObject(), message);
}

void tst_Search::findsInJoinedRoomsOnly()
{
    auto ana = m_fixture->member(u"ana"_s);
    auto bo = m_fixture->member(u"bo"_s);
    QVERIFY(ana && bo);
    ana->send({{u"type"_s, u"create"_s}, {u"room"_s, u"ops"_s}});
    QVERIFY(!ana->take(u"joined"_s).isEmpty());
    QVERIFY(say(*ana, u"disk one"_s));
    QVERIFY(say(*ana, u"disk two"_s, u"ops"_s));
    QVERIFY(say(*ana, u"disk three"_s));
    ana->send(search(u"disk"_s));
    QCOMPARE(textsOf(ana->take(u"found"_s)), (QStringList{u"disk three"_s, u"disk two"_s, u"disk one"_s}));
    bo->send(search(u"disk"_s));
    QCOMPARE(textsOf(bo->take(u"found"_s)), (QStringList{u"disk three"_s, u"disk one"_s}));
    ana->send(search(u"disk"_s, {{u"room"_s, u"ops"_s}}));
    QCOMPARE(textsOf(ana->take(u"found"_s)), (QStringList{u"disk two"_s}));
    ana->send({{u"type"_s, u"leave"_s}, {u"room"_s, u"general"_s}});
    ana->send(search(u"disk"_s));
    QCOMPARE(textsOf(ana->take(u"found"_s)), (QStringList{u"disk two"_s}));
}

void tst_Search::fieldsAndQueryTogether()
{
    auto ana = m_fixture->member(u"ana"_s);
    auto bo = m_fixture->member(u"Bó"_s);
    QVERIFY(ana && bo);
    QVERIFY(say(*ana, u"disk of ana"_s));
    QVERIFY(say(*bo, u"disk of bo"_s));
    ana->send(search(u"disk from:bo room:general"_s));
    QCOMPARE(textsOf(ana->take(u"found"_s)), (QStringList{u"disk of bo"_s}));
    ana->send(search(u""_s, {{u"from"_s, u"ana"_s}}));
    QCOMPARE(textsOf(ana->take(u"found"_s)), (QStringList{u"disk of ana"_s}));
    ana->send(search(u"disk"_s, {{u"until"_s, 0}}));
    QCOMPARE(textsOf(ana->take(u"found"_s)), QStringList());
    ana->send(search(u"disk"_s, {{u"since"_s, 0}, {u"limit"_s, 1}}));
    QCOMPARE(textsOf(ana->take(u"found"_s)), (QStringList{u"disk of bo"_s}));
}

void tst_Search::refusals_data()
{
    QTest::addColumn<QJsonObject>("frame");
    QTest::addColumn<bool>("joins");
    QTest::addColumn<QString>("code");
    QTest::newRow("nothing-asked") << search(u" "_s) << true << u"bad_field"_s;
    QTest::newRow("no-word") << search(u"?!"_s) << true << u"bad_field"_s;
    QTest::newRow("too-long") << search(QString(257, u'x')) << true << u"bad_field"_s;
    QTest::newRow("bad-cursor") << search(u"x"_s, {{u"cursor"_s, u"y"_s}}) << true << u"bad_field"_s;
    QTest::newRow("bad-times") << search(u"x"_s, {{u"since"_s, 2}, {u"until"_s, 1}}) << true
                               << u"bad_field"_s;
    QTest::newRow("nowhere-joined") << search(u"x"_s) << false << u"not_joined"_s;
    QTest::newRow("room-not-joined") << search(u"x"_s, {{u"room"_s, u"general"_s}}) << false
                                     << u"not_joined"_s;
    QTest::newRow("room-in-the-query-not-joined") << search(u"room:ops"_s) << true << u"not_joined"_s;
    QTest::newRow("no-such-room") << search(u"x"_s, {{u"room"_s, u"nowhere"_s}}) << true << u"not_joined"_s;
}

void tst_Search::refusals()
{
    QFETCH(QJsonObject, frame);
    QFETCH(bool, joins);
    auto ana = joins ? m_fixture->member(u"ana"_s) : m_fixture->greet(u"ana"_s);
    QVERIFY(ana);
    frame[u"ref"_s] = u"r"_s;
    ana->send(frame);
    QJsonObject error;
    QTEST(ana->takeError(&error), "code");
    QCOMPARE(error[u"ref"_s].toString(), u"r"_s);
    QVERIFY(error[u"message"_s].toString().endsWith(u'.'));
    QVERIFY(ana->isOpen());
}

void tst_Search::pagesGoOn()
{
    auto ana = m_fixture->member(u"ana"_s);
    QVERIFY(ana && m_fixture->fill(u"general"_s, 50));
    QList<qint64> seqs;
    QJsonObject more{{u"limit"_s, 7}};
    for (int page = 0; page < 8; ++page) {
        ana->send(search(u"ffffffffff"_s, more));
        const QJsonObject found = ana->take(u"found"_s);
        const QJsonArray messages = found[u"messages"_s].toArray();
        for (const QJsonValue &message : messages)
            seqs.append(message[u"seq"_s].toInteger());
        QVERIFY(m_fixture->fill(u"general"_s, 1)); // somebody goes on talking
        QCOMPARE(found[u"cursor"_s].isNull(), page == 7);
        more[u"cursor"_s] = found[u"cursor"_s];
    }
    QCOMPARE(seqs.size(), 50);
    for (qsizetype i = 0; i < 50; ++i)
        QCOMPARE(seqs[i], 50 - i);
}

void tst_Search::framesAreCut()
{
    auto ana = m_fixture->member(u"ana"_s);
    QVERIFY(ana && m_fixture->fill(u"general"_s, 450, Limits::TextUnits));
    ana->clear();
    qsizetype count = 0;
    int frames = 0;
    QJsonObject more{{u"limit"_s, 500}};
    do {
        ana->send(search(u"ff*"_s, more));
        const QJsonObject found = ana->take(u"found"_s);
        QVERIFY(!found.isEmpty());
        count += found[u"messages"_s].toArray().size();
        more[u"cursor"_s] = found[u"cursor"_s];
        ++frames;
    } while (!more[u"cursor"_s].isNull() && frames < 10);
    QCOMPARE(count, 450);
    QVERIFY(frames > 1);
}

void tst_Search::answersKeepTheirOrder()
{
    auto ana = m_fixture->member(u"ana"_s);
    QVERIFY(ana && m_fixture->fill(u"general"_s, 100));
    ana->clear();
    QStringList refs;
    for (int i = 0; i < 4; ++i) {
        const QString number = QString::number(i);
        ana->send(search(u"ff*"_s, {{u"ref"_s, u"s"_s + number}}));
        ana->send({{u"type"_s, u"history"_s}, {u"room"_s, u"general"_s}, {u"ref"_s, u"h"_s + number}});
        refs << u"s"_s + number << u"h"_s + number;
    }
    QVERIFY(!ana->take(u"history"_s, [](const QJsonObject &each) { return each[u"ref"_s] == u"h3"_s; })
                 .isEmpty());
    QStringList came;
    for (const QJsonObject &frame : ana->frames()) {
        if (frame.contains(u"ref"_s))
            came.append(frame[u"ref"_s].toString());
    }
    QCOMPARE(came, refs.first(7));
}

void tst_Search::searchesAreBounded()
{
    auto ana = m_fixture->member(u"ana"_s);
    QVERIFY(ana && m_fixture->fill(u"general"_s, 100));
    ana->clear();
    constexpr int Sent = 30;
    for (int i = 0; i < Sent; ++i)
        ana->send(search(u"ff*"_s));
    QVERIFY(ana->settle());
    QTRY_COMPARE(ana->all(u"found"_s).size() + ana->all(u"error"_s).size(), Sent);
    QVERIFY(!ana->all(u"found"_s).isEmpty());
    const QList<QJsonObject> errors = ana->all(u"error"_s);
    for (const QJsonObject &error : errors) {
        QCOMPARE(error[u"code"_s].toString(), u"busy"_s);
        QVERIFY(error[u"retryAfter"_s].toDouble() > 0);
    }
    QVERIFY(ana->isOpen()); // being told so often is no error of theirs
}

void tst_Search::connectionGoesMeanwhile()
{
    auto ana = m_fixture->member(u"ana"_s);
    auto bo = m_fixture->member(u"bo"_s);
    QVERIFY(ana && bo && m_fixture->fill(u"general"_s, 100));
    for (int i = 0; i < 4; ++i)
        ana->send(search(u"moon*"_s));
    ana->abort();
    bo->send(search(u"ff*"_s));
    QCOMPARE(textsOf(bo->take(u"found"_s)).size(), 100);
}

QTEST_GUILESS_MAIN(tst_Search)

#include "tst_search.moc"
