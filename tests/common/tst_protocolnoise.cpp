// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/protocol.h"
#include "common/textrules.h"
#include "sampleframes.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

/// What parseClientFrame lets through must hold what protocol.h says, and must be written and read again.
bool isSound(const ParsedClientFrame &parsed)
{
    if (parsed.ref.size() > Limits::RefUnits)
        return false;
    if (const auto *post = std::get_if<PostFrame>(&parsed.frame)) {
        if (post->text.size() > Limits::TextUnits || isBlank(post->text) || hasLoneSurrogate(post->text) ||
            post->text.contains(QChar(u'\0')) || post->id.isNull())
            return false;
    }
    if (const auto *history = std::get_if<HistoryFrame>(&parsed.frame)) {
        if (history->limit < 1 || history->limit > Limits::MaxPage)
            return false;
    }
    const QByteArray once = encodeClientFrame(parsed.frame, parsed.ref);
    const auto again = parseClientFrame(once);
    return again && encodeClientFrame(again->frame, again->ref) == once;
}

/// Refused with a reason, or sound.
bool clientSurvives(const QByteArray &text)
{
    const auto parsed = parseClientFrame(text);
    return parsed ? isSound(*parsed) : !parsed.error().message.isEmpty();
}

bool serverSurvives(const QByteArray &text)
{
    const auto parsed = parseServerFrame(text);
    if (!parsed)
        return !parsed.error().message.isEmpty();
    const QByteArray once = encodeServerFrame(parsed->frame, parsed->ref);
    const auto again = parseServerFrame(once);
    return again && encodeServerFrame(again->frame, again->ref) == once;
}

using Survives = bool (*)(const QByteArray &);

} // namespace

/// Frames cut after every byte and changed at every byte: never a crash, never half a value.
class tst_ProtocolNoise : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cut_data() { frames(); }
    void cut();
    void changed_data() { frames(); }
    void changed();
    void doubled_data() { frames(); }
    void doubled();

private:
    static void frames();
};

void tst_ProtocolNoise::frames()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<bool>("fromServer");
    for (const NamedFrame &sample : sampleClientFrames())
        QTest::newRow(QByteArray("client-").append(sample.name).constData()) << sample.json << false;
    for (const NamedFrame &sample : sampleServerFrames())
        QTest::newRow(QByteArray("server-").append(sample.name).constData()) << sample.json << true;
}

void tst_ProtocolNoise::cut()
{
    QFETCH(QByteArray, frame);
    QFETCH(bool, fromServer);
    for (qsizetype length = 0; length < frame.size(); ++length) {
        const QByteArray start = frame.first(length);
        QVERIFY(fromServer ? !parseServerFrame(start)
                           : !parseClientFrame(start)); // no object without its end
        QVERIFY(fromServer ? serverSurvives(frame.sliced(length)) : clientSurvives(frame.sliced(length)));
    }
}

void tst_ProtocolNoise::changed()
{
    QFETCH(QByteArray, frame);
    QFETCH(bool, fromServer);
    const Survives survives = fromServer ? serverSurvives : clientSurvives;
    for (qsizetype at = 0; at < frame.size(); ++at) {
        QByteArray noisy = frame;
        for (const char bit : {'\x01', '\x04', '\x10', '\x20', '\x40', '\x80'}) {
            noisy[at] = static_cast<char>(frame[at] ^ bit);
            QVERIFY2(survives(noisy), noisy.constData());
        }
        for (const char byte : {'\0', '"', '{', '}', ',', '9', '-', '\xff'}) {
            noisy[at] = byte;
            QVERIFY2(survives(noisy), noisy.constData());
        }
    }
}

void tst_ProtocolNoise::doubled()
{
    QFETCH(QByteArray, frame);
    QFETCH(bool, fromServer);
    const Survives survives = fromServer ? serverSurvives : clientSurvives;
    for (qsizetype at = 0; at < frame.size(); ++at) {
        QByteArray removed = frame;
        QVERIFY(survives(removed.remove(at, 1)));
        QByteArray twice = frame;
        QVERIFY(survives(twice.insert(at, frame[at])));
    }
}

QTEST_GUILESS_MAIN(tst_ProtocolNoise)
#include "tst_protocolnoise.moc"
