// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/entitytag.h"

#include <QTest>

using namespace Synchat;

class tst_EntityTag : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsContentsAndCodingsApart();
    void names_data();
    void names();
};

void tst_EntityTag::tellsContentsAndCodingsApart()
{
    const QByteArray tag = entityTag("abc", ContentCoding::Identity);
    QCOMPARE(tag, "\"vd2BPGNCOXIxce8_7phXmw\""); // b2sum -l 256, its first 16 bytes
    QCOMPARE(entityTag("abc", ContentCoding::Gzip), "\"vd2BPGNCOXIxce8_7phXmw-gzip\"");
    QVERIFY(entityTag("abd", ContentCoding::Identity) != tag);
    QVERIFY(entityTag("", ContentCoding::Identity) != tag);
}

void tst_EntityTag::names_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("named");
    const auto row = [](const QByteArray &header, bool named) {
        QTest::newRow(header.isEmpty() ? "empty" : header.constData()) << header << named;
    };
    row("", false);
    row("*", true);
    row(" * ", true);
    row("\"x\"", true);
    row("W/\"x\"", true);
    row("w/\"x\"", false);
    row("\"y\"", false);
    row("\"X\"", false);
    row("\"y\", \"x\"", true);
    row("\"y\",W/\"x\"", true);
    row("\"y\" , \"z\" , \"x\"", true);
    row("\"x\", \"y\"", true);
    row("\"a,b\", \"x\"", true);
    row("\"a, \"x\"", false);
    row("x", false);
    row("\"x", false);
    row("*, \"y\"", false);
    row("\"y\", *", false);
    row("\"y\" \"x\"", false);
    row("\"\"", false);
    row(",", false);
}

void tst_EntityTag::names()
{
    QFETCH(QByteArray, header);
    QFETCH(bool, named);
    QCOMPARE(namesTag(header, "\"x\""), named);
}

QTEST_APPLESS_MAIN(tst_EntityTag)
#include "tst_entitytag.moc"
