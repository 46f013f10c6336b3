// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/chatclient.h"
#include "client/core/historyexport.h"
#include "tests/client/core/fakeserver.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QWebSocket>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

const QString general = u"general"_s;

/// A client in a room of so many messages, and an export of it that was not started.
class Exporter
{
public:
    explicit Exporter(int inRoom, ExportFormat format = ExportFormat::JsonLines)
        : client(clock, {server.url(), *UserName::parse(u"ana"_s), u"test"_s, {}, {}, {}, fast()})
    {
        server.fill(inRoom);
        client.setInitialHistory(5);
        client.join(RoomName::general());
        client.start();
        QTRY_VERIFY(client.isJoined(general));
        ExportOrder order;
        order.format = format;
        order.path = path();
        job = std::make_unique<HistoryExport>(client, order);
        finished = std::make_unique<QSignalSpy>(job.get(), &HistoryExport::finished);
        failed = std::make_unique<QSignalSpy>(job.get(), &HistoryExport::failed);
        progressed = std::make_unique<QSignalSpy>(job.get(), &HistoryExport::progressed);
    }

    QString path() const { return folder.filePath(u"out.jsonl"_s); }
    QByteArray content() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QList<qint64> seqs() const
    {
        QList<qint64> all;
        const QList<QByteArray> lines = content().split('\n');
        for (const QByteArray &line : lines) {
            if (!line.isEmpty())
                all.append(QJsonDocument::fromJson(line).object().value(u"seq"_s).toInteger());
        }
        return all;
    }
    QStringList files() const { return QDir(folder.path()).entryList(QDir::Files | QDir::Hidden); }
    void keep(const QByteArray &bytes) const
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    QString sentence() const { return failed->constFirst().constFirst().toString(); }
    /// Questions for pages after this seq meet `answer`; true: it has answered.
    void onPageAfter(qint64 seq, std::function<bool(QWebSocket *, const QString &ref)> answer)
    {
        server.hook = [seq, answer](QWebSocket *socket, const ParsedClientFrame &parsed) {
            const auto *page = std::get_if<HistoryFrame>(&parsed.frame);
            return page && page->anchor == HistoryAnchor::After && page->value >= seq &&
                   answer(socket, parsed.ref);
        };
    }

    FakeServer server;
    SystemClock clock;
    QTemporaryDir folder;
    ChatClient client;
    std::unique_ptr<HistoryExport> job;
    std::unique_ptr<QSignalSpy> finished, failed, progressed;

private:
    static BackoffLimits fast() { return {std::chrono::milliseconds(1), std::chrono::milliseconds(20)}; }
};

QList<qint64> upTo(qint64 last)
{
    QList<qint64> all;
    for (qint64 seq = 1; seq <= last; ++seq)
        all.append(seq);
    return all;
}

} // namespace

class tst_HistoryExport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void writesAllPages();
    void writesEveryFormat_data();
    void writesEveryFormat();
    void endsWithWhatThereWasAtTheStart();
    void goesOnAfterALoss();
    void waitsWhenItIsAsked();
    void cancelLeavesTheOldFile();
    void anotherHistoryFails();
    void refusalFails();
    void folderThatIsNotThere();
    void clientGoes();
};

void tst_HistoryExport::writesAllPages()
{
    Exporter f(1203);
    f.keep("an older export");
    f.job->start();
    QVERIFY(f.content() == "an older export"); // until the new one is whole
    QTRY_COMPARE(f.finished->size(), 1);
    QCOMPARE(f.finished->constFirst().constFirst().toLongLong(), 1203);
    QCOMPARE(f.seqs(), upTo(1203));
    QCOMPARE(f.files(), QStringList{u"out.jsonl"_s});
    QCOMPARE(f.progressed->constLast(), (QVariantList{qint64(1000), qint64(1203), QString()}));
    QVERIFY(f.client.roomModel(general)->rowCount() < 10); // nothing of it is kept
}

void tst_HistoryExport::writesEveryFormat_data()
{
    QTest::addColumn<ExportFormat>("format");
    QTest::addColumn<QByteArray>("end");
    QTest::newRow("csv") << ExportFormat::Csv << QByteArray("\r\n");
    QTest::newRow("html") << ExportFormat::Html << QByteArray("</html>\n");
}

void tst_HistoryExport::writesEveryFormat()
{
    QFETCH(ExportFormat, format);
    QFETCH(QByteArray, end);
    Exporter f(3, format);
    f.job->start();
    QTRY_COMPARE(f.finished->size(), 1);
    QVERIFY(f.content().contains("message 3"));
    QVERIFY(f.content().endsWith(end));
}

void tst_HistoryExport::endsWithWhatThereWasAtTheStart()
{
    Exporter f(700);
    f.onPageAfter(0, [&f](QWebSocket *, const QString &) {
        f.server.say(u"meanwhile"_s);
        return false;
    });
    f.job->start();
    QTRY_COMPARE(f.finished->size(), 1);
    QCOMPARE(f.seqs(), upTo(701));
}

void tst_HistoryExport::goesOnAfterALoss()
{
    Exporter f(1200);
    f.onPageAfter(500, [&f](QWebSocket *, const QString &) {
        QTimer::singleShot(0, &f.server, [&f] {
            f.server.hook = nullptr;
            f.server.cutAll();
        });
        return true;
    });
    f.job->start();
    QTRY_COMPARE(f.finished->size(), 1);
    QCOMPARE(f.seqs(), upTo(1200));
    bool waited = false;
    for (const QVariantList &told : std::as_const(*f.progressed))
        waited = waited || told.constLast().toString().contains(u"connection"_s);
    QVERIFY(waited);
}

void tst_HistoryExport::waitsWhenItIsAsked()
{
    Exporter f(1200);
    int refusals = 0;
    f.onPageAfter(500, [&](QWebSocket *socket, const QString &ref) {
        if (++refusals > 2)
            return false;
        f.server.send(socket, ErrorFrame{ErrorCode::RateLimited, u"Slowly."_s, {}, 0.05}, ref);
        return true;
    });
    f.job->start();
    QTRY_COMPARE(f.finished->size(), 1);
    QCOMPARE(f.seqs(), upTo(1200));
    QVERIFY(refusals > 2);
}

void tst_HistoryExport::cancelLeavesTheOldFile()
{
    Exporter f(1200);
    f.keep("an older export");
    f.onPageAfter(500, [](QWebSocket *, const QString &) { return true; });
    f.job->start();
    QTRY_COMPARE(f.job->written(), 500);
    f.job->cancel();
    QCOMPARE(f.content(), QByteArray("an older export"));
    QCOMPARE(f.files().size(), 1); // no temporary one
    QCOMPARE(f.finished->size() + f.failed->size(), 0);
}

void tst_HistoryExport::anotherHistoryFails()
{
    Exporter f(1200);
    f.onPageAfter(500, [&f](QWebSocket *, const QString &) {
        QTimer::singleShot(0, &f.server, [&f] {
            f.server.hook = nullptr;
            f.server.epoch = u"e2"_s;
            f.server.cutAll();
        });
        return true;
    });
    f.job->start();
    QTRY_COMPARE(f.failed->size(), 1);
    QVERIFY2(f.sentence().contains(u"another history"_s), qPrintable(f.sentence()));
    QVERIFY(f.files().isEmpty());
}

void tst_HistoryExport::refusalFails()
{
    Exporter f(1200);
    f.onPageAfter(500, [&f](QWebSocket *socket, const QString &ref) {
        f.server.send(socket, ErrorFrame{ErrorCode::NotJoined, u"Join first."_s, {}, {}}, ref);
        return true;
    });
    f.job->start();
    QTRY_COMPARE(f.failed->size(), 1);
    QCOMPARE(f.sentence(), u"Join first."_s);
    QVERIFY(f.files().isEmpty());
}

void tst_HistoryExport::folderThatIsNotThere()
{
    Exporter f(3);
    ExportOrder order;
    order.path = f.folder.filePath(u"no/such/folder/out.jsonl"_s);
    HistoryExport lost(f.client, order);
    QSignalSpy failed(&lost, &HistoryExport::failed);
    lost.start();
    QCOMPARE(failed.size(), 1);
    QVERIFY(failed.constFirst().constFirst().toString().contains(order.path));
}

void tst_HistoryExport::clientGoes()
{
    Exporter f(3);
    SystemClock clock;
    auto other = std::make_unique<ChatClient>(
        clock, ClientConfig{f.server.url(), *UserName::parse(u"bea"_s), u"test"_s, {}});
    ExportOrder order;
    order.path = f.path();
    HistoryExport lost(*other, order);
    QSignalSpy failed(&lost, &HistoryExport::failed);
    lost.start();
    other.reset();
    QCOMPARE(failed.size(), 1);
    QVERIFY(f.files().isEmpty());
}

QTEST_GUILESS_MAIN(tst_HistoryExport)
#include "tst_historyexport.moc"
