// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/programs.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QWebSocket>

#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using namespace Synchat;

/// Five hundred at once, and those who misbehave beside those who do not.
class tst_ManyConnections : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fiveHundredInOneRoom();
    void badGuestsHurtNobody();
};

namespace {

struct Guest
{
    QWebSocket socket;
    QList<qint64> seqs;
    bool joined = false;

    Guest(const QString &url, const QString &name)
    {
        QObject::connect(&socket, &QWebSocket::connected, &socket, [this, name] {
            socket.sendTextMessage(uR"({"type":"hello","name":"%1","client":"test"})"_s.arg(name));
            socket.sendTextMessage(uR"({"type":"join","room":"general"})"_s);
        });
        QObject::connect(&socket, &QWebSocket::textMessageReceived, &socket, [this](const QString &text) {
            if (text.startsWith(uR"({"type":"presence")"_s))
                return;
            const QJsonObject frame = QJsonDocument::fromJson(text.toUtf8()).object();
            if (frame[u"type"_s] == u"joined"_s)
                joined = true;
            if (frame[u"type"_s] == u"message"_s)
                seqs.append(frame[u"seq"_s].toInteger());
        });
        socket.open(QUrl(url + u"/ws"_s));
    }
    void post(int number)
    {
        socket.sendTextMessage(
            uR"({"type":"post","room":"general","id":"00000000-0000-4000-8000-%1","text":"%2"})"_s
                .arg(number, 12, 10, QChar(u'0'))
                .arg(number));
    }
};

} // namespace

void tst_ManyConnections::fiveHundredInOneRoom()
{
    constexpr int Guests = 500;
    constexpr int Posts = 20;
    QTemporaryDir dir;
    DaemonProcess daemon(dir.path());
    QVERIFY(daemon.start());
    std::vector<std::unique_ptr<Guest>> guests;
    for (int i = 0; i < Guests; ++i)
        guests.push_back(std::make_unique<Guest>(daemon.url(), u"guest-%1"_s.arg(i)));
    QVERIFY2(waitUntil(
                 [&] { return std::all_of(guests.begin(), guests.end(), [](auto &g) { return g->joined; }); },
                 90000),
             qPrintable(daemon.standardError()));
    for (int i = 0; i < Posts; ++i)
        guests[static_cast<std::size_t>(i)]->post(i);
    QVERIFY(waitUntil(
        [&] {
            return std::all_of(guests.begin(), guests.end(), [](auto &g) { return g->seqs.size() >= Posts; });
        },
        90000));
    QList<qint64> expected;
    for (qint64 seq = 1; seq <= Posts; ++seq)
        expected.append(seq);
    for (const auto &guest : guests)
        QCOMPARE(guest->seqs, expected);
    QCOMPARE(daemon.terminate(), 0);
}

void tst_ManyConnections::badGuestsHurtNobody()
{
    QTemporaryDir dir;
    DaemonProcess daemon(dir.path());
    QVERIFY(daemon.start());
    Guest good(daemon.url(), u"good"_s);
    QVERIFY(waitUntil([&] { return good.joined; }));

    QTcpSocket stalled; // a handshake that never ends
    stalled.connectToHost(u"127.0.0.1"_s, daemon.httpPort());
    stalled.write("GET /ws HTTP/1.1\r\nHost: x\r\n");

    Guest large(daemon.url(), u"large"_s); // a frame that is too large
    QVERIFY(waitUntil([&] { return large.joined; }));
    large.socket.sendTextMessage(QString(70000, u'x'));

    Guest binary(daemon.url(), u"binary"_s);
    QVERIFY(waitUntil([&] { return binary.joined; }));
    binary.socket.sendBinaryMessage("\1\2\3");

    Guest rubbish(daemon.url(), u"rubbish"_s); // too many errors
    QVERIFY(waitUntil([&] { return rubbish.joined; }));
    for (int i = 0; i < 25; ++i)
        rubbish.socket.sendTextMessage(u"not json"_s);

    Guest flood(daemon.url(), u"flood"_s); // far over the rate
    QVERIFY(waitUntil([&] { return flood.joined; }));
    for (int i = 0; i < 5000; ++i)
        flood.post(1000 + i);

    good.post(1);
    QVERIFY(waitUntil([&] { return !good.seqs.isEmpty(); }));
    const auto closedWith = [](Guest &guest, int code) {
        return waitUntil([&] { return guest.socket.state() == QAbstractSocket::UnconnectedState; }) &&
               static_cast<int>(guest.socket.closeCode()) == code;
    };
    QVERIFY2(closedWith(large, 1009), qPrintable(QString::number(large.socket.closeCode())));
    QVERIFY2(closedWith(binary, 1003), qPrintable(QString::number(binary.socket.closeCode())));
    QVERIFY2(closedWith(rubbish, 1008), qPrintable(QString::number(rubbish.socket.closeCode())));
    QVERIFY(waitUntil([&] { return stalled.state() == QAbstractSocket::UnconnectedState; }, 30000));
    good.post(2);
    QVERIFY(waitUntil([&] { return good.seqs.size() >= 2; }));
    QCOMPARE(daemon.terminate(), 0);
}

QTEST_GUILESS_MAIN(tst_ManyConnections)
#include "tst_manyconnections.moc"
