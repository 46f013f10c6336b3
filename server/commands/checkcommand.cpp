// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/commands/checkcommand.h"

#include "server/store/datafolder.h"
#include "server/store/filecheck.h"
#include "server/store/lastpages.h"
#include "server/store/roomcheck.h"
#include "server/store/roomtable.h"
#include "server/store/schema.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QVariant>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::CheckCommand)
};

/// A step of the progress that is worth a line.
constexpr qint64 MessagesOfLine = 1'000'000;

double secondsBetween(MonoTime from, MonoTime to)
{
    return std::chrono::duration<double>(to - from).count();
}

/// Goes through a history and prints what it looks at. What is wrong is said once each, on standard error.
class Check
{
public:
    Check(const CommandOutput &output, const Clock &clock)
        : m_output(output)
        , m_clock(clock)
    {}

    int run(const StoreConfig &store)
    {
        const StoreAddress address = store.address();
        if (!address.isPostgresql() && !QFileInfo::exists(address.file()))
            return m_output.complain(Text::tr("There is no history at %1.").arg(address.text()));
        m_output.say(address.text());
        if (checkReadOnly(address) && m_problems == 0 && !address.isPostgresql())
            checkWords(address, store.dataDir);
        return conclude();
    }

private:
    /// False: this version has nothing more to look at.
    bool checkReadOnly(const StoreAddress &address)
    {
        const auto connection = StoreConnection::open(address, StoreConnection::Access::ReadOnly);
        const auto version =
            connection ? schemaVersionOf(**connection) : Result<int, QString>(Failure(connection.error()));
        if (!version) {
            complain(version.error());
            return false;
        }
        m_output.say(Text::tr("header: a history of Synchat, schema %1").arg(*version));
        if (!address.isPostgresql()) // a server looks after its own files
            checkStructure(**connection);
        if (*version == SchemaVersion) {
            checkRooms(**connection);
            return true;
        }
        m_output.say(Text::tr("rooms: not looked at; the next start of the daemon brings the history "
                              "to schema %1")
                         .arg(SchemaVersion));
        return false;
    }

    void checkStructure(const StoreConnection &connection)
    {
        const MonoTime begin = m_clock.monotonic();
        const auto problem = problemOfStructure(connection, CheckDepth::Whole);
        tell(Text::tr("structure"), problem, begin);
    }

    /// Last, on the only connection, which takes an empty write-ahead log away again.
    void checkWords(const StoreAddress &address, const QString &dataDir)
    {
        if (DataFolder::isInUse(dataDir)) {
            m_output.say(Text::tr("full-text index: not looked at, since a daemon uses the history"));
            return;
        }
        const MonoTime begin = m_clock.monotonic();
        const auto connection = StoreConnection::open(address, StoreConnection::Access::ReadWrite);
        tell(Text::tr("full-text index"),
             connection ? problemOfWords(**connection) : std::optional(connection.error()), begin);
    }

    void checkRooms(const StoreConnection &connection)
    {
        const auto rooms = readRooms(connection);
        const auto newest = connection.run(u"SELECT max(arrival) FROM message"_s);
        if (!rooms || !newest) {
            complain(rooms ? explainSqlError(newest.error()) : rooms.error());
            return;
        }
        SeenNumbers arrivals(newest->toLongLong());
        const MonoTime begin = m_clock.monotonic();
        for (const StoredRoom &room : *rooms)
            checkOne(connection, room, arrivals);
        const double seconds = secondsBetween(begin, m_clock.monotonic());
        m_output.say(Text::tr("%1 messages in %2 rooms, %3 s, %4 a second")
                         .arg(m_messages)
                         .arg(rooms->size())
                         .arg(seconds, 0, 'f', 1)
                         .arg(qRound64(double(m_messages) / qMax(seconds, 0.001))));
        if (const auto problem = problemOfRest(connection, *rooms))
            complain(*problem);
    }

    void checkOne(const StoreConnection &connection, const StoredRoom &room, SeenNumbers &arrivals)
    {
        const auto progress = [&](qint64 messages) {
            if (messages % MessagesOfLine == 0)
                m_output.say(Text::tr("room %1: %2 messages so far").arg(room.name).arg(messages));
        };
        const auto findings = checkRoom(connection, room, arrivals, progress);
        if (!findings) {
            complain(findings.error());
            return;
        }
        m_messages += findings->messages;
        if (findings->fault)
            complain(faultText(room.name, *findings->fault));
        else if (findings->messages == 0)
            m_output.say(Text::tr("room %1: empty").arg(room.name));
        else
            m_output.say(Text::tr("room %1: messages %2 to %3 fit their chain")
                             .arg(room.name)
                             .arg(findings->firstSeq)
                             .arg(findings->lastSeq));
    }

    void tell(const QString &what, const std::optional<QString> &problem, MonoTime begin)
    {
        if (problem) {
            complain(*problem);
            return;
        }
        m_output.say(
            Text::tr("%1: fine, %2 s").arg(what).arg(secondsBetween(begin, m_clock.monotonic()), 0, 'f', 1));
    }

    void complain(const QString &sentence)
    {
        ++m_problems;
        (void)m_output.complain(sentence);
    }

    int conclude()
    {
        if (m_problems == 0) {
            m_output.say(Text::tr("All is as it should be."));
            return Done;
        }
        return m_output.complain(
            Text::tr("The history is not as it should be. Keep a copy of the data folder, "
                     "then put a backup in its place (synchatd restore)."));
    }

    const CommandOutput &m_output;
    const Clock &m_clock;
    qint64 m_messages = 0;
    int m_problems = 0;
};

} // namespace

CommandUsage checkUsage()
{
    return {};
}

int runCheck(const CommandLine &line, const CommandOutput &output, const Clock &clock)
{
    return Check(output, clock).run(line.config.store);
}

} // namespace Synchat
