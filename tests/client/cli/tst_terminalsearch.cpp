// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cli/terminalsearch.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

Message message(const QString &room, const QString &text)
{
    Message message;
    message.room = room;
    message.seq = 1;
    message.from = {u"u1"_s, u"ana"_s};
    message.text = text;
    return message;
}

} // namespace

class tst_TerminalSearch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void addresses_data();
    void addresses();
    void oldestFirstWithItsRoom();
    void jsonIsALineEach();
};

void tst_TerminalSearch::addresses_data()
{
    QTest::addColumn<SearchFrame>("search");
    QTest::addColumn<QString>("url");
    const RoomName ops = *RoomName::parse(u"ops"_s);
    QTest::newRow("words") << SearchFrame{u"disk alarm"_s, {}, {}, {}, {}, 100, {}}
                           << u"http://chat.lab:9/api/v1/search?q=disk%20alarm&limit=100"_s;
    QTest::newRow("signs")
        << SearchFrame{u"c++ & 100% #1 caf\u00E9"_s, {}, {}, {}, {}, 5, {}}
        << u"http://chat.lab:9/api/v1/search?q=c%2B%2B%20%26%20100%25%20%231%20caf%C3%A9&limit=5"_s;
    QTest::newRow("everything")
        << SearchFrame{u"x"_s, ops, u"Ana Lee"_s, 1, 2, 3, u"4"_s}
        << u"http://chat.lab:9/api/v1/search?q=x&limit=3&room=ops&from=Ana%20Lee&since=1&until=2&cursor=4"_s;
}

void tst_TerminalSearch::addresses()
{
    QFETCH(SearchFrame, search);
    QFETCH(QString, url);
    QCOMPARE(QString::fromLatin1(searchUrl(QUrl(u"ws://chat.lab:9"_s), search).toEncoded()), url);
}

void tst_TerminalSearch::oldestFirstWithItsRoom()
{
    const QList<Message> found{message(u"ops"_s, u"third"_s), message(u"ops"_s, u"second"_s),
                               message(u"general"_s, u"first\x1b[31m"_s)};
    const QString shown = QString::fromUtf8(printFinds(found, {false, false, QTimeZone::utc()}));
    QVERIFY(!shown.contains(QChar(0x1b)));
    QStringList order;
    for (const QString &line : shown.split(u'\n')) {
        if (line.startsWith(u"── #"_s))
            order.append(line.section(u' ', 1, 1));
        else if (line.contains(u"ana: "_s))
            order.append(line.section(u"ana: "_s, 1).left(5));
    }
    QCOMPARE(order, (QStringList{u"#general"_s, u"first"_s, u"#ops"_s, u"secon"_s, u"third"_s}));
}

void tst_TerminalSearch::jsonIsALineEach()
{
    const QList<Message> found{message(u"ops"_s, u"second"_s), message(u"general"_s, u"first"_s)};
    const QByteArrayList lines = printFinds(found, {true, false, QTimeZone::utc()}).split('\n');
    QCOMPARE(lines.size(), 3);
    QVERIFY(lines[0].contains("\"text\":\"first\""));
    QVERIFY(lines[1].contains("\"text\":\"second\""));
}

QTEST_GUILESS_MAIN(tst_TerminalSearch)
#include "tst_terminalsearch.moc"
