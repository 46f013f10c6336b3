// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/cleanend.h"

#include <QVariant>

using namespace Qt::StringLiterals;

namespace Synchat {

Result<LastEnd, QString> takeLastEnd(const StoreConnection &connection)
{
    const auto marks = connection.run(u"SELECT count(*) FROM meta WHERE name = 'clean_end'"_s);
    if (!marks)
        return Failure(explainSqlError(marks.error()));
    if (marks->toInt() == 0)
        return LastEnd::Unclean;
    if (const auto taken = connection.run(u"DELETE FROM meta WHERE name = 'clean_end'"_s); !taken)
        return Failure(explainSqlError(taken.error()));
    return LastEnd::Clean;
}

std::optional<QSqlError> noteCleanEnd(const StoreConnection &connection)
{
    QSqlQuery note = connection.prepared(u"INSERT INTO meta (name, value) VALUES ('clean_end', ?)"
                                         " ON CONFLICT (name) DO NOTHING"_s);
    note.bindValue(0, QByteArray("1"));
    if (!note.exec())
        return note.lastError();
    return std::nullopt;
}

} // namespace Synchat
