// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/commands/mongoverify.h"

#include "server/shipping/pagecompare.h"
#include "server/store/roommessages.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::MongoVerify)
};

constexpr int PageSize = 1000;

using Fate = RoomMessages::Fate;

QString describe(const Difference &difference, Fate fate)
{
    const qint64 seq = difference.seq;
    switch (difference.kind) {
    case Difference::Kind::MissingAtBridge:
        if (fate == Fate::Waits)
            return Text::tr("message %1 and what follows wait to be sent to MongoDB").arg(seq);
        if (fate == Fate::Dead)
            return Text::tr("MongoDB refused message %1; synchatd mongo status says why").arg(seq);
        return Text::tr("message %1 is missing in MongoDB; synchatd mongo replay sends it again").arg(seq);
    case Difference::Kind::MissingInSql:
        return Text::tr("MongoDB holds message %1, which is not in SQL").arg(seq);
    case Difference::Kind::Changed:
        return Text::tr("message %1 is not the same in SQL and in MongoDB").arg(seq);
    case Difference::Kind::NoMessage:
        return Text::tr("in the place of message %1 MongoDB holds something that is no message").arg(seq);
    case Difference::Kind::BrokenChain:
        return Text::tr("message %1 is the same in both, and its hash does not follow from the one before")
            .arg(seq);
    }
    return {};
}

ChainWalk walkOf(const ShippedRoom &shipped)
{
    if (shipped.cutSeq > 0)
        return {shipped.cutSeq, shipped.cutChain};
    return {shipped.room.name, shipped.room.epoch};
}

/// Compares and prints.
class Comparison
{
public:
    Comparison(const StoreConnection &connection, DocumentStore &store, const CommandOutput &output)
        : m_sql(connection)
        , m_store(store)
        , m_output(output)
    {}

    int run()
    {
        // The bridge's first: SQL holds at least what has been there by then.
        const auto kept = awaitAnswer<QList<QJsonObject>>([this](auto answer) { m_store.findRooms(answer); });
        if (!kept)
            return m_output.complain(kept.error().reason);
        const auto rooms = m_sql.rooms();
        if (!rooms)
            return m_output.complain(rooms.error());
        bool areEqual = true;
        for (const ShippedRoom &room : *rooms) {
            const auto difference = compare(room, *kept);
            if (!difference)
                return m_output.complain(difference.error());
            areEqual = areEqual && difference->isEmpty();
            const QString words =
                difference->isEmpty() ? Text::tr("%n message(s), equal", nullptr, int(m_count)) : *difference;
            if (!m_output.say(u"%1: %2"_s.arg(room.room.name, words)))
                return Failed;
        }
        m_output.say(areEqual ? Text::tr("SQL and MongoDB hold the same.")
                              : Text::tr("SQL and MongoDB do not hold the same."));
        return areEqual ? Done : Failed;
    }

private:
    /// Empty: equal.
    Result<QString, QString> compare(const ShippedRoom &room, const QList<QJsonObject> &kept)
    {
        const bool isKept = std::any_of(kept.cbegin(), kept.cend(), [&](const QJsonObject &document) {
            const auto other = roomFromDocument(document);
            return other && other->room.name == room.room.name && other->room.epoch == room.room.epoch &&
                   other->room.number == room.room.number && other->room.title == room.room.title;
        });
        if (!isKept)
            return Text::tr("the room itself is not in MongoDB, or not the same there");
        ChainWalk walk = walkOf(room);
        m_count = 0;
        for (;;) {
            const auto documents = askPage(room.room, walk.lastSeq());
            if (!documents)
                return Failure(documents.error().reason);
            const auto messages = m_sql.read(room.room, walk.lastSeq(), PageSize);
            if (!messages)
                return Failure(messages.error());
            if (const auto difference = comparePages(*messages, *documents, PageSize, walk))
                return inWords(*difference);
            m_count += messages->size();
            if (messages->size() < PageSize)
                return QString();
        }
    }

    Result<QList<QJsonObject>, StoreFailure> askPage(const StoredRoom &room, qint64 after)
    {
        return awaitAnswer<QList<QJsonObject>>([&](auto answer) {
            m_store.findMessages({room.name, room.epoch, after, PageSize}, answer);
        });
    }

    Result<QString, QString> inWords(const Difference &difference)
    {
        if (difference.arrival == 0)
            return describe(difference, Fate::Sent);
        const auto fate = m_sql.fateOf(difference.arrival);
        if (!fate)
            return Failure(fate.error());
        return describe(difference, *fate);
    }

    RoomMessages m_sql;
    DocumentStore &m_store;
    const CommandOutput &m_output;
    qsizetype m_count = 0;
};

} // namespace

int verifyMongo(const StoreConnection &connection, DocumentStore &store, const CommandOutput &output)
{
    return Comparison(connection, store, output).run();
}

} // namespace Synchat
