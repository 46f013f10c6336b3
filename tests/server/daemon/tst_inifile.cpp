// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/inifile.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

class tst_IniFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
};

void tst_IniFile::reads_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("value"); // of the only entry, [net] port; null: no entry
    QTest::addColumn<int>("line");
    const auto row = [](const char *name, const QByteArray &content, const QString &value, int line) {
        QTest::newRow(name) << content << value << line;
    };
    row("empty", "", {}, 0);
    row("blank-lines", "\n \t\n\n", {}, 0);
    row("comments", "# one\n; two\n  # three\n", {}, 0);
    row("section-alone", "[net]\n", {}, 0);
    row("plain", "[net]\nport=8737\n", u"8737"_s, 2);
    row("spaces", "  [ net ]  \n  port  =  8737  \n", u"8737"_s, 2);
    row("no-newline-at-end", "[net]\nport=8737", u"8737"_s, 2);
    row("windows-lines", "[net]\r\nport=8737\r\n", u"8737"_s, 2);
    row("byte-order-mark", "\xef\xbb\xbf[net]\nport=8737\n", u"8737"_s, 2);
    row("section-twice", "[net]\n[chat]\n[net]\nport=1\n", u"1"_s, 4);
    row("empty-value", "[net]\nport=\n", u""_s, 2);
    row("equals-in-value", "[net]\nport=a=b\n", u"a=b"_s, 2);
    row("hash-in-value", "[net]\nport=a # b\n", u"a # b"_s, 2);
    row("quotes", "[net]\nport=\"  a  \"\n", u"  a  "_s, 2);
    row("one-quote", "[net]\nport=\"\n", u"\""_s, 2);
    row("utf-8", "[net]\nport=\xc3\xb1\n", u"ñ"_s, 2);
}

void tst_IniFile::reads()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, value);
    QFETCH(int, line);
    const auto entries = parseIni(content);
    QVERIFY(entries);
    if (line == 0) {
        QVERIFY(entries->isEmpty());
        return;
    }
    QCOMPARE(*entries, (QList<IniEntry>{{u"net"_s, u"port"_s, value, line}}));
}

void tst_IniFile::refuses_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("line");
    QTest::newRow("no-equals") << QByteArray("[net]\nport\n") << 2;
    QTest::newRow("no-key") << QByteArray("[net]\n\n=1\n") << 3;
    QTest::newRow("before-section") << QByteArray("port=1\n[net]\n") << 1;
    QTest::newRow("open-bracket") << QByteArray("[net\nport=1\n") << 1;
    QTest::newRow("after-bracket") << QByteArray("[net] x\n") << 1;
    QTest::newRow("empty-section") << QByteArray("[]\n") << 1;
    QTest::newRow("one-bracket") << QByteArray("[") << 1;
    QTest::newRow("upper-case-section") << QByteArray("[Net]\n") << 1;
    QTest::newRow("upper-case-key") << QByteArray("[net]\nPort=1\n") << 2;
    QTest::newRow("dash-in-key") << QByteArray("[store]\ndata-dir=/x\n") << 2;
    QTest::newRow("key-twice") << QByteArray("[net]\nport=1\n[chat]\nname=x\n[net]\nport=2\n") << 6;
    QTest::newRow("not-utf-8") << QByteArray("[net]\nport=\xff\n") << 1;
    QTest::newRow("nul") << QByteArray("[net]\nport=1\0\n", 13) << 1;
}

void tst_IniFile::refuses()
{
    QFETCH(QByteArray, content);
    const auto entries = parseIni(content);
    QVERIFY(!entries);
    QTEST(entries.error().line, "line");
    QVERIFY(entries.error().reason.endsWith(u'.'));
}

QTEST_APPLESS_MAIN(tst_IniFile)
#include "tst_inifile.moc"
