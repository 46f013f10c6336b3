// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Who is believed.
#include "ntp/sourceselection.h"

#include "tests/ntp/selectionkit.h"

#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;

class tst_SourceSelection : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void marks_data();
    void marks();
    void resultIsTheIntersection();
    void oneVoteForEachProvider_data();
    void oneVoteForEachProvider();
    void twinsAreJudgedToo();
    void anOverlappingLiarMovesTheResultNoFurtherThanAnHonestInterval();
    void amountsSaturate();
    void agreesWithNobodyWhenTwoDisagree();
    void coversEveryPlaceThatMayBeRight();
    void neverCountsItself();
    void vagueSourcesDoNotConfirmWhatSharpOnesSaid();
    void vagueSourcesDoNotVoteBesideSharpOnes();
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
    QTest::newRow("unsteady-beside-one") << List{unsteady(source("a", 0ms, 1ms)), source("b", 0ms, 5ms)}
                                         << QStringLiteral("~*") << StampState::Ok;
    QTest::newRow("unsteady-alone") << List{unsteady(source("a", 0ms, 1ms))} << QStringLiteral("~")
                                    << StampState::Unsynced;
    QTest::newRow("unsteady-ones-make-no-majority")
        << List{unsteady(source("a", 5s, 1ms)), unsteady(source("b", 5s, 1ms)), source("c", 0ms, 5ms)}
        << QStringLiteral("~~*") << StampState::Ok;
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
    for (const SourceStatus &status : selection.sources) {
        QCOMPARE(status.reason.isEmpty(), status.mark == u'*' || status.mark == u'+');
        QVERIFY(status.mark != u'~' || status.state == StampState::Unsynced);
    }
}

void tst_SourceSelection::resultIsTheIntersection()
{
    const auto selection =
        selectSources({source("a", 0ms, 10ms), source("b", 12ms, 4ms), source("c", 7ms, 8ms)});
    QCOMPARE(selection.offset, Interval::between(8ms, 10ms));
    QVERIFY(selection.note.isEmpty());
}

void tst_SourceSelection::oneVoteForEachProvider_data()
{
    QTest::addColumn<QList<SourceStatus>>("sources");
    QTest::addColumn<QString>("marks");
    QTest::addColumn<StampState>("state");
    using List = QList<SourceStatus>;
    QTest::newRow("sharper-votes") << List{web("wide", "p", 0ms, 150ms), web("sharp", "p", 0ms, 130ms)}
                                   << QStringLiteral("-*") << StampState::Ok;
    QTest::newRow("equals: the first votes") << List{web("a", "p", 0ms, 130ms), web("b", "p", 0ms, 130ms)}
                                             << QStringLiteral("*-") << StampState::Ok;
    QTest::newRow("fresh-before-sharp")
        << List{web("stale", "p", 0ms, 130ms, StampState::Holdover), web("fresh", "p", 0ms, 150ms)}
        << QStringLiteral("-*") << StampState::Ok;
    QTest::newRow("sharp-enough-before-fresh")
        << List{web("stale", "p", 0ms, 130ms, StampState::Holdover), web("vague", "p", 0ms, 1100ms)}
        << QStringLiteral("*-") << StampState::Holdover;
    QTest::newRow("an-unsteady-one-does-not-speak")
        << List{unsteady(web("a", "p", 0ms, 130ms)), web("b", "p", 0ms, 150ms)} << QStringLiteral("~*")
        << StampState::Ok;
    QTest::newRow("three-of-one") << List{web("a", "p", 0ms, 150ms), web("b", "p", 0ms, 140ms),
                                          web("c", "p", 0ms, 130ms)}
                                  << QStringLiteral("--*") << StampState::Ok;
    QTest::newRow("two-providers") << List{web("a", "p", 0ms, 130ms), web("b", "q", 0ms, 150ms)}
                                   << QStringLiteral("*+") << StampState::Ok;
    QTest::newRow("twins-outvote-nobody")
        << List{source("ntp", 0ms, 5ms), web("a", "p", 5s, 130ms), web("b", "p", 5s, 140ms)}
        << QStringLiteral("xx-") << StampState::Unsynced;
    QTest::newRow("without-provider-each-its-own")
        << List{source("a", 0ms, 5ms), source("b", 0ms, 6ms)} << QStringLiteral("*+") << StampState::Ok;
}

void tst_SourceSelection::oneVoteForEachProvider()
{
    QFETCH(QList<SourceStatus>, sources);
    const SourceSelection selection = selectSources(sources);
    QTEST(lettersOf(selection), "marks");
    QTEST(selection.state, "state");
    for (const SourceStatus &status : selection.sources) {
        if (status.mark == u'-')
            QVERIFY(status.reason.startsWith(QStringLiteral("It is the same provider as ")));
        if (status.mark == u'-' && !selection.offset)
            QCOMPARE(status.state, StampState::Unsynced);
    }
    if (selection.best >= 0 && lettersOf(selection).contains(u'-')) {
        QVERIFY(selection.sources.at(lettersOf(selection).indexOf(u'-'))
                    .reason.contains(selection.sources.at(selection.best).name));
        QVERIFY(selection.note.contains(QStringLiteral("single source")) ||
                selection.state != StampState::Ok);
    }
}

void tst_SourceSelection::twinsAreJudgedToo()
{
    const auto selection = selectSources({source("a", 0ms, 5ms), source("b", 0ms, 5ms),
                                          web("right", "p", 0ms, 130ms), web("wrong", "p", 5s, 140ms)});
    QCOMPARE(lettersOf(selection), QStringLiteral("*++x"));
    QCOMPARE(selection.votes, 3);
    QCOMPARE(selection.sources.at(3).state, StampState::Falseticker);
    QCOMPARE(selection.note, QStringLiteral("wrong disagrees with the others by 5.00 s."));
}

void tst_SourceSelection::anOverlappingLiarMovesTheResultNoFurtherThanAnHonestInterval()
{
    // What ARCHITECTURE.md says that it cannot do: the truth is 0.
    const auto selection =
        selectSources({source("a", 0ms, 10ms), source("b", 0ms, 10ms), source("liar", 19500us, 10500us)});
    QCOMPARE(selection.offset, Interval::between(9ms, 10ms));
    QVERIFY(selection.offset->lo() >= -10ms && selection.offset->hi() <= 10ms);
}

void tst_SourceSelection::amountsSaturate()
{
    const auto selection = selectSources(
        {source("a", Nanos::min(), 0ns), source("b", Nanos::min(), 0ns), source("c", Nanos::max(), 1s)});
    QCOMPARE(lettersOf(selection), QStringLiteral("*+x"));
    QVERIFY(selection.note.startsWith(QStringLiteral("c disagrees with the others by ")));
}

void tst_SourceSelection::agreesWithNobodyWhenTwoDisagree()
{
    const auto selection = selectSources({source("a", 0ms, 5ms), source("b", 5s, 5ms)});
    QVERIFY(!selection.offset);
    QVERIFY(selection.note.contains(u"disagree"));
    QCOMPARE(selection.sources.at(0).state, StampState::Unsynced);
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

void tst_SourceSelection::vagueSourcesDoNotConfirmWhatSharpOnesSaid()
{
    const auto selection = selectSources({stale(source("a", 0ms, 1ms)), stale(source("b", 0ms, 1ms)),
                                          source("web", 15ms, 144ms, SourceKind::Http)});
    QCOMPARE(selection.state, StampState::Holdover);
    QCOMPARE(lettersOf(selection), QStringLiteral("*++"));
    QVERIFY2(selection.note.contains(QStringLiteral("only vaguer ones do")), qPrintable(selection.note));
}

void tst_SourceSelection::vagueSourcesDoNotVoteBesideSharpOnes()
{
    const auto selection =
        selectSources({source("a", 0ms, 5ms), source("vague", 9s, 2s), source("vaguer", 9s, 3s)});
    QCOMPARE(lettersOf(selection), QStringLiteral("*??"));
    QCOMPARE(selection.sources.at(1).state, StampState::Unsynced);
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
