// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/htmlwriter.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

class tst_HtmlWriter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void escapes_data();
    void escapes();
    void nests();
    void leavesOutNullAttributes();
};

void tst_HtmlWriter::escapes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("escaped");
    const auto row = [](const char *name, const QString &text, const QByteArray &escaped) {
        QTest::newRow(name) << text << escaped;
    };
    row("plain", u"disk alarm"_s, "disk alarm");
    row("empty", u""_s, "");
    row("element", u"<script>alert(1)</script>"_s, "&lt;script&gt;alert(1)&lt;/script&gt;");
    row("end-of-the-attribute", u"\" onmouseover=\"x"_s, "&quot; onmouseover=&quot;x");
    row("single-quotes", u"' onmouseover='x"_s, "&#39; onmouseover=&#39;x");
    row("entity", u"&lt;&#60;&amp"_s, "&amp;lt;&amp;#60;&amp;amp");
    row("comment", u"--><!-- ]]>"_s, "--&gt;&lt;!-- ]]&gt;");
    row("nul", u"a\0b"_s, "a&#65533;b");
    row("return", u"a\r\nb"_s, "a&#13;\nb");
    row("umlaut", u"ä"_s, "\xc3\xa4");
    row("beyond-the-basic-plane", u"😀"_s, "\xf0\x9f\x98\x80");
    row("lone-surrogate", QString(QChar(0xd83d)), "?");
    row("only-escapes", u"<<>>"_s, "&lt;&lt;&gt;&gt;");
}

void tst_HtmlWriter::escapes()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, escaped);
    HtmlWriter html;
    html.element("p"_L1, {{"title"_L1, text}}, text);
    QCOMPARE(html.take(), "<p title=\"" + escaped + "\">" + escaped + "</p>");
    html.open("p"_L1);
    html.text(text);
    html.close();
    QCOMPARE(html.take(), "<p>" + escaped + "</p>");
}

void tst_HtmlWriter::nests()
{
    HtmlWriter html;
    html.doctype();
    html.open("html"_L1, {{"lang"_L1, u"en"_s}});
    html.open("body"_L1);
    html.lone("input"_L1, {{"name"_L1, u"q"_s}});
    html.close();
    html.close();
    html.newLine();
    const QByteArray expected = "<!DOCTYPE html>\n<html lang=\"en\"><body><input name=\"q\"></body></html>\n";
    QCOMPARE(html.size(), expected.size());
    QCOMPARE(html.take(), expected);
    QCOMPARE(html.size(), 0);
}

void tst_HtmlWriter::leavesOutNullAttributes()
{
    HtmlWriter html;
    html.lone("option"_L1, {{"value"_L1, u""_s}, {"selected"_L1, QString()}});
    QCOMPARE(html.take(), "<option value=\"\">");
}

QTEST_APPLESS_MAIN(tst_HtmlWriter)
#include "tst_htmlwriter.moc"
