// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/historystart.h"
#include "tests/server/shipping/memorystore.h"
#include "tests/server/store/historyfixture.h"
#include "tests/support/programs.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

using namespace Synchat;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Never gets round to an answer.
class SilentStore : public MemoryStore
{
public:
    using MemoryStore::MemoryStore;
    void prepare(Answer<StoreDone>) override {}
};

/// Messages that wait for a bridge, before a start with `commit = bridge`.
class Waiting
{
public:
    explicit Waiting(int messages)
    {
        fixture.config().ships = true;
        if (!fixture.open())
            return;
        for (int i = 0; i < messages; ++i)
            fixture.append(sampleMessage(QString::number(i)));
        (void)fixture.waitForAnswers(messages);
        fixture.close();
        config.store = fixture.config();
        config.store.waitsForBridge = true;
        config.bridge.address = *BridgeAddress::parse(u"http://127.0.0.1:9/synchat/messages"_s);
    }

    /// Starts, until it is ready or has failed. True: ready.
    template <typename Store>
    bool start()
    {
        HistoryStart start(clock, config, [this] { return std::make_unique<Store>(bridge); });
        QSignalSpy ready(&start, &HistoryStart::ready);
        QSignalSpy failed(&start, &HistoryStart::failed);
        start.start();
        (void)waitUntil([&] { return !ready.isEmpty() || !failed.isEmpty(); });
        if (!failed.isEmpty())
            problem = failed.constFirst().constFirst().toString();
        return !ready.isEmpty();
    }

    SystemClock clock;
    HistoryFixture fixture;
    MemoryBridge bridge;
    Config config;
    QString problem;
};

} // namespace

/// What is done before the daemon serves; taking back itself is tst_takeback's.
class tst_HistoryStart : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sendsWhatWaits();
    void staysWithABridgeThatIsSlow();
    void saysWhyNot_data();
    void saysWhyNot();
};

void tst_HistoryStart::sendsWhatWaits()
{
    Waiting waiting(5);
    QVERIFY2(waiting.start<MemoryStore>(), qPrintable(waiting.problem));
    QCOMPARE(waiting.bridge.messages.size(), 5);
}

/// It takes longer in all than it may be silent, and is never silent for so long.
void tst_HistoryStart::staysWithABridgeThatIsSlow()
{
    Waiting waiting(30);
    waiting.config.shipping.takeBackPatience = 2s;
    waiting.bridge.fault = [](const QList<QByteArray> &documents) -> std::optional<StoreFailure> {
        if (documents.size() > 1)
            return StoreFailure{StoreFailure::Kind::TooLarge, u"One at a time."_s, std::nullopt};
        QThread::msleep(100);
        return std::nullopt;
    };
    QElapsedTimer timer;
    timer.start();
    QVERIFY2(waiting.start<MemoryStore>(), qPrintable(waiting.problem));
    QVERIFY(timer.elapsed() > 2000);
    QCOMPARE(waiting.bridge.messages.size(), 30);
}

void tst_HistoryStart::saysWhyNot_data()
{
    QTest::addColumn<bool>("isSilent");
    QTest::addColumn<QString>("words");
    QTest::newRow("silent") << true << u"It has taken none for 1 s."_s;
    QTest::newRow("refuses") << false << u"It is not there."_s;
}

void tst_HistoryStart::saysWhyNot()
{
    QFETCH(bool, isSilent);
    QFETCH(QString, words);
    Waiting waiting(1);
    waiting.config.shipping.takeBackPatience = 1s;
    waiting.bridge.fault = [](const QList<QByteArray> &) {
        return std::optional(
            StoreFailure{StoreFailure::Kind::Retryable, u"It is not there."_s, std::nullopt});
    };
    QVERIFY(!(isSilent ? waiting.start<SilentStore>() : waiting.start<MemoryStore>()));
    QVERIFY2(waiting.problem.contains(words), qPrintable(waiting.problem));
    QVERIFY2(waiting.problem.contains(u"commit = bridge"_s), qPrintable(waiting.problem));
}

QTEST_GUILESS_MAIN(tst_HistoryStart)
#include "tst_historystart.moc"
