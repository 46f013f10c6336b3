// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/filecheck.h"

#include "server/store/schema.h"

#include <QCoreApplication>
#include <QVariant>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::FileCheck)
};

} // namespace

std::optional<QString> problemOfStructure(const StoreConnection &connection, CheckDepth depth)
{
    const QString pragma =
        depth == CheckDepth::Quick ? u"PRAGMA quick_check(1)"_s : u"PRAGMA integrity_check(1)"_s;
    const auto result = connection.run(pragma);
    if (!result)
        return explainSqlError(result.error());
    const QString said = result->toString();
    if (said == u"ok"_s)
        return std::nullopt;
    return Text::tr("The history is damaged (%1).").arg(said.simplified());
}

std::optional<QString> problemOfWords(const StoreConnection &connection)
{
    const auto result =
        connection.run(u"INSERT INTO message_words (message_words) VALUES ('integrity-check')"_s);
    if (!result)
        return Text::tr("The full-text index: %1").arg(explainSqlError(result.error()));
    return std::nullopt;
}

std::optional<QString> problemOfFile(const QString &path, CheckDepth depth)
{
    const auto connection = StoreConnection::open(path, StoreConnection::Access::ReadOnly);
    if (!connection)
        return connection.error();
    const auto version = schemaVersionOf(**connection);
    if (!version)
        return version.error();
    if (*version == 0)
        return Text::tr("The file is empty.");
    return problemOfStructure(**connection, depth);
}

} // namespace Synchat
