// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/timereportfile.h"
#include "server/timereportkeeper.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// The number that the report of this folder has; -1: there is none.
qint64 numberIn(const QString &folder)
{
    const auto report = readTimeReport(folder);
    return report ? report->value(u"n"_s).toInteger() : -1;
}

} // namespace

class tst_TimeReportKeeper : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void writesAgainAndAgain();
    void writesAtTheEnd();
    void foldersThatTakeNothing();
    void unreadable_data();
    void unreadable();
};

void tst_TimeReportKeeper::writesAgainAndAgain()
{
    const QTemporaryDir folder;
    qint64 calls = 0;
    const TimeReportKeeper keeper(folder.path(),
                                  [&] {
                                      return QJsonObject{{u"n"_s, ++calls}};
                                  },
                                  {.first = 1ms, .interval = 1ms});
    QTRY_VERIFY(numberIn(folder.path()) >= 3);
}

void tst_TimeReportKeeper::writesAtTheEnd()
{
    const QTemporaryDir folder;
    {
        const TimeReportKeeper keeper(folder.path(), [] { return QJsonObject{{u"n"_s, 7}}; });
        QCOMPARE(numberIn(folder.path()), -1);
    }
    QCOMPARE(numberIn(folder.path()), 7);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{u"time.json"_s});
}

void tst_TimeReportKeeper::foldersThatTakeNothing()
{
    QVERIFY(!writeTimeReport(u"/nowhere/at/all"_s, "{}"));
}

void tst_TimeReportKeeper::unreadable_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("half") << "{\"t\":17"_ba;
    QTest::newRow("a-list") << "[]"_ba;
    QTest::newRow("huge") << "{\"t\":\"" + QByteArray(300'000, 'x') + "\"}";
}

void tst_TimeReportKeeper::unreadable()
{
    QFETCH(QByteArray, content);
    const QTemporaryDir folder;
    QVERIFY(writeTimeReport(folder.path(), content));
    QVERIFY(!readTimeReport(folder.path()));
}

QTEST_GUILESS_MAIN(tst_TimeReportKeeper)
#include "tst_timereportkeeper.moc"
