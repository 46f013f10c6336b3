// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/messagehtml.h"

#include "samplemessages.h"

#include <QRegularExpression>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

QString written(const Message &message, const MessageSurroundings &around = {})
{
    HtmlWriter html;
    MessageHtml::write(html, message, around);
    return QString::fromUtf8(html.take());
}

/// What a reader sees: the markup left out.
QString seen(QString html)
{
    html.remove(QRegularExpression(u"<span class=\"vh\">[^<]*</span>"_s));
    html.replace(QRegularExpression(u"<[^>]*>"_s), u"\u00b6"_s);
    return html.replace(QRegularExpression(u"[\u00b6\\s]+"_s), u" "_s).trimmed();
}

SearchQuery searchFor(const QString &words)
{
    return *SearchQuery::parse(words);
}

} // namespace

class tst_MessageHtml : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysEverything();
    void hostileInput_data();
    void hostileInput();
    void clocks_data();
    void clocks();
    void timesThatNoCalendarHas();
    void groups();
    void references_data();
    void references();
    void replies();
    void texts_data();
    void texts();
    void standsAloneWhenFound();
    void authorsHaveTheirColour();
};

void tst_MessageHtml::saysEverything()
{
    const QString html = written(sampleMessage(42, u"disk alarm"_s));
    QCOMPARE(seen(html),
             u"Monday 23 November 2026 A ana 14:04:07 disk alarm author 14:04:07.000 ● +2 ms ±0.9 ms "
             "daemon 14:04:07.000 ● −0.2 ms ±0.5 ms time API 14:04:07.00 ● 0 µs ±130 ms "
             "NTP 14:04:07.000 ● 0 µs ±0.5 ms #42"_s);
    QVERIFY(html.contains(u"<article class=\"message "_s));
    QVERIFY(html.contains(u" id=\"m42\" aria-label=\"ana, 14:04:07\">"_s));
    QVERIFY(html.contains(u"<time datetime=\"2026-11-23T14:04:07.000000Z\">14:04:07.000</time>"_s));
    QVERIFY(html.contains(u"href=\"/history?room=general&amp;around=42#m42\""_s));
    QVERIFY(html.contains(u"<span class=\"vh\">, fine, </span>"_s)); // not by shape and colour alone
}

void tst_MessageHtml::hostileInput_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("script") << u"<script>alert(1)</script>"_s;
    QTest::newRow("handler") << u"<img src=x onerror=alert(1)>"_s;
    QTest::newRow("end-of-attribute") << u"\" autofocus onfocus=\"alert(1)"_s;
    QTest::newRow("single-quote") << u"' onfocus='alert(1)"_s;
    QTest::newRow("end-of-article") << u"</article></main></body>"_s;
    QTest::newRow("comment") << u"<!--"_s;
    QTest::newRow("cdata") << u"<![CDATA["_s;
    QTest::newRow("style") << u"</p><style>*{display:none}</style>"_s;
    QTest::newRow("entity") << u"&lt;b&gt;"_s;
    QTest::newRow("script-address") << u"javascript:alert(1)"_s;
    QTest::newRow("address-with-quotes") << u"http://a.example/\"onclick=\"alert(1)"_s;
    QTest::newRow("address-with-element") << u"http://a.example/<script>alert(1)</script>"_s;
}

void tst_MessageHtml::hostileInput()
{
    QFETCH(QString, text);
    const SearchQuery search = searchFor(u"alert script onfocus"_s);
    Message message = sampleMessage(1, text, text.left(32));
    message.from.id = text;
    message.stamps.api.source = text;
    message.stamps.local.boot = text;
    MessageSurroundings around;
    around.answered = &message;
    message.replyTo = 1;
    for (const SearchQuery *marked : {static_cast<const SearchQuery *>(nullptr), &search}) {
        around.search = marked;
        const QString html = written(message, around);
        // Nothing but our own elements, with our own attributes.
        static const QRegularExpression element(u"<(/?)([a-z0-9]+)((?: [a-z-]+=\"[^\"<>]*\")*)>"_s);
        QString rest = html;
        rest.remove(element);
        QVERIFY2(!rest.contains(u'<'), qPrintable(html));
        QVERIFY(!rest.contains(u'"'));
        static const QStringList ours{u"article"_s, u"span"_s, u"h2"_s, u"h3"_s, u"bdi"_s, u"time"_s, u"p"_s,
                                      u"a"_s,       u"dl"_s,   u"dt"_s, u"dd"_s, u"div"_s, u"mark"_s};
        auto matches = element.globalMatch(html);
        while (matches.hasNext()) {
            const QRegularExpressionMatch match = matches.next();
            QVERIFY2(ours.contains(match.captured(2)), qPrintable(match.captured(0)));
            QVERIFY2(!match.captured(3).contains(QRegularExpression(u"(^|\") on[a-z]+="_s)),
                     qPrintable(match.captured(0)));
            QVERIFY2(!match.captured(3).contains(u"href=\"javascript"_s), qPrintable(match.captured(0)));
        }
    }
}

void tst_MessageHtml::clocks_data()
{
    QTest::addColumn<Stamps>("stamps");
    QTest::addColumn<QString>("words");
    const Stamps fine = sampleMessage(0, {}).stamps;
    Stamps off = fine;
    off.live.offset = 1'800'123;
    QTest::newRow("off") << off << u"author 14:03:25.000 ▲ −1.80 s ±0.9 ms"_s;
    Stamps unknown = fine;
    unknown.live.offset = unknown.live.bound = std::nullopt;
    QTest::newRow("not-measured") << unknown << u"author 14:03:25.000 ? unknown daemon"_s;
    Stamps liar = fine;
    liar.api.state = StampState::Falseticker;
    *liar.api.t += 5'000'000;
    QTest::newRow("liar") << liar << u"time API 14:03:30.00 ✖ +5.00 s ±130 ms"_s;
    Stamps held = fine;
    held.ntp.state = StampState::Holdover;
    QTest::newRow("held-over") << held << u"NTP 14:03:25.000 ◌ 0 µs ±0.5 ms"_s;
    Stamps none = fine;
    none.api = {};
    QTest::newRow("no-api") << none << u"time API no reading NTP"_s;
    QTest::newRow("nothing") << Stamps()
                             << u"author no reading daemon no reading time API no reading NTP no reading"_s;
}

void tst_MessageHtml::clocks()
{
    QFETCH(Stamps, stamps);
    QFETCH(QString, words);
    Message message = sampleMessage(1, u"x"_s);
    message.stamps = stamps;
    const QString all = seen(written(message));
    QVERIFY2(all.contains(words), qPrintable(all));
}

void tst_MessageHtml::timesThatNoCalendarHas()
{
    Message message = sampleMessage(1, u"x"_s);
    message.stamps.live.t = std::numeric_limits<qint64>::max();
    message.stamps.best.t = std::numeric_limits<qint64>::min();
    const QString html = written(message);
    QVERIFY(!html.contains(u"datetime=\"92233"_s) && !html.contains(u"datetime=\"-"_s));
    QVERIFY(seen(html).contains(u"9223372036854775807 us"_s));
}

void tst_MessageHtml::groups()
{
    const Message first = sampleMessage(1, u"one"_s);
    const Message same = sampleMessage(2, u"two"_s);
    const Message other = sampleMessage(3, u"three"_s, u"luis"_s);
    const Message later = sampleMessage(400, u"four"_s);
    const Message nextDay = sampleMessage(36'000, u"five"_s);
    const auto after = [](const Message &above, const Message &message) {
        MessageSurroundings around;
        around.above = &above;
        return written(message, around);
    };
    QVERIFY(!after(first, same).contains(u"<h3"_s));
    QVERIFY(after(first, same).contains(u"aria-label=\"ana, 14:03:27\""_s)); // said all the same
    QVERIFY(after(first, other).contains(u"<h3"_s));
    QVERIFY(after(first, later).contains(u"<h3"_s));
    QVERIFY(!after(first, later).contains(u"<h2"_s));
    QVERIFY(after(first, nextDay).contains(u"Tuesday 24 November 2026"_s));
}

void tst_MessageHtml::references_data()
{
    QTest::addColumn<BestStamp>("above");
    QTest::addColumn<BestStamp>("best");
    QTest::addColumn<QString>("line");
    const BestStamp fine{SampleTime, 450, StampState::Ok};
    const BestStamp alone{SampleTime, {}, StampState::Unsynced};
    const BestStamp vague{SampleTime, 1'200'000, StampState::Unsynced};
    const BestStamp held{SampleTime, 30'000, StampState::Holdover};
    const QString daemonOnly = u"Skews are against the daemon’s own clock, which nothing confirms."_s;
    QTest::newRow("always-fine") << fine << fine << u""_s;
    QTest::newRow("lost") << fine << alone << daemonOnly;
    QTest::newRow("still-lost") << alone << alone << u""_s;
    QTest::newRow("found-again") << alone << fine << u"The reference is confirmed within ±0.5 ms."_s;
    QTest::newRow("vague") << fine << vague << u"The reference is known no better than ±1.20 s."_s;
    QTest::newRow("held") << fine << held << u"The reference is held over without a fresh sample, ±30 ms."_s;
}

void tst_MessageHtml::references()
{
    QFETCH(BestStamp, above);
    QFETCH(BestStamp, best);
    QFETCH(QString, line);
    Message before = sampleMessage(1, u"one"_s);
    before.stamps.best = above;
    Message message = sampleMessage(2, u"two"_s);
    message.stamps.best = best;
    MessageSurroundings around;
    around.above = &before;
    const QString expected = line.isEmpty() ? QString() : u"<p class=\"reference\">%1</p>"_s.arg(line);
    const QString html = written(message, around);
    QCOMPARE(html.section(u"<article"_s, 0, 0), expected);
    // At the top of a page it is said of whatever is not fine.
    QCOMPARE(written(message).contains(u"class=\"reference\""_s), best.state != StampState::Ok);
}

void tst_MessageHtml::replies()
{
    const Message answered = sampleMessage(41, u"  disk\nalarm  "_s, u"luis"_s);
    Message message = sampleMessage(42, u"ack"_s);
    QVERIFY(!written(message).contains(u"class=\"reply\""_s));
    message.replyTo = 41;
    const QString away = written(message);
    QVERIFY(away.contains(u"<a href=\"/history?room=general&amp;around=41#m41\">message 41</a>"_s));
    MessageSurroundings around;
    around.answered = &answered;
    QVERIFY(written(message, around).contains(u"<a href=\"#m41\"><bdi>luis</bdi> disk alarm</a>"_s));
}

void tst_MessageHtml::texts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("html");
    const QString rel = u"\" rel=\"nofollow noopener noreferrer\">"_s;
    QTest::newRow("plain") << u"disk alarm"_s << u""_s << u"disk alarm"_s;
    QTest::newRow("marked") << u"disk alarm!"_s << u"alarm"_s << u"disk <mark>alarm</mark>!"_s;
    QTest::newRow("folded") << u"Älarm & ALARM"_s << u"alarm"_s
                            << u"<mark>Älarm</mark> &amp; <mark>ALARM</mark>"_s;
    QTest::newRow("beginning") << u"alarms"_s << u"ala*"_s << u"<mark>alarms</mark>"_s;
    QTest::newRow("link") << u"see http://a.example/?b=1&c=2."_s << u""_s
                          << u"see <a href=\"http://a.example/?b=1&amp;c=2"_s + rel +
                                 u"http://a.example/?b=1&amp;c=2</a>."_s;
    QTest::newRow("marked-in-a-link")
        << u"http://a.example/disk now"_s << u"disk"_s
        << u"<a href=\"http://a.example/disk"_s + rel + u"http://a.example/<mark>disk</mark></a> now"_s;
    QTest::newRow("no-link") << u"ftp://a.example data:text/html,x"_s << u""_s
                             << u"ftp://a.example data:text/html,x"_s;
    QTest::newRow("lines") << u"a\n  b"_s << u""_s << u"a\n  b"_s;
}

void tst_MessageHtml::texts()
{
    QFETCH(QString, text);
    QFETCH(QString, words);
    QFETCH(QString, html);
    const SearchQuery search = searchFor(words.isEmpty() ? u"nothing"_s : words);
    HtmlWriter writer;
    MessageHtml::writeText(writer, text, &search);
    QCOMPARE(QString::fromUtf8(writer.take()), html);
}

void tst_MessageHtml::standsAloneWhenFound()
{
    MessageSurroundings around;
    around.isFound = true;
    const QString html = written(sampleMessage(42, u"disk alarm"_s), around);
    QVERIFY(html.startsWith(u"<article"_s));
    QVERIFY(!html.contains(u" id=\"m42\""_s)); // another room has one too
    QVERIFY(seen(html).contains(u"ana 23 November 2026, 14:04:07 # general"_s));
}

void tst_MessageHtml::authorsHaveTheirColour()
{
    QSet<QString> seenClasses;
    for (int i = 0; i < 500; ++i) {
        const QString name = MessageHtml::authorClass(u"u%1"_s.arg(i));
        QVERIFY(QRegularExpression(u"\\Ah([0-9]|1[0-9]|2[0-3])\\z"_s).match(name).hasMatch());
        seenClasses.insert(name);
    }
    QCOMPARE(seenClasses.size(), 24);
    QCOMPARE(MessageHtml::authorClass(u"u7"_s), MessageHtml::authorClass(u"u7"_s));
}

QTEST_APPLESS_MAIN(tst_MessageHtml)
#include "tst_messagehtml.moc"
