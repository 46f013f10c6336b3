// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/bridge/restheartreplies.h"

#include "common/framefields.h"
#include "common/httpheaders.h"
#include "server/store/messagedocument.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::RestHeart)
};

using Kind = StoreFailure::Kind;

constexpr int MultiStatus = 207;
constexpr int Conflict = 409;

Kind kindOf(int status)
{
    switch (status) {
    case 401:
    case 403:
    case 407:
        return Kind::Unauthorized;
    case 408:
    case 425:
    case 429:
    case 502:
    case 503:
    case 504:
        return Kind::Retryable;
    case 413:
        return Kind::TooLarge;
    case 404:
    case 405:
    case 410:
        return Kind::Misplaced;
    default:
        break;
    }
    if (status >= 500)
        return Kind::Unclear;
    return status >= 400 ? Kind::Poison : Kind::Misplaced; // 1xx and 3xx: who is asked is who was configured
}

QString explain(Kind kind, int status)
{
    switch (kind) {
    case Kind::Unauthorized:
        return Text::tr("The bridge refuses our user and password (HTTP %1); please set MONGO_USER and "
                        "MONGO_PASSWORD to what the bridge knows.")
            .arg(status);
    case Kind::Retryable:
        return Text::tr("The bridge is too busy or cannot reach its database (HTTP %1).").arg(status);
    case Kind::TooLarge:
        return Text::tr("The bridge takes only fewer documents at once (HTTP %1).").arg(status);
    case Kind::Poison:
        return Text::tr("The bridge refuses what it was sent (HTTP %1).").arg(status);
    case Kind::Unclear:
        return Text::tr("The bridge failed (HTTP %1).").arg(status);
    case Kind::Misplaced:
        break;
    }
    return status >= 300 && status < 400
               ? Text::tr("The bridge sends us to another address (HTTP %1), which is never followed; please "
                          "set MONGO_URI to where the collection is.")
                     .arg(status)
               : Text::tr(
                     "There is no such collection at the bridge (HTTP %1); please look whether MONGO_URI "
                     "is the collection's address as the bridge shows it.")
                     .arg(status);
}

StoreFailure notUnderstood()
{
    return {Kind::Unclear,
            Text::tr("What answers at the bridge's address does not answer as RESTHeart does; please look "
                     "whether MONGO_URI is the collection's address."),
            std::nullopt};
}

/// MongoDB's codes of what passes by itself (its error_codes.yml, category RetriableError, and those of a
/// server that is going down or another that took over).
bool passesByItself(int code)
{
    constexpr std::array Codes{6,   7,   24,  50,   64,    89,    91,    112,   134,
                               189, 262, 317, 9001, 10107, 11600, 11602, 13435, 13436};
    return std::find(Codes.begin(), Codes.end(), code) != Codes.end();
}

DocumentRefusal refusalOf(const QJsonObject &error)
{
    DocumentRefusal refusal;
    refusal.index = error.value("index"_L1).toInteger(-1);
    // 9.x leaves the code of the one refusal out that it takes for a client's mistake.
    const bool isConflict = error.value("httpStatus"_L1).toInt() == Conflict;
    refusal.code = error.value("mongodbErrorCode"_L1).toInt(isConflict ? DuplicateKeyCode : 0);
    refusal.reason = error.value("message"_L1).toString();
    if (refusal.reason.isEmpty() || refusal.reason.startsWith("Error handling the request"_L1))
        refusal.reason = Text::tr("MongoDB refused the document (code %1).").arg(refusal.code);
    return refusal;
}

Result<UpsertOutcome, StoreFailure> readRefusals(const QJsonObject &body, qsizetype sent)
{
    const QJsonValue listed = body.contains("errors"_L1) ? body.value("errors"_L1) : body.value("_errors"_L1);
    UpsertOutcome outcome;
    for (const QJsonValue &entry : listed.toArray()) {
        const DocumentRefusal refusal = refusalOf(entry.toObject());
        if (refusal.index < 0 || refusal.index >= sent)
            return Failure(notUnderstood());
        if (passesByItself(refusal.code))
            return Failure(StoreFailure{
                Kind::Retryable, Text::tr("MongoDB cannot write just now (code %1).").arg(refusal.code),
                std::nullopt});
        outcome.refusals.append(refusal);
    }
    if (outcome.refusals.isEmpty())
        return Failure(notUnderstood());
    std::sort(outcome.refusals.begin(), outcome.refusals.end(),
              [](const DocumentRefusal &a, const DocumentRefusal &b) { return a.index < b.index; });
    outcome.taken = sent - outcome.refusals.size();
    return outcome;
}

} // namespace

std::optional<StoreFailure> failureOf(const BridgeReply &reply)
{
    if (reply.status >= 200 && reply.status < 300)
        return std::nullopt;
    const Kind kind = kindOf(reply.status);
    return StoreFailure{kind, explain(kind, reply.status), readRetryAfter(reply.retryAfter, reply.date)};
}

Result<UpsertOutcome, StoreFailure> readUpsert(const BridgeReply &reply, qsizetype sent)
{
    if (auto failure = failureOf(reply))
        return Failure(std::move(*failure));
    const QJsonObject body = QJsonDocument::fromJson(reply.body).object();
    if (reply.status == MultiStatus)
        return readRefusals(body, sent);
    const auto inserted = exactInteger(body.value("inserted"_L1));
    const auto matched = exactInteger(body.value("matched"_L1));
    if (!inserted || !matched || *inserted + *matched != sent)
        return Failure(notUnderstood());
    return UpsertOutcome{sent, {}};
}

Result<QList<QJsonObject>, StoreFailure> readDocuments(const BridgeReply &reply)
{
    if (auto failure = failureOf(reply))
        return Failure(std::move(*failure));
    const QJsonDocument body = QJsonDocument::fromJson(reply.body);
    const QJsonValue list = body.isArray() ? QJsonValue(body.array()) : body.object().value("_embedded"_L1);
    if (!list.isArray())
        return Failure(notUnderstood());
    QList<QJsonObject> documents;
    for (const QJsonValue &entry : list.toArray()) {
        if (!entry.isObject())
            return Failure(notUnderstood());
        documents.append(plainJson(entry).toObject());
    }
    return documents;
}

Result<qint64, StoreFailure> readCount(const BridgeReply &reply)
{
    if (auto failure = failureOf(reply))
        return Failure(std::move(*failure));
    const QJsonObject body = QJsonDocument::fromJson(reply.body).object();
    const auto count = exactInteger(plainJson(body.value("_size"_L1)));
    if (!count || *count < 0)
        return Failure(notUnderstood());
    return *count;
}

} // namespace Synchat
