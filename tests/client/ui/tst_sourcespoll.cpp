// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/sourcespoll.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;
using namespace std::chrono_literals;

namespace {

/// Answers every request alike, once for each connection.
class Web : public QTcpServer
{
public:
    Web()
    {
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                paths.append(socket->readAll().split(' ').value(1));
                socket->write("HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: " +
                              QByteArray::number(body.size()) + "\r\n\r\n" + body);
                socket->disconnectFromHost();
            });
        });
        listen(QHostAddress::LocalHost);
    }
    QUrl url() const { return QUrl(u"ws://127.0.0.1:%1"_s.arg(serverPort())); }

    QByteArray status = "200 OK";
    QByteArray body = R"({"offset":5,"sources":[{"name":"a"}]})";
    QByteArrayList paths;
};

} // namespace

class tst_SourcesPoll : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsWhatTheDaemonSays();
    void saysWhyItKnowsNothing();
    void asksMoreOftenWhenWatched();
};

void tst_SourcesPoll::tellsWhatTheDaemonSays()
{
    Web web;
    SourcesPoll poll;
    QCOMPARE(poll.trouble(), SourcesPoll::Trouble::NotAsked);
    QSignalSpy changed(&poll, &SourcesPoll::sourcesChanged);
    poll.start(web.url());
    QCOMPARE(poll.trouble(), SourcesPoll::Trouble::NoAnswer);
    QTRY_COMPARE(poll.trouble(), SourcesPoll::Trouble::None);
    QCOMPARE(poll.report()->sources.size(), 1);
    QCOMPARE(web.paths, QByteArrayList{"/api/v1/time"});
    QCOMPARE(changed.size(), 2);
    poll.stop();
    QVERIFY(!poll.report());
    QCOMPARE(poll.trouble(), SourcesPoll::Trouble::NotAsked);
}

void tst_SourcesPoll::saysWhyItKnowsNothing()
{
    Web web;
    web.status = "404 Not Found";
    SourcesPoll poll;
    QSignalSpy answered(&poll, &SourcesPoll::answered);
    poll.start(web.url());
    QTRY_COMPARE(poll.trouble(), SourcesPoll::Trouble::NotOffered);
    web.status = "200 OK";
    web.body = "It works!"; // of some other server
    answered.clear();
    poll.start(web.url());
    QTRY_COMPARE(answered.size(), 1);
    QCOMPARE(poll.trouble(), SourcesPoll::Trouble::NotOffered);
    const QUrl gone = web.url();
    web.close();
    answered.clear();
    poll.start(gone);
    QTRY_COMPARE(answered.size(), 1);
    QCOMPARE(poll.trouble(), SourcesPoll::Trouble::NoAnswer);
}

void tst_SourcesPoll::asksMoreOftenWhenWatched()
{
    Web web;
    SourcesPoll poll(SourcesPoll::Pace{1h, 20ms});
    poll.start(web.url());
    QTRY_COMPARE(poll.trouble(), SourcesPoll::Trouble::None);
    poll.setWatched(true);
    QTRY_VERIFY(web.paths.size() >= 4);
    poll.setWatched(false);
    QSignalSpy answered(&poll, &SourcesPoll::answered);
    answered.wait(100); // one may have been on its way
    const auto asked = web.paths.size();
    QVERIFY(!answered.wait(100));
    QCOMPARE(web.paths.size(), asked);
}

QTEST_GUILESS_MAIN(tst_SourcesPoll)
#include "tst_sourcespoll.moc"
