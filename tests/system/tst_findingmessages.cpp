// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/programs.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

/// `synchat-cli --search` and what became of it.
struct SearchRun
{
    explicit SearchRun(const QStringList &arguments)
    {
        QProcess process;
        process.start(programPath(u"synchat-cli"_s), QStringList{u"--search"_s} + arguments);
        if (!waitUntil([&process] { return process.state() == QProcess::NotRunning; }))
            process.kill();
        process.waitForFinished();
        status = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
        out = QString::fromUtf8(process.readAllStandardOutput());
        errors = QString::fromUtf8(process.readAllStandardError());
    }
    QStringList texts() const ///< of --json
    {
        QStringList texts;
        for (const QString &line : out.split(u'\n', Qt::SkipEmptyParts))
            texts.append(QJsonDocument::fromJson(line.toUtf8()).object()[u"text"_s].toString());
        return texts;
    }
    int status = -1;
    QString out;
    QString errors;
};

} // namespace

/// From the terminal and over HTTP, from a daemon that was killed meanwhile.
class tst_FindingMessages : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void prints_data();
    void prints();
    void printsClocks();
    void nothingFound();
    void trouble();
    void overHttp();

private:
    QTemporaryDir m_folder;
    std::unique_ptr<DaemonProcess> m_daemon;
};

void tst_FindingMessages::initTestCase()
{
    m_daemon = std::make_unique<DaemonProcess>(m_folder.filePath(u"data"_s));
    QVERIFY2(m_daemon->start(), qPrintable(m_daemon->standardError()));
    {
        TerminalClient ana(m_daemon->url(), u"Ana"_s);
        TerminalClient bo(m_daemon->url(), u"bo"_s);
        QVERIFY(ana.waitForJoin() && bo.waitForJoin());
        ana.post(u"Disk alarm in the café"_s);
        QVERIFY(bo.waitForText(u"Disk alarm in the café"_s));
        bo.post(u"/search is posted as it is, disk"_s);
        QVERIFY(ana.waitForText(u"/search is posted as it is, disk"_s));
        ana.post(u"東京 alarms"_s);
        QVERIFY(bo.waitForText(u"東京 alarms"_s));
    }
    m_daemon->kill();
    QVERIFY2(m_daemon->start(), qPrintable(m_daemon->standardError()));
}

void tst_FindingMessages::prints_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QStringList>("texts");
    const QString first = u"Disk alarm in the café"_s;
    const QString second = u"/search is posted as it is, disk"_s;
    const QString third = u"東京 alarms"_s;
    QTest::newRow("oldest-first") << QStringList{u"disk"_s} << QStringList{first, second};
    QTest::newRow("beginning") << QStringList{u"ala*"_s} << QStringList{first, third};
    QTest::newRow("phrase") << QStringList{u"\"the cafe\""_s} << QStringList{first};
    QTest::newRow("han") << QStringList{u"東京"_s} << QStringList{third};
    QTest::newRow("author") << QStringList{u"disk"_s, u"--from-name"_s, u"BO"_s} << QStringList{second};
    QTest::newRow("newest-one") << QStringList{u"disk"_s, u"--history"_s, u"1"_s} << QStringList{second};
    QTest::newRow("room-and-time") << QStringList{u""_s, u"--room"_s, u"general"_s, u"--since"_s,
                                                  u"2020-01-01"_s}
                                   << QStringList{first, second, third};
}

void tst_FindingMessages::prints()
{
    QFETCH(QStringList, arguments);
    const SearchRun run(arguments + QStringList{u"--json"_s, u"--server"_s, m_daemon->url()});
    QCOMPARE(run.errors, QString());
    QCOMPARE(run.status, 0);
    QTEST(run.texts(), "texts");
}

void tst_FindingMessages::printsClocks()
{
    const SearchRun run({u"alarms"_s, u"--server"_s, m_daemon->url()});
    QCOMPARE(run.status, 0);
    QVERIFY(run.out.contains(u"── #general ──"_s));
    QVERIFY(run.out.contains(u"Ana: 東京 alarms"_s));
    QVERIFY(run.out.contains(u"local"_s));
}

void tst_FindingMessages::nothingFound()
{
    for (const QStringList &arguments :
         {QStringList{u"moon"_s}, QStringList{u"disk"_s, u"--until"_s, u"2020-01-01"_s}}) {
        const SearchRun run(arguments + QStringList{u"--server"_s, m_daemon->url()});
        QCOMPARE(run.status, 1);
        QCOMPARE(run.out, QString());
        QVERIFY(run.errors.contains(u"Nothing was found."_s));
    }
}

void tst_FindingMessages::trouble()
{
    const SearchRun nowhere({u"disk"_s, u"--room"_s, u"nowhere"_s, u"--server"_s, m_daemon->url()});
    QCOMPARE(nowhere.status, 2);
    QVERIFY2(nowhere.errors.contains(u"no such room"_s), qPrintable(nowhere.errors));
    const SearchRun nobody({u"disk"_s, u"--server"_s, u"ws://127.0.0.1:1"_s});
    QCOMPARE(nobody.status, 2);
    QVERIFY(!nobody.errors.isEmpty());
    QCOMPARE(SearchRun({u"a*"_s}).status, 2);
}

void tst_FindingMessages::overHttp()
{
    const QString base = u"http://127.0.0.1:%1/api/v1/search?"_s.arg(m_daemon->httpPort());
    QJsonArray texts;
    QString cursor;
    for (int page = 0; page < 3; ++page) {
        const HttpAnswer answer = httpGet(base + u"q=&since=2020-01-01&limit=1"_s + cursor);
        QCOMPARE(answer.status, 200);
        const QJsonObject found = QJsonDocument::fromJson(answer.body).object();
        QCOMPARE(found[u"messages"_s].toArray().size(), 1);
        texts.append(found[u"messages"_s][0][u"text"_s]);
        QCOMPARE(found[u"cursor"_s].isNull(), page == 2);
        cursor = u"&cursor="_s + found[u"cursor"_s].toString();
    }
    QCOMPARE(texts, (QJsonArray{u"東京 alarms"_s, u"/search is posted as it is, disk"_s,
                                u"Disk alarm in the café"_s}));
}

QTEST_GUILESS_MAIN(tst_FindingMessages)

#include "tst_findingmessages.moc"
