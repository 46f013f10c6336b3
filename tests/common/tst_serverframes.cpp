// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/protocol.h"
#include "sampleframes.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

class tst_ServerFrames : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void comesBackTheSame_data();
    void comesBackTheSame();
    void messageAsInThePaper();
    void missingReadingsAreNull();
    void messageNeverCarriesRef();
    void messageComesBack();
    void jsonObjectSaysTheSameAsTheFrame();
    void refuses_data();
    void refuses();
    void strangeStampsAreNone();
    void newerDaemonsStayReadable();
    void errorCodes();
};

void tst_ServerFrames::comesBackTheSame_data()
{
    QTest::addColumn<QByteArray>("frame");
    for (const NamedFrame &sample : sampleServerFrames())
        QTest::newRow(sample.name) << sample.json;
}

void tst_ServerFrames::comesBackTheSame()
{
    QFETCH(QByteArray, frame);
    QVERIFY(QJsonDocument::fromJson(frame).isObject());
    const auto parsed = parseServerFrame(frame);
    QVERIFY2(parsed.has_value(), parsed ? "" : qPrintable(parsed.error().message));
    QCOMPARE(encodeServerFrame(parsed->frame, parsed->ref), frame);
}

void tst_ServerFrames::messageAsInThePaper()
{
    QCOMPARE(
        encodeServerFrame(sampleMessage()),
        R"({"type":"message","room":"general","seq":42,"id":"0b0e4c1a-7d5f-4c2b-9a51-2f1f0a6b3c4d","kind":"text",)"
        R"("from":{"id":"u7","name":"ana"},"text":"disk alarm on db2","seen":41,"replyTo":null,"stamps":{)"
        R"("live":{"t":1764000000123456,"state":"ok","offset":-1800123,"bound":900,"via":"udp","fault":false},)"
        R"("local":{"t":1764000000130001,"state":"ok","offset":212,"bound":450,"boot":"k3f9","up":86400000000,"fault":false},)"
        R"("api":{"t":1764000000180000,"state":"ok","bound":130000,"source":"time.example","age":8000000},)"
        R"("ntp":{"t":1764000000130213,"state":"ok","bound":450,"source":"ntp.example","age":3000000},)"
        R"("best":{"t":1764000000130213,"state":"ok","bound":450}}})"_ba);
}

void tst_ServerFrames::missingReadingsAreNull()
{
    Message message = sampleMessage();
    message.stamps = {};
    const QByteArray json = encodeServerFrame(message);
    QVERIFY(json.contains(
        R"("live":{"t":null,"state":"none","offset":null,"bound":null,"via":null,"fault":false})"));
    QVERIFY(json.contains(R"("api":{"t":null,"state":"none","bound":null,"source":null,"age":null})"));
    QVERIFY(json.contains(R"("best":{"t":null,"state":"none","bound":null})"));
}

void tst_ServerFrames::messageNeverCarriesRef()
{
    QVERIFY(!encodeServerFrame(sampleMessage(), u"r1"_s).contains("ref"));
}

void tst_ServerFrames::messageComesBack()
{
    Message message = sampleMessage();
    message.text = u"\"quoted\"\\ \n \u0001 ñ 漢 \U0001F550"_s;
    message.replyTo = 7;
    const auto parsed = parseServerFrame(encodeServerFrame(message));
    QVERIFY(parsed.has_value());
    QCOMPARE(std::get<Message>(parsed->frame), message);
}

void tst_ServerFrames::jsonObjectSaysTheSameAsTheFrame()
{
    for (Message message : {sampleMessage(1), sampleMessage(2)}) {
        if (message.seq == 2)
            message.stamps = {};
        QCOMPARE(messageToJson(message), QJsonDocument::fromJson(encodeServerFrame(message)).object());
        QCOMPARE(stampsFromJson(stampsToJson(message.stamps)), message.stamps);
    }
    const HistoryPage page{u"general"_s, u"e1"_s, {sampleMessage(1)}, 1, 9, true};
    QJsonObject frame = QJsonDocument::fromJson(encodeServerFrame(page)).object();
    frame.remove("type"_L1);
    QCOMPARE(historyPageToJson(page), frame);
    const RoomInfo room{u"general"_s, u"T"_s, true, 3, 42, u"e1"_s};
    QCOMPARE(roomInfoToJson(room), QJsonDocument::fromJson(encodeServerFrame(RoomListFrame{{room}}))
                                       .object()
                                       .value("rooms"_L1)[0]
                                       .toObject());
}

void tst_ServerFrames::refuses_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<bool>("unknownType");
    QTest::newRow("nothing") << QByteArray() << false;
    QTest::newRow("list") << "[]"_ba << false;
    QTest::newRow("no-type") << "{}"_ba << false;
    QTest::newRow("unknown-type") << R"({"type":"dance"})"_ba << true;
    QTest::newRow("client-type") << R"({"type":"post"})"_ba << true;
    QTest::newRow("bare-message") << R"({"type":"message"})"_ba << false;
    QTest::newRow("seq-zero") << encodeServerFrame(sampleMessage()).replace("\"seq\":42", "\"seq\":0")
                              << false;
    QTest::newRow("seq-string") << encodeServerFrame(sampleMessage()).replace("\"seq\":42", "\"seq\":\"42\"")
                                << false;
    QTest::newRow("author-string") << R"({"type":"message","room":"a","seq":1,"from":"ana","text":"x"})"_ba
                                   << false;
    QTest::newRow("message-in-page")
        << R"({"type":"history","room":"a","epoch":"e","messages":[{}],"firstSeq":1,"lastSeq":1,"complete":true})"_ba
        << false;
    QTest::newRow("page-not-a-list")
        << R"({"type":"history","room":"a","epoch":"e","messages":{},"firstSeq":1,"lastSeq":1,"complete":true})"_ba
        << false;
    QTest::newRow("page-no-complete")
        << R"({"type":"history","room":"a","epoch":"e","messages":[],"firstSeq":1,"lastSeq":1})"_ba << false;
    QTest::newRow("time-no-reference") << R"({"type":"time","t1":1,"t2":2,"t3":3})"_ba << false;
    QTest::newRow("time-bad-state") << R"({"type":"time","t1":1,"t2":2,"t3":3,"reference":{"state":"x"}})"_ba
                                    << false;
    QTest::newRow("welcome-no-user") << R"({"type":"welcome"})"_ba << false;
    QTest::newRow("error-no-code") << R"({"type":"error"})"_ba << false;
}

void tst_ServerFrames::refuses()
{
    QFETCH(QByteArray, frame);
    const auto parsed = parseServerFrame(frame);
    QVERIFY(!parsed.has_value());
    QTEST(parsed.error().unknownType, "unknownType");
    QVERIFY(!parsed.error().message.isEmpty());
}

void tst_ServerFrames::strangeStampsAreNone()
{
    const auto parsed = parseServerFrame(
        R"({"type":"message","room":"a","seq":1,"from":{"id":"u","name":"n"},"text":"x","stamps":{"live":5,)"
        R"("local":{"t":"x"},"api":{"t":null,"state":"ok","source":"s"},"ntp":{"t":7,"bound":-1}}})");
    QVERIFY(parsed.has_value());
    const Message &message = std::get<Message>(parsed->frame);
    Stamps expected;
    expected.api.source = u"s"_s; // which source is silent is told all the same
    QCOMPARE(stampsToJson(message.stamps), stampsToJson(expected));
    QVERIFY(message.id.isNull());
    QCOMPARE(message.kind, u"text"_s);
}

void tst_ServerFrames::newerDaemonsStayReadable()
{
    const auto error = parseServerFrame(R"({"type":"error","code":"on_fire","message":"Run.","x":1})");
    QVERIFY(error.has_value());
    QCOMPARE(std::get<ErrorFrame>(error->frame).code, ErrorCode::Internal);
    QCOMPARE(std::get<ErrorFrame>(error->frame).message, u"Run."_s);
    const auto welcome = parseServerFrame(
        R"({"type":"welcome","user":{"id":"u","name":"n","kind":"robot"},"limits":{"frame":-1,"text":"x"},"ntp":{"port":70000},"key":"x"})");
    QVERIFY(welcome.has_value());
    const auto &frame = std::get<WelcomeFrame>(welcome->frame);
    QCOMPARE(frame.kind, UserKind::Guest);
    QCOMPARE(frame.frameLimit, Limits::ClientFrameBytes);
    QCOMPARE(frame.textLimit, Limits::TextUnits);
    QVERIFY(!frame.ntpPort);
    QVERIFY(!frame.token);
    QVERIFY(!frame.key);
}

void tst_ServerFrames::errorCodes()
{
    for (int i = 0; i <= int(ErrorCode::Internal); ++i)
        QCOMPARE(errorCodeFromName(errorCodeName(ErrorCode(i))), std::optional(ErrorCode(i)));
    QCOMPARE(errorCodeName(ErrorCode::BadFrame), u"bad_frame"_s);
    QCOMPARE(errorCodeName(ErrorCode::NotStored), u"not_stored"_s);
    QCOMPARE(errorCodeName(ErrorCode::Internal), u"internal"_s);
    QVERIFY(!errorCodeFromName(u"Internal"_s));
}

QTEST_GUILESS_MAIN(tst_ServerFrames)
#include "tst_serverframes.moc"
