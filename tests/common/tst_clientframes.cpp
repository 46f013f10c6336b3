// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/protocol.h"
#include "sampleframes.h"

#include <QJsonDocument>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

/// A row's JSON may use single quotes, for the eye.
QByteArray json(QByteArray text)
{
    return text.replace('\'', '"');
}

const QByteArray Id = "0b0e4c1a-7d5f-4c2b-9a51-2f1f0a6b3c4d";

QByteArray post(const QByteArray &more, const QByteArray &text = "'x'")
{
    return json("{'type':'post','room':'general','id':'" + Id + "','text':" + text + more + "}");
}

} // namespace

class tst_ClientFrames : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void comesBackTheSame_data();
    void comesBackTheSame();
    void refuses_data();
    void refuses();
    void refusesTexts_data();
    void refusesTexts();
    void accepts_data();
    void accepts();
    void live_data();
    void live();
    void refusalCarriesWhatCouldBeRead();
    void longClientNameIsCut();
    void longPageCountsAsTheLongest();
    void keepsBigNumbersExactly();
};

void tst_ClientFrames::comesBackTheSame_data()
{
    QTest::addColumn<QByteArray>("frame");
    for (const NamedFrame &sample : sampleClientFrames())
        QTest::newRow(sample.name) << sample.json;
}

void tst_ClientFrames::comesBackTheSame()
{
    QFETCH(QByteArray, frame);
    const auto parsed = parseClientFrame(frame);
    QVERIFY2(parsed.has_value(), parsed ? "" : qPrintable(parsed.error().message));
    QCOMPARE(encodeClientFrame(parsed->frame, parsed->ref), frame);
}

void tst_ClientFrames::refuses_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<ErrorCode>("code");
    const auto row = [](const char *name, const QByteArray &text, ErrorCode code) {
        QTest::newRow(name) << json(text) << code;
    };
    using enum ErrorCode;
    row("nothing", "", BadFrame);
    row("not-json", "hello", BadFrame);
    row("list", "[1]", BadFrame);
    row("number", "1", BadFrame);
    row("string", "'x'", BadFrame);
    row("null", "null", BadFrame);
    row("two-objects", "{}{}", BadFrame);
    row("trailing-comma", "{'type':'rooms',}", BadFrame);
    row("invalid-utf8", "{'type':'\xff\xfe'}", BadFrame);
    row("overlong-utf8", "{'type':'\xc0\x80'}", BadFrame);
    row("depth-bomb", QByteArray(30'000, '[') + QByteArray(30'000, ']'), BadFrame);
    row("depth-bomb-in-a-field",
        "{'type':'rooms','x':" + QByteArray(30'000, '[') + QByteArray(30'000, ']') + "}", BadFrame);
    row("depth-bomb-of-objects", QByteArray("{'a':").repeated(10'000) + "1" + QByteArray(10'000, '}'),
        BadFrame);
    row("no-type", "{}", BadField);
    row("type-number", "{'type':1}", BadField);
    row("type-null", "{'type':null}", BadField);
    row("unknown-type", "{'type':'dance'}", UnknownType);
    row("empty-type", "{'type':''}", UnknownType);
    row("type-of-the-server", "{'type':'welcome'}", UnknownType);
    row("type-by-case", "{'type':'Rooms'}", UnknownType);

    row("ref-number", "{'type':'rooms','ref':1}", BadField);
    row("ref-too-long", "{'type':'rooms','ref':'" + QByteArray(65, 'r') + "'}", BadField);
    row("ref-lone-surrogate", "{'type':'rooms','ref':'\\ud800'}", BadField);

    row("hello-no-name", "{'type':'hello','client':'x'}", BadField);
    row("hello-name-number", "{'type':'hello','name':7,'client':'x'}", BadField);
    row("hello-name-empty", "{'type':'hello','name':'','client':'x'}", BadName);
    row("hello-name-bidi", "{'type':'hello','name':'a\\u202eb','client':'x'}", BadName);
    row("hello-name-surrogate", "{'type':'hello','name':'a\\udc00','client':'x'}", BadName);
    row("hello-name-nul", "{'type':'hello','name':'a\\u0000b','client':'x'}", BadName);
    row("hello-no-client", "{'type':'hello','name':'ana'}", BadField);
    row("hello-client-list", "{'type':'hello','name':'ana','client':[]}", BadField);
    row("hello-auth-string", "{'type':'hello','name':'ana','client':'x','auth':'t'}", BadField);
    row("hello-auth-empty", "{'type':'hello','name':'ana','client':'x','auth':{}}", BadField);
    row("hello-auth-both", "{'type':'hello','name':'ana','client':'x','auth':{'token':'t','password':'p'}}",
        BadField);
    row("hello-auth-number", "{'type':'hello','name':'ana','client':'x','auth':{'token':1}}", BadField);

    for (const char *type : {"create", "join", "leave", "history", "typing", "post"}) {
        const QByteArray head = QByteArray("{'type':'") + type + "'";
        const auto named = [type](const char *what) { return QByteArray(type) + what; };
        row(named("-no-room").constData(), head + "}", BadField);
        row(named("-room-number").constData(), head + ",'room':5}", BadField);
        row(named("-room-null").constData(), head + ",'room':null}", BadField);
        row(named("-room-empty").constData(), head + ",'room':''}", BadName);
        row(named("-room-upper").constData(), head + ",'room':'General'}", BadName);
        row(named("-room-nul").constData(), head + ",'room':'a\\u0000'}", BadName);
    }
    row("create-title-number", "{'type':'create','room':'a','title':1}", BadField);
    row("create-title-long", "{'type':'create','room':'a','title':'" + QByteArray(129, 't') + "'}", TooLong);
    row("create-title-control", "{'type':'create','room':'a','title':'a\\nb'}", BadField);
    row("create-key-number", "{'type':'create','room':'a','key':1}", BadField);
    row("join-after-negative", "{'type':'join','room':'a','after':-1}", BadField);
    row("join-after-fraction", "{'type':'join','room':'a','after':1.5}", BadField);
    row("join-after-string", "{'type':'join','room':'a','after':'1'}", BadField);
    row("join-after-too-large", "{'type':'join','room':'a','after':9007199254740993}", BadField);
    row("join-after-beyond-64-bit", "{'type':'join','room':'a','after':99999999999999999999}", BadField);
    row("join-epoch-number", "{'type':'join','room':'a','epoch':1}", BadField);
    row("history-two-anchors", "{'type':'history','room':'a','before':1,'after':2}", BadField);
    row("history-limit-zero", "{'type':'history','room':'a','limit':0}", BadField);
    row("history-limit-negative", "{'type':'history','room':'a','limit':-1}", BadField);
    row("history-limit-fraction", "{'type':'history','room':'a','limit':1.5}", BadField);
    row("history-limit-string", "{'type':'history','room':'a','limit':'5'}", BadField);
    row("history-before-negative", "{'type':'history','room':'a','before':-1}", BadField);
    row("history-around-bool", "{'type':'history','room':'a','around':true}", BadField);
    row("history-at-huge", "{'type':'history','room':'a','at':1e300}", BadField);
    row("search-no-query", "{'type':'search'}", BadField);
    row("search-bad-room", "{'type':'search','query':'x','room':'A'}", BadName);
    row("search-since-string", "{'type':'search','query':'x','since':'now'}", BadField);
    row("time-no-t1", "{'type':'time'}", BadField);
    row("time-fraction", "{'type':'time','t1':0.5}", BadField);
    row("time-null", "{'type':'time','t1':null}", BadField);
    row("time-too-large", "{'type':'time','t1':9007199254740993}", BadField);
    row("time-too-small", "{'type':'time','t1':-9007199254740993}", BadField);
    row("clock-no-state", "{'type':'clock','fault':false}", BadField);
    row("clock-bad-state", "{'type':'clock','state':'fine','fault':false}", BadField);
    row("clock-no-fault", "{'type':'clock','state':'ok'}", BadField);
    row("clock-bad-via", "{'type':'clock','state':'ok','via':'pigeon','fault':false}", BadField);
    row("clock-via-empty", "{'type':'clock','state':'ok','via':'','fault':false}", BadField);
    row("clock-negative-bound", "{'type':'clock','state':'ok','bound':-1,'fault':false}", BadField);
}

void tst_ClientFrames::refuses()
{
    QFETCH(QByteArray, frame);
    const auto parsed = parseClientFrame(frame);
    QVERIFY(!parsed.has_value());
    QTEST(parsed.error().code, "code");
    QVERIFY(!parsed.error().message.isEmpty());
    QVERIFY(parsed.error().message.endsWith(u'.'));
}

void tst_ClientFrames::refusesTexts_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<ErrorCode>("code");
    using enum ErrorCode;
    QTest::newRow("no-text") << json("{'type':'post','room':'general','id':'" + Id + "'}") << BadField;
    QTest::newRow("number") << post({}, "5") << BadField;
    QTest::newRow("empty") << post({}, "''") << Blank;
    QTest::newRow("spaces") << post({}, "' \\t\\n'") << Blank;
    QTest::newRow("zero-width") << post({}, "'\\u200b\\u200d'") << Blank;
    QTest::newRow("nul") << post({}, "'a\\u0000'") << BadField;
    QTest::newRow("lone-surrogate") << post({}, "'a\\ud83d'") << BadField;
    QTest::newRow("one-too-long") << post({}, "'" + QByteArray(4097, 'x') + "'") << TooLong;
    QTest::newRow("one-too-long-blank") << post({}, "'" + QByteArray(4097, ' ') + "'") << TooLong;
    QTest::newRow("too-long-in-pairs")
        << post({}, "'" + QByteArray("\xF0\x9F\x98\x80").repeated(2049) + "'") << TooLong;
    QTest::newRow("seen-negative") << post(",'seen':-1") << BadField;
    QTest::newRow("seen-string") << post(",'seen':'1'") << BadField;
    QTest::newRow("seen-too-large") << post(",'seen':1e20") << BadField;
    QTest::newRow("reply-to-zero") << post(",'replyTo':0") << BadField;
    QTest::newRow("reply-to-list") << post(",'replyTo':[1]") << BadField;

    const auto withId = [](const QByteArray &id) {
        return json("{'type':'post','room':'general','id':" + id + ",'text':'x'}");
    };
    QTest::newRow("id-missing") << json("{'type':'post','room':'general','text':'x'}") << BadField;
    QTest::newRow("id-number") << withId("5") << BadField;
    QTest::newRow("id-upper-case") << withId("'" + Id.toUpper() + "'") << BadField;
    QTest::newRow("id-braces") << withId("'{" + Id + "}'") << BadField;
    QTest::newRow("id-short") << withId("'" + Id.chopped(1) + "'") << BadField;
    QTest::newRow("id-long") << withId("'" + Id + "0'") << BadField;
    QTest::newRow("id-no-hyphens") << withId("'" + QByteArray(36, 'a') + "'") << BadField;
    QTest::newRow("id-not-hexadecimal") << withId("'g" + Id.mid(1) + "'") << BadField;
    QTest::newRow("id-hyphen-elsewhere") << withId("'-" + Id.mid(1) + "'") << BadField;
}

void tst_ClientFrames::refusesTexts()
{
    refuses();
}

void tst_ClientFrames::accepts_data()
{
    QTest::addColumn<QByteArray>("frame");
    const auto row = [](const char *name, const QByteArray &text) { QTest::newRow(name) << json(text); };
    row("unknown-fields", "{'type':'rooms','x':{'y':[1,2]}}");
    row("ref-longest", "{'type':'rooms','ref':'" + QByteArray(64, 'r') + "'}");
    row("ref-null", "{'type':'rooms','ref':null}");
    row("optional-nulls", "{'type':'join','room':'a','after':null,'epoch':null,'key':null}");
    row("auth-null", "{'type':'hello','name':'ana','client':'x','auth':null}");
    row("auth-other-null", "{'type':'hello','name':'ana','client':'x','auth':{'token':'t','password':null}}");
    row("whole-number-with-fraction-zero", "{'type':'join','room':'a','after':5.0}");
    row("anchors-null", "{'type':'history','room':'a','before':null,'after':3}");
    row("largest-exact", "{'type':'time','t1':9007199254740992}");
    row("smallest-exact", "{'type':'time','t1':-9007199254740992}");
    row("white-space", " \n {\t'type' : 'rooms' } \r\n");
    row("clock-not-measured",
        "{'type':'clock','offset':null,'bound':null,'via':null,'state':'unsynced','fault':true}");
    QTest::newRow("text-longest") << post({}, "'" + QByteArray(4096, 'x') + "'");
    QTest::newRow("text-longest-in-pairs")
        << post({}, "'" + QByteArray("\xF0\x9F\x98\x80").repeated(2048) + "'");
    QTest::newRow("text-kept-as-sent") << post({}, "'  e\xCC\x81 \\u202e\\u0007 '");
    QTest::newRow("seen-zero") << post(",'seen':0");
    QTest::newRow("post-nulls") << post(",'seen':null,'replyTo':null,'live':null");
}

void tst_ClientFrames::accepts()
{
    QFETCH(QByteArray, frame);
    const auto parsed = parseClientFrame(frame);
    QVERIFY2(parsed.has_value(), parsed ? "" : qPrintable(parsed.error().message));
    if (const auto *sent = std::get_if<PostFrame>(&parsed->frame))
        QCOMPARE(sent->text, QJsonDocument::fromJson(frame).object().value("text"_L1).toString());
}

void tst_ClientFrames::live_data()
{
    QTest::addColumn<QByteArray>("live");
    QTest::addColumn<bool>("taken");
    QTest::newRow("full") << "{'t':5,'state':'ok','offset':-3,'bound':9,'via':'ws','fault':true}"_ba << true;
    QTest::newRow("not-measured")
        << "{'t':5,'state':'unsynced','offset':null,'bound':null,'via':null,'fault':false}"_ba << true;
    QTest::newRow("time-only") << "{'t':5}"_ba << true;
    QTest::newRow("absurd-time") << "{'t':-9007199254740992,'state':'ok'}"_ba << true;
    QTest::newRow("none") << "{'t':null,'state':'none'}"_ba << false;
    QTest::newRow("none-with-time") << "{'t':5,'state':'none'}"_ba << false;
    QTest::newRow("no-time") << "{'state':'ok','offset':1,'bound':1,'via':'udp'}"_ba << false;
    QTest::newRow("string") << "'now'"_ba << false;
    QTest::newRow("list") << "[1]"_ba << false;
    QTest::newRow("time-string") << "{'t':'5','state':'ok'}"_ba << false;
    QTest::newRow("time-fraction") << "{'t':5.5,'state':'ok'}"_ba << false;
    QTest::newRow("time-too-large") << "{'t':9007199254740993,'state':'ok'}"_ba << false;
    QTest::newRow("state-unknown") << "{'t':5,'state':'great'}"_ba << false;
    QTest::newRow("state-number") << "{'t':5,'state':0}"_ba << false;
    QTest::newRow("offset-string") << "{'t':5,'state':'ok','offset':'1'}"_ba << false;
    QTest::newRow("bound-negative") << "{'t':5,'state':'ok','bound':-1}"_ba << false;
    QTest::newRow("via-unknown") << "{'t':5,'state':'ok','via':'pigeon'}"_ba << false;
    QTest::newRow("via-number") << "{'t':5,'state':'ok','via':1}"_ba << false;
    QTest::newRow("fault-string") << "{'t':5,'state':'ok','fault':'no'}"_ba << false;
}

void tst_ClientFrames::live()
{
    QFETCH(QByteArray, live);
    QFETCH(bool, taken);
    const auto parsed = parseClientFrame(post(",'live':" + live));
    QVERIFY(parsed.has_value());
    const LiveStamp &stamp = std::get<PostFrame>(parsed->frame).live;
    if (taken) {
        QVERIFY(stamp.t.has_value());
        QVERIFY(stamp.state != StampState::None);
        QCOMPARE(liveFromJson(liveToJson(stamp)), stamp);
    } else {
        QCOMPARE(stamp, LiveStamp());
    }
}

void tst_ClientFrames::refusalCarriesWhatCouldBeRead()
{
    const auto bad = parseClientFrame(post(",'seen':-1,'ref':'r9'"));
    QVERIFY(!bad.has_value());
    QCOMPARE(bad.error().type, u"post"_s);
    QCOMPARE(bad.error().ref, u"r9"_s);
    QCOMPARE(bad.error().postId, QString::fromLatin1(Id));

    const auto unknown = parseClientFrame(json("{'type':'dance','ref':'r9','id':'x'}"));
    QCOMPARE(unknown.error().ref, u"r9"_s);
    QCOMPARE(unknown.error().postId, QString());

    const auto longRef = parseClientFrame(json("{'type':'hello','ref':'" + QByteArray(65, 'r') + "'}"));
    QCOMPARE(longRef.error().type, u"hello"_s);
    QCOMPARE(longRef.error().ref, QString());

    const auto longType = parseClientFrame(json("{'type':'" + QByteArray(5'000, 't') + "'}"));
    QCOMPARE(longType.error().type, QString());
}

void tst_ClientFrames::longClientNameIsCut()
{
    const QByteArray face = "\xF0\x9F\x98\x80";
    const auto parsed =
        parseClientFrame(json("{'type':'hello','name':'ana','client':'x" + face.repeated(100) + "'}"));
    QVERIFY(parsed.has_value());
    const QString client = std::get<HelloFrame>(parsed->frame).client;
    QCOMPARE(client.size(), Limits::ClientStringUnits - 1); // not half a face
    QVERIFY(client.back().isLowSurrogate());
}

void tst_ClientFrames::longPageCountsAsTheLongest()
{
    const auto limitOf = [](const QByteArray &limit) {
        const auto parsed = parseClientFrame(json("{'type':'history','room':'a'" + limit + "}"));
        return parsed ? std::get<HistoryFrame>(parsed->frame).limit : -1;
    };
    QCOMPARE(limitOf(",'limit':500"), 500);
    QCOMPARE(limitOf(",'limit':501"), 500);
    QCOMPARE(limitOf(",'limit':9007199254740992"), 500);
    QCOMPARE(limitOf(""), 100);
    QCOMPARE(limitOf(",'limit':null"), 100);
    QCOMPARE(limitOf(",'limit':1"), 1);
}

void tst_ClientFrames::keepsBigNumbersExactly()
{
    for (const qint64 time : {9'007'199'254'740'991LL, 9'007'199'254'740'992LL, -9'007'199'254'740'991LL}) {
        const auto parsed = parseClientFrame("{\"type\":\"time\",\"t1\":" + QByteArray::number(time) + "}");
        QVERIFY(parsed.has_value());
        QCOMPARE(std::get<TimeFrame>(parsed->frame).t1, time);
    }
}

QTEST_GUILESS_MAIN(tst_ClientFrames)
#include "tst_clientframes.moc"
