// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/acceptencoding.h"

#include <QTest>

using namespace Synchat;

class tst_AcceptEncoding : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void codes_data();
    void codes();
};

void tst_AcceptEncoding::codes_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("gzip");
    const auto row = [](const QByteArray &header, bool gzip) {
        QTest::newRow(header.isEmpty() ? "empty" : header.constData()) << header << gzip;
    };
    row("", false);
    row("gzip", true);
    row("GZip", true);
    row("x-gzip", true);
    row("gzip, deflate, br", true);
    row("deflate,br,gzip", true);
    row("br;q=1.0, gzip;q=0.8, *;q=0.1", true);
    row(" gzip ; q=0.5 ", true);
    row("gzip;Q=0.5", true);
    row("gzip;q=1", true);
    row("gzip;q=1.000", true);
    row("gzip;q=0.001", true);
    row("gzip;q=0.", false);
    row("gzip;q=0", false);
    row("gzip;q=0.000", false);
    row("gzip;q=0, *", false);
    row("*", true);
    row("*;q=0", false);
    row("*;q=0, gzip", true);
    row("identity", false);
    row("identity;q=0", false);
    row("identity;q=0.5, gzip", true);
    row("identity, gzip", true);
    row("identity, gzip;q=0.5", false);
    row("identity;q=0.5, *;q=0.4", false);
    row("deflate, br", false);
    row("gzipped", false);
    row("gzip;q=2", false);
    row("gzip;q=1.5", false);
    row("gzip;q=1.001", false);
    row("gzip;q=0.1234", false);
    row("gzip;q=-1", false);
    row("gzip;q=0,5", false);
    row("gzip;q=.5", false);
    row("gzip;q=", false);
    row("gzip;q", false);
    row("gzip;level=9", false);
    row("gzip;q=0.5;x=1", false);
    row(";q=1", false);
    row(",,gzip,,", true);
    row("gzip;q=abc, gzip", true);
    row("gzip deflate", false);
}

void tst_AcceptEncoding::codes()
{
    QFETCH(QByteArray, header);
    QFETCH(bool, gzip);
    QCOMPARE(codingFor(header) == ContentCoding::Gzip, gzip);
}

QTEST_APPLESS_MAIN(tst_AcceptEncoding)
#include "tst_acceptencoding.moc"
