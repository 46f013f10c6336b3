// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/httpsourceentry.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;
using namespace std::chrono_literals;

class tst_HttpSourceEntry : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsAPlainAddress();
    void readsAPlace();
    void readsTheDateHeader();
    void refuses_data();
    void refuses();
};

void tst_HttpSourceEntry::readsAPlainAddress()
{
    const auto entry = HttpSourceEntry::parse(u" https://time.example/api?zone=UTC "_s);
    QVERIFY(entry);
    QCOMPARE(entry->url, QUrl(u"https://time.example/api?zone=UTC"_s));
    QCOMPARE(entry->reading, HttpSourceEntry::Reading::ByShape);
    QVERIFY(!entry->error);
}

void tst_HttpSourceEntry::readsAPlace()
{
    const auto entry =
        HttpSourceEntry::parse(u"http://time.example/  format=unix-ms   json=/a~1b/0/ error=5ms"_s);
    QVERIFY(entry);
    QCOMPARE(entry->reading, HttpSourceEntry::Reading::Pointer);
    QCOMPARE(entry->pointer, (QStringList{u"a/b"_s, u"0"_s, QString(u""_s)}));
    QCOMPARE(entry->format, HttpTimeFormat::UnixMillis);
    QCOMPARE(entry->error, std::optional<Nanos>(5ms));
}

void tst_HttpSourceEntry::readsTheDateHeader()
{
    const auto entry = HttpSourceEntry::parse(u"https://www.example/ date error=0ms"_s);
    QVERIFY(entry);
    QCOMPARE(entry->reading, HttpSourceEntry::Reading::DateHeader);
    QCOMPARE(entry->error, std::optional<Nanos>(0ms));
}

void tst_HttpSourceEntry::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("said");
    const auto row = [](const char *text, const char *said) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(said);
    };
    row("", "web address");
    row("time.example", "web address");
    row("ftp://a/b", "web address");
    row("http:///a", "web address");
    row("https://a/ json=", "no place");
    row("https://a/ json=data", "no place");
    row("https://a/ json=/a~2", "no place");
    row("https://a/ json=/a format=seconds", "a format is one of");
    row("https://a/ format=iso", "needs a place");
    row("https://a/ date json=/a", "not both");
    row("https://a/ date date", "twice");
    row("https://a/ json=/a json=/b", "twice");
    row("https://a/ error=5", "an error is written");
    row("https://a/ error=60001ms", "an error is written");
    row("https://a/ error=-1ms", "an error is written");
    row("https://a/ quickly", "is none of");
    row("https://a/ DATE", "is none of");
}

void tst_HttpSourceEntry::refuses()
{
    QFETCH(QString, text);
    QFETCH(QString, said);
    const auto entry = HttpSourceEntry::parse(text);
    QVERIFY(!entry);
    QVERIFY2(entry.error().contains(u'"' + text + u'"'), qPrintable(entry.error()));
    QVERIFY2(entry.error().contains(said), qPrintable(entry.error()));
    QVERIFY(entry.error().endsWith(u'.'));
}

QTEST_APPLESS_MAIN(tst_HttpSourceEntry)
#include "tst_httpsourceentry.moc"
