// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/chatclient.h"
#include "client/core/historyexport.h"
#include "client/core/searchsession.h"
#include "tests/support/programs.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

const QString general = u"general"_s;
constexpr int Said = 700;

} // namespace

/// What a client reads of a real daemon's history: gaps, places, searches, exports.
class tst_ReadHistory : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void fillsGapsAroundAPlace();
    void findsATime();
    void searchesPageByPage();
    void exportsAll();

private:
    RoomModel &model() { return *m_reader->roomModel(general); }

    QTemporaryDir m_dir;
    std::unique_ptr<DaemonProcess> m_daemon;
    SystemClock m_clock;
    std::unique_ptr<ChatClient> m_reader;
};

void tst_ReadHistory::initTestCase()
{
    m_daemon = std::make_unique<DaemonProcess>(m_dir.path());
    m_daemon->setEnvironment(u"SYNCHAT_CHAT_RATE_PER_SECOND"_s, u"0"_s);
    QVERIFY(m_daemon->start());
    const QUrl url(m_daemon->url());
    ChatClient writer(m_clock, {url, *UserName::parse(u"luis"_s), u"test"_s, {}});
    writer.join(RoomName::general());
    writer.start();
    QTRY_VERIFY_WITH_TIMEOUT(writer.isJoined(general), 20'000);
    for (int i = 1; i <= Said; ++i) {
        QTRY_VERIFY(!writer.outboxFull());
        QVERIFY(writer.post(general, i % 7 == 0 ? u"Die Nädel %1"_s.arg(i) : u"hay %1"_s.arg(i), {}));
    }
    QTRY_COMPARE_WITH_TIMEOUT(writer.waitingToSend(), 0, 60'000);
    m_reader =
        std::make_unique<ChatClient>(m_clock, ClientConfig{url, *UserName::parse(u"ana"_s), u"test"_s, {}});
    m_reader->join(RoomName::general());
    m_reader->start();
    QTRY_COMPARE_WITH_TIMEOUT(model().lastSeq(), Said, 20'000);
}

void tst_ReadHistory::fillsGapsAroundAPlace()
{
    QSignalSpy found(m_reader.get(), &ChatClient::placeFound);
    m_reader->findSeq(general, 200);
    QTRY_COMPARE(found.size(), 1);
    QCOMPARE(found.constFirst().constLast().toLongLong(), 200);
    QVERIFY(model().rowOfSeq(199) >= 0 && model().rowOfSeq(201) >= 0);
    for (int step = 0; model().rowCount() < Said; ++step) {
        QVERIFY(step < 20);
        const int row = model().row(0).isGap() ? 0 : model().gapRowOf(model().lastSeq() - 101);
        QVERIFY(row >= 0);
        const RoomRow gap = model().row(row);
        m_reader->loadGap(general, gap.gapFrom, gap.gapTo, step % 2 == 0 ? GapEnd::Newer : GapEnd::Older);
        QTRY_VERIFY(model().gapRowOf(gap.gapFrom) < 0 || model().gapRowOf(gap.gapTo) < 0 ||
                    model().row(model().gapRowOf(gap.gapFrom)).gapSize() < gap.gapSize());
    }
    for (int row = 0; row < Said; ++row)
        QCOMPARE(model().row(row).message.seq, row + 1);
}

void tst_ReadHistory::findsATime()
{
    QSignalSpy found(m_reader.get(), &ChatClient::placeFound);
    const Message &wanted = model().row(model().rowOfSeq(350)).message;
    m_reader->findTime(general, *wanted.stamps.best.t);
    QTRY_COMPARE(found.size(), 1);
    const Message &shown = model().row(model().rowOfSeq(found.constLast().constLast().toLongLong())).message;
    QCOMPARE(shown.stamps.best.t, wanted.stamps.best.t); // a batch of posts may have one time
    m_reader->findTime(general, 0);
    QTRY_COMPARE(found.size(), 2);
    QCOMPARE(found.constLast().constLast().toLongLong(), 1);
}

void tst_ReadHistory::searchesPageByPage()
{
    SearchSession session;
    session.setClient(m_reader.get());
    SearchFrame search;
    search.query = u"nadel"_s;
    search.room = RoomName::general();
    session.start(search);
    connect(&session, &SearchSession::found, &session, &SearchSession::loadMore);
    QTRY_VERIFY2(session.state() == SearchSession::State::Found && session.isComplete(),
                 qPrintable(session.trouble()));
    QCOMPARE(session.messages().size(), Said / 7);
    for (qsizetype i = 0; i < session.messages().size(); ++i)
        QCOMPARE(session.messages().at(i).seq, Said - 7 * i);
    search.query = u"hay"_s;
    search.from = u"marta"_s;
    session.start(search);
    QTRY_COMPARE(session.state(), SearchSession::State::Nothing);
}

void tst_ReadHistory::exportsAll()
{
    ExportOrder order;
    order.path = m_dir.filePath(u"general.jsonl"_s);
    HistoryExport job(*m_reader, order);
    QSignalSpy finished(&job, &HistoryExport::finished);
    job.start();
    QTRY_COMPARE(finished.size(), 1);
    QFile file(order.path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    qint64 seq = 0;
    while (!file.atEnd())
        QCOMPARE(QJsonDocument::fromJson(file.readLine()).object().value(u"seq"_s).toInteger(), ++seq);
    QCOMPARE(seq, Said);
}

QTEST_GUILESS_MAIN(tst_ReadHistory)
#include "tst_readhistory.moc"
