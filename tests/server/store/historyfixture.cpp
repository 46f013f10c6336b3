// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/store/historyfixture.h"

#include "server/store/storeconnection.h"

#include <QEventLoop>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace Synchat {

bool testsUsePostgresql()
{
    return qEnvironmentVariable("SYNCHAT_TEST_STORE") == u"postgresql"_s;
}

HistoryFixture::HistoryFixture()
{
    m_config.dataDir = m_folder.filePath(u"data"_s);
    if (!testsUsePostgresql())
        return;
    m_database = std::make_unique<PostgresDatabase>();
    m_error = m_database->error();
    if (const auto address = StoreAddress::parse(m_database->url()))
        m_config.postgresql = *address;
}

HistoryFixture::HistoryFixture(StoreConfig config)
    : m_config(std::move(config))
{}

bool HistoryFixture::open()
{
    if (m_database && !m_database->error().isEmpty())
        return false;
    auto history = History::open(m_config);
    if (!history) {
        m_error = history.error();
        return false;
    }
    m_history = std::move(*history);
    listen();
    return true;
}

void HistoryFixture::listen()
{
    connect(m_history.get(), &History::committed, this, [this](const QList<CommittedMessage> &messages) {
        batches.append(messages.size());
        committed.append(messages);
    });
    connect(m_history.get(), &History::alreadyStored, this, [this](quint64 ticket, const Message &original) {
        already.append({ticket, 0, original});
    });
    connect(m_history.get(), &History::notStored, this,
            [this](const QList<quint64> &tickets, const QString &reason) {
                for (const quint64 ticket : tickets)
                    refused.append({ticket, reason});
            });
    connect(m_history.get(), &History::problemChanged, this,
            [this](const QString &problem) { problems.append(problem); });
}

qint64 HistoryFixture::general() const
{
    for (const StoredRoom &room : m_history->rooms()) {
        if (room.name == u"general"_s)
            return room.number;
    }
    return 0;
}

quint64 HistoryFixture::append(const Message &message, qint64 room)
{
    const quint64 ticket = ++m_ticket;
    return m_history->append(ticket, room ? room : general(), message) ? ticket : 0;
}

qint64 HistoryFixture::store(const Message &message, qint64 room)
{
    const qsizetype before = answers();
    const qsizetype stored = committed.size();
    if (!append(message, room) || !waitForAnswers(before + 1) || committed.size() == stored)
        return 0;
    return committed.constLast().message.seq;
}

bool HistoryFixture::waitForAnswers(qsizetype count, int milliseconds)
{
    return QTest::qWaitFor([&] { return answers() >= count; }, milliseconds);
}

std::optional<StoredPage> HistoryFixture::read(const PageRequest &request)
{
    QSignalSpy read(m_history.get(), &History::pageRead);
    QSignalSpy failed(m_history.get(), &History::pageFailed);
    if (!m_history->readPage(++m_ticket, request))
        return std::nullopt;
    if (!QTest::qWaitFor([&] { return !read.isEmpty() || !failed.isEmpty(); }, 20000) || read.isEmpty())
        return std::nullopt;
    return read.constFirst().at(1).value<StoredPage>();
}

std::optional<StoredFinds> HistoryFixture::search(const SearchRequest &request)
{
    std::optional<StoredFinds> found;
    QEventLoop loop; // at once, unlike qWaitFor(): many pages are read
    connect(m_history.get(), &History::searched, &loop, [&](quint64, const StoredFinds &finds) {
        found = finds;
        loop.quit();
    });
    connect(m_history.get(), &History::searchFailed, &loop, &QEventLoop::quit);
    QTimer::singleShot(std::chrono::seconds(20), &loop, &QEventLoop::quit);
    if (m_history->search(++m_ticket, request))
        loop.exec();
    return found;
}

std::optional<StoredRoom> HistoryFixture::createRoom(const QString &name)
{
    QSignalSpy created(m_history.get(), &History::roomCreated);
    QSignalSpy refusedRoom(m_history.get(), &History::roomRefused);
    m_history->createRoom(++m_ticket, name, u"The %1 room"_s.arg(name));
    if (!QTest::qWaitFor([&] { return !created.isEmpty() || !refusedRoom.isEmpty(); }, 20000) ||
        created.isEmpty())
        return std::nullopt;
    return created.constFirst().at(1).value<StoredRoom>();
}

QList<Message> HistoryFixture::all(qint64 room)
{
    QList<Message> messages;
    for (;;) {
        const auto page = read({.room = room ? room : general(),
                                .anchor = HistoryAnchor::After,
                                .value = messages.isEmpty() ? 0 : messages.constLast().seq,
                                .limit = Limits::MaxPage,
                                .upTo = std::numeric_limits<qint64>::max()});
        if (!page || page->messages.isEmpty())
            return messages;
        messages.append(page->messages);
    }
}

Message sampleMessage(const QString &text, const QString &author)
{
    Message message;
    message.room = u"general"_s;
    message.id = QUuid::createUuid();
    message.from = {author, u"Ana of %1"_s.arg(author)};
    message.text = text;
    message.seen = 3;
    message.stamps.live = {.t = 1764000000123456,
                           .offset = -1800123,
                           .bound = 900,
                           .state = StampState::Ok,
                           .via = ProbePath::Udp,
                           .fault = true};
    message.stamps.local = {.t = 1764000000130001,
                            .offset = 212,
                            .bound = 450,
                            .state = StampState::Ok,
                            .fault = false,
                            .boot = u"k3f9"_s};
    message.stamps.api = {.t = 1764000000180000,
                          .bound = 130000,
                          .age = 8000000,
                          .state = StampState::Falseticker,
                          .source = u"time.example"_s};
    message.stamps.ntp = {.t = 1764000000130213,
                          .bound = 450,
                          .age = 3000000,
                          .state = StampState::Holdover,
                          .source = u"ntp.example"_s};
    message.stamps.best = {.t = 1764000000130213, .bound = 450, .state = StampState::Ok};
    return message;
}

bool HistoryFixture::runPast(const QStringList &statements) const
{
    const auto connection = StoreConnection::open(m_config.address(), StoreConnection::Access::ReadWrite);
    bool worked = connection.has_value();
    for (const QString &statement : statements) {
        const auto done = worked ? (*connection)->run(statement) : Result<QVariant, QSqlError>(QVariant());
        if (!done)
            qWarning() << statement << done.error();
        worked = worked && done;
    }
    return worked;
}

bool runOn(const QString &file, const QStringList &statements)
{
    bool worked = false;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), u"past the program"_s);
        database.setDatabaseName(file);
        worked = database.open();
        for (const QString &statement : statements) {
            QSqlQuery query(database);
            worked = query.exec(statement) && worked;
            if (query.lastError().isValid())
                qWarning() << statement << query.lastError();
        }
    }
    QSqlDatabase::removeDatabase(u"past the program"_s);
    return worked;
}

} // namespace Synchat
