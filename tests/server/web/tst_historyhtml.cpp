// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/historyhtml.h"

#include "samplemessages.h"

#include <QRegularExpression>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

const RoomInfo General{u"general"_s, u"All <b>\"of\"</b> us"_s, false, 2, 100, u"e1"_s};

HistoryShell shellFor(const QString &query, bool canSearch = true)
{
    HistoryShell shell;
    shell.rooms = {General, {u"ops"_s, u""_s, false, 0, 0, u"e2"_s}};
    shell.canSearch = canSearch;
    shell.request = *HistoryRequest::parse(QUrlQuery(query));
    return shell;
}

/// Messages `from` to `to` of a room that holds 11 to 100.
HistoryPage pageOf(qint64 from, qint64 to, const QString &text = u"disk alarm"_s)
{
    HistoryPage page;
    page.room = u"general"_s;
    page.firstSeq = 11;
    page.lastSeq = 100;
    for (qint64 seq = from; seq <= to; ++seq)
        page.messages.append(sampleMessage(seq, text));
    return page;
}

QString roomHtml(const QString &query, const HistoryPage &page, qsizetype maxBytes = Limits::ServerFrameBytes)
{
    return QString::fromUtf8(HistoryHtml::room(shellFor(query), General, page, maxBytes));
}

/// `Oldest=/history?… ` of the first pager.
QStringList linksOf(const QString &html)
{
    const QString pager = html.section(u"<nav"_s, 1, 1).section(u"</nav>"_s, 0, 0);
    static const QRegularExpression link(u"<a href=\"([^\"]*)\"[^>]*>([^<]*)</a>"_s);
    QStringList links;
    auto matches = link.globalMatch(pager);
    while (matches.hasNext()) {
        const auto match = matches.next();
        links << match.captured(2) + u'=' + QString(match.captured(1)).replace(u"&amp;"_s, u"&"_s);
    }
    return links;
}

QList<qint64> seqsIn(const QString &html)
{
    static const QRegularExpression article(u"<article [^>]*id=\"m([0-9]+)\""_s);
    QList<qint64> seqs;
    auto matches = article.globalMatch(html);
    while (matches.hasNext())
        seqs << matches.next().captured(1).toLongLong();
    return seqs;
}

/// Every element is closed, in order, and no id is there twice.
QString problemIn(const QString &html)
{
    static const QStringList lone{u"meta"_s, u"link"_s, u"input"_s};
    static const QRegularExpression element(u"<(/?)([a-z0-9]+)([^<>]*)>"_s);
    static const QRegularExpression id(u" id=\"([^\"]*)\""_s);
    QStringList open;
    QSet<QString> ids;
    auto matches = element.globalMatch(html);
    while (matches.hasNext()) {
        const auto match = matches.next();
        if (const auto found = id.match(match.captured(3)); found.hasMatch()) {
            if (ids.contains(found.captured(1)))
                return u"twice: "_s + found.captured(1);
            ids.insert(found.captured(1));
        }
        if (lone.contains(match.captured(2)))
            continue;
        if (match.captured(1).isEmpty())
            open << match.captured(2);
        else if (open.isEmpty() || open.takeLast() != match.captured(2))
            return match.captured(0);
    }
    return open.join(u' ');
}

} // namespace

class tst_HistoryHtml : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void links_data();
    void links();
    void notices_data();
    void notices();
    void marksWhatWasAskedFor();
    void isCutWhereItWasNotAskedFor_data();
    void isCutWhereItWasNotAskedFor();
    void isWholeHtml_data();
    void isWholeHtml();
    void formsKeepWhatWasTyped();
    void offersNoSearchThatItHasNot();
    void found();
    void foundNothing();
};

void tst_HistoryHtml::links_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<qint64>("from");
    QTest::addColumn<qint64>("to");
    QTest::addColumn<QStringList>("links");
    const QString oldest = u"Oldest=/history?room=general&after=0"_s;
    const QString newest = u"Newest=/history?room=general#end"_s;
    const auto row = [](const char *name, const QString &query, qint64 from, qint64 to,
                        const QStringList &links) { QTest::newRow(name) << query << from << to << links; };
    row("newest", u""_s, 96, 100, {oldest, u"← Older=/history?room=general&before=96#end"_s});
    row("oldest", u"after=0"_s, 11, 15, {u"Newer →=/history?room=general&after=15"_s, newest});
    row("middle", u"around=50"_s, 48, 52,
        {oldest, u"← Older=/history?room=general&before=48#end"_s,
         u"Newer →=/history?room=general&after=52"_s, newest});
    row("everything", u""_s, 11, 100, {u"End of this page ↓=#end"_s});
    row("before-the-first", u"before=11"_s, 1, 0, {oldest, newest});
    row("after-the-last", u"after=100"_s, 1, 0, {oldest, newest});
}

void tst_HistoryHtml::links()
{
    QFETCH(QString, query);
    QFETCH(qint64, from);
    QFETCH(qint64, to);
    QTEST(linksOf(roomHtml(query, pageOf(from, to))), "links");
}

void tst_HistoryHtml::notices_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<HistoryPage>("page");
    QTest::addColumn<QString>("notice");
    HistoryPage empty;
    const auto row = [](const char *name, const QString &query, const HistoryPage &page,
                        const QString &notice) { QTest::newRow(name) << query << page << notice; };
    row("empty-room", u""_s, empty, u"Nothing has been said here yet."_s);
    row("empty-room-around", u"around=5"_s, empty, u"Nothing has been said here yet."_s);
    row("nothing-older", u"before=11"_s, pageOf(1, 0), u"There are no older messages."_s);
    row("nothing-newer", u"after=100"_s, pageOf(1, 0), u"There are no newer messages."_s);
    row("no-such-message", u"around=5000"_s, pageOf(51, 100), u"There is no message 5000 in this room"_s);
    row("later-than-all", u"at=2027-01-01"_s, pageOf(51, 100),
        u"Nothing was written at that time or later"_s);
    row("there-it-is", u"around=60"_s, pageOf(51, 100), u""_s);
    row("newest", u""_s, pageOf(51, 100), u""_s);
}

void tst_HistoryHtml::notices()
{
    QFETCH(QString, query);
    QFETCH(HistoryPage, page);
    QFETCH(QString, notice);
    const QString html = roomHtml(query, page);
    QCOMPARE(html.contains(u"class=\"notice\""_s), !notice.isEmpty());
    QVERIFY2(html.contains(notice), qPrintable(html));
}

void tst_HistoryHtml::marksWhatWasAskedFor()
{
    static const QRegularExpression target(u"class=\"message [^\"]*target\" id=\"m([0-9]+)\""_s);
    const QString around = roomHtml(u"around=60"_s, pageOf(51, 70));
    QCOMPARE(target.match(around).captured(1), u"60"_s);
    QVERIFY(!around.contains(u"id=\"at\""_s));
    const QString at = roomHtml(u"at=%1"_s.arg(SampleTime + 59'500'000), pageOf(51, 70));
    QCOMPARE(target.match(at).captured(1), u"60"_s); // the first one then or later
    QVERIFY(at.contains(u"<span id=\"at\"></span><article"_s));
    QVERIFY(!target.match(roomHtml(u""_s, pageOf(51, 70))).hasMatch());
}

void tst_HistoryHtml::isCutWhereItWasNotAskedFor_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<qint64>("kept");
    QTest::addColumn<bool>("first");
    QTest::addColumn<bool>("last");
    QTest::newRow("newest") << u""_s << qint64(70) << false << true;
    QTest::newRow("before") << u"before=71"_s << qint64(70) << false << true;
    QTest::newRow("after") << u"after=50"_s << qint64(51) << true << false;
    QTest::newRow("around") << u"around=60"_s << qint64(60) << false << false;
    QTest::newRow("around-near-the-end") << u"around=69"_s << qint64(69) << false << true;
}

void tst_HistoryHtml::isCutWhereItWasNotAskedFor()
{
    QFETCH(QString, query);
    QFETCH(qint64, kept);
    QFETCH(bool, first);
    QFETCH(bool, last);
    const HistoryPage page = pageOf(51, 70, QString(1000, u'<'));
    const QString html = roomHtml(query, page, 60'000);
    QVERIFY(html.toUtf8().size() <= 60'000);
    const QList<qint64> seqs = seqsIn(html);
    QVERIFY(seqs.size() > 3 && seqs.size() < 20);
    QVERIFY(seqs.contains(kept));
    QCOMPARE(seqs.constFirst() == 51, first);
    QCOMPARE(seqs.constLast() == 70, last);
    QCOMPARE(seqs.constLast() - seqs.constFirst() + 1, seqs.size());
    // The links go on where the page was cut.
    const QString links = linksOf(html).join(u' ');
    QVERIFY(links.contains(u"before=%1#"_s.arg(seqs.constFirst())));
    QVERIFY(links.contains(u"after=%1"_s.arg(seqs.constLast())));
    QCOMPARE(seqsIn(roomHtml(query, page, 10)).size(), 1); // one always stays
}

void tst_HistoryHtml::isWholeHtml_data()
{
    QTest::addColumn<QByteArray>("html");
    const HistoryShell shell = shellFor(u"q=disk&room="_s);
    QTest::newRow("room") << HistoryHtml::room(shellFor(u"at=0"_s), General, pageOf(51, 100));
    QTest::newRow("empty") << HistoryHtml::room(shellFor(u""_s), General, {});
    QTest::newRow("found") << HistoryHtml::found(
        shell, {{sampleMessage(2, u"<disk>"_s), sampleMessage(2, u"disk"_s)}, u"7"_s});
    QTest::newRow("found-nothing") << HistoryHtml::found(shell, {});
    QTest::newRow("problem") << HistoryHtml::problem(shell, u"<No>"_s, u"\"This\" & that."_s);
}

void tst_HistoryHtml::isWholeHtml()
{
    QFETCH(QByteArray, html);
    const QString text = QString::fromUtf8(html);
    QCOMPARE(problemIn(text), u""_s);
    QVERIFY(text.startsWith(u"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"_s));
    QVERIFY(text.contains(u"</title>"_s) && text.contains(u"<h1>"_s) && text.contains(u"<main "_s));
    // What the Content-Security-Policy would not let through is not there either.
    for (const QString &word : {u"<script"_s, u"<style"_s, u" style="_s, u"javascript:"_s})
        QVERIFY2(!text.contains(word, Qt::CaseInsensitive), qPrintable(word));
}

void tst_HistoryHtml::formsKeepWhatWasTyped()
{
    const QString html = QString::fromUtf8(HistoryHtml::found(
        shellFor(u"room=ops&q=%22%3E%3Cb%3E+x&from=Ana&since=2026-11-23&until=2026-11-24"_s), {}));
    QVERIFY(html.contains(u"name=\"q\" value=\"&quot;&gt;&lt;b&gt; x\""_s));
    QVERIFY(html.contains(u"name=\"from\" value=\"Ana\""_s));
    QVERIFY(html.contains(u"name=\"since\" value=\"2026-11-23\""_s));
    QVERIFY(html.contains(u"name=\"until\" value=\"2026-11-24\""_s));
    QVERIFY(html.contains(u"<details open=\"\">"_s));
    QCOMPARE(html.count(u"<option value=\"ops\" selected=\"\">"_s), 2);
    const QString everywhere = QString::fromUtf8(HistoryHtml::found(shellFor(u"q=x&room="_s), {}));
    QVERIFY(everywhere.contains(u"<option value=\"\" selected=\"\">"_s));
    QVERIFY(everywhere.contains(u"<details>"_s));
    QVERIFY(everywhere.contains(u"general – All &lt;b&gt;&quot;of&quot;&lt;/b&gt; us"_s));
}

void tst_HistoryHtml::offersNoSearchThatItHasNot()
{
    const HistoryPage page = pageOf(51, 52);
    QVERIFY(!HistoryHtml::room(shellFor(u""_s, false), General, page).contains("role=\"search\""));
    QVERIFY(HistoryHtml::room(shellFor(u""_s, true), General, page).contains("role=\"search\""));
}

void tst_HistoryHtml::found()
{
    const FoundFrame first{{sampleMessage(60, u"disk alarm"_s), sampleMessage(7, u"no disk"_s)}, u"17"_s};
    const QString html =
        QString::fromUtf8(HistoryHtml::found(shellFor(u"room=general&q=disk+%26&from=ana"_s), first));
    QCOMPARE(html.count(u"<mark>disk</mark>"_s), 2);
    QVERIFY(html.indexOf(u"#60"_s) < html.indexOf(u"#7<"_s)); // newest first, as found
    QCOMPARE(linksOf(html),
             QStringList(u"Older results →=/history?room=general&q=disk%20%26&from=ana&cursor=17"_s));
    const QString next = QString::fromUtf8(
        HistoryHtml::found(shellFor(u"q=disk&cursor=17"_s), {{sampleMessage(3, u"disk"_s)}, {}}));
    QCOMPARE(linksOf(next), QStringList(u"Newest results=/history?q=disk"_s));
}

void tst_HistoryHtml::foundNothing()
{
    const QString html = QString::fromUtf8(HistoryHtml::found(shellFor(u"q=disk"_s), {}));
    QVERIFY(html.contains(u"Nothing was found."_s));
    const QString end = QString::fromUtf8(HistoryHtml::found(shellFor(u"q=disk&cursor=9"_s), {}));
    QVERIFY(end.contains(u"That was all."_s));
    for (const QString &query : {u"q=disk"_s, u"q=disk&cursor=99"_s}) {
        const QString timeWasUp = QString::fromUtf8(HistoryHtml::found(shellFor(query), {{}, u"17"_s}));
        QVERIFY(timeWasUp.contains(u"Nothing was found so far, but"_s));
        QVERIFY(!timeWasUp.contains(u"Nothing was found."_s) && !timeWasUp.contains(u"That was all."_s));
        QCOMPARE(linksOf(timeWasUp).constLast(), u"Search on →=/history?q=disk&cursor=17"_s);
    }
}

QTEST_APPLESS_MAIN(tst_HistoryHtml)
#include "tst_historyhtml.moc"
