// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/bridge/bridgepreparation.h"

#include "server/bridge/bridgeurls.h"

#include <QCoreApplication>

#include <memory>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::RestHeart)
};

using Kind = StoreFailure::Kind;
using Continue = std::function<void()>;

constexpr BridgeIndex Indexes[] = {
    {"room_epoch_seq", R"({"keys":{"room":1,"epoch":1,"seq":1},"ops":{"unique":true}})"},
    {"at_best", R"({"keys":{"at.best":1}})"},
    {"from_name_at_best", R"({"keys":{"from.name":1,"at.best":1}})"},
};

/// The steps, one after the other. The requests that are under way keep it alive.
class Preparation : public std::enable_shared_from_this<Preparation>
{
public:
    Preparation(RestClient &client, const BridgeAddress &address, DocumentStore::Answer<StoreDone> answer)
        : m_client(client)
        , m_address(address)
        , m_answer(std::move(answer))
    {}

    void start()
    {
        ensureCollection(m_address.messages(), [self = shared_from_this()] {
            self->ensureCollection(self->m_address.rooms(), [self] { self->lookAtIndexes(); });
        });
    }

private:
    using Reply = Result<BridgeReply, StoreFailure>;

    void fail(const StoreFailure &failure) { m_answer(Failure(failure)); }

    void ensureCollection(const QUrl &collection, Continue next)
    {
        m_client.get(probeUrl(collection), [self = shared_from_this(), collection, next](const Reply &reply) {
            if (!reply)
                return self->fail(reply.error());
            const auto documents = readDocuments(*reply);
            if (documents)
                return next();
            if (reply->status != NotFound)
                return self->fail(documents.error());
            self->makeDatabase(collection, next);
        });
    }

    /// Where the bridge mounts the database itself there is nothing to make, and it may say so in any way;
    /// the next step tells whether it is there.
    void makeDatabase(const QUrl &collection, const Continue &next)
    {
        m_client.put(m_address.database(), "{}",
                     [self = shared_from_this(), collection, next](const Reply &reply) {
                         if (!reply)
                             return self->fail(reply.error());
                         self->makeCollection(collection, next);
                     });
    }

    void makeCollection(const QUrl &collection, const Continue &next)
    {
        m_client.put(collection, "{}", [self = shared_from_this(), next](const Reply &reply) {
            if (!reply)
                return self->fail(reply.error());
            if (const auto failure = failureOf(*reply))
                return self->fail(*failure);
            next();
        });
    }

    void lookAtIndexes()
    {
        m_client.get(below(m_address.messages(), u"_indexes"_s),
                     [self = shared_from_this()](const Reply &reply) {
                         if (!reply)
                             return self->fail(reply.error());
                         const auto failure = failureOf(*reply);
                         if (failure && failure->kind == Kind::Retryable) // others may be about the address
                             return self->fail(*failure);
                         const auto found = readDocuments(*reply);
                         if (!found)
                             return self->fail(isDatabase());
                         QStringList names;
                         for (const QJsonObject &index : *found)
                             names.append(index.value("_id"_L1).toString());
                         self->makeIndexes(names, 0);
                     });
    }

    void makeIndexes(const QStringList &present, std::size_t first)
    {
        std::size_t place = first;
        while (place < std::size(Indexes) && present.contains(QLatin1StringView(Indexes[place].name)))
            ++place;
        if (place == std::size(Indexes))
            return m_answer(StoreDone());
        const QUrl url = below(m_address.messages(), u"_indexes/"_s + QLatin1StringView(Indexes[place].name));
        m_client.put(url, Indexes[place].definition,
                     [self = shared_from_this(), present, place](const Reply &reply) {
                         if (!reply)
                             return self->fail(reply.error());
                         if (const auto failure = failureOf(*reply))
                             return self->fail(*failure);
                         self->makeIndexes(present, place + 1);
                     });
    }

    static StoreFailure isDatabase()
    {
        return {
            Kind::Misplaced,
            Text::tr("The bridge shows no collection at MONGO_URI, perhaps a database; the address must end "
                     "with the collection, such as http://127.0.0.1:8080/synchat/messages."),
            std::nullopt};
    }

    static constexpr int NotFound = 404;

    RestClient &m_client;
    BridgeAddress m_address;
    DocumentStore::Answer<StoreDone> m_answer;
};

} // namespace

std::span<const BridgeIndex> bridgeIndexes()
{
    return Indexes;
}

void prepareBridge(RestClient &client, const BridgeAddress &address, DocumentStore::Answer<StoreDone> answer)
{
    std::make_shared<Preparation>(client, address, std::move(answer))->start();
}

} // namespace Synchat
