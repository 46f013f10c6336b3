// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/messagedocument.h"

#include "common/messagechain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <limits>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

constexpr WireMicros Time = 1764000000123456;

ShippedMessage sample()
{
    ShippedMessage shipped;
    Message &message = shipped.message;
    message.room = u"general"_s;
    message.seq = 42;
    message.id = QUuid::fromString(u"0b0e1f2a-3b4c-4d5e-8f90-a1b2c3d4e5f6"_s);
    message.from = {u"u7"_s, u"Zoë \"Z\""_s};
    message.text = u"disk\talarm $set {\"$date\":1} \U0001F4BE"_s;
    message.seen = 41;
    message.stamps.live = {
        .t = Time, .offset = -1800123, .bound = 900, .state = StampState::Ok, .via = ProbePath::Udp};
    message.stamps.local = {
        .t = Time + 1, .offset = 212, .bound = 450, .state = StampState::Ok, .boot = u"k3f9"_s, .up = 7};
    message.stamps.api = {
        .t = Time + 50000, .bound = 130000, .age = 8, .state = StampState::Ok, .source = u"time.example"_s};
    message.stamps.best = {.t = Time + 213, .bound = 450, .state = StampState::Ok};
    shipped.epoch = u"e1"_s;
    shipped.arrival = 77;
    shipped.chain = chainNext(chainStart(message.room, shipped.epoch), canonicalMessage(message));
    return shipped;
}

QJsonObject documentOf(const ShippedMessage &shipped)
{
    QJsonParseError error;
    const QJsonObject document = QJsonDocument::fromJson(messageDocument(shipped), &error).object();
    return error.error == QJsonParseError::NoError ? document : QJsonObject();
}

QJsonValue jsonOf(const QByteArray &text)
{
    return QJsonDocument::fromJson("[" + text + "]").array().first();
}

/// As RESTHeart 3 shows it: each integer that fills more than 32 bits is wrapped.
QJsonValue wrapped(const QJsonValue &value)
{
    if (value.isObject()) {
        QJsonObject result;
        const QJsonObject object = value.toObject();
        for (auto member = object.begin(); member != object.end(); ++member)
            result.insert(member.key(), wrapped(member.value()));
        return result;
    }
    if (value.isDouble() && std::abs(value.toDouble()) > std::numeric_limits<qint32>::max())
        return QJsonObject{{u"$numberLong"_s, QString::number(value.toInteger())}};
    return value;
}

} // namespace

class tst_MessageDocument : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fields();
    void dates_data();
    void dates();
    void readAgain_data();
    void readAgain();
    void refused_data();
    void refused();
    void rooms();
    void roomsRefused_data();
    void roomsRefused();
    void plain_data();
    void plain();
};

void tst_MessageDocument::fields()
{
    const QJsonObject document = documentOf(sample());
    QCOMPARE(document.value(u"_id"_s), u"general:e1:42"_s);
    QCOMPARE(document.value(u"epoch"_s), u"e1"_s);
    QCOMPARE(document.value(u"arrival"_s).toInteger(), 77);
    QCOMPARE(document.value(u"chain"_s).toString(), QString::fromLatin1(sample().chain.toHex()));
    QCOMPARE(document.value(u"room"_s), u"general"_s);
    QCOMPARE(document.value(u"seq"_s).toInteger(), 42);
    QCOMPARE(document.value(u"from"_s).toObject().value(u"name"_s), u"Zoë \"Z\""_s);
    QCOMPARE(document.value(u"text"_s).toString(), sample().message.text);
    QCOMPARE(document.value(u"stamps"_s)[u"live"_s][u"t"_s].toInteger(), Time);
    QCOMPARE(document.value(u"at"_s)[u"live"_s][u"$date"_s].toInteger(), Time / 1000);
    QVERIFY(document.value(u"at"_s)[u"ntp"_s].isNull());
    const QJsonValue skew = document.value(u"skew"_s);
    QCOMPARE(skew[u"live"_s].toInteger(), 1800123);
    QCOMPARE(skew[u"local"_s].toInteger(), -212);
    QCOMPARE(skew[u"api"_s].toInteger(), 50000 - 213);
    QVERIFY(skew[u"ntp"_s].isNull());
}

void tst_MessageDocument::dates_data()
{
    QTest::addColumn<WireMicros>("time");
    QTest::addColumn<std::optional<qint64>>("milliseconds");
    const auto row = [](const char *name, WireMicros time, std::optional<qint64> milliseconds) {
        QTest::newRow(name) << time << milliseconds;
    };
    row("now", Time, Time / 1000);
    row("1970", 0, 0);
    row("before-1970-is-cut-towards-the-past", -1, -1);
    row("before-1970-on-the-millisecond", -2000, -2);
    row("first-of-year-1", -62135596800000000, -62135596800000);
    row("year-0", -62135596800000001, std::nullopt);
    row("last-of-year-9999", 253402300799999999, 253402300799999);
    row("year-10000", 253402300800000000, std::nullopt);
    row("largest", std::numeric_limits<WireMicros>::max(), std::nullopt);
    row("smallest", std::numeric_limits<WireMicros>::min(), std::nullopt);
}

void tst_MessageDocument::dates()
{
    QFETCH(WireMicros, time);
    QFETCH(std::optional<qint64>, milliseconds);
    ShippedMessage shipped = sample();
    shipped.message.stamps.live.t = time;
    const QJsonObject document = documentOf(shipped);
    const QJsonValue date = document.value(u"at"_s)[u"live"_s];
    QCOMPARE(date.isNull(), !milliseconds.has_value());
    if (milliseconds)
        QCOMPARE(date[u"$date"_s].toInteger(), *milliseconds);
    QCOMPARE(document.value(u"stamps"_s)[u"live"_s][u"t"_s].toInteger(), time); // the number stays
}

void tst_MessageDocument::readAgain_data()
{
    QTest::addColumn<ShippedMessage>("shipped");
    QTest::newRow("full") << sample();
    ShippedMessage shipped = sample();
    shipped.message.stamps = {};
    shipped.message.seen.reset();
    QTest::newRow("no-readings") << shipped;
    shipped = sample();
    shipped.message.replyTo = 3;
    shipped.message.stamps.live.t = -(qint64(1) << 53);
    shipped.message.stamps.live.fault = true;
    QTest::newRow("absurd-time") << shipped;
    shipped = sample();
    shipped.arrival = qint64(1) << 40;
    shipped.message.seq = (qint64(1) << 40) - 1;
    QTest::newRow("large-numbers") << shipped;
}

void tst_MessageDocument::readAgain()
{
    QFETCH(ShippedMessage, shipped);
    const QJsonObject document = documentOf(shipped);
    QVERIFY(messageFromDocument(document) == shipped);
    QVERIFY(messageFromDocument(wrapped(document).toObject()) == shipped);
    const auto again = messageFromDocument(wrapped(document).toObject());
    QCOMPARE(canonicalMessage(again->message), canonicalMessage(shipped.message));
}

void tst_MessageDocument::refused_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QJsonValue>("value");
    for (const QString &field :
         {u"epoch"_s, u"arrival"_s, u"chain"_s, u"room"_s, u"seq"_s, u"from"_s, u"text"_s})
        QTest::newRow(qPrintable(field + u"-missing"_s)) << field << QJsonValue(QJsonValue::Undefined);
    QTest::newRow("arrival-0") << u"arrival"_s << QJsonValue(0);
    QTest::newRow("arrival-text") << u"arrival"_s << QJsonValue(u"77"_s);
    QTest::newRow("chain-short") << u"chain"_s << QJsonValue(u"00ff"_s);
    QTest::newRow("chain-number") << u"chain"_s << QJsonValue(5);
    QTest::newRow("seq-0") << u"seq"_s << QJsonValue(0);
}

void tst_MessageDocument::refused()
{
    QFETCH(QString, field);
    QFETCH(QJsonValue, value);
    QJsonObject document = documentOf(sample());
    QVERIFY(messageFromDocument(document));
    document.insert(field, value);
    QVERIFY(!messageFromDocument(document));
}

void tst_MessageDocument::rooms()
{
    ShippedRoom shipped;
    StoredRoom &room = shipped.room;
    room.number = 3;
    room.name = u"ops"_s;
    room.title = u"Operations – \"night\""_s;
    room.epoch = u"e9"_s;
    shipped.history = u"e1"_s;
    shipped.since = 1764000000123456;
    shipped.cutSeq = 12;
    shipped.cutChain = QByteArray(ChainHashBytes, 'c');
    const QJsonObject document = QJsonDocument::fromJson(roomDocument(shipped)).object();
    QCOMPARE(document.value(u"_id"_s), u"ops:e9"_s);
    const auto again = roomFromDocument(document);
    QVERIFY(again);
    QCOMPARE(again->room.number, 3);
    QCOMPARE(again->room.name, room.name);
    QCOMPARE(again->room.title, room.title);
    QCOMPARE(again->room.epoch, room.epoch);
    QCOMPARE(again->history, shipped.history);
    QCOMPARE(again->since, shipped.since);
    QCOMPARE(again->cutSeq, shipped.cutSeq);
    QCOMPARE(again->cutChain, shipped.cutChain);
}

void tst_MessageDocument::roomsRefused_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::newRow("empty") << QByteArray("{}");
    QTest::newRow("name") << QByteArray(
        R"({"room":"No Room","title":"","epoch":"e","number":1,"history":"e","since":1})");
    QTest::newRow("epoch") << QByteArray(
        R"({"room":"ops","title":"","epoch":"","number":1,"history":"e","since":1})");
    QTest::newRow("number") << QByteArray(
        R"({"room":"ops","title":"","epoch":"e","number":0,"history":"e","since":1})");
    QTest::newRow("history") << QByteArray(R"({"room":"ops","title":"","epoch":"e","number":1,"since":1})");
    QTest::newRow("title") << QByteArray(R"({"room":"ops","epoch":"e","number":1,"history":"e","since":1})");
}

void tst_MessageDocument::roomsRefused()
{
    QFETCH(QByteArray, document);
    QVERIFY(!roomFromDocument(QJsonDocument::fromJson(document).object()));
}

void tst_MessageDocument::plain_data()
{
    QTest::addColumn<QByteArray>("given");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const char *given, const char *expected) {
        QTest::newRow(name) << QByteArray(given) << QByteArray(expected);
    };
    row("number", "5", "5");
    row("long", R"({"$numberLong":"1764000000123456"})", "1764000000123456");
    row("long-negative", R"({"$numberLong":"-9007199254740992"})", "-9007199254740992");
    row("long-as-number", R"({"$numberLong":5})", "5");
    row("int", R"({"$numberInt":"5"})", "5");
    row("double", R"({"$numberDouble":"1.5"})", "1.5");
    row("date", R"({"$date":1764000000123})", "1764000000123");
    row("date-in-long", R"({"$date":{"$numberLong":"-1"}})", "-1");
    row("date-as-text", R"({"$date":"2025-11-24T16:00:00.123Z"})", "1764000000123");
    row("date-as-nonsense", R"({"$date":"yesterday"})", "null");
    row("id-of-mongodb", R"({"$oid":"5f0c"})", R"("5f0c")");
    row("deep", R"({"a":[{"b":{"$numberLong":"7"}}]})", R"({"a":[{"b":7}]})");
    row("two-members", R"({"$numberLong":"7","x":1})", R"({"$numberLong":"7","x":1})");
    row("text", R"("$numberLong")", R"("$numberLong")");
    row("null", "null", "null");
}

void tst_MessageDocument::plain()
{
    QFETCH(QByteArray, given);
    QFETCH(QByteArray, expected);
    QCOMPARE(plainJson(jsonOf(given)), jsonOf(expected));
}

QTEST_GUILESS_MAIN(tst_MessageDocument)
#include "tst_messagedocument.moc"
