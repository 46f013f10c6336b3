// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/delivery.h"

#include "server/web/entitytag.h"
#include "server/web/gzip.h"
#include "server/web/httpanswers.h"

#include <QTest>

#include <zlib.h>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

QByteArray unzipped(const QByteArray &bytes)
{
    QByteArray in = bytes;
    QByteArray out(4 * 1024 * 1024, '\0');
    z_stream stream{};
    inflateInit2(&stream, 15 + 16);
    stream.next_in = reinterpret_cast<Bytef *>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const bool whole = inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0;
    out.truncate(static_cast<qsizetype>(stream.total_out));
    inflateEnd(&stream);
    return whole ? out : QByteArray("not gzip");
}

QByteArray headerOf(const HttpResponse &response, const QByteArray &wanted)
{
    for (const auto &[name, value] : response.headers) {
        if (name == wanted)
            return value;
    }
    return {};
}

HttpResponse json(qsizetype bytes, Caching caching = Caching::Revalidate)
{
    HttpResponse response = jsonAnswer({}, caching);
    response.body = QByteArray(bytes, 'x');
    return response;
}

const DeliveryTerms Gzip{ContentCoding::Gzip, {}};

} // namespace

class tst_Delivery : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsTerms();
    void gzips_data();
    void gzips();
    void gzipsWhatItWasGiven_data();
    void gzipsWhatItWasGiven();
    void tags();
    void notModified_data();
    void notModified();
};

void tst_Delivery::readsTerms()
{
    HttpRequest request;
    request.headers = {{"accept-encoding", "br"},
                       {"if-none-match", "\"a\""},
                       {"accept-encoding", "gzip"},
                       {"if-none-match", "\"b\""}};
    const DeliveryTerms terms = DeliveryTerms::of(request);
    QCOMPARE(terms.coding, ContentCoding::Gzip);
    QCOMPARE(terms.ifNoneMatch, "\"a\", \"b\"");
    QCOMPARE(DeliveryTerms::of({}).coding, ContentCoding::Identity);
}

void tst_Delivery::gzips_data()
{
    QTest::addColumn<HttpResponse>("answer");
    QTest::addColumn<bool>("pays");
    HttpResponse picture = json(5000);
    picture.contentType = "image/png";
    HttpResponse problem = problemAnswer(404, QString(2000, u'x'));
    QTest::newRow("json") << json(5000) << true;
    QTest::newRow("text") << textAnswer(QByteArray(5000, 'x')) << true;
    QTest::newRow("problem") << problem << true;
    QTest::newRow("just-enough") << json(1024) << true;
    QTest::newRow("too-little") << json(1023) << false;
    QTest::newRow("nothing") << json(0) << false;
    QTest::newRow("picture") << picture << false;
}

void tst_Delivery::gzips()
{
    QFETCH(HttpResponse, answer);
    QFETCH(bool, pays);
    const HttpResponse zipped = delivered(answer, Gzip);
    const HttpResponse plain = delivered(answer, {});
    QCOMPARE(headerOf(zipped, "Content-Encoding"), pays ? QByteArray("gzip") : QByteArray());
    QCOMPARE(headerOf(plain, "Content-Encoding"), QByteArray());
    // A cache that has one must know that there is another, whichever it got.
    for (const HttpResponse &response : {zipped, plain})
        QCOMPARE(headerOf(response, "Vary"), pays ? QByteArray("Accept-Encoding") : QByteArray());
    QCOMPARE(zipped.status, answer.status);
    QCOMPARE(plain.body, answer.body);
    QCOMPARE(pays ? unzipped(zipped.body) : zipped.body, answer.body);
    QCOMPARE(zipped.body.size() < answer.body.size(), pays);
}

void tst_Delivery::gzipsWhatItWasGiven_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QByteArray noise;
    quint32 state = 1;
    for (int i = 0; i < 1'000'000; ++i) {
        state = state * 1'664'525U + 1'013'904'223U;
        noise.append(static_cast<char>(state >> 24));
    }
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("one") << QByteArray("x");
    QTest::newRow("what-does-not-shrink") << noise;
    QTest::newRow("what-shrinks-well") << QByteArray(1024 * 1024, 'x');
}

void tst_Delivery::gzipsWhatItWasGiven()
{
    QFETCH(QByteArray, bytes);
    const QByteArray zipped = gzipped(bytes);
    QVERIFY(unzipped(zipped) == bytes);
    QCOMPARE(gzipped(bytes), zipped); // no time in it: a tag stands for it
}

void tst_Delivery::tags()
{
    const HttpResponse answer = json(5000);
    QCOMPARE(headerOf(delivered(answer, {}), "ETag"), entityTag(answer.body, ContentCoding::Identity));
    QCOMPARE(headerOf(delivered(answer, Gzip), "ETag"), entityTag(answer.body, ContentCoding::Gzip));
    // What is not coded has one tag, whoever asks.
    QCOMPARE(headerOf(delivered(json(10), Gzip), "ETag"), headerOf(delivered(json(10), {}), "ETag"));
    QVERIFY(!headerOf(delivered(json(10, Caching::Forever), {}), "ETag").isEmpty());
    QCOMPARE(headerOf(delivered(json(10, Caching::Never), {}), "ETag"), QByteArray());
    QCOMPARE(headerOf(delivered(problemAnswer(404, u"x."_s), {}), "ETag"), QByteArray());
}

void tst_Delivery::notModified_data()
{
    QTest::addColumn<HttpResponse>("answer");
    QTest::addColumn<ContentCoding>("coding");
    QTest::addColumn<QByteArray>("ifNoneMatch");
    QTest::addColumn<int>("status");
    const HttpResponse answer = json(5000);
    const QByteArray plain = entityTag(answer.body, ContentCoding::Identity);
    const QByteArray gzip = entityTag(answer.body, ContentCoding::Gzip);
    const auto row = [](const char *name, const HttpResponse &given, ContentCoding coding,
                        const QByteArray &header,
                        int status) { QTest::newRow(name) << given << coding << header << status; };
    row("none-given", answer, ContentCoding::Identity, "", 200);
    row("the-same", answer, ContentCoding::Identity, plain, 304);
    row("any", answer, ContentCoding::Identity, "*", 304);
    row("one-of-a-list", answer, ContentCoding::Identity, "\"a\", W/" + plain, 304);
    row("another", answer, ContentCoding::Identity, "\"a\"", 200);
    row("the-same-gzipped", answer, ContentCoding::Gzip, gzip, 304);
    row("plain-when-gzip-is-sent", answer, ContentCoding::Gzip, plain, 200);
    row("gzip-when-plain-is-sent", answer, ContentCoding::Identity, gzip, 200);
    row("not-kept", json(5000, Caching::Never), ContentCoding::Identity, "*", 200);
    row("problem", problemAnswer(404, u"x."_s), ContentCoding::Identity, "*", 404);
}

void tst_Delivery::notModified()
{
    QFETCH(HttpResponse, answer);
    QFETCH(ContentCoding, coding);
    QFETCH(QByteArray, ifNoneMatch);
    QFETCH(int, status);
    const HttpResponse response = delivered(answer, {coding, ifNoneMatch});
    QCOMPARE(response.status, status);
    if (status != 304)
        return;
    QVERIFY(response.body.isEmpty());
    const HttpResponse whole = delivered(answer, {coding, {}});
    for (const char *name : {"ETag", "Cache-Control", "Vary"}) // RFC 9110 §15.4.5
        QCOMPARE(headerOf(response, name), headerOf(whole, name));
    QVERIFY(headerOf(response, "Content-Encoding").isEmpty());
}

QTEST_APPLESS_MAIN(tst_Delivery)
#include "tst_delivery.moc"
