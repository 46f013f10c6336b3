// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/messagechain.h"

#include "common/protocol.h"

#include <QJsonDocument>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

Message sample()
{
    Message message;
    message.room = u"general"_s;
    message.seq = 42;
    message.id = QUuid::fromString(u"0b0e1f2a-3b4c-4d5e-8f90-a1b2c3d4e5f6"_s);
    message.from = {u"u7"_s, u"Zoë \"Z\""_s};
    message.text = u"disk\talarm\n\b\f\u0001 \U0001F4BE"_s;
    message.seen = 41;
    message.stamps.live = {.t = 1, .offset = -2, .bound = 3, .state = StampState::Ok, .via = ProbePath::Udp};
    message.stamps.local = {
        .t = 4, .offset = 5, .bound = 6, .state = StampState::Ok, .fault = true, .boot = u"k3f9"_s, .up = 7};
    message.stamps.api = {
        .t = 8, .bound = 9, .age = 10, .state = StampState::Falseticker, .source = u"time.example"_s};
    message.stamps.best = {.t = 11, .bound = 12, .state = StampState::Holdover};
    return message;
}

Message readAgain(const Message &message)
{
    Message result = message;
    result.stamps = stampsFromJson(
        QJsonDocument::fromJson(QJsonDocument(stampsToJson(message.stamps)).toJson()).object());
    return result;
}

} // namespace

class tst_MessageChain : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void canonicalText();
    void sameAfterStoring_data();
    void sameAfterStoring();
    void everyFieldCounts_data();
    void everyFieldCounts();
    void startNamesRoomAndEpoch();
    void nextCoversBoth();
};

void tst_MessageChain::canonicalText()
{
    // By hand from RFC 8785: sorted keys, the short escapes of §3.2.2.2, everything else as UTF-8.
    const QByteArray expected =
        R"({"from":{"id":"u7","name":"Zoë \"Z\""},"id":"0b0e1f2a-3b4c-4d5e-8f90-a1b2c3d4e5f6","kind":"text",)"
        R"("replyTo":null,"room":"general","seen":41,"seq":42,"stamps":{)"
        R"("api":{"age":10,"bound":9,"source":"time.example","state":"falseticker","t":8},)"
        R"("best":{"bound":12,"state":"holdover","t":11},)"
        R"("live":{"bound":3,"fault":false,"offset":-2,"state":"ok","t":1,"via":"udp"},)"
        R"("local":{"boot":"k3f9","bound":6,"fault":true,"offset":5,"state":"ok","t":4,"up":7},)"
        R"("ntp":{"age":null,"bound":null,"source":null,"state":"none","t":null}},)"
        R"("text":"disk\talarm\n\b\f\u0001 💾","type":"message"})";
    QCOMPARE(canonicalMessage(sample()), expected);
}

void tst_MessageChain::sameAfterStoring_data()
{
    QTest::addColumn<Message>("message");
    QTest::newRow("full") << sample();
    Message message = sample();
    message.stamps = {};
    QTest::newRow("no-readings") << message;
    message = sample();
    message.stamps.local.t.reset();
    QTest::newRow("local-without-time") << message;
    message = sample();
    message.stamps.live.t.reset();
    QTest::newRow("live-without-time") << message;
    message = sample();
    message.stamps.live.state = StampState::None;
    QTest::newRow("live-none-with-time") << message;
    message = sample();
    message.stamps.api.t.reset();
    QTest::newRow("source-without-time") << message;
    message = sample();
    message.stamps.best.t.reset();
    QTest::newRow("best-without-time") << message;
}

void tst_MessageChain::sameAfterStoring()
{
    QFETCH(Message, message);
    QCOMPARE(canonicalMessage(readAgain(message)), canonicalMessage(message));
}

void tst_MessageChain::everyFieldCounts_data()
{
    QTest::addColumn<Message>("other");
    const auto row = [](const char *name, const auto &change) {
        Message message = sample();
        change(message);
        QTest::newRow(name) << message;
    };
    row("room", [](Message &m) { m.room = u"lab"_s; });
    row("seq", [](Message &m) { m.seq = 43; });
    row("id", [](Message &m) { m.id = QUuid::createUuid(); });
    row("kind", [](Message &m) { m.kind = u"edit"_s; });
    row("author-id", [](Message &m) { m.from.id = u"u8"_s; });
    row("author-name", [](Message &m) { m.from.name = u"ana"_s; });
    row("text", [](Message &m) { m.text += u' '; });
    row("seen", [](Message &m) { m.seen.reset(); });
    row("reply", [](Message &m) { m.replyTo = 1; });
    row("live", [](Message &m) { m.stamps.live.via = ProbePath::WebSocket; });
    row("local", [](Message &m) { m.stamps.local.up = 8; });
    row("api", [](Message &m) { m.stamps.api.source = u"other"_s; });
    row("ntp", [](Message &m) { m.stamps.ntp = m.stamps.api; });
    row("best", [](Message &m) { m.stamps.best.bound = 13; });
}

void tst_MessageChain::everyFieldCounts()
{
    QFETCH(Message, other);
    QVERIFY(canonicalMessage(other) != canonicalMessage(sample()));
}

void tst_MessageChain::startNamesRoomAndEpoch()
{
    // printf 'synchat-chain-1\ngeneral\ne1\n' | sha256sum
    QCOMPARE(chainStart(u"general"_s, u"e1"_s).toHex(),
             QByteArray("fafb2678dc4c62b7cfe9a3e82e7ec491ed4e90e985e8917074ca527b5088c38e"));
    QVERIFY(chainStart(u"general"_s, u"e2"_s) != chainStart(u"general"_s, u"e1"_s));
    QVERIFY(chainStart(u"lab"_s, u"e1"_s) != chainStart(u"general"_s, u"e1"_s));
}

void tst_MessageChain::nextCoversBoth()
{
    const QByteArray previous(ChainHashBytes, 'a');
    // (printf 'a%.0s' $(seq 32); printf '{}') | sha256sum
    QCOMPARE(chainNext(previous, "{}").toHex(),
             QByteArray("f786a87d7df8a6964481a23457084eb8426e22a3c8f6892d90e1cb642ca81a5b"));
    QCOMPARE(chainNext(previous, "{}").size(), ChainHashBytes);
    QVERIFY(chainNext(QByteArray(ChainHashBytes, 'b'), "{}") != chainNext(previous, "{}"));
}

QTEST_GUILESS_MAIN(tst_MessageChain)

#include "tst_messagechain.moc"
