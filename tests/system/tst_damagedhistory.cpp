// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/store/troublekit.h"
#include "tests/system/storagekit.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

/// What becomes of the good content of a file.
using Spoil = std::function<QByteArray(const QByteArray &)>;

constexpr int PageSize = 4096;
constexpr int Posted = 300; ///< "number 1." and so on: enough for pages in the middle

/// What there is of the history's own files; a log that was left behind counts as a change.
QMap<QString, QByteArray> filesOf(const QString &dataDir)
{
    QMap<QString, QByteArray> files;
    for (const QString &name : QDir(dataDir).entryList({u"synchat.db*"_s}, QDir::Files | QDir::Hidden))
        files.insert(name, contentOf(QDir(dataDir).filePath(name)));
    return files;
}

QByteArray overwritten(QByteArray content, qsizetype at, const QByteArray &bytes)
{
    return content.replace(at, bytes.size(), bytes);
}

bool write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

} // namespace

/// A history that a daemon cannot or must not take: it is refused with words that say what to do, nothing is
/// changed, and what is still good goes on being read.
class tst_DamagedHistory : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void unusableFileIsRefused_data();
    void unusableFileIsRefused();
    void uncleanEndIsTold();
    void damageInTheMiddleEndsStoring();

private:
    QString file() const { return m_dir->filePath(u"synchat.db"_s); }

    QByteArray m_good; ///< the file of a history that a daemon left behind when it ended cleanly
    std::unique_ptr<QTemporaryDir> m_dir;
};

void tst_DamagedHistory::initTestCase()
{
    m_dir = std::make_unique<QTemporaryDir>();
    DaemonProcess daemon(m_dir->path());
    daemon.setEnvironment(u"SYNCHAT_CHAT_RATE_PER_SECOND"_s, u"0"_s);
    QVERIFY2(daemon.start(), qPrintable(daemon.standardError()));
    RawClient author(daemon, u"author"_s);
    for (int i = 1; i <= Posted; ++i)
        author.post(i, u"number %1."_s.arg(i));
    QVERIFY(waitUntil([&] { return author.answers() == Posted; }));
    QCOMPARE(author.ofType(u"message"_s).size(), Posted);
    QVERIFY2(daemon.terminate() == 0, qPrintable(daemon.standardError()));
    m_good = contentOf(file());
    QVERIFY(m_good.size() > 20 * PageSize);
}

/// A folder of its own, with that history in it.
void tst_DamagedHistory::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    QVERIFY(write(file(), m_good));
}

void tst_DamagedHistory::unusableFileIsRefused_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<QStringList>("words");
    const QStringList advice{u"synchatd check"_s, u"synchatd restore"_s};
    const auto row = [](const char *name, const QStringList &words, const Spoil &spoil) {
        QTest::newRow(name) << spoil << words;
    };
    const auto put = [](qsizetype at, const QByteArray &bytes) -> Spoil {
        return [at, bytes](const QByteArray &good) { return overwritten(good, at, bytes); };
    };
    // sqlite.org/fileformat2.html §1.3: user version at 60, application id at 68
    row("newer", {u"newer version"_s, u"schema 999"_s, u"update the program"_s},
        put(60, QByteArray("\0\0\x03\xe7", 4)));
    row("other-program", {u"some other program"_s}, put(68, QByteArray("\0\0\0\x2a", 4)));
    row("header", QStringList{u"not a database"_s} + advice, put(0, QByteArray(100, 'x')));
    row("first-page", QStringList{u"damaged"_s} + advice, put(100, QByteArray(PageSize - 100, '\x5a')));
    row("pages-after-the-first", QStringList{u"damaged"_s} + advice,
        [](const QByteArray &good) { return overwritten(good, PageSize, QByteArray(8 * PageSize, '\x5a')); });
    row("truncated", QStringList{u"damaged"_s} + advice,
        [](const QByteArray &good) { return good.first(good.size() / PageSize / 2 * PageSize); });
    row("truncated-in-a-page", QStringList{u"damaged"_s} + advice,
        [](const QByteArray &good) { return good.first(2 * PageSize + 1000); });
    row("text", QStringList{u"not a database"_s} + advice,
        [](const QByteArray &) { return QByteArray("This is no database at all. ").repeated(100); });
}

void tst_DamagedHistory::unusableFileIsRefused()
{
    QFETCH(Spoil, spoil);
    QFETCH(QStringList, words);
    QVERIFY(write(file(), spoil(m_good)));
    const QMap<QString, QByteArray> before = filesOf(m_dir->path());

    for (int attempt = 0; attempt < 2; ++attempt) {
        DaemonProcess daemon(m_dir->path());
        QVERIFY(!daemon.start());
        QCOMPARE(daemon.waitForEnd(), 1);
        const QString said = daemon.standardError();
        for (const QString &word : QStringList{m_dir->path()} + words)
            QVERIFY2(said.contains(word), qPrintable(word + u": "_s + said));
        QVERIFY(filesOf(m_dir->path()) == before);
    }

    QVERIFY(write(file(), m_good)); // nothing else was touched: with the file as it was, it goes on
    DaemonProcess again(m_dir->path());
    QVERIFY2(again.start(), qPrintable(again.standardError()));
    RawClient author(again, u"author"_s);
    author.post(1, u"goes on"_s);
    QVERIFY(waitUntil([&] { return author.answers() == 1; }));
    QCOMPARE(author.ofType(u"message"_s).value(0).value(u"seq"_s).toInteger(), Posted + 1);
}

void tst_DamagedHistory::uncleanEndIsTold()
{
    DaemonProcess daemon(m_dir->path());
    QVERIFY(daemon.start());
    daemon.kill();
    QVERIFY2(!daemon.standardError().contains(u"did not end cleanly"_s), qPrintable(daemon.standardError()));
    QVERIFY2(daemon.start(), qPrintable(daemon.standardError()));
    QVERIFY2(waitUntil([&] {
                 return daemon.standardError().contains(
                     u"the history was checked: %1 messages, nothing wrong"_s.arg(Posted));
             }),
             qPrintable(daemon.standardError()));
    QVERIFY2(daemon.standardError().contains(u"did not end cleanly"_s), qPrintable(daemon.standardError()));
    const HttpAnswer ready = readyOf(daemon);
    QCOMPARE(ready.status, 200);
    QCOMPARE(ready.body, "ready\n");
}

void tst_DamagedHistory::damageInTheMiddleEndsStoring()
{
    QTemporaryDir safe;
    const QString backup = safe.filePath(u"backup.db"_s);
    CommandProcess keep({u"backup"_s, backup}, m_dir->path());
    QVERIFY2(keep.waitForEnd() == 0, qPrintable(keep.said()));
    DaemonProcess daemon(m_dir->path());
    QVERIFY(daemon.start());
    daemon.kill();
    QVERIFY(spoilPageWith(file(), "number 150."));

    QVERIFY2(daemon.start(), qPrintable(daemon.standardError())); // it serves what there is
    QVERIFY(waitUntil([&] { return readyOf(daemon).status == 503; }));
    const QString problem = QString::fromUtf8(readyOf(daemon).body);
    for (const QString &word : {u"Room general, behind message 1"_s, u"damaged"_s, u"Nothing is stored"_s})
        QVERIFY2(problem.contains(word), qPrintable(problem));
    for (const QString &word :
         {u"did not end cleanly"_s, u"Room general, behind message 1"_s, u"damaged"_s, u"synchatd restore"_s})
        QVERIFY2(waitUntil([&] { return daemon.standardError().contains(word); }),
                 qPrintable(word + u": "_s + daemon.standardError()));
    RawClient author(daemon, u"author"_s);
    author.post(Posted + 1, u"not kept"_s);
    QVERIFY(waitUntil([&] { return !author.ofType(u"error"_s).isEmpty(); }));
    const QJsonObject refused = author.ofType(u"error"_s).constFirst();
    QCOMPARE(refused.value(u"code"_s).toString(), u"not_stored"_s);
    QVERIFY2(refused.value(u"message"_s).toString().contains(u"could not be stored"_s),
             qPrintable(refused.value(u"message"_s).toString()));
    const HttpAnswer page =
        httpGet(u"http://127.0.0.1:%1/api/v1/rooms/general/messages?limit=10"_s.arg(daemon.httpPort()));
    QCOMPARE(page.status, 200);
    const QJsonArray newest = QJsonDocument::fromJson(page.body)[u"messages"_s].toArray();
    QCOMPARE(newest.size(), 10);
    QCOMPARE(newest.last()[u"seq"_s].toInteger(), Posted);

    for (const bool isRunning : {true, false}) { // beside it, and afterwards
        if (!isRunning)
            QCOMPARE(daemon.terminate(), 0);
        CommandProcess check({u"check"_s}, m_dir->path());
        QCOMPARE(check.waitForEnd(), 1);
        QVERIFY2(check.said().contains(u"damaged"_s) && check.said().contains(u"synchatd restore"_s),
                 qPrintable(check.said()));
    }
    CommandProcess restore({u"restore"_s, backup}, m_dir->path()); // what they say helps
    QVERIFY2(restore.waitForEnd() == 0, qPrintable(restore.said()));
    QVERIFY2(daemon.start(), qPrintable(daemon.standardError()));
    QVERIFY(waitUntil([&] { return readyOf(daemon).body == "ready\n"; }));
    RawClient late(daemon, u"late"_s);
    late.post(Posted + 1, u"kept"_s);
    QVERIFY(waitUntil([&] { return late.answers() == 1; }));
    QCOMPARE(late.ofType(u"message"_s).value(0).value(u"seq"_s).toInteger(), Posted + 1);
}

QTEST_GUILESS_MAIN(tst_DamagedHistory)
#include "tst_damagedhistory.moc"
