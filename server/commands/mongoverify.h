// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/commands/command.h"
#include "server/store/documentstore.h"
#include "server/store/storeconnection.h"

#include <QEventLoop>

namespace Synchat {

/// Waits for one answer of a store; for a program that has nothing else to do.
template <typename T>
Result<T, StoreFailure> awaitAnswer(const std::function<void(DocumentStore::Answer<T>)> &ask)
{
    QEventLoop loop;
    std::optional<Result<T, StoreFailure>> answer;
    ask([&](const Result<T, StoreFailure> &result) {
        answer = result;
        loop.quit();
    });
    if (!answer)
        loop.exec();
    return *answer;
}

/// Compares each room in SQL with the bridge, message by message, and prints a line for each: equal, or the
/// first difference. Done: all are equal. Streams: memory is two pages.
int verifyMongo(const StoreConnection &connection, DocumentStore &store, const CommandOutput &output);

} // namespace Synchat
