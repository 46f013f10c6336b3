// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/commands/mongocommand.h"

#include "server/bridge/restheart.h"
#include "server/commands/mongoverify.h"
#include "server/store/outboxtable.h"
#include "server/store/roomtable.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::MongoCommand)
};

constexpr int LettersShown = 20;
/// A daemon beside us may write for a moment.
constexpr int BusyTimeout = 10000;

bool tellWaiting(const OutboxState &outbox, const CommandOutput &output, const Clock &clock)
{
    if (outbox.rows == 0)
        return output.say(Text::tr("No message waits for the bridge."));
    const qint64 age = outbox.oldest ? (toWire(clock.now()) - *outbox.oldest) / 1000000 : 0;
    return output.say(Text::tr("%1 messages wait for the bridge, the oldest for %2 s.")
                          .arg(outbox.rows)
                          .arg(qMax(qint64(0), age)));
}

bool tellDeadLetters(const StoreConnection &connection, const OutboxState &outbox,
                     const CommandOutput &output)
{
    if (outbox.dead == 0)
        return true;
    const auto letters = readDeadLetters(connection, LettersShown);
    if (!letters) {
        (void)output.complain(letters.error());
        return false;
    }
    output.say(Text::tr("%1 messages were refused for good (synchatd mongo replay --dead tries them again):")
                   .arg(outbox.dead));
    for (const DeadLetter &letter : *letters)
        output.say(Text::tr("  %1, message %2, since %3: %4")
                       .arg(letter.room)
                       .arg(letter.seq)
                       .arg(isoUtc(letter.since), letter.reason));
    return true;
}

int status(const CommandLine &line, const StoreConnection &connection, const CommandOutput &output,
           const Clock &clock)
{
    output.say(Text::tr("The bridge is %1.").arg(line.config.bridge.address->messages().toString()));
    RestHeart store(line.config.bridge);
    const auto health = awaitAnswer<StoreDone>([&](auto answer) { store.health(answer); });
    output.say(health ? Text::tr("It answers.")
                      : Text::tr("It does not serve us: %1").arg(health.error().reason));
    const auto outbox = readOutboxState(connection);
    if (!outbox)
        return output.complain(outbox.error());
    if (!tellWaiting(*outbox, output, clock) || !tellDeadLetters(connection, *outbox, output))
        return Failed;
    return health && outbox->dead == 0 ? Done : Failed;
}

Result<qint64, QString> replayNamedRoom(const StoreConnection &connection, const QString &name)
{
    const auto rooms = readRooms(connection);
    if (!rooms)
        return Failure(rooms.error());
    for (const StoredRoom &room : *rooms) {
        if (room.name == name)
            return replayRoom(connection, room.number);
    }
    return Failure(Text::tr("There is no room \"%1\".").arg(name));
}

int replay(const CommandLine &line, const StoreConnection &connection, const CommandOutput &output)
{
    const bool isRoom = line.has(u"room"_s);
    const bool isDead = line.has(u"dead"_s);
    if (isRoom && isDead) {
        (void)output.complain(Text::tr("Either --room or --dead makes sense, not both."));
        return BadUse;
    }
    const auto count = isRoom   ? replayNamedRoom(connection, line.options.value(u"room"_s))
                       : isDead ? replayDeadLetters(connection)
                                : replayEverything(connection);
    if (!count)
        return output.complain(count.error());
    output.say(
        Text::tr("%1 messages wait for the bridge again. The daemon sends them while it runs.").arg(*count));
    return Done;
}

} // namespace

CommandUsage mongoUsage()
{
    return {
        .words = u"status|replay|verify"_s,
        .leastWords = 1,
        .mostWords = 1,
        .options = {{u"room"_s, Text::tr("With replay: the messages of this room alone."), Text::tr("ROOM")},
                    {u"dead"_s, Text::tr("With replay: what was refused for good, once more."), {}}}};
}

int runMongo(const CommandLine &line, const CommandOutput &output, const Clock &clock)
{
    const QString task = line.words.constFirst();
    if (task != u"status"_s && task != u"replay"_s && task != u"verify"_s) {
        (void)output.complain(
            Text::tr("The argument \"%1\" makes no sense; there are: status, replay, verify.").arg(task));
        return BadUse;
    }
    if (task != u"replay"_s && !line.options.isEmpty()) {
        (void)output.complain(Text::tr("--room and --dead go with replay only."));
        return BadUse;
    }
    if (!line.config.bridge.isWanted()) {
        (void)output.complain(Text::tr("There is no bridge to MongoDB: please set MONGO_URI."));
        return BadUse;
    }
    const auto access =
        task == u"replay"_s ? StoreConnection::Access::ReadWrite : StoreConnection::Access::ReadOnly;
    const auto connection = StoreConnection::open(line.config.store.address(), access);
    if (!connection)
        return output.complain(connection.error());
    (*connection)->setBusyTimeout(BusyTimeout);
    if (task == u"status"_s)
        return status(line, **connection, output, clock);
    if (task == u"replay"_s)
        return replay(line, **connection, output);
    RestHeart store(line.config.bridge);
    return verifyMongo(**connection, store, output);
}

} // namespace Synchat
