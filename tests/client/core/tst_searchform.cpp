// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/placetext.h"
#include "client/core/searchform.h"
#include "client/core/searchsession.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

constexpr WireMicros Second = 1'000'000;
constexpr WireMicros Day = 86'400 * Second;
constexpr WireMicros Noon = 1'795'438'800 * Second;        // 2026-11-23T13:00:00Z, 14:00 in Madrid
constexpr WireMicros Midnight = Noon - 14 * 3600 * Second; // in Madrid

QTimeZone madrid()
{
    return QTimeZone("Europe/Madrid");
}

SearchForm formOf(const QString &words, const QString &author = {})
{
    SearchForm form;
    form.words = words;
    form.author = author;
    return form;
}

Message messageAt(qint64 seq, OptionalMicros time)
{
    Message message;
    message.room = u"ops"_s;
    message.seq = seq;
    message.stamps.best.t = time;
    return message;
}

} // namespace

class tst_SearchForm : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refuses_data();
    void refuses();
    void fillsTheFrame();
    void periods_data();
    void periods();
    void snippets_data();
    void snippets();
    void troubles_data();
    void troubles();
    void remarksOnSeqs();
    void remarksOnTimes_data();
    void remarksOnTimes();
};

void tst_SearchForm::refuses_data()
{
    QTest::addColumn<SearchForm>("form");
    QTest::newRow("nothing") << formOf({});
    QTest::newRow("only-spaces") << formOf(u"  \t "_s, u" "_s);
    QTest::newRow("name-of-nobody") << formOf(u"disk"_s, QString(40, u'x'));
    SearchForm backward = formOf(u"disk"_s);
    backward.period = SearchForm::Period::Between;
    backward.from = QDate(2026, 5, 2);
    backward.to = QDate(2026, 5, 1);
    QTest::newRow("days-in-the-wrong-order") << backward;
}

void tst_SearchForm::refuses()
{
    QFETCH(SearchForm, form);
    const auto frame = searchFrame(form, madrid(), Noon);
    QVERIFY(!frame);
    QVERIFY2(frame.error().endsWith(u'.'), qPrintable(frame.error()));
}

void tst_SearchForm::fillsTheFrame()
{
    SearchForm form = formOf(u" disk al* "_s, u" ana "_s);
    form.room = u"ops"_s;
    const auto frame = searchFrame(form, madrid(), Noon);
    QVERIFY(frame);
    QCOMPARE(frame->query, u"disk al*"_s);
    QCOMPARE(frame->from, u"ana"_s);
    QCOMPARE(frame->room->text(), u"ops"_s);
    QVERIFY(!frame->since && !frame->until);
    QVERIFY(searchFrame(formOf({}, u"ana"_s), madrid(), Noon)); // all that somebody said
    QVERIFY(!searchFrame(formOf(u"disk"_s), madrid(), Noon)->room);
}

void tst_SearchForm::periods_data()
{
    using Period = SearchForm::Period;
    QTest::addColumn<Period>("period");
    QTest::addColumn<QDate>("from");
    QTest::addColumn<QDate>("to");
    QTest::addColumn<OptionalMicros>("since");
    QTest::addColumn<OptionalMicros>("until");
    const OptionalMicros none;
    QTest::newRow("any") << Period::Any << QDate() << QDate() << none << none;
    QTest::newRow("today") << Period::Today << QDate() << QDate() << OptionalMicros(Midnight) << none;
    QTest::newRow("week") << Period::LastWeek << QDate() << QDate() << OptionalMicros(Midnight - 6 * Day)
                          << none;
    QTest::newRow("month-over-the-change-of-clocks")
        << Period::LastMonth << QDate() << QDate() << OptionalMicros(Midnight - 29 * Day - 3600 * Second)
        << none;
    QTest::newRow("one-day") << Period::Between << QDate(2026, 11, 23) << QDate(2026, 11, 23)
                             << OptionalMicros(Midnight) << OptionalMicros(Midnight + Day);
    QTest::newRow("summer") << Period::Between << QDate(2026, 7, 1) << QDate(2026, 7, 2)
                            << OptionalMicros(1'782'856'800 * Second)
                            << OptionalMicros(1'782'856'800 * Second + 2 * Day);
}

void tst_SearchForm::periods()
{
    QFETCH(SearchForm::Period, period);
    SearchForm form = formOf(u"disk"_s);
    form.period = period;
    QFETCH(QDate, from);
    QFETCH(QDate, to);
    form.from = from;
    form.to = to;
    const auto frame = searchFrame(form, madrid(), Noon);
    QVERIFY(frame);
    QTEST(frame->since, "since");
    QTEST(frame->until, "until");
}

void tst_SearchForm::snippets_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("line");
    QTest::addColumn<QStringList>("marked");
    QTest::newRow("one-word") << u"a disk alarm"_s << u"disk"_s << u"a disk alarm"_s
                              << QStringList{u"disk"_s};
    QTest::newRow("beginning-marks-the-word") << u"alarms and alarm"_s << u"ala*"_s << u"alarms and alarm"_s
                                              << QStringList{u"alarms"_s, u"alarm"_s};
    QTest::newRow("case-and-accents") << u"El Ávila ardía"_s << u"avila ARDIA"_s << u"El Ávila ardía"_s
                                      << QStringList{u"Ávila"_s, u"ardía"_s};
    QTest::newRow("line-breaks") << u"one\ntwo\tthree"_s << u"three"_s << u"one two three"_s
                                 << QStringList{u"three"_s};
    QTest::newRow("no-words") << u"anything"_s << QString() << u"anything"_s << QStringList();
    const QString before = u"word "_s.repeated(30);
    QTest::newRow("far-in-the-text") << before + u"needle and more"_s << u"needle"_s
                                     << u"…word word needle and more"_s << QStringList{u"needle"_s};
    QTest::newRow("far-in-one-long-word")
        << QString(200, u'x') + u" needle"_s << u"needle"_s << u"…needle"_s << QStringList{u"needle"_s};
    QTest::newRow("empty") << QString() << u"needle"_s << QString() << QStringList();
}

void tst_SearchForm::snippets()
{
    QFETCH(QString, text);
    QFETCH(QString, query);
    const SearchSnippet snippet = searchSnippet(text, *SearchQuery::parse(query));
    QTEST(snippet.text, "line");
    QStringList marked;
    for (const TextRange &mark : snippet.marks)
        marked.append(snippet.text.sliced(mark.start, mark.length));
    QTEST(marked, "marked");
}

void tst_SearchForm::troubles_data()
{
    QTest::addColumn<ErrorFrame>("error");
    QTest::addColumn<QString>("words");
    const auto error = [](ErrorCode code, std::optional<double> retryAfter = {}) {
        return ErrorFrame{code, u"It says why."_s, {}, retryAfter};
    };
    QTest::newRow("forbidden") << error(ErrorCode::Forbidden) << u"It says why."_s;
    QTest::newRow("rate") << error(ErrorCode::RateLimited, 2.2) << u"It says why. Try again in 3 seconds."_s;
    QTest::newRow("at-once") << error(ErrorCode::RateLimited, 0) << u"It says why. Try again in a second."_s;
    QTest::newRow("absurd") << error(ErrorCode::Busy, 1e300) << u"It says why. Try again in 3600 seconds."_s;
    QTest::newRow("busy") << error(ErrorCode::Busy) << u"It says why. Try again in a moment."_s;
    QTest::newRow("outside") << error(ErrorCode::NotJoined)
                             << u"It says why. Join the room, or search in all rooms."_s;
}

void tst_SearchForm::troubles()
{
    QFETCH(ErrorFrame, error);
    QTEST(searchTrouble(error), "words");
}

void tst_SearchForm::remarksOnSeqs()
{
    QCOMPARE(remarkOnSeq(7, messageAt(7, {})), QString());
    QCOMPARE(remarkOnSeq(3, messageAt(7, {})),
             u"Message 3 is not kept in # ops any more. This is the one nearest to it."_s);
}

void tst_SearchForm::remarksOnTimes_data()
{
    QTest::addColumn<OptionalMicros>("shown");
    QTest::addColumn<QString>("words");
    QTest::newRow("later-that-day") << OptionalMicros(Noon + 5 * 3600 * Second) << QString();
    QTest::newRow("earlier-that-day") << OptionalMicros(Midnight) << QString();
    QTest::newRow("next-day-in-the-zone")
        << OptionalMicros(Midnight + Day)
        << u"Nothing was said in # ops on 23 November 2026. The next message "
           "is of 24 November 2026."_s;
    QTest::newRow("day-before-in-the-zone") << OptionalMicros(Midnight - 1)
                                            << u"Nothing was said in # ops on 23 November 2026 or later. The "
                                               "last message is of 22 November 2026."_s;
    QTest::newRow("without-time") << OptionalMicros()
                                  << u"The message that was found does not say when it was written."_s;
}

void tst_SearchForm::remarksOnTimes()
{
    QFETCH(OptionalMicros, shown);
    QTEST(remarkOnTime(Noon, messageAt(7, shown), madrid()), "words");
}

QTEST_GUILESS_MAIN(tst_SearchForm)
#include "tst_searchform.moc"
