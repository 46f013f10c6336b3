// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A history of many messages, made through the store itself, and what its readers take then.
//   bench_millions fill FOLDER MESSAGES   rooms of about 10 000; words as people use them (few often, many
//   seldom),
//                                         and one rare word in 20 messages
//   bench_millions read FOLDER            prints p50 and p99: the last page of a room, a page anywhere,
//   searches
#include "server/store/history.h"
#include "server/store/pagereader.h"
#include "server/store/roomtable.h"
#include "server/store/searchreader.h"
#include "tests/server/store/historyfixture.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QRandomGenerator>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

constexpr qint64 PerRoom = 10000;
constexpr int RareOnes = 20;
constexpr int UnderWay = 4000;
constexpr int WordsInText = 14;
constexpr int Vocabulary = 200000;

class Words
{
public:
    /// About as often as its rank says (Zipf).
    QString next()
    {
        const double rank = std::pow(double(Vocabulary), m_random.generateDouble());
        return u"w%1"_s.arg(qint64(rank), 0, 36);
    }
    QString text()
    {
        QString text;
        for (int i = 0; i < WordsInText; ++i)
            text += next() + u' ';
        return text;
    }
    QRandomGenerator &random() { return m_random; }

private:
    QRandomGenerator m_random{20261125};
};

class Filler : public QObject
{
public:
    Filler(History &history, qint64 messages)
        : m_history(history)
        , m_wanted(messages)
        , m_rareEvery(std::max<qint64>(1, messages / RareOnes))
    {
        connect(&history, &History::roomCreated, this, [this](quint64, const StoredRoom &room) {
            m_rooms.append(room.number);
            m_rooms.size() == m_roomsWanted ? refill() : createRoom();
        });
        connect(&history, &History::committed, this, [this](const QList<CommittedMessage> &stored) {
            m_done += stored.size();
            if (m_done / 500000 != (m_done - stored.size()) / 500000)
                std::fprintf(stderr, "%lld messages, %.0f a second\n", m_done,
                             double(m_done) / (double(m_since.elapsed()) / 1000));
            m_done >= m_wanted ? QCoreApplication::quit() : refill();
        });
        connect(&history, &History::notStored, this, [](const QList<quint64> &, const QString &reason) {
            std::fprintf(stderr, "%s\n", qPrintable(reason));
            QCoreApplication::exit(1);
        });
        m_roomsWanted = std::max<qint64>(1, messages / PerRoom);
        m_since.start();
        createRoom();
    }

private:
    void createRoom() { m_history.createRoom(1, u"room-%1"_s.arg(m_rooms.size()), u"Room"_s); }

    void refill()
    {
        for (; m_history.queued() < UnderWay && m_sent < m_wanted; ++m_sent) {
            Message message = sampleMessage(m_words.text());
            message.from = {u"u%1"_s.arg(m_sent % 200), u"person %1"_s.arg(m_sent % 200)};
            message.stamps.best.t = 1764000000000000 + m_sent * 100000;
            if (m_sent % m_rareEvery == m_rareEvery / 2)
                message.text += u"xylophone"_s;
            m_history.append(quint64(m_sent), m_rooms[m_words.random().bounded(m_rooms.size())], message);
        }
    }

    History &m_history;
    const qint64 m_wanted;
    const qint64 m_rareEvery;
    qint64 m_roomsWanted = 0;
    qint64 m_sent = 0;
    qint64 m_done = 0;
    QList<qint64> m_rooms;
    Words m_words;
    QElapsedTimer m_since;
};

void print(const char *what, std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    std::printf("%-46s p50 %.3f ms, p99 %.3f ms\n", what, times[times.size() / 2],
                times[times.size() * 99 / 100]);
    std::fflush(stdout);
}

template <typename Call>
std::vector<double> timed(int count, Call call)
{
    std::vector<double> times;
    for (int i = 0; i < count; ++i) {
        QElapsedTimer timer;
        timer.start();
        if (!call(i))
            std::printf("FAILED\n");
        times.push_back(double(timer.nsecsElapsed()) * 1e-6);
    }
    return times;
}

int readPages(const StoreAddress &path, const QList<StoredRoom> &rooms)
{
    const auto reader = PageReader::open(path);
    if (!reader)
        return 1;
    QRandomGenerator random(7);
    const auto anyRoom = [&] { return rooms[random.bounded(rooms.size())]; };
    constexpr int Count = 3000;
    print("last page of a room (100)", timed(Count, [&](int) {
              const StoredRoom room = anyRoom();
              return (*reader)->read({.room = room.number, .limit = 100, .upTo = room.lastSeq}).has_value();
          }));
    print("page anywhere (100)", timed(Count, [&](int i) {
              const StoredRoom room = anyRoom();
              return (*reader)
                  ->read({.room = room.number,
                          .anchor = std::array{HistoryAnchor::Before, HistoryAnchor::After,
                                               HistoryAnchor::Around}[std::size_t(i % 3)],
                          .value = random.bounded(room.lastSeq + 1),
                          .limit = 100,
                          .upTo = room.lastSeq})
                  .has_value();
          }));
    return 0;
}

/// A whole search, however many pieces it takes. Negative: it failed.
qsizetype found(SearchReader &reader, const SearchRequest &request)
{
    SearchRun run(request);
    while (!run.isFinished()) {
        if (reader.goOn(run, std::chrono::milliseconds(20)))
            return -1;
    }
    return run.result().finds.size();
}

int search(const StoreAddress &path, const QList<StoredRoom> &rooms)
{
    const auto reader = SearchReader::open(path);
    if (!reader)
        return 1;
    SearchRequest request;
    for (const StoredRoom &room : rooms)
        request.rooms.append({room.number, room.name, room.lastSeq});
    const auto measure = [&](const char *what, const QString &words, qsizetype wanted) {
        request.query = *SearchQuery::parse(words);
        print(what, timed(101, [&](int) { return found(**reader, request) >= wanted; }));
    };
    measure("search: a rare word, all rooms", u"xylophone"_s, RareOnes);
    measure("search: a frequent word", u"w1"_s, request.limit);
    measure("search: a frequent word and a rare one", u"w1 xylophone"_s, 0);
    measure("search: the beginning of a rare word", u"xyloph*"_s, RareOnes);
    measure("search: the beginning of frequent words", u"w1*"_s, request.limit);
    measure("search: no such word", u"nowhere"_s, 0);
    request.from = u"person 7"_s;
    measure("search: a rare word of one author", u"xylophone"_s, 0);
    measure("search: a frequent word of one author", u"w1"_s, request.limit);
    return 0;
}

int fill(const QString &folder, qint64 messages)
{
    StoreConfig config;
    config.dataDir = folder;
    const auto history = History::open(config);
    if (!history) {
        std::fprintf(stderr, "%s\n", qPrintable(history.error()));
        return 1;
    }
    const Filler filler(**history, messages);
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    if (arguments.size() < 3)
        return 2;
    if (arguments[1] == u"fill"_s)
        return fill(arguments[2], arguments.value(3).toLongLong());
    const StoreAddress address = StoreAddress::sqliteFile(arguments[2] + u"/synchat.db"_s);
    QList<StoredRoom> rooms;
    if (const auto connection = StoreConnection::open(address, StoreConnection::Access::ReadOnly)) {
        if (const auto all = readRooms(**connection))
            rooms = *all;
    }
    rooms.removeIf([](const StoredRoom &room) { return room.lastSeq == 0; });
    if (rooms.isEmpty())
        return 1;
    const int pages = readPages(address, rooms);
    return pages != 0 ? pages : search(address, rooms);
}
