// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/httpheaders.h"

#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;

class tst_HttpHeaders : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsDates_data();
    void readsDates();
    void readsRetryAfter_data();
    void readsRetryAfter();
};

void tst_HttpHeaders::readsDates_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("date") << QByteArray("Mon, 23 Nov 2026 14:03:25 GMT") << qint64(1795442605);
    QTest::newRow("spaces") << QByteArray(" Mon, 23 Nov 2026 14:03:25 GMT ") << qint64(1795442605);
    QTest::newRow("other-zone") << QByteArray("Mon, 23 Nov 2026 14:03:25 CET") << qint64(-1);
    QTest::newRow("nothing") << QByteArray() << qint64(-1);
}

void tst_HttpHeaders::readsDates()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, seconds);
    QCOMPARE(secondsFromHttpDate(text).value_or(-1), seconds);
}

void tst_HttpHeaders::readsRetryAfter_data()
{
    QTest::addColumn<QByteArray>("retryAfter");
    QTest::addColumn<int>("seconds");
    QTest::newRow("seconds") << QByteArray("120") << 120;
    QTest::newRow("date") << QByteArray("Mon, 23 Nov 2026 14:05:25 GMT") << 120;
    QTest::newRow("past-date") << QByteArray("Mon, 23 Nov 2026 14:00:25 GMT") << -1;
    QTest::newRow("nothing") << QByteArray() << -1;
    QTest::newRow("negative") << QByteArray("-5") << -1;
    QTest::newRow("words") << QByteArray("soon") << -1;
    QTest::newRow("a-year") << QByteArray("31536000") << 86'400;
}

void tst_HttpHeaders::readsRetryAfter()
{
    QFETCH(QByteArray, retryAfter);
    QFETCH(int, seconds);
    const auto wait = readRetryAfter(retryAfter, "Mon, 23 Nov 2026 14:03:25 GMT");
    QCOMPARE(wait.value_or(-1s).count(), std::chrono::seconds::rep(seconds));
}

QTEST_GUILESS_MAIN(tst_HttpHeaders)
#include "tst_httpheaders.moc"
