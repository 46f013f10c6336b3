// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a selection says about its sources and about itself.
#include "ntp/selectiontext.h"

#include "ntp/sourceselection.h"
#include "tests/ntp/selectionkit.h"

#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;

class tst_SelectionText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void namesTheLiar();
    void namesNoMoreThanThreeLiars();
    void notes_data();
    void notes();
    void saysSingleSource();
    void saysHoldover();
    void keepsAReasonGivenBefore();
};

void tst_SelectionText::namesTheLiar()
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

void tst_SelectionText::namesNoMoreThanThreeLiars()
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

void tst_SelectionText::notes_data()
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

void tst_SelectionText::notes()
{
    QFETCH(QList<SourceStatus>, sources);
    const SourceSelection selection = selectSources(sources);
    QTEST(selection.state, "state");
    QTEST(selection.note, "note");
}

void tst_SelectionText::saysSingleSource()
{
    QVERIFY(selectSources({source("a", 0ms, 5ms)}).note.contains(u"single source"));
    QVERIFY(selectSources({}).note.contains(u"nothing confirms"));
}

void tst_SelectionText::saysHoldover()
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

void tst_SelectionText::keepsAReasonGivenBefore()
{
    SourceStatus barred = source("a", 0ms, 5ms);
    barred.reason = QStringLiteral("The server asked not to be asked.");
    const auto selection = selectSources({barred, source("b", 1s, 5ms)});
    QCOMPARE(lettersOf(selection), QStringLiteral("?*"));
    QCOMPARE(selection.sources.at(0).reason, barred.reason);
}

QTEST_APPLESS_MAIN(tst_SelectionText)
#include "tst_selectiontext.moc"
