// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/result.h"
#include "server/store/storeaddress.h"

#include <QDateTime>

#include <functional>

namespace Synchat {

struct Restored
{
    QString keptAs; ///< where the history lies that was there before; empty: there was none
    qint64 messages = 0;
};

/// Puts a backup in the place of a folder's history, which no daemon may use meanwhile. Until it is whole,
/// checked and on the disk, under another name, nothing of what is there changes; then that is kept beside it
/// as `synchat.db.before-restore-…`. What is restored gets new epochs (newepochs.h). `now` (UTC) is for that
/// name; `read` is told the number of messages done. The error is a whole sentence.
Result<Restored, QString> restoreHistory(const QString &dataDir, const QString &backup, const QDateTime &now,
                                         const std::function<void(qint64)> &read);

/// Gives the history that is there new epochs, as after a restore, in one transaction.
Result<Restored, QString> renewHistory(const QString &dataDir, const StoreAddress &address,
                                       const std::function<void(qint64)> &read);

} // namespace Synchat
