// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ntp/sourceselection.h"

#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;

namespace {

SourceStatus source(const char *name, Nanos middle, Nanos bound, SourceKind kind = SourceKind::Ntp)
{
    SourceStatus status;
    status.name = QString::fromLatin1(name);
    status.kind = kind;
    status.state = StampState::Ok;
    status.interval = Interval::around(middle, bound);
    status.fedAt = MonoTime(1h);
    return status;
}

SourceStatus unheard(const char *name)
{
    SourceStatus status;
    status.name = QString::fromLatin1(name);
    return status;
}

QString lettersOf(const SourceSelection &selection)
{
    QString letters;
    for (const SourceStatus &status : selection.sources)
        letters += status.mark;
    return letters;
}

} // namespace

class tst_SourceSelection : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void marks_data();
    void marks();
    void resultIsTheIntersection();
    void namesTheLiar();
    void agreesWithNobodyWhenTwoDisagree();
    void saysSingleSource();
    void coversEveryPlaceThatMayBeRight();
    void neverCountsItself();
    void saysHoldover();
    void vagueSourcesDoNotVoteBesideSharpOnes();
    void keepsAReasonGivenBefore();
    void touchingIntervalsAgree();
    void manyRandomSourcesKeepTheTruth();
};

void tst_SourceSelection::marks_data()
{
    QTest::addColumn<QList<SourceStatus>>("sources");
    QTest::addColumn<QString>("marks");
    QTest::addColumn<StampState>("state");
    using List = QList<SourceStatus>;
    QTest::newRow("none") << List{} << QString() << StampState::Unsynced;
    QTest::newRow("one") << List{source("a", 0ms, 5ms)} << QStringLiteral("*") << StampState::Ok;
    QTest::newRow("one-unheard") << List{unheard("a")} << QStringLiteral("?") << StampState::Unsynced;
    QTest::newRow("two-agree") << List{source("a", 0ms, 5ms), source("b", 1ms, 2ms)} << QStringLiteral("+*")
                               << StampState::Ok;
    QTest::newRow("two-disagree") << List{source("a", 0ms, 5ms), source("b", 5s, 5ms)} << QStringLiteral("xx")
                                  << StampState::Unsynced;
    QTest::newRow("one-of-three-lies")
        << List{source("a", 0ms, 5ms), source("b", 5s, 1ms), source("c", 2ms, 9ms)} << QStringLiteral("*x+")
        << StampState::Ok;
    QTest::newRow("two-of-four-lie-alike")
        << List{source("a", 0ms, 5ms), source("b", 5s, 5ms), source("c", 0ms, 5ms), source("d", 5s, 5ms)}
        << QStringLiteral("xxxx") << StampState::Unsynced;
    QTest::newRow("two-of-five-lie-apart")
        << List{source("a", 0ms, 5ms), source("b", 5s, 5ms), source("c", 1ms, 5ms), source("d", -9s, 5ms),
                source("e", 0ms, 4ms)}
        << QStringLiteral("+x+x*") << StampState::Ok;
    QTest::newRow("unheard-beside-one")
        << List{unheard("a"), source("b", 0ms, 5ms)} << QStringLiteral("?*") << StampState::Ok;
    QTest::newRow("http-beside-ntp") << List{source("a", 0ms, 5ms),
                                             source("b", 60ms, 100ms, SourceKind::Http)}
                                     << QStringLiteral("*+") << StampState::Ok;
    QTest::newRow("only-too-vague") << List{source("a", 0ms, 3s)} << QStringLiteral("*")
                                    << StampState::Unsynced;
}

void tst_SourceSelection::marks()
{
    QFETCH(QList<SourceStatus>, sources);
    QFETCH(QString, marks);
    QFETCH(StampState, state);
    const SourceSelection selection = selectSources(sources);
    QCOMPARE(lettersOf(selection), marks);
    QCOMPARE(selection.state, state);
    QCOMPARE(selection.best, int(marks.indexOf(u'*')));
    for (const SourceStatus &status : selection.sources)
        QCOMPARE(status.reason.isEmpty(), status.mark == u'*' || status.mark == u'+');
}

void tst_SourceSelection::resultIsTheIntersection()
{
    const auto selection =
        selectSources({source("a", 0ms, 10ms), source("b", 12ms, 4ms), source("c", 7ms, 8ms)});
    QCOMPARE(selection.offset, Interval::between(8ms, 10ms));
    QVERIFY(selection.note.isEmpty());
}

void tst_SourceSelection::namesTheLiar()
{
    const auto selection =
        selectSources({source("a", 0ms, 5ms), source("b", 5s, 1ms), source("c", 2ms, 9ms)});
    QCOMPARE(selection.sources.at(1).state, StampState::Falseticker);
    QVERIFY(selection.sources.at(1).reason.contains(u"falseticker"));
    QVERIFY(selection.offset->hi() < Nanos(1s));
}

void tst_SourceSelection::agreesWithNobodyWhenTwoDisagree()
{
    const auto selection = selectSources({source("a", 0ms, 5ms), source("b", 5s, 5ms)});
    QVERIFY(!selection.offset);
    QVERIFY(selection.note.contains(u"disagree"));
    QCOMPARE(selection.sources.at(0).state, StampState::Unsynced);
}

void tst_SourceSelection::saysSingleSource()
{
    QVERIFY(selectSources({source("a", 0ms, 5ms)}).note.contains(u"single source"));
    QVERIFY(selectSources({}).note.contains(u"nothing confirms"));
}

void tst_SourceSelection::coversEveryPlaceThatMayBeRight()
{
    // Two majorities of two: nobody can say which, so the result spans both.
    const auto selection =
        selectSources({source("wide", 0ms, 10ms), source("low", -9ms, 1ms), source("high", 9ms, 1ms)});
    QCOMPARE(selection.offset, Interval::between(-10ms, 10ms));
    QVERIFY(!lettersOf(selection).contains(u'x'));
}

void tst_SourceSelection::neverCountsItself()
{
    const auto selection = selectSources({source("self", 0ms, 1us, SourceKind::Self)});
    QVERIFY(!selection.offset);
    QCOMPARE(lettersOf(selection), QStringLiteral("-"));
    QCOMPARE(selection.state, StampState::Unsynced);
    // Nor does it turn a draw into a majority.
    QVERIFY(!selectSources(
                 {source("a", 0ms, 5ms), source("b", 5s, 5ms), source("self", 0ms, 1us, SourceKind::Self)})
                 .offset);
}

void tst_SourceSelection::saysHoldover()
{
    SourceStatus stale = source("a", 0ms, 5ms);
    stale.state = StampState::Holdover;
    SourceStatus alsoStale = source("b", 0ms, 1ms);
    alsoStale.state = StampState::Holdover;
    auto selection = selectSources({stale, alsoStale});
    QCOMPARE(selection.state, StampState::Holdover);
    QVERIFY(!selection.note.isEmpty());
    selection = selectSources({source("c", 0ms, 9ms), alsoStale});
    QCOMPARE(selection.state, StampState::Ok);
    QCOMPARE(lettersOf(selection), QStringLiteral("*+")); // the fresh one leads, though it is wider
}

void tst_SourceSelection::vagueSourcesDoNotVoteBesideSharpOnes()
{
    const auto selection =
        selectSources({source("a", 0ms, 5ms), source("vague", 9s, 2s), source("vaguer", 9s, 3s)});
    QCOMPARE(lettersOf(selection), QStringLiteral("*??"));
    QCOMPARE(selection.sources.at(1).state, StampState::Unsynced);
}

void tst_SourceSelection::keepsAReasonGivenBefore()
{
    SourceStatus barred = source("a", 0ms, 5ms);
    barred.reason = QStringLiteral("The server asked not to be asked.");
    const auto selection = selectSources({barred, source("b", 1s, 5ms)});
    QCOMPARE(lettersOf(selection), QStringLiteral("?*"));
    QCOMPARE(selection.sources.at(0).reason, barred.reason);
}

void tst_SourceSelection::touchingIntervalsAgree()
{
    const auto selection = selectSources({source("a", 0ms, 5ms), source("b", 10ms, 5ms)});
    QCOMPARE(selection.offset, Interval::between(5ms, 5ms));
}

void tst_SourceSelection::manyRandomSourcesKeepTheTruth()
{
    // Any minority of liars, each lying in its own way, never moves the result off the truth.
    for (int seed = 1; seed < 500; ++seed) {
        srand(static_cast<unsigned>(seed));
        QList<SourceStatus> sources;
        const int honest = 3 + rand() % 4;
        for (int i = 0; i < honest; ++i) {
            const Nanos bound = Micros(1 + rand() % 5000);
            sources.append(source("honest", Nanos(rand() % (2 * bound.count()) - bound.count()), bound));
        }
        for (int i = 0; i < honest - 1; ++i)
            sources.insert(rand() % sources.size(), source("liar", Nanos(1s) * (i + 1), 1ms));
        const auto selection = selectSources(sources);
        QVERIFY(selection.offset && selection.offset->contains(Nanos::zero()));
        QCOMPARE(lettersOf(selection).count(u'x'), qsizetype(honest - 1));
    }
}

QTEST_APPLESS_MAIN(tst_SourceSelection)
#include "tst_sourceselection.moc"
