// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/store/historyfixture.h"

#include <QProcess>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

/// A program that is killed while it stores: whatever it said was committed is there afterwards.
class tst_HistoryCrash : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void killedInTheMiddle_data();
    void killedInTheMiddle();

private:
    /// Runs the load until it has said about so many, kills it, and takes what it said.
    QMap<qint64, QByteArray> runAndKill(const HistoryFixture &fixture, int batch, int untilLines);
};

QMap<qint64, QByteArray> tst_HistoryCrash::runAndKill(const HistoryFixture &fixture, int batch,
                                                      int untilLines)
{
    QProcess load;
    load.start(QStringLiteral(STORELOAD), {fixture.dataDir(), QString::number(batch), fixture.databaseUrl()});
    QByteArray said;
    while (said.count('\n') < untilLines && load.waitForReadyRead(20000))
        said += load.readAllStandardOutput();
    load.kill();
    load.waitForFinished();
    said += load.readAllStandardOutput();

    QMap<qint64, QByteArray> acknowledged;
    const QList<QByteArray> lines = said.first(said.lastIndexOf('\n') + 1).split('\n');
    for (const QByteArray &line : lines) {
        if (!line.isEmpty())
            acknowledged.insert(line.split(' ').at(0).toLongLong(), line.split(' ').at(1));
    }
    return acknowledged;
}

void tst_HistoryCrash::killedInTheMiddle_data()
{
    QTest::addColumn<int>("batch");
    QTest::newRow("one-by-one") << 1;
    QTest::newRow("small-batches") << 16;
    QTest::newRow("large-batches") << 512;
}

void tst_HistoryCrash::killedInTheMiddle()
{
    QFETCH(int, batch);
    HistoryFixture fixture;
    QMap<qint64, QByteArray> acknowledged;
    for (int round = 0; round < 4; ++round) {
        const auto said = runAndKill(fixture, batch, 150 + 397 * round);
        QVERIFY(!said.isEmpty());
        acknowledged.insert(said);
        QVERIFY2(fixture.open(), qPrintable(fixture.error())); // the lock went with the process
        const QList<Message> stored = fixture.all();
        QCOMPARE_GE(stored.size(), acknowledged.lastKey());
        for (qsizetype i = 0; i < stored.size(); ++i)
            QCOMPARE(stored.at(i).seq, i + 1);
        for (auto each = acknowledged.cbegin(); each != acknowledged.cend(); ++each)
            QCOMPARE(stored.at(each.key() - 1).id.toByteArray(), each.value());
        fixture.close();
    }
}

QTEST_GUILESS_MAIN(tst_HistoryCrash)
#include "tst_historycrash.moc"
