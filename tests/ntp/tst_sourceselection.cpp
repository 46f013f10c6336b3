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

SourceStatus web(const char *name, const char *provider, Nanos middle, Nanos bound,
                 StampState state = StampState::Ok)
{
    SourceStatus status = source(name, middle, bound, SourceKind::Http);
    status.provider = QString::fromLatin1(provider);
    status.state = state;
    return status;
}

SourceStatus stale(SourceStatus status)
{
    status.state = StampState::Holdover;
    return status;
}

SourceStatus unsteady(SourceStatus status)
{
    status.unsteady = true;
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
    void namesNoMoreThanThreeLiars();
    void notes_data();
    void notes();
    void oneVoteForEachProvider_data();
    void oneVoteForEachProvider();
    void twinsAreJudgedToo();
    void anOverlappingLiarMovesTheResultNoFurtherThanAnHonestInterval();
    void amountsSaturate();
    void agreesWithNobodyWhenTwoDisagree();
    void saysSingleSource();
    void coversEveryPlaceThatMayBeRight();
    void neverCountsItself();
    void saysHoldover();
    void vagueSourcesDoNotConfirmWhatSharpOnesSaid();
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

void tst_SourceSelection::namesTheLiar()
{
    const auto selection =
        selectSources({source("a", 0ms, 5ms), source("b", 5s, 1ms), source("c", 2ms, 9ms)});
    QCOMPARE(selection.sources.at(1).state, StampState::Falseticker);
    // The others overlap from -5 to 5 ms, and it may be wrong by 1 ms itself.
    QCOMPARE(selection.sources.at(1).reason,
             QStringLiteral("It disagrees with the majority by 5.00 s (± 6 ms): falseticker."));
    QCOMPARE(selection.note, QStringLiteral("b disagrees with the others by 5.00 s."));
    QVERIFY(selection.offset->hi() < Nanos(1s));
}

void tst_SourceSelection::namesNoMoreThanThreeLiars()
{
    QList<SourceStatus> sources;
    for (int i = 0; i < 5; ++i)
        sources.append(source("honest", 0ms, 5ms));
    for (int i = 1; i <= 3; ++i)
        sources.append(source("liar", i * -10s, 1ms));
    QVERIFY(selectSources(sources).note.endsWith(QStringLiteral("by 30.0 s.")));
    sources.append(source("liar", 40s, 1ms));
    const QString note = selectSources(sources).note;
    QVERIFY(note.endsWith(QStringLiteral("by 30.0 s. More sources disagree.")));
    QVERIFY(!note.contains(QStringLiteral("40")));
}

void tst_SourceSelection::notes_data()
{
    QTest::addColumn<QList<SourceStatus>>("sources");
    QTest::addColumn<StampState>("state");
    QTest::addColumn<QString>("note");
    using List = QList<SourceStatus>;
    const auto row = [](const char *name, const List &sources, StampState state, const char *note) {
        QTest::newRow(name) << sources << state << QString::fromUtf8(note);
    };
    const SourceStatus a = source("a", 0ms, 5ms);
    const SourceStatus b = source("b", 1ms, 5ms);
    const SourceStatus liar = source("ntp3.example", 5s, 2ms);
    const SourceStatus os = source("system clock", 0ms, 5ms, SourceKind::Os);
    const SourceStatus page = source("web", 0ms, 130ms, SourceKind::Http);
    constexpr const char *Single = "There is a single source of time, which nothing else confirms.";
    row("two-agree", {a, b}, StampState::Ok, "");
    row("one-of-three-lies", {a, b, liar}, StampState::Ok,
        "ntp3.example disagrees with the others by 5.00 s.");
    row("the-last-one-lies", {stale(a), stale(b), liar}, StampState::Holdover,
        "No source of time answers any more; the bound grows until one does. ntp3.example disagrees with the "
        "others by 5.00 s.");
    row("single", {a}, StampState::Ok, Single);
    row("single-os", {os}, StampState::Ok, Single);
    row("two-disagree", {a, liar}, StampState::Unsynced,
        "a and ntp3.example disagree by 5.00 s, and nothing says which of them is right, so neither is "
        "used.");
    row("three-disagree", {a, liar, source("c", 9s, 1ms)}, StampState::Unsynced,
        "The sources of time disagree and none has a majority, so none is used.");
    row("os-and-one", {a, os}, StampState::Ok,
        "Only the operating system's clock and one other source agree, and the operating system may follow "
        "that very source.");
    row("os-and-one-outvote", {a, os, liar}, StampState::Ok,
        "Only the operating system's clock and one other source agree, and the operating system may follow "
        "that very source. ntp3.example disagrees with the others by 5.00 s.");
    row("os-and-two", {a, b, os}, StampState::Ok, "");
    row("os-outlives-servers", {stale(a), stale(b), os}, StampState::Ok,
        "No server answers any more; only the operating system says that its clock is right.");
    row("all-gone", {stale(a), stale(b)}, StampState::Holdover,
        "No source of time answers any more; the bound grows until one does.");
    row("all-gone-for-long", {stale(source("a", 0ms, 1001ms)), stale(source("b", 0ms, 1001ms))},
        StampState::Unsynced, "The sources of time are too vague or were lost too long ago to be relied on.");
    row("none", {}, StampState::Unsynced,
        "No source of time was heard, so nothing confirms the daemon's clock.");
    row("none-heard", {unheard("a"), source("self", 0ms, 1us, SourceKind::Self)}, StampState::Unsynced,
        "No source of time was heard, so nothing confirms the daemon's clock.");
    row("none-usable", {unsteady(page)}, StampState::Unsynced,
        "No source of time can be used, so nothing confirms the daemon's clock.");
    row("udp-blocked", {unheard("a"), page, web("other", "other", 0ms, 150ms)}, StampState::Ok,
        "No NTP server was heard: UDP may be blocked. Web servers tell the time less sharply.");
    row("udp-blocked-single", {unheard("a"), page}, StampState::Ok,
        "There is a single source of time, which nothing else confirms. No NTP server was heard: UDP may be "
        "blocked. Web servers tell the time less sharply.");
    row("one-ntp-server-blocked", {unheard("a"), b, page}, StampState::Ok, "");
    row("no-ntp-wanted", {page, web("other", "other", 0ms, 150ms)}, StampState::Ok, "");
}

void tst_SourceSelection::notes()
{
    QFETCH(QList<SourceStatus>, sources);
    const SourceSelection selection = selectSources(sources);
    QTEST(selection.state, "state");
    QTEST(selection.note, "note");
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
    QVERIFY(selection.sources.at(0).reason.contains(QStringLiteral("does not answer any more")));
    selection = selectSources({source("c", 0ms, 4ms), alsoStale});
    QCOMPARE(selection.state, StampState::Ok);
    QCOMPARE(lettersOf(selection), QStringLiteral("+*")); // what is known rests on the sharper one
    QVERIFY(selection.sources.at(0).reason.isEmpty() && !selection.sources.at(1).reason.isEmpty());
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
