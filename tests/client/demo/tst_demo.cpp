// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/demo/script.h"
#include "tests/support/programs.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMap>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

/// Processes whose environment has this: all that a demo of ours has started, and itself.
QList<qint64> processesOf(const QString &mark)
{
    QList<qint64> found;
    for (const QFileInfo &entry : QDir(u"/proc"_s).entryInfoList(QDir::Dirs)) {
        bool isPid = false;
        const qint64 pid = entry.fileName().toLongLong(&isPid);
        QFile environment(entry.filePath() + u"/environ"_s);
        if (isPid && environment.open(QIODevice::ReadOnly) && environment.readAll().contains(mark.toUtf8()))
            found.append(pid);
    }
    return found;
}

} // namespace

/// The demo as a teacher starts it, without the window.
class tst_Demo : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsEveryFaultAndLeavesNothing_data();
    void showsEveryFaultAndLeavesNothing();
    void badUse();

private:
    static void judge(const QJsonArray &messages);
};

/// The skews are the faults, as far as the bounds allow.
void tst_Demo::judge(const QJsonArray &messages)
{
    using Range = std::pair<qint64, qint64>; // microseconds ahead
    const QMap<QString, Range> expected{
        {u"Ana"_s, {0, 0}},         {u"Fabio"_s, {250'000, 250'000}}, {u"Silvia"_s, {-3'700'000, -3'700'000}},
        {u"Dario"_s, {1, 120'000}}, {u"Felix"_s, {-60'000'000, -1}},  {u"Jonas"_s, {-40'000, 40'000}},
        {u"Remo"_s, {0, 0}}};
    QMap<QString, QJsonObject> first;
    for (const QJsonValue &value : messages) {
        const QString name = value[u"from"_s][u"name"_s].toString();
        if (!first.contains(name))
            first.insert(name, value[u"stamps"_s].toObject());
    }
    for (const DemoAuthor &author : demoCast()) {
        QVERIFY2(first.contains(author.name), qPrintable(author.name));
        const QJsonObject live = first[author.name][u"live"_s].toObject();
        QCOMPARE(live[u"fault"_s].toBool(), !author.fault.isEmpty());
        QVERIFY2(live[u"offset"_s].isDouble(), qPrintable(author.name));
        if (!expected.contains(author.name))
            continue;
        const qint64 skew = -live[u"offset"_s].toInteger();
        const qint64 bound = live[u"bound"_s].toInteger();
        const auto [least, most] = expected.value(author.name);
        QVERIFY2(skew + bound >= least && skew - bound <= most,
                 qPrintable(u"%1: %2 us +- %3 us"_s.arg(author.name).arg(skew).arg(bound)));
        QVERIFY2(!author.isFar || bound >= 19'000, "the slow line shows in the bound");
    }
}

void tst_Demo::showsEveryFaultAndLeavesNothing_data()
{
    QTest::addColumn<int>("number"); ///< of the signal with which it is ended
    QTest::newRow("ctrl-c") << SIGINT;
    QTest::newRow("killed") << SIGKILL;
}

void tst_Demo::showsEveryFaultAndLeavesNothing()
{
    QFETCH(int, number);
    const QString mark = u"SYNCHAT_DEMO_TEST=%1-%2"_s.arg(QCoreApplication::applicationPid()).arg(number);
    QProcess demo;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(mark.section(u'=', 0, 0), mark.section(u'=', 1));
    demo.setProcessEnvironment(environment);
    demo.start(programPath(u"synchat-demo"_s), {u"--headless"_s, u"--seconds"_s, u"90"_s});
    QByteArray output;
    QVERIFY2(waitUntil([&] { return (output += demo.readAllStandardOutput()).contains("--history"); }, 40000),
             qPrintable(QString::fromUtf8(demo.readAllStandardError())));
    static const QRegularExpression form(u"ws://127.0.0.1:(\\d+) "_s);
    const QString port = form.match(QString::fromUtf8(output)).captured(1);
    QCOMPARE(processesOf(mark).size(), 1 + 3 + 1 + demoCast().size());

    const auto get = [&](const QString &path) {
        return QJsonDocument::fromJson(httpGet(u"http://127.0.0.1:%1%2"_s.arg(port, path)).body).object();
    };
    QJsonArray messages;
    const auto allHaveSpoken = [&] {
        messages = get(u"/api/v1/rooms/general/messages"_s)[u"messages"_s].toArray();
        return messages.size() >= demoCast().size();
    };
    QVERIFY(waitUntil(allHaveSpoken, 40000));
    judge(messages);
    int liars = 0;
    for (const QJsonValue &source : get(u"/api/v1/time"_s)[u"sources"_s].toArray()) {
        if (source[u"mark"_s].toString() != u"x"_s)
            continue;
        ++liars;
        QVERIFY(output.contains(source[u"name"_s].toString().toUtf8() + "  lies"));
    }
    QCOMPARE(liars, 1);

    ::kill(static_cast<pid_t>(demo.processId()), number);
    QVERIFY(waitUntil([&] { return demo.state() == QProcess::NotRunning; }));
    QVERIFY2(waitUntil([&] { return processesOf(mark).isEmpty(); }), "nothing is left running");
    if (number == SIGINT)
        QCOMPARE(demo.exitCode(), 0);
}

void tst_Demo::badUse()
{
    for (const QStringList &arguments :
         {QStringList{u"--seconds"_s, u"soon"_s}, {u"--port=70000"_s}, {u"--what"_s}, {u"now"_s}}) {
        QProcess demo;
        demo.start(programPath(u"synchat-demo"_s), arguments);
        QVERIFY(demo.waitForFinished());
        QCOMPARE(demo.exitCode(), 2);
        QVERIFY(!demo.readAllStandardError().isEmpty());
    }
}

QTEST_GUILESS_MAIN(tst_Demo)
#include "tst_demo.moc"
