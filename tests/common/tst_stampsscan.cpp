// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/messagejson.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

Stamps fullStamps()
{
    Stamps stamps;
    stamps.live = {.t = 1764000000123456,
                   .offset = -1800123,
                   .bound = 900,
                   .state = StampState::Ok,
                   .via = ProbePath::Udp,
                   .fault = true};
    stamps.local = {.t = 1764000000130001,
                    .offset = 212,
                    .bound = 0,
                    .state = StampState::Holdover,
                    .boot = u"k3f9"_s,
                    .up = 86400000000};
    stamps.api = {.t = 1764000000180000,
                  .bound = 130000,
                  .age = 8000000,
                  .state = StampState::Falseticker,
                  .source = u"time.example"_s};
    stamps.ntp = {.t = 0, .bound = {}, .age = {}, .state = StampState::Unsynced, .source = u"[::1]:123"_s};
    stamps.best = {.t = 9007199254740992, .bound = 450, .state = StampState::Ok};
    return stamps;
}

Stamps parsed(const QString &text)
{
    return stampsFromJson(QJsonDocument::fromJson(text.toUtf8()).object());
}

} // namespace

class tst_StampsScan : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsWhatIsWritten_data();
    void readsWhatIsWritten();
    void saysTheSameAsTheParser_data();
    void saysTheSameAsTheParser();
    void leavesTheRestToTheParser_data();
    void leavesTheRestToTheParser();
};

void tst_StampsScan::readsWhatIsWritten_data()
{
    QTest::addColumn<Stamps>("stamps");
    QTest::newRow("full") << fullStamps();
    QTest::newRow("nothing") << Stamps();
    Stamps silent = fullStamps();
    silent.api = {};
    silent.api.source = u"time.example"_s;
    silent.live.via = ProbePath::WebSocket;
    silent.local.boot.clear();
    QTest::newRow("silent source") << silent;
}

void tst_StampsScan::readsWhatIsWritten()
{
    QFETCH(const Stamps, stamps);
    const QString text = QString::fromUtf8(stampsText(stamps));
    const auto scanned = scanStamps(text);
    QVERIFY(scanned.has_value());
    QCOMPARE(*scanned, stamps);
    QCOMPARE(parsed(text), stamps);
}

void tst_StampsScan::saysTheSameAsTheParser_data()
{
    readsWhatIsWritten_data();
}

/// Of every text that is one step from what is written.
void tst_StampsScan::saysTheSameAsTheParser()
{
    QFETCH(const Stamps, stamps);
    const QString text = QString::fromUtf8(stampsText(stamps));
    for (qsizetype at = 0; at < text.size(); ++at) {
        QStringList others{text.first(at), QString(text).remove(at, 1)};
        for (const QChar put : u"09-.\",:{}nt\\ \u00e9"_s) {
            others.append(QString(text).insert(at, put));
            others.append(QString(text).replace(at, 1, put));
        }
        for (const QString &other : std::as_const(others)) {
            if (stampsFromText(other) != parsed(other))
                QFAIL(qPrintable(other));
        }
    }
}

void tst_StampsScan::leavesTheRestToTheParser_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::newRow("escape") << u"k3f9"_s << uR"(k3\u0066)"_s;
    QTest::newRow("not ASCII") << u"k3f9"_s << u"kü"_s;
    QTest::newRow("negative bound") << u"\"bound\":900"_s << u"\"bound\":-900"_s;
    QTest::newRow("too large") << u"9007199254740992"_s << u"9007199254740993"_s;
    QTest::newRow("overflow") << u"9007199254740992"_s << u"99999999999999999999"_s;
    QTest::newRow("state of another time") << u"falseticker"_s << u"splendid"_s;
    QTest::newRow("field more") << u"{\"live\""_s << u"{\"gps\":{},\"live\""_s;
    QTest::newRow("no time, yet a state") << u"1764000000123456"_s << u"null"_s;
    QTest::newRow("a time, yet no state")
        << u"\"t\":0,\"state\":\"unsynced\""_s << u"\"t\":null,\"state\":\"unsynced\""_s;
}

void tst_StampsScan::leavesTheRestToTheParser()
{
    QFETCH(const QString, before);
    QFETCH(const QString, after);
    QString text = QString::fromUtf8(stampsText(fullStamps()));
    QVERIFY(text.contains(before));
    text.replace(before, after);
    QVERIFY(!scanStamps(text));
    QCOMPARE(stampsFromText(text), parsed(text));
}

QTEST_GUILESS_MAIN(tst_StampsScan)
#include "tst_stampsscan.moc"
