// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cli/standardinput.h"

#include <QSignalSpy>
#include <QTemporaryFile>
#include <QTest>

#include <array>
#include <fcntl.h>
#include <unistd.h>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

struct Pipe
{
    Pipe() { QVERIFY(pipe(ends.data()) == 0); }
    ~Pipe()
    {
        close(ends[0]);
        closeWriter();
    }
    void write(const QByteArray &bytes)
    {
        QVERIFY(::write(ends[1], bytes.data(), size_t(bytes.size())) == bytes.size());
    }
    void closeWriter()
    {
        if (ends[1] >= 0)
            close(ends[1]);
        ends[1] = -1;
    }
    std::array<int, 2> ends{-1, -1};
};

/// What an input said, in order.
struct Heard
{
    explicit Heard(StandardInput &input)
        : ended(&input, &StandardInput::ended)
    {
        QObject::connect(&input, &StandardInput::lineRead, &input,
                         [this](const LineSplitter::Line &line) { texts.append(line.text); });
    }
    QStringList texts;
    QSignalSpy ended;
};

} // namespace

class tst_StandardInput : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void pipeInPieces();
    void fileWithManyLines();
    void emptyDevice();
    void descriptorThatCannotBeRead();
    void pauseHoldsEverythingBack();
    void pauseFromWithinALine();
    void doesNotBlockAnIdlePipe();
    void leavesTheFlagsAlone();
};

void tst_StandardInput::pipeInPieces()
{
    Pipe pipe;
    StandardInput input(pipe.ends[0]);
    Heard heard(input);
    input.start();
    QVERIFY(!input.isTerminal());
    pipe.write("one\ntw");
    QTRY_COMPARE(heard.texts, QStringList{u"one"_s});
    pipe.write("o\nthree");
    QTRY_COMPARE(heard.texts, (QStringList{u"one"_s, u"two"_s}));
    QCOMPARE(heard.ended.count(), 0);
    pipe.closeWriter();
    QTRY_COMPARE(heard.ended.count(), 1);
    QCOMPARE(heard.texts.last(), u"three"_s);
}

void tst_StandardInput::fileWithManyLines()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    QStringList lines;
    for (int i = 0; i < 20'000; ++i)
        lines.append(u"line %1"_s.arg(i));
    file.write(lines.join(u'\n').toUtf8());
    QVERIFY(file.flush());
    QVERIFY(file.seek(0));
    const int descriptor = dup(file.handle());
    QVERIFY(lseek(descriptor, 0, SEEK_SET) == 0);
    StandardInput input(descriptor);
    Heard heard(input);
    input.start();
    QTRY_COMPARE(heard.ended.count(), 1);
    QCOMPARE(heard.texts, lines);
    close(descriptor);
}

void tst_StandardInput::emptyDevice()
{
    const int descriptor = open("/dev/null", O_RDONLY);
    StandardInput input(descriptor);
    Heard heard(input);
    input.start();
    QTRY_COMPARE(heard.ended.count(), 1);
    QVERIFY(heard.texts.isEmpty());
    close(descriptor);
}

void tst_StandardInput::descriptorThatCannotBeRead()
{
    const int descriptor = open("/", O_RDONLY | O_DIRECTORY);
    StandardInput input(descriptor);
    Heard heard(input);
    input.start();
    QTRY_COMPARE(heard.ended.count(), 1);
    close(descriptor);
}

void tst_StandardInput::pauseHoldsEverythingBack()
{
    Pipe pipe;
    StandardInput input(pipe.ends[0]);
    Heard heard(input);
    input.setPaused(true);
    input.start();
    pipe.write("one\n");
    pipe.closeWriter();
    QTest::qWait(0);
    QCoreApplication::processEvents();
    QVERIFY(heard.texts.isEmpty());
    QCOMPARE(heard.ended.count(), 0);
    input.setPaused(false);
    QTRY_COMPARE(heard.ended.count(), 1);
    QCOMPARE(heard.texts, QStringList{u"one"_s});
}

void tst_StandardInput::pauseFromWithinALine()
{
    Pipe pipe;
    StandardInput input(pipe.ends[0]);
    Heard heard(input);
    connect(&input, &StandardInput::lineRead, &input, [&] { input.setPaused(true); });
    input.start();
    pipe.write("1\n2\n3\n");
    pipe.closeWriter();
    QTRY_COMPARE(heard.texts, QStringList{u"1"_s});
    input.setPaused(false);
    QCOMPARE(heard.texts, (QStringList{u"1"_s, u"2"_s}));
    QCOMPARE(heard.ended.count(), 0);
    input.setPaused(false);
    QCOMPARE(heard.texts, (QStringList{u"1"_s, u"2"_s, u"3"_s}));
    input.setPaused(false);
    QTRY_COMPARE(heard.ended.count(), 1);
    QCOMPARE(heard.texts.size(), 3);
}

void tst_StandardInput::doesNotBlockAnIdlePipe()
{
    Pipe pipe;
    StandardInput input(pipe.ends[0]);
    Heard heard(input);
    input.start();
    bool turned = false;
    QMetaObject::invokeMethod(
        &input, [&turned] { turned = true; }, Qt::QueuedConnection);
    QTRY_VERIFY(turned);
    QVERIFY(heard.texts.isEmpty());
}

void tst_StandardInput::leavesTheFlagsAlone()
{
    Pipe pipe;
    const int before = fcntl(pipe.ends[0], F_GETFL);
    StandardInput input(pipe.ends[0]);
    input.start();
    QCOMPARE(fcntl(pipe.ends[0], F_GETFL), before);
}

QTEST_GUILESS_MAIN(tst_StandardInput)
#include "tst_standardinput.moc"
