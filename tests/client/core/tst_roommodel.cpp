// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/roommodel.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <map>
#include <set>

#include <malloc.h>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

Message messageOf(qint64 seq, const QUuid &id = QUuid::createUuid(), const QString &author = u"u1"_s)
{
    Message message;
    message.room = u"general"_s;
    message.seq = seq;
    message.id = id;
    message.from = {author, author};
    message.text = u"text %1"_s.arg(seq);
    return message;
}

QString wordFor(const RoomRow &row)
{
    switch (row.kind) {
    case RoomRow::Kind::Message:
        return QString::number(row.message.seq);
    case RoomRow::Kind::Gap:
        return u"[%1-%2]"_s.arg(row.gapFrom).arg(row.gapTo);
    case RoomRow::Kind::Pending:
        return u"p"_s + row.message.id.toString();
    case RoomRow::Kind::Failed:
        return u"f"_s + row.message.id.toString();
    }
    return {};
}

QStringList wordsOf(const RoomModel &model)
{
    QStringList words;
    for (int row = 0; row < model.rowCount(); ++row)
        words.append(wordFor(model.row(row)));
    return words;
}

/// Follows a model by its signals alone, as a view does.
class Follower : public QObject
{
public:
    explicit Follower(RoomModel &model)
        : m_model(model)
        , words(wordsOf(model))
    {
        connect(&model, &RoomModel::rowsInserted, this, [this](const QModelIndex &, int first, int last) {
            for (int row = first; row <= last; ++row)
                words.insert(row, wordFor(m_model.row(row)));
        });
        connect(&model, &RoomModel::rowsRemoved, this,
                [this](const QModelIndex &, int first, int last) { words.remove(first, last - first + 1); });
        connect(&model, &RoomModel::rowsMoved, this,
                [this](const QModelIndex &, int first, int last, const QModelIndex &, int to) {
                    if (first != last || to > first)
                        qCritical("only one row at a time moves, and upward");
                    words.move(first, to);
                });
        connect(&model, &RoomModel::dataChanged, this,
                [this](const QModelIndex &first, const QModelIndex &last) {
                    for (int row = first.row(); row <= last.row(); ++row)
                        words[row] = wordFor(m_model.row(row));
                });
        connect(&model, &RoomModel::modelReset, this, [this] { words = wordsOf(m_model); });
    }

private:
    RoomModel &m_model;

public:
    QStringList words;
};

/// The rows that a room must show, made the slow way.
struct NaiveRoom
{
    std::set<qint64> held;
    QList<std::pair<QUuid, bool>> waiting; ///< id, failed

    QStringList words() const
    {
        QStringList list;
        qint64 before = 0;
        for (const qint64 seq : held) {
            if (before > 0 && seq > before + 1)
                list.append(u"[%1-%2]"_s.arg(before + 1).arg(seq - 1));
            list.append(QString::number(seq));
            before = seq;
        }
        for (const auto &[id, failed] : waiting)
            list.append((failed ? u"f"_s : u"p"_s) + id.toString());
        return list;
    }
};

} // namespace

class tst_RoomModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void gaps_data();
    void gaps();
    void agreesWithANaiveRoom_data();
    void agreesWithANaiveRoom();
    void pendingRowBecomesFinalInItsPlace();
    void pendingRowMovesUpWhenALaterOneIsFirst();
    void anotherPersonsIdReplacesNothing();
    void knowsWhetherThereIsMore();
    void showsWhatIsBeforeAll();
    void edgeBecomesTheFirstMessages();
    void forgetsWhatIsFar_data();
    void forgetsWhatIsFar();
    void gapHasAState();
    void saysRowsInWords();
    void sharesStrings();
    void hundredThousandAreSmall();
};

void tst_RoomModel::gaps_data()
{
    using Batches = QList<QList<qint64>>;
    QTest::addColumn<Batches>("batches");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("in-order") << Batches{{1, 2, 3}} << QStringList{u"1"_s, u"2"_s, u"3"_s};
    QTest::newRow("unsorted-batch") << Batches{{3, 1, 2}} << QStringList{u"1"_s, u"2"_s, u"3"_s};
    QTest::newRow("repeats") << Batches{{1, 2, 2}, {2, 1}} << QStringList{u"1"_s, u"2"_s};
    QTest::newRow("hole-in-batch") << Batches{{1, 5}} << QStringList{u"1"_s, u"[2-4]"_s, u"5"_s};
    QTest::newRow("hole-behind") << Batches{{1}, {5}} << QStringList{u"1"_s, u"[2-4]"_s, u"5"_s};
    QTest::newRow("hole-before") << Batches{{5}, {1}} << QStringList{u"1"_s, u"[2-4]"_s, u"5"_s};
    QTest::newRow("closed") << Batches{{1, 5}, {2, 3, 4}}
                            << QStringList{u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s};
    QTest::newRow("closed-by-one") << Batches{{1, 3}, {2}} << QStringList{u"1"_s, u"2"_s, u"3"_s};
    QTest::newRow("from-its-start") << Batches{{1, 9}, {2, 3}}
                                    << QStringList{u"1"_s, u"2"_s, u"3"_s, u"[4-8]"_s, u"9"_s};
    QTest::newRow("from-its-end") << Batches{{1, 9}, {7, 8}}
                                  << QStringList{u"1"_s, u"[2-6]"_s, u"7"_s, u"8"_s, u"9"_s};
    QTest::newRow("split") << Batches{{1, 9}, {5}}
                           << QStringList{u"1"_s, u"[2-4]"_s, u"5"_s, u"[6-8]"_s, u"9"_s};
    QTest::newRow("split-twice") << Batches{{1, 9}, {3, 7}}
                                 << QStringList{u"1"_s, u"[2-2]"_s, u"3"_s, u"[4-6]"_s,
                                                u"7"_s, u"[8-8]"_s, u"9"_s};
    QTest::newRow("over-everything") << Batches{{4, 8}, {2, 5, 6, 9, 11}}
                                     << QStringList{u"2"_s,     u"[3-3]"_s, u"4"_s, u"5"_s,       u"6"_s,
                                                    u"[7-7]"_s, u"8"_s,     u"9"_s, u"[10-10]"_s, u"11"_s};
    QTest::newRow("no-number") << Batches{{0, -3, 1}} << QStringList{u"1"_s};
}

void tst_RoomModel::gaps()
{
    QFETCH(const QList<QList<qint64>>, batches);
    QFETCH(QStringList, expected);
    RoomModel model(u"general"_s);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    Follower follower(model);
    for (const QList<qint64> &batch : batches) {
        QList<Message> messages;
        for (const qint64 seq : batch)
            messages.append(messageOf(seq));
        model.add(messages);
    }
    QCOMPARE(wordsOf(model), expected);
    QCOMPARE(follower.words, expected);
}

void tst_RoomModel::agreesWithANaiveRoom_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 25; ++seed)
        QTest::addRow("seed-%u", seed) << seed;
}

void tst_RoomModel::agreesWithANaiveRoom()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    RoomModel model(u"general"_s);
    Follower follower(model);
    NaiveRoom naive;
    std::map<qint64, QUuid> ids; // of messages that pending rows of ours will become
    const auto add = [&](qint64 from, qint64 to, bool withHoles) {
        QList<Message> page;
        for (qint64 seq = from; seq <= to; ++seq) {
            if (withHoles && random.bounded(4) == 0)
                continue;
            const QUuid id = ids.contains(seq) ? ids.at(seq) : QUuid::createUuid();
            page.append(messageOf(seq, id));
            if (naive.held.insert(seq).second)
                naive.waiting.removeIf([&id](const auto &row) { return row.first == id; });
        }
        std::shuffle(page.begin(), page.end(), random);
        model.add(page);
    };
    for (int step = 0; step < 120; ++step) {
        const qint64 end = naive.held.empty() ? 0 : *naive.held.rbegin();
        switch (random.bounded(8)) {
        case 0:
        case 1: // live
            add(end + 1, end + 1, false);
            break;
        case 2: { // a page somewhere
            const qint64 from = 1 + random.bounded(400);
            add(from, from + random.bounded(60), random.bounded(2) == 0);
            break;
        }
        case 3: { // one of ours, numbered later or already missing
            const QUuid id = QUuid::createUuid();
            Message pending = messageOf(0, id);
            model.addPending(pending);
            model.addPending(pending);
            naive.waiting.append({id, false});
            const qint64 seq = random.bounded(3) == 0 ? 1 + random.bounded(400) : end + 1 + random.bounded(5);
            if (!naive.held.contains(seq))
                ids[seq] = id;
            break;
        }
        case 4: // an answer to one of ours
            for (const auto &[seq, id] : ids) {
                if (!naive.held.contains(seq) && random.bounded(3) == 0) {
                    add(seq, seq, false);
                    break;
                }
            }
            break;
        case 5:
            if (!naive.waiting.isEmpty()) {
                auto &row = naive.waiting[random.bounded(naive.waiting.size())];
                row.second = !row.second;
                if (row.second)
                    model.markFailed(row.first, u"no"_s);
                else
                    model.markPending(row.first);
            }
            break;
        case 6:
            if (!naive.waiting.isEmpty() && random.bounded(4) == 0)
                model.removePending(naive.waiting.takeAt(random.bounded(naive.waiting.size())).first);
            break;
        default:
            if (random.bounded(25) == 0) { // another epoch
                model.reset();
                naive.held.clear();
                ids.clear();
            }
        }
        QCOMPARE(wordsOf(model), naive.words());
        QCOMPARE(follower.words, naive.words());
        const qint64 seq = random.bounded(470);
        QCOMPARE(model.rowOfSeq(seq) >= 0, naive.held.contains(seq));
        QCOMPARE(model.firstSeq(), naive.held.empty() ? 0 : *naive.held.begin());
        QCOMPARE(model.lastSeq(), naive.held.empty() ? 0 : *naive.held.rbegin());
    }
}

void tst_RoomModel::pendingRowBecomesFinalInItsPlace()
{
    RoomModel model(u"general"_s);
    model.add({messageOf(1)});
    const QUuid id = QUuid::createUuid();
    model.addPending(messageOf(0, id));
    QSignalSpy changed(&model, &RoomModel::dataChanged);
    QSignalSpy inserted(&model, &RoomModel::rowsInserted);
    QSignalSpy removed(&model, &RoomModel::rowsRemoved);
    QSignalSpy moved(&model, &RoomModel::rowsMoved);
    model.add({messageOf(2, id)});
    QCOMPARE(wordsOf(model), (QStringList{u"1"_s, u"2"_s}));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(inserted.size() + removed.size() + moved.size(), 0);
}

void tst_RoomModel::pendingRowMovesUpWhenALaterOneIsFirst()
{
    RoomModel model(u"general"_s);
    const QUuid first = QUuid::createUuid();
    const QUuid second = QUuid::createUuid();
    model.addPending(messageOf(0, first));
    model.addPending(messageOf(0, second));
    model.markFailed(first, u"no"_s);
    QSignalSpy moved(&model, &RoomModel::rowsMoved);
    model.add({messageOf(1, second)});
    QCOMPARE(wordsOf(model), (QStringList{u"1"_s, u"f"_s + first.toString()}));
    QCOMPARE(moved.size(), 1);
}

void tst_RoomModel::anotherPersonsIdReplacesNothing()
{
    RoomModel model(u"general"_s);
    const QUuid id = QUuid::createUuid();
    model.addPending(messageOf(0, id, {}));
    model.setPendingAuthor({u"u1"_s, u"ana"_s});
    model.add({messageOf(1, id, u"u2"_s)});
    QCOMPARE(model.rowCount(), 2);
    model.add({messageOf(2, id, u"u1"_s)});
    QCOMPARE(wordsOf(model), (QStringList{u"1"_s, u"2"_s}));
}

void tst_RoomModel::knowsWhetherThereIsMore()
{
    RoomModel model(u"general"_s);
    QVERIFY(!model.hasOlder());
    model.setServerRange(1, 10);
    QVERIFY(model.hasOlder());
    model.add({messageOf(3), messageOf(4)});
    QVERIFY(model.hasOlder());
    model.setServerRange(3, 10);
    QVERIFY(!model.hasOlder());
    model.setServerRange(1, 10);
    model.add({messageOf(1), messageOf(2)});
    QVERIFY(!model.hasOlder());
    model.reset();
    QVERIFY(!model.hasOlder());
}

void tst_RoomModel::showsWhatIsBeforeAll()
{
    RoomModel model(u"general"_s);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    Follower follower(model);
    const auto expect = [&](const QStringList &rows) {
        QCOMPARE(wordsOf(model), rows);
        QCOMPARE(follower.words, rows);
    };
    model.setServerRange(1, 90);
    expect({});
    model.add({messageOf(89), messageOf(90)});
    expect({u"[1-88]"_s, u"89"_s, u"90"_s});
    QCOMPARE(model.firstSeq(), 89);
    QCOMPARE(model.rowOfSeq(5), -1);
    model.add({messageOf(50), messageOf(51)}); // around a place
    expect({u"[1-49]"_s, u"50"_s, u"51"_s, u"[52-88]"_s, u"89"_s, u"90"_s});
    QCOMPARE(model.firstSeq(), 50);
    model.add({messageOf(48), messageOf(49)});
    expect({u"[1-47]"_s, u"48"_s, u"49"_s, u"50"_s, u"51"_s, u"[52-88]"_s, u"89"_s, u"90"_s});
    model.setServerRange(40, 90); // retention
    expect({u"[40-47]"_s, u"48"_s, u"49"_s, u"50"_s, u"51"_s, u"[52-88]"_s, u"89"_s, u"90"_s});
    model.setServerRange(48, 90);
    expect({u"48"_s, u"49"_s, u"50"_s, u"51"_s, u"[52-88]"_s, u"89"_s, u"90"_s});
    QCOMPARE(model.row(4).gapState, RoomRow::GapState::Missing);
    model.setServerRange(89, 90);
    QCOMPARE(model.row(4).gapState, RoomRow::GapState::Gone);
    model.setGapState(60, RoomRow::GapState::Loading); // gone is gone
    QCOMPARE(model.row(4).gapState, RoomRow::GapState::Gone);
    model.setServerRange(40, 90);
    model.add({messageOf(30)}); // older than the server said that anything is
    expect({u"30"_s, u"[31-47]"_s, u"48"_s, u"49"_s, u"50"_s, u"51"_s, u"[52-88]"_s, u"89"_s, u"90"_s});
    model.reset();
    expect({});
}

void tst_RoomModel::edgeBecomesTheFirstMessages()
{
    RoomModel model(u"general"_s);
    model.setServerRange(1, 5);
    const QUuid id = QUuid::createUuid();
    model.addPending(messageOf(0, id));
    model.add({messageOf(5, id)});
    QCOMPARE(wordsOf(model), (QStringList{u"[1-4]"_s, u"5"_s}));
    QSignalSpy removed(&model, &RoomModel::rowsRemoved);
    model.add({messageOf(1), messageOf(2), messageOf(3), messageOf(4)});
    QCOMPARE(wordsOf(model), (QStringList{u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s}));
    QCOMPARE(removed.size(), 0);
    QVERIFY(!model.hasOlder());
}

void tst_RoomModel::forgetsWhatIsFar_data()
{
    QTest::addColumn<QList<std::pair<qint64, qint64>>>("held"); // islands, at most 2000 rows are to stay
    QTest::addColumn<qint64>("near");
    QTest::addColumn<QStringList>("around"); // the gaps, and the rows beside them
    using Islands = QList<std::pair<qint64, qint64>>;
    QTest::newRow("few-enough") << Islands{{1, 2000}} << qint64(5) << QStringList();
    QTest::newRow("reads-at-the-end")
        << Islands{{1, 2001}} << qint64(2001) << QStringList{u"[1-201]"_s, u"202"_s};
    QTest::newRow("reads-at-the-start")
        << Islands{{1, 2001}} << qint64(3) << QStringList{u"1300"_s, u"[1301-1501]"_s, u"1502"_s};
    QTest::newRow("gap-at-the-edge-grows")
        << Islands{{100, 2200}} << qint64(2000) << QStringList{u"[1-400]"_s, u"401"_s};
    QTest::newRow("gap-inside-is-swallowed") << Islands{{1, 1300}, {1401, 2200}} << qint64(500)
                                             << QStringList{u"1300"_s, u"[1301-1700]"_s, u"1701"_s};
}

void tst_RoomModel::forgetsWhatIsFar()
{
    using Islands = QList<std::pair<qint64, qint64>>;
    QFETCH(const Islands, held);
    QFETCH(qint64, near);
    RoomModel model(u"general"_s);
    model.setServerRange(1, held.constLast().second);
    for (const auto &[from, to] : held) {
        QList<Message> page;
        for (qint64 seq = from; seq <= to; ++seq)
            page.append(messageOf(seq));
        model.add(page);
    }
    const QUuid waiting = QUuid::createUuid();
    model.addPending(messageOf(0, waiting));
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    Follower follower(model);
    model.forgetFarFrom(near, 2000);
    QVERIFY(model.rowCount() <= 2002);
    QCOMPARE(follower.words, wordsOf(model));
    QCOMPARE(model.lastSeq(), held.constLast().second);
    QCOMPARE(model.row(model.rowCount() - 1).kind, RoomRow::Kind::Pending);
    QStringList around;
    for (int row = 0; row < model.rowCount(); ++row) {
        if (!model.row(row).isGap())
            continue;
        for (int beside = std::max(row - 1, 0); beside <= row + 1; ++beside)
            around.append(follower.words.at(beside));
    }
    QTEST(around, "around");
}

void tst_RoomModel::gapHasAState()
{
    RoomModel model(u"general"_s);
    model.add({messageOf(1), messageOf(9)});
    using State = RoomRow::GapState;
    model.setGapState(5, State::Loading);
    QCOMPARE(model.row(1).gapState, State::Loading);
    model.setGapState(1, State::Loading); // a message, no gap
    model.setGapState(70, State::Loading);
    model.add({messageOf(4)});
    QCOMPARE(model.row(1).gapState, State::Missing);
    QCOMPARE(model.row(3).gapState, State::Missing);
    model.setGapState(6, State::Failed, u"No."_s);
    QCOMPARE(model.row(3).failure, u"No."_s);
    model.forgiveGaps();
    QCOMPARE(model.row(3).gapState, State::Missing);
    QCOMPARE(model.row(3).failure, QString());
}

void tst_RoomModel::saysRowsInWords()
{
    RoomModel model(u"general"_s);
    Message message = messageOf(1);
    message.from.name = u"ana"_s;
    message.text = u"disk alarm"_s;
    message.stamps.best = {1'764'000'205'000'000, 1000, StampState::Ok};
    model.add({message, messageOf(3)});
    const QString spoken = model.data(model.index(0), RoomModel::AccessibleRole).toString();
    QVERIFY2(spoken.startsWith(u"ana, 16:03:25 UTC"_s), qPrintable(spoken));
    QVERIFY2(spoken.endsWith(u": disk alarm"_s), qPrintable(spoken));
    QVERIFY(!model.data(model.index(1), RoomModel::AccessibleRole).toString().isEmpty());
    QVERIFY(model.data(model.index(0), RoomModel::JsonRole).toByteArray().contains("\"type\":\"message\""));
    QCOMPARE(model.data(model.index(0), Qt::DisplayRole).toString(), u"disk alarm"_s);
    QVERIFY(!model.data(model.index(7), Qt::DisplayRole).isValid());
}

void tst_RoomModel::sharesStrings()
{
    RoomModel model(u"general"_s);
    model.add({messageOf(1, {}, u"a long name of an author"_s + QString::number(1))});
    model.add({messageOf(2, {}, u"a long name of an author"_s + QString::number(1))});
    QCOMPARE(model.row(1).message.from.name.constData(), model.row(0).message.from.name.constData());
    QCOMPARE(model.row(1).message.from.id.constData(), model.row(0).message.from.id.constData());
    QCOMPARE(model.row(1).message.kind.constData(), model.row(0).message.kind.constData());
    QCOMPARE(model.row(0).message.room.constData(), model.room().constData());
}

void tst_RoomModel::hundredThousandAreSmall()
{
#if defined(__SANITIZE_ADDRESS__)
    QSKIP("A sanitizer counts its own bytes.");
#endif
    constexpr int count = 100'000;
    RoomModel model(u"general"_s);
    const size_t before = mallinfo2().uordblks;
    for (int from = 1; from <= count; from += 500) {
        QList<Message> page;
        for (qint64 seq = from; seq < from + 500; ++seq) {
            Message message = messageOf(seq, QUuid::createUuid(), u"user %1"_s.arg(seq % 50));
            message.text = QString(40, u'x');
            message.stamps.local = {seq, 1, 1, StampState::Ok, false, u"boot%1"_s.arg(seq % 3)};
            message.stamps.api = {seq, 1, 1, StampState::Ok, u"time.%1.example"_s.arg(seq % 3)};
            message.stamps.ntp = {seq, 1, 1, StampState::Ok, u"ntp.%1.example"_s.arg(seq % 3)};
            page.append(message);
        }
        model.add(page);
    }
    const double megabytes = static_cast<double>(mallinfo2().uordblks - before) / 1e6;
    qInfo("%d messages in the model: %.1f MB", count, megabytes);
    QCOMPARE(model.rowCount(), count);
    QVERIFY2(megabytes < 72, qPrintable(QString::number(megabytes)));
}

QTEST_GUILESS_MAIN(tst_RoomModel)
#include "tst_roommodel.moc"
