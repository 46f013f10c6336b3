// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cli/typedline.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

class tst_TypedLine : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads_data();
    void reads();
};

void tst_TypedLine::reads_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<bool>("isSearch");
    QTest::addColumn<QString>("text");
    QTest::newRow("text") << u"disk alarm"_s << false << u"disk alarm"_s;
    QTest::newRow("search") << u"/search  disk \"x y\" "_s << true << u"disk \"x y\""_s;
    QTest::newRow("nothing-to-search") << u"/search"_s << true << u""_s;
    QTest::newRow("posted-with-a-slash") << u"//search disk"_s << false << u"/search disk"_s;
    QTest::newRow("other-slash") << u"/etc/passwd is readable"_s << false << u"/etc/passwd is readable"_s;
    QTest::newRow("longer-word") << u"/searching"_s << false << u"/searching"_s;
    QTest::newRow("comment") << u"// why"_s << false << u"// why"_s;
    QTest::newRow("not-in-front") << u" /search disk"_s << false << u" /search disk"_s;
    QTest::newRow("slash-alone") << u"/"_s << false << u"/"_s;
}

void tst_TypedLine::reads()
{
    QFETCH(QString, line);
    QFETCH(bool, isSearch);
    QFETCH(QString, text);
    const TypedLine typed = TypedLine::read(line);
    QCOMPARE(typed.isSearch, isSearch);
    QCOMPARE(typed.text, text);
}

QTEST_APPLESS_MAIN(tst_TypedLine)
#include "tst_typedline.moc"
