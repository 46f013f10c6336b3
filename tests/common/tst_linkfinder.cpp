// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/linkfinder.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;

class tst_LinkFinder : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void finds_data();
    void finds();
};

void tst_LinkFinder::finds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("links");
    QTest::newRow("none") << u"no link here, http only as a word"_s << QStringList();
    QTest::newRow("alone") << u"http://example.org"_s << QStringList{u"http://example.org"_s};
    QTest::newRow("secure-with-path")
        << u"see https://a.example/b?c=d#e now"_s << QStringList{u"https://a.example/b?c=d#e"_s};
    QTest::newRow("full-stop") << u"It is https://a.example/b."_s << QStringList{u"https://a.example/b"_s};
    QTest::newRow("in-brackets") << u"(https://a.example/b)"_s << QStringList{u"https://a.example/b"_s};
    QTest::newRow("own-brackets") << u"https://a.example/b_(c)"_s
                                  << QStringList{u"https://a.example/b_(c)"_s};
    QTest::newRow("in-angles") << u"<https://a.example>"_s << QStringList{u"https://a.example"_s};
    QTest::newRow("two") << u"http://a.example, http://b.example!"_s
                         << QStringList{u"http://a.example"_s, u"http://b.example"_s};
    QTest::newRow("capitals") << u"HTTPS://A.EXAMPLE/b"_s << QStringList{u"HTTPS://A.EXAMPLE/b"_s};
    QTest::newRow("port") << u"http://127.0.0.1:8737/ is up"_s << QStringList{u"http://127.0.0.1:8737/"_s};
    QTest::newRow("inside-a-word") << u"xhttp://a.example"_s << QStringList();
    QTest::newRow("other-schemes") << u"file:///etc/passwd javascript:alert(1) ftp://a.example"_s
                                   << QStringList();
    QTest::newRow("no-host") << u"http:// and https:///x"_s << QStringList();
    QTest::newRow("bidi-override-ends-it")
        << u"http://a.example/\u202Egpj.exe"_s << QStringList{u"http://a.example/"_s};
    QTest::newRow("second-line") << u"a\nhttp://a.example\nb"_s << QStringList{u"http://a.example"_s};
}

void tst_LinkFinder::finds()
{
    QFETCH(QString, text);
    QStringList found;
    for (const TextLink &link : findLinks(text)) {
        found << text.sliced(link.start, link.length);
        QVERIFY(link.url.scheme() == "http"_L1 || link.url.scheme() == "https"_L1);
        QVERIFY(!link.url.host().isEmpty());
    }
    QTEST(found, "links");
}

QTEST_APPLESS_MAIN(tst_LinkFinder)
#include "tst_linkfinder.moc"
