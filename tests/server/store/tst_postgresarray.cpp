// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/postgresarray.h"

#include <QTest>

#include <limits>

using namespace Synchat;
using namespace Qt::StringLiterals;

class tst_PostgresArray : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void texts_data();
    void texts();
    void numbers();
    void bytes();
    void emptyOne();
};

void tst_PostgresArray::texts_data()
{
    QTest::addColumn<QStringList>("texts");
    QTest::addColumn<QString>("literal");
    const auto row = [](const char *name, const QStringList &texts, const QString &literal) {
        QTest::newRow(name) << texts << literal;
    };
    row("plain", {u"a"_s, u"b c"_s}, uR"({"a","b c"})"_s);
    row("empty", {u""_s}, uR"({""})"_s);
    row("null-string", {QString()}, uR"({""})"_s);
    row("word-null", {u"NULL"_s, u"null"_s}, uR"({"NULL","null"})"_s);
    row("quote", {u"say \"hi\""_s}, uR"({"say \"hi\""})"_s);
    row("apostrophe", {u"don't"_s}, uR"({"don't"})"_s);
    row("backslash", {uR"(a\b\)"_s}, uR"({"a\\b\\"})"_s);
    row("backslash-quote", {uR"(\")"_s}, uR"({"\\\""})"_s);
    row("braces-and-comma", {u"{a,b}"_s, u","_s}, uR"({"{a,b}",","})"_s);
    row("spaces", {u" a "_s, u"\n\t"_s}, u"{\" a \",\"\n\t\"}"_s);
    row("beyond-the-plane", {u"\U0001F570 ñ"_s}, u"{\"\U0001F570 ñ\"}"_s);
    row("placeholder", {u"$1 ? :x %1"_s}, uR"({"$1 ? :x %1"})"_s);
}

void tst_PostgresArray::texts()
{
    QFETCH(QStringList, texts);
    PostgresArray array;
    for (const QString &text : texts)
        array.append(text);
    QTEST(array.literal(), "literal");
}

void tst_PostgresArray::numbers()
{
    PostgresArray array;
    array.append(qint64(0));
    array.append(std::numeric_limits<qint64>::min());
    array.append(std::optional<qint64>());
    array.append(std::optional<qint64>(7));
    QCOMPARE(array.literal(), u"{0,-9223372036854775808,NULL,7}"_s);
}

void tst_PostgresArray::bytes()
{
    PostgresArray array;
    array.append(QByteArray());
    array.append(QByteArray("\0\"\\\xff", 4));
    QCOMPARE(array.literal(), uR"({"\\x","\\x00225cff"})"_s);
}

void tst_PostgresArray::emptyOne()
{
    QCOMPARE(PostgresArray().literal(), u"{}"_s);
}

QTEST_GUILESS_MAIN(tst_PostgresArray)
#include "tst_postgresarray.moc"
